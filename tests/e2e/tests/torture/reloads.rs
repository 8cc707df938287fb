//! The page is loaded anew right after taps, saved or not.

use anyhow::Result;
use bintang_e2e::{
    Engine, Scenario,
    torture::{Sheet, Torture},
};

pub async fn reloaded(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "reloaded while answering");
    let scenario = Scenario::open_in(engine).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    for _ in 0..torture.size(5, 100) {
        for _ in 0..=torture.dice.below(3) {
            sheet.tap(&scenario, &mut torture.dice).await?;
            sheet.look(&scenario).await?;
        }
        if torture.dice.below(2) == 0 {
            sheet.settled(&scenario).await?;
        }
        scenario.reload().await?;
        sheet.shown(&scenario).await?;
        sheet.hold(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
