//! Endpoints: a token that is asked for, several of them, and photos that wait or stay.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_domain::{
    endpoint::{Access, Endpoint, PhotoRule, Secret},
    web_address::WebAddress,
    wire::endpoint::{write_fragment, write_offer},
};
use bintang_e2e::{Engine, Options, Picture, Sample, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(a_token_is_asked_for_tried_and_kept_from_view, a_link_hands_an_endpoint_over_and_a_person_decides);

/// Answers a sheet, finishes it and goes to Kotak keluar.
async fn finish_one<'s>(scenario: &'s Scenario, product: &str) -> Result<&'s Scenario> {
    let sample = Sample::named("plaiting-2")?;
    scenario.begin("plaiting", Subject { product, business: "Kelompok" }).await?;
    scenario.answer("plaiting", sample.at("/sheet")).await?.saved().await?.finish().await?.to_outbox().await
}

/// All that the browser keeps of the site beside IndexedDB, and what the page shows in its fields.
const IN_VIEW: &str = "const fields = [...document.querySelectorAll('input')].map((field) => field.value);
    return JSON.stringify([Object.entries(localStorage), location.href, document.documentElement.outerHTML, fields])";

async fn a_token_is_asked_for_tried_and_kept_from_view(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    let token = scenario.token("Tim 1").await?;
    // What needed no token yesterday is refused today: nothing is lost, and the page says what to do.
    finish_one(&scenario, "Tas").await?.read("Penerima tidak mengizinkan (HTTP 401)").await?;
    scenario.expect_outbox(1, "attention").await?;
    assert_eq!(scenario.rows().await?, []);

    scenario.open_endpoint(0).await?.try_endpoint("failed").await?.read("HTTP 401").await?;
    scenario.browser.press("label[for=access-bearer]").await?;
    scenario.browser.press("#endpoint-try").await?;
    scenario.browser.appear("#access-secret[aria-invalid]").await?;
    scenario.browser.fill("#access-secret", "bintang_salah").await?;
    scenario.try_endpoint("failed").await?.read("HTTP 401").await?;
    scenario.browser.fill("#access-secret", &token).await?;
    scenario.try_endpoint("works").await?.keep_endpoint().await?;

    // It is never shown again, goes on working, and stands nowhere in the open.
    scenario.open_endpoint(0).await?.read("Sudah tersimpan dan tidak ditampilkan").await?;
    let in_view = scenario.browser.script(IN_VIEW, &[]).await?;
    assert!(!in_view.as_str().unwrap().contains(&token));
    scenario.try_endpoint("works").await?;
    // At another site it would be somebody else's.
    scenario.browser.fill("#endpoint-url", "https://lain.example/masuk").await?;
    scenario.browser.press("#endpoint-keep").await?;
    scenario.read("rahasia lama tidak ikut").await?.screenshot("endpoint-elsewhere").await?;

    scenario.go_to("p=kotak-keluar").await?.send_again().await?.expect_outbox(1, "proved").await?;
    assert_eq!(scenario.rows().await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_wait_or_stay_as_the_endpoint_says() -> Result<()> {
    let scenario = Scenario::open().await?;
    let sample = Sample::named("food-1")?;
    let picture = Picture { size: (640, 480), orientation: 1, number: 1 };
    let file = picture.write(&scenario.browser, scenario.folder()).await?;
    for (rule, product) in [("wifi", "Keripik"), ("never", "Dodol")] {
        scenario.open_endpoint(0).await?.browser.press(&format!("label[for=photos-{rule}]")).await?;
        scenario.keep_endpoint().await?.to_home().await?;
        scenario.begin("food", Subject { product, business: "Dapur" }).await?;
        scenario.add_photo("A.I.1", &file).await?.photos_are("A.I.1", 1, "scaled").await?;
        scenario.answer("food", sample.at("/sheet")).await?.saved().await?.finish().await?.to_outbox().await?;
        // One folder for each assessment of which a file came.
        let folders = || std::fs::read_dir(scenario.folder().join("evidence")).map_or(0, Iterator::count);
        if rule == "wifi" {
            // The assessment is there at once; no browser of a desk says that it is on Wi-Fi.
            scenario.read("1 foto menunggu Wi-Fi").await?.expect_outbox(1, "waiting").await?;
            scenario.screenshot("photos-wait").await?;
            assert_eq!(scenario.rows().await?.len(), 1);
            assert_eq!(folders(), 0);
            scenario.reload().await?.read("1 foto menunggu Wi-Fi").await?;
            scenario.browser.press("[data-photos]").await?;
            scenario.expect_outbox(1, "proved").await?;
        } else {
            scenario.expect_outbox(2, "proved").await?.read("1 hanya di ponsel ini").await?;
            scenario.screenshot("photos-stay").await?;
            assert_eq!(scenario.rows().await?.len(), 2);
        }
        // Of both only the first one's photo is there.
        assert_eq!(folders(), 1);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_is_removed_leaves_its_entries_to_a_person() -> Result<()> {
    let scenario = Scenario::open_with(Options::default()).await?;
    scenario.visit("p=pengaturan").await?.browser.fill("#assessor-name", "Penilai Contoh").await?;
    // Two that differ by nothing but their path; the first is the chosen one.
    let gone = format!("{}/tidak-ada", scenario.receiver.origin());
    scenario.add_endpoint_at(&gone, None).await?.add_endpoint(None).await?;
    assert_eq!(scenario.browser.count("#endpoints a").await?, 2);
    scenario.to_home().await?;
    finish_one(&scenario, "Tas").await?.expect_outbox(1, "waiting").await?;

    scenario.open_endpoint(1).await?.try_endpoint("works").await?.browser.press("#endpoint-choose").await?;
    scenario.browser.appear("#endpoints a").await?;
    scenario.open_endpoint(0).await?.try_endpoint("failed").await?.browser.press("#removal summary").await?;
    scenario.browser.press("#endpoint-remove").await?;
    scenario.holds("one is left", "return document.querySelectorAll('#endpoints a').length === 1").await?;
    // What was bound to it goes nowhere else by itself.
    scenario.to_outbox().await?.read("tujuannya sudah dihapus").await?;
    scenario.expect_outbox(1, "attention").await?;
    assert_eq!(scenario.rows().await?, []);
    scenario.browser.press("[data-bind]").await?;
    scenario.expect_outbox(1, "proved").await?;
    assert_eq!(scenario.rows().await?[0].envelope["subject"]["product"], json!("Tas"));
    Ok(())
}

async fn a_link_hands_an_endpoint_over_and_a_person_decides(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_with(Options { engine, ..Options::default() }).await?;
    let token = scenario.token("Tim 1").await?;
    let offer = Endpoint {
        name: "Simpul <b>Contoh</b>".into(),
        access: Access::Bearer(Secret::parse(&token).unwrap()),
        photos: PhotoRule::WifiOnly,
        ..Endpoint::at(WebAddress::parse(&scenario.endpoint()).unwrap())
    };
    let link = write_fragment(&offer);
    // Opened by a link: the secret is out of the address before the page asks, and nothing is kept yet.
    scenario.browser.go(&format!("{}/{link}", scenario.app.origin())).await?;
    scenario.browser.appear("[data-offer]").await?;
    scenario.read(&scenario.receiver.origin()).await?.read("Simpul <b>Contoh</b>").await?.screenshot("offer").await?;
    let in_view = scenario.browser.script(IN_VIEW, &[]).await?;
    assert!(!in_view.as_str().unwrap().contains(&token) && !scenario.browser.address().await?.contains('#'));
    scenario.browser.press("#offer-decline").await?;
    scenario.browser.appear("#endpoint-add").await?;
    scenario.read("Tujuan belum diatur").await?;

    // While the app is open a link in the same tab changes nothing but what is behind the `#`.
    scenario.script(&format!("location.hash = '{link}'")).await?;
    scenario.browser.appear("[data-offer]").await?;
    scenario.browser.press("#offer-take").await?;
    scenario.browser.appear("#endpoints a").await?;
    scenario.read("Dipakai untuk penilaian baru").await?.open_endpoint(0).await?.try_endpoint("works").await?;

    // What another site offers is one more, without this one's secret, and takes no assessment by itself.
    let other = Endpoint {
        name: "Lain".into(),
        access: Access::Open,
        ..Endpoint::at(WebAddress::parse("https://lain.example/x").unwrap())
    };
    scenario.browser.go(&format!("{}/{}", scenario.app.origin(), write_fragment(&other))).await?;
    scenario.browser.appear("[data-offer='https://lain.example']").await?;
    scenario.browser.press("#offer-keep").await?;
    scenario.holds("two are there", "return document.querySelectorAll('#endpoints a').length === 2").await?;
    scenario
        .holds("the first is chosen", "return document.querySelector('#endpoints a').textContent.includes('Dipakai')")
        .await?;

    // A damaged link says so; a file is another way.
    scenario.browser.go(&format!("{}/#endpoint=e30", scenario.app.origin())).await?;
    scenario.read("tidak memuat tujuan yang dapat dibaca").await?.go_to("p=pengaturan").await?;
    scenario.browser.appear("#endpoint-add").await?;
    let file = scenario.folder().join("tujuan.json");
    std::fs::write(&file, write_offer(&Endpoint { name: "Dari berkas".into(), ..offer }))?;
    scenario.browser.choose_file("#endpoint-file", &file).await?;
    scenario.browser.appear("[data-offer]").await?;
    scenario.read("sudah ada di ponsel").await?.browser.press("#offer-take").await?;
    scenario.browser.appear("#endpoints a").await?;
    scenario.read("Dari berkas").await?;
    Ok(())
}
