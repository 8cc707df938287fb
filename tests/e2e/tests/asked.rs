//! What Tinjau says beside what is unanswered, and how a result says that something did not apply.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Engine, Picture, Sample, Scenario, Subject, in_every_engine};
use serde_json::{Value, json};

in_every_engine!(required_photos_and_the_gates_of_every_star_stand_in_tinjau, what_does_not_apply_is_reckoned_in_words);

async fn required_photos_and_the_gates_of_every_star_stand_in_tinjau(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    let rubric: Value = serde_json::from_str(include_str!("../../../public/rubrics/food.json"))?;
    let required = rubric.to_string().matches("\"photo\":\"required\"").count();
    let sample = Sample::named("food-1")?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?;
    let id = scenario.assessment().await?;
    let review = format!("p=tinjau&id={id}");
    scenario.visit(&review).await?.browser.appear("#photos-asked").await?;
    let listed = "[aria-labelledby='photos-asked'] li";
    assert!(required > 1);
    assert_eq!(scenario.browser.count(listed).await?, required as u64);
    // Each leads to its criterion; with a photo there it is asked for no longer.
    scenario.browser.press(&format!("{listed} a")).await?;
    scenario.browser.appear("aside.livebar").await?;
    let address = scenario.browser.address().await?;
    let code = address.split("at=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let picture = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.add_photo(&code, &picture).await?.photos_are(&code, 1, "scaled").await?;
    scenario.visit(&review).await?;
    let fewer = format!("return document.querySelectorAll(\"{listed}\").length === {}", required - 1);
    scenario.holds("one less is asked for", &fewer).await?;
    // With the answers of no star, each star's gates are there: the next one's open, those above it folded.
    scenario.visit("").await?.begin("food", Subject { product: "Sagu", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.visit(&format!("p=tinjau&id={}", scenario.assessment().await?)).await?.browser.appear("#holding").await?;
    let folds = "return [...document.querySelectorAll('[aria-labelledby=holding] details')].map((fold) => [fold.dataset.star, fold.querySelectorAll('li').length > 0])";
    let folds = scenario.script(folds).await?;
    let stars: Vec<&str> = folds.as_array().unwrap().iter().map(|fold| fold[0].as_str().unwrap()).collect();
    assert!(stars.len() > 1 && stars.windows(2).all(|pair| pair[0] < pair[1]), "{folds}");
    assert!(folds.as_array().unwrap().iter().all(|fold| fold[1] == true), "{folds}");
    Ok(())
}

async fn what_does_not_apply_is_reckoned_in_words(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("batik", Subject { product: "Selendang", business: "Sanggar" }).await?;
    let mut sheet = Sample::named("batik-2")?.at("/sheet").clone();
    sheet["answers"]["C.III.2"] = json!({"na": true});
    scenario.answer("batik", &sheet).await?.saved().await?.finish().await?;
    scenario.browser.appear("#why").await?;
    let why = scenario.browser.text("[aria-labelledby=why]").await?;
    assert!(why.contains("tidak berlaku: C.III.2") && why.contains("disetarakan menjadi"), "{why}");
    Ok(())
}
