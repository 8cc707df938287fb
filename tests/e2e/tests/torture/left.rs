//! Pages are left while they still read: what they began must not keep the next page from saving.

use anyhow::Result;
use bintang_e2e::{
    Engine, Options, Scenario,
    engine::Manner,
    torture::{Sheet, Torture},
};
use std::time::Duration;
use tokio::time::sleep;

/// The latest moment at which a page is left after it stands there.
const LATEST_MS: usize = 200;

pub async fn left_while_reading(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "pages left while reading");
    let manner = Manner { keeps_left_pages: true, ..Manner::default() };
    let scenario = Scenario::open_with(Options { engine, manner, ..Options::default() }).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    for _ in 0..torture.size(4, 20) {
        for query in ["", "p=kotak-keluar", ""] {
            scenario.visit(query).await?;
            // The moment is what is tried here, not something waited for.
            sleep(Duration::from_millis(torture.dice.below(LATEST_MS).try_into()?)).await;
        }
        sheet.open(&scenario).await?;
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        // Left with a save that may still run, and back again to a page that may have been kept.
        sheet.tap(&scenario, &mut torture.dice).await?;
        scenario.visit("").await?.back().await?;
        sheet.shown(&scenario).await?;
        sheet.hold(&scenario, &mut torture).await?;
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        sheet.check(&scenario, &mut torture).await?;
        torture.count(1);
    }
    torture.end()
}
