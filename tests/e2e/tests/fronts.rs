//! What stands before a receiver and is none: nothing is marked as sent, and afterwards it arrives once.

use anyhow::{Context as _, Result};
use bintang_e2e::{Dist, Engine, Front, Options, Sample, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(one_that_is_refused_keeps_no_other_at_home_and_requests_say_nothing_of_the_page);

async fn one_that_is_refused_keeps_no_other_at_home_and_requests_say_nothing_of_the_page(engine: Engine) -> Result<()> {
    let sample = Sample::named("plaiting-2")?;
    let scenario = Scenario::open_in(engine).await?;
    // A cookie of this host, which all of its ports share: whatever is sent with credentials takes it along.
    scenario.script("document.cookie = 'pelacak=1; path=/'").await?;
    scenario.front.set(Front::RefusesOne);
    for product in ["Tas", "Topi"] {
        scenario.to_home().await?.begin("plaiting", Subject { product, business: "Kelompok" }).await?;
        scenario.answer("plaiting", sample.at("/sheet")).await?.saved().await?.finish().await?.to_outbox().await?;
    }
    // The first needs a person and says why; the second has gone past it.
    scenario.read("Penerima menolak (HTTP 422): Rubrik dicabut").await?;
    let states = "return ['attention', 'proved'].every((state) => document.querySelectorAll(`[data-state=${state}]`).length === 1)";
    scenario.holds("one is refused and one is proved", states).await?;
    assert_eq!(scenario.rows().await?.iter().map(|row| row.product.as_str()).collect::<Vec<_>>(), ["Topi"]);
    let head = scenario.front.head();
    assert!(head.contains_key("idempotency-key") && head.contains_key("content-digest"), "{head:?}");
    assert!(!head.contains_key("cookie") && !head.contains_key("referer"), "{head:?}");
    // Nothing is lost: once that is mended it goes with a tap.
    scenario.front.set(Front::Clear);
    scenario.send_again().await?.expect_outbox(2, "proved").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn login_pages_and_failures_prove_nothing() -> Result<()> {
    let sample = Sample::named("plaiting-2")?;
    let scenario = Scenario::open().await?;
    scenario.front.set(Front::Portal);
    let product = sample.subject("product");
    scenario.begin("plaiting", Subject { product, business: "Kelompok" }).await?;
    scenario.answer("plaiting", sample.at("/sheet")).await?.saved().await?.finish().await?;
    scenario.to_outbox().await?;
    for (front, words) in [
        (Front::Portal, "Penerima tidak terjangkau"),
        (Front::ReadablePortal, "Jawaban bukan tanda terima (HTTP 200)"),
        (Front::Broken, "Penerima sedang sibuk (HTTP 500)"),
    ] {
        scenario.front.set(front);
        scenario.try_to_send().await?.read(words).await?.expect_outbox(1, "waiting").await?;
        scenario.never("Terbukti sampai").await?;
        assert_eq!(scenario.rows().await?, [], "{front:?}");
    }
    // The page is closed and opened in between: what was tried is neither lost nor called sent.
    scenario.reload().await?.expect_outbox(1, "waiting").await?;
    scenario.front.set(Front::Clear);
    // It may be due by itself in this very moment.
    scenario.script("document.querySelector('#send-now')?.click()").await?;
    scenario.expect_outbox(1, "proved").await?.reload().await?.expect_outbox(1, "proved").await?;
    assert_eq!(scenario.rows().await?.len(), 1);
    scenario.to_home().await?.read("Terbukti").await?;
    Ok(())
}

/// Answers a sheet, finishes it and goes to Kotak keluar.
async fn finish_one(scenario: &Scenario) -> Result<&Scenario> {
    let sample = Sample::named("plaiting-2")?;
    scenario.begin("plaiting", Subject { product: "Tas", business: "Kelompok" }).await?;
    scenario.answer("plaiting", sample.at("/sheet")).await?.saved().await?.finish().await?.to_outbox().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_busy_receiver_refused_arrives_without_a_tap() -> Result<()> {
    let scenario = Scenario::open().await?;
    scenario.front.set(Front::Broken);
    finish_one(&scenario).await?.read("Penerima sedang sibuk (HTTP 500)").await?.expect_outbox(1, "waiting").await?;
    assert_eq!(scenario.rows().await?, []);
    scenario.front.set(Front::Clear);
    scenario.expect_outbox(1, "proved").await?;
    assert_eq!(scenario.rows().await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_found_no_receiver_arrives_without_a_tap() -> Result<()> {
    let mut scenario = Scenario::open().await?;
    scenario.receiver.stop().await?;
    finish_one(&scenario).await?.read("Penerima tidak terjangkau").await?.expect_outbox(1, "waiting").await?;
    scenario.receiver.start().await?;
    scenario.expect_outbox(1, "proved").await?;
    assert_eq!(scenario.rows().await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_a_slow_way_is_listed_from_the_first_moment() -> Result<()> {
    let scenario = Scenario::open().await?;
    scenario.front.set(Front::Slow);
    finish_one(&scenario).await?.upload_held().await?;
    scenario.expect_outbox(1, "trying").await.context("what is being sent is listed")?;
    scenario.never("Kotak keluar kosong").await?.front.set(Front::Clear);
    scenario.expect_outbox(1, "proved").await?;
    Ok(())
}

/// Writes down whether each wish to send was granted.
const WATCH: &str = "window.granted = [];
    const request = LockManager.prototype.request;
    LockManager.prototype.request = function (name, options, then) {
      return request.call(this, name, options, (lock) => {
        if (name === 'bintang-outbox') window.granted.push(lock !== null);
        return then(lock);
      });
    };";

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_while_the_same_tab_sends_is_not_put_off() -> Result<()> {
    let dist = Dist::built()?.with_script(WATCH)?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), ..Options::default() }).await?;
    scenario.set_up().await?.front.set(Front::Broken);
    finish_one(&scenario).await?.expect_outbox(1, "waiting").await?.front.set(Front::Hanging);
    scenario.send_now().await?.upload_held().await?.expect_outbox(1, "trying").await?;
    scenario.script("window.granted = []").await?;
    // The first try comes to nothing, so it is the second tap that sends it.
    scenario.send_now().await?.front.set(Front::Clear);
    scenario.expect_outbox(1, "proved").await?;
    let refused = scenario.script("return window.granted.includes(false)").await?;
    assert_eq!(refused, json!(false), "no other tab could be sending");
    Ok(())
}
