//! A backup that was damaged is brought back over what is there: each assessment is as it was or as the backup has it.

use anyhow::Result;
use bintang_e2e::{
    Engine, Picture, Scenario,
    torture::{Dice, Sheet, Torture},
    wait,
};
use std::fs;

pub async fn backup_damaged(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "restore of a damaged backup");
    let scenario = Scenario::open_in(engine).await?;
    let mut sheet = Sheet::begin(&scenario, "Keripik").await?;
    let picture = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.add_photo("A.I.1", &picture).await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    sheet.tap(&scenario, &mut torture.dice).await?;
    sheet.settled(&scenario).await?;
    let backed_up = sheet.present();
    let photos = scenario.stored_photos().await?;
    let whole = fs::read(scenario.take_backup(None).await?)?;
    let file = scenario.folder().join("rusak.bintang");
    for _ in 0..torture.size(5, 30) {
        sheet.open(&scenario).await?;
        sheet.tap(&scenario, &mut torture.dice).await?;
        sheet.settled(&scenario).await?;
        fs::write(&file, damaged(&whole, &mut torture.dice))?;
        scenario.choose_backup(&file).await?;
        let looked = wait::until("the file was looked at", async || {
            let looked = scenario.browser.count("[data-restore='looked']").await?;
            let refused = scenario.browser.count("#restore-report.banner--storage").await?;
            Ok((looked + refused > 0).then_some(refused == 0))
        })
        .await?;
        if looked {
            if scenario.browser.count("#restore-0:not(:checked)").await? > 0 {
                scenario.browser.press("#restore-0").await?;
            }
            scenario.restore().await?;
            sheet.may_be(&backed_up);
        }
        sheet.check(&scenario, &mut torture).await?;
        // The photo is the same in both; a damaged copy of it takes no whole one's place.
        let now = scenario.stored_photos().await?;
        let lost = now.first().map(|photo| &photo.sha256) != photos.first().map(|photo| &photo.sha256);
        torture.lose(usize::from(lost), "the photo");
        torture.count(1);
    }
    torture.end()
}

/// The file with a byte changed, a piece gone, or its end cut off.
fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let at = dice.below(bytes.len());
    match dice.below(4) {
        0 | 1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
        2 => bytes.truncate(at),
        _ => drop(bytes.drain(at..(at + 1 + dice.below(64)).min(whole.len()))),
    }
    bytes
}
