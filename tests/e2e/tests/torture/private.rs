//! Private mode: what is called saved is there as long as the session lasts; a store that is not there is said not to be.

use anyhow::Result;
use bintang_e2e::{
    Engine, Options, Scenario,
    engine::Manner,
    torture::{Sheet, Torture},
};

pub async fn private_mode(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "private mode");
    let scenario = Scenario::open_with(Options {
        engine,
        manner: Manner { private: true, ..Manner::default() },
        ..Options::default()
    })
    .await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    for _ in 0..torture.size(3, 20) {
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        sheet.check(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
