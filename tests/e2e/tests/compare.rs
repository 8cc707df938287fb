//! Perbandingan: two assessments of one product side by side.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Engine, Sample, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(what_changed_between_two_assessments_is_told);

async fn what_changed_between_two_assessments_is_told(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    let sample = Sample::named("food-1")?;
    let mut ids = Vec::new();
    // The last one, of another product, is a draft.
    for (product, option) in [("Keripik talas", None), ("keripik  Talas", Some("b")), ("<b>Dodol</b>", Some("a"))] {
        scenario.to_home().await?.begin("food", Subject { product, business: "Dapur" }).await?;
        if product.contains("Dodol") {
            scenario.choose("A.I.1", &json!({"option": "a"})).await?.saved().await?;
            ids.push(scenario.assessment().await?);
            continue;
        }
        let mut sheet = sample.at("/sheet").clone();
        if let Some(option) = option {
            sheet["answers"]["A.I.1"]["option"] = json!(option);
        }
        scenario.answer("food", &sheet).await?.saved().await?;
        ids.push(scenario.assessment().await?);
        scenario.finish().await?;
    }
    // From the later one; the earlier one stands first whichever is asked for.
    scenario.visit(&format!("p=hasil&id={}", ids[1])).await?.browser.press("[data-missing='compare']").await?;
    scenario.read("Produk ini").await?.read("<b>Dodol</b>").await?.screenshot("banding-pilih").await?;
    scenario.browser.press(&format!("#same ~ ul a[href*='dengan={}']", ids[0])).await?;
    scenario.browser.appear("[data-changed]").await?;
    let changed = scenario.browser.text("[data-changed]").await?;
    assert!(changed.contains("A.I.1") && changed.contains("→"), "{changed}");
    assert_eq!(scenario.browser.count("[data-changed] li").await?, 1);
    let sides = "return [...document.querySelectorAll('[data-side]')].map((side) => side.dataset.side)";
    assert_eq!(scenario.script(sides).await?, json!([ids[0], ids[1]]));
    scenario.screenshot("banding").await?;
    scenario.screenshot_of("banding-kriteria", "[data-changed]").await?;
    // A draft stands there as provisional, and hostile names are texts.
    scenario.visit(&format!("p=banding&id={}&dengan={}", ids[2], ids[0])).await?.read("Draf, sementara").await?;
    scenario.read("<b>Dodol</b>").await?.screenshot("banding-draf").await?;
    // What nobody answered yet is neither a change nor a loss.
    scenario.read("Belum dijawab di salah satu").await?.read("Selisih muncul setelah semua dijawab").await?;
    assert_eq!(scenario.browser.count(".compare-table .bad").await?, 0);
    // What is not there is said to be, and nothing else happens.
    scenario
        .visit("p=banding&id=019ab697-e800-7101-8101-010101010101&dengan=019ab697-e800-7101-8101-010101010102")
        .await?;
    scenario.read("tidak dapat dibaca").await?;
    Ok(())
}
