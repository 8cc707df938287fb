//! A sheet opened by a link: one assessment from its first answer on, wherever "reload", "back" and "forward" lead.

use anyhow::{Context as _, Result};
use bintang_e2e::{Options, Scenario};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_one_assessment_from_its_first_answer_on() -> Result<()> {
    let scenario = Scenario::open_with(Options::default()).await?;
    scenario.visit("rubric=food").await?;
    scenario.browser.appear("aside.livebar").await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.saved().await?;
    let (id, live) = (scenario.assessment().await?, scenario.live().await?);
    same_sheet(scenario.reload().await?, &id).await?;
    assert_eq!(scenario.live().await?, live);

    scenario.to_home().await?;
    one_in_the_list(&scenario, &id).await?;
    same_sheet(scenario.back().await?, &id).await?;
    one_in_the_list(scenario.forward().await?, &id).await?;
    // Back beyond the link and forward to it again: the page is loaded anew there.
    scenario.back().await?.back().await?;
    one_in_the_list(&scenario, &id).await?;
    same_sheet(scenario.forward().await?, &id).await?;
    assert_eq!(scenario.live().await?, live);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_no_step_to_come_back_to() -> Result<()> {
    let scenario = Scenario::open_with(Options::default()).await?;
    scenario.visit("rubric=food").await?;
    // Another part is gone to before there is anything to keep.
    scenario.open_part("B", "[id='c-B.I.1']").await?;
    scenario.choose("B.I.1", &json!({"option": "a"})).await?.saved().await?;
    let (id, live) = (scenario.assessment().await?, scenario.live().await?);
    // Back is where one was before the link, not another sheet of it.
    one_in_the_list(scenario.back().await?, &id).await?;
    scenario.forward().await?.browser.appear("[id='B.I.1-a']:checked").await?;
    assert_eq!((scenario.assessment().await?, scenario.live().await?), (id, live));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_still_one_after_a_look_at_another_part() -> Result<()> {
    let scenario = Scenario::open_with(Options::default()).await?;
    scenario.visit("rubric=food").await?;
    scenario.open_part("B", "[id='c-B.I.1']").await?;
    // Nothing is kept yet, so the address must lead to a sheet by the link's name.
    let opened = scenario.reload().await?.browser.appear("aside.livebar").await;
    opened.context("the address leads to a sheet")
}

#[tokio::test(flavor = "multi_thread")]
async fn back_to_a_link_whose_sheet_could_not_be_saved_leads_to_that_sheet() -> Result<()> {
    let scenario = Scenario::open_with(Options::default()).await?;
    scenario.fill_disk().await?.visit("rubric=food").await?;
    scenario.browser.appear("aside.livebar").await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.saving_is("failed").await?;
    let live = scenario.live().await?;
    scenario.to_home().await?.back().await?.browser.settle().await?;
    scenario.browser.appear("aside.livebar").await?;
    assert_eq!(scenario.live().await?, live, "the sheet that “back” leads to");
    // With room again it is one assessment, at an address of its own.
    scenario.free_disk().await?.browser.press(".banner--storage button").await?;
    let id = scenario.saved().await?.assessment().await?;
    scenario.to_home().await?;
    one_in_the_list(&scenario, &id).await
}

/// Makes sure that the sheet with the first answer is shown, at its own address.
async fn same_sheet(scenario: &Scenario, id: &str) -> Result<()> {
    scenario.browser.appear("[id='A.I.1-c']:checked").await?;
    assert_eq!(scenario.assessment().await?, id);
    Ok(())
}

/// Makes sure that this assessment stands in Beranda, and no other.
async fn one_in_the_list(scenario: &Scenario, id: &str) -> Result<()> {
    scenario.browser.appear(&format!("[data-assessment='{id}']")).await?;
    assert_eq!(scenario.browser.count("[data-assessment]").await?, 1);
    Ok(())
}
