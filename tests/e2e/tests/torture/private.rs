//! Private mode: what is called saved is there as long as the session lasts; a store that is not there is said not to be.

use anyhow::Result;
use bintang_e2e::{
    Engine, Options, Scenario,
    engine::Manner,
    torture::{Album, Sheet, Torture},
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
    let mut album = Album::begin(&scenario).await?;
    for round in 0..torture.size(3, 20) {
        sheet.tap(&scenario, &mut torture.dice).await?;
        // WebKit's private mode refuses Blobs; what is stored are bytes.
        if round % 3 == 0 {
            album.choose(&scenario, &mut torture).await?;
            album.grown(&scenario).await?;
        }
        sheet.settled(&scenario).await?;
        sheet.check(&scenario, &mut torture).await?;
        album.hold(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
