//! Endpoints that are no receiver of ours: the samples of docs/endpoints, and hosts that only say yes.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Engine, Options, Picture, Sample, Scenario, Subject, in_every_engine};
use bintang_programs::{AppsScript, Kept, NGINX_PASSWORD, NGINX_USER, kept, nginx, php, script};
use serde_json::json;
use std::path::Path;
use tempfile::tempdir;

in_every_engine!(each_way_to_send_is_proved_by_what_comes_back);

/// Opens the app with nothing but a name in it, at Pengaturan.
async fn opened(engine: Engine) -> Result<Scenario> {
    let options = Options { engine, ..Options::default() };
    let scenario = Scenario::open_with(options).await?;
    scenario.visit("p=pengaturan").await?.browser.fill("#assessor-name", "Penilai Contoh").await?;
    Ok(scenario)
}

/// Begins, pictures, answers and finishes a sheet, and goes to Kotak keluar.
async fn finish_one<'s>(scenario: &'s Scenario, product: &str, photo: &Path) -> Result<&'s Scenario> {
    let sample = Sample::named("food-1")?;
    scenario.to_home().await?.begin("food", Subject { product, business: "Dapur" }).await?;
    scenario.add_photo("A.I.1", photo).await?.photos_are("A.I.1", 1, "scaled").await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?.finish().await?.to_outbox().await
}

async fn each_way_to_send_is_proved_by_what_comes_back(engine: Engine) -> Result<()> {
    let (folder, scenario) = (tempdir()?, opened(engine).await?);
    let Some(php) = php(folder.path(), Some("rahasia-panjang")).await? else { return Ok(()) };
    let Some(nginx) = nginx(folder.path()).await? else { return Ok(()) };
    let google = AppsScript::start()?;
    let says = google.clone();
    let script = script(move |document| says.says(document)).await?;
    let picture = Picture { size: (640, 480), orientation: 1, number: 1 };
    let photo = picture.write(&scenario.browser, scenario.folder()).await?;
    let token = Some("rahasia-panjang");
    let localhost = php.address.replace("127.0.0.1", "localhost");
    let mut ways = vec![("simple", script.as_str(), None, "answers"), ("put", &nginx.address, None, "answers")];
    // What each engine does in its own way are redirects, and what it keeps of answers.
    if engine == Engine::Chromium {
        ways.extend([("multipart", php.address.as_str(), token, "answers"), ("json", &localhost, token, "answers")]);
    }
    let of_php = ways.len() - 2;
    for (number, (profile, url, token, trial)) in ways.into_iter().enumerate() {
        scenario.go_to("p=pengaturan").await?.add_endpoint_by(profile, url, token, &[]).await?;
        if profile == "put" {
            scenario.browser.press("label[for=access-basic]").await?;
            scenario.browser.fill("#access-name", NGINX_USER).await?;
            scenario.browser.fill("#access-secret", NGINX_PASSWORD).await?;
        }
        scenario.try_endpoint(trial).await?.screenshot(&format!("profile-{profile}")).await?;
        scenario.keep_endpoint().await?;
        if number > 0 {
            scenario.open_endpoint(number).await?.browser.press("#endpoint-choose").await?;
            scenario.browser.appear("#endpoints a").await?;
        }
        finish_one(&scenario, profile, &photo).await?.expect_outbox(number as u64 + 1, "proved").await?;
    }
    scenario.read("Dibaca kembali dari").await?.screenshot("profiles-proved").await?;
    let whole = Kept { documents: 1, photos: 1 };
    let google = google.kept();
    assert_eq!((&google["documents"], &google["photos"], &google["broken"]), (&json!(1), &json!(1), &json!([])));
    assert_eq!(kept(&folder.path().join("srv/assessments"))?, whole);
    if of_php > 0 {
        assert_eq!(kept(&folder.path().join("kept"))?, Kept { documents: of_php, photos: of_php });
    }
    // The address of a script is a secret: it stands in no field and on no page.
    scenario.open_endpoint(0).await?.read("Alamat tersimpan dan tidak ditampilkan").await?;
    let text = "const fields = [...document.querySelectorAll('input')].map((field) => field.value);
        return document.documentElement.outerHTML + fields";
    assert!(!scenario.browser.script(text, &[]).await?.as_str().unwrap().contains("AKfyPandan"));
    scenario.try_endpoint("answers").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_accepted_says_so_and_may_go_elsewhere() -> Result<()> {
    let scenario = opened(Engine::Chromium).await?;
    let address = script(|_| "Terima kasih, data diterima.".to_owned()).await?;
    let picture = Picture { size: (640, 480), orientation: 1, number: 1 };
    let photo = picture.write(&scenario.browser, scenario.folder()).await?;
    let mark = [("#profile-mark", "data diterima")];
    scenario.add_endpoint_by("simple", &address, None, &mark).await?.keep_endpoint().await?;
    finish_one(&scenario, "Keripik", &photo).await?.expect_outbox(1, "accepted").await?;
    scenario.read("tidak membuktikan isinya").await?.screenshot("accepted").await?;
    // It is not on its way any more, and nothing sends it again.
    scenario.reload().await?.expect_outbox(1, "accepted").await?;
    assert_eq!(scenario.browser.count("#send-now").await?, 0);
    scenario.to_home().await?.read("Diterima").await?.screenshot("accepted-home").await?;
    scenario.go_to("p=kesiapan").await?.read("1 diterima tanpa bukti").await?;
    // A receiver proves it.
    scenario.go_to("p=pengaturan").await?.add_endpoint(None).await?;
    scenario.open_endpoint(1).await?.browser.press("#endpoint-choose").await?;
    scenario.browser.appear("#endpoints a").await?;
    scenario.to_outbox().await?.browser.press("[data-bind]").await?;
    scenario.expect_outbox(1, "proved").await?;
    assert_eq!(scenario.rows().await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_only_as_a_whole_waits_for_wifi_as_a_whole() -> Result<()> {
    let (folder, scenario) = (tempdir()?, opened(Engine::Chromium).await?);
    let Some(php) = php(folder.path(), None).await? else { return Ok(()) };
    let picture = Picture { size: (640, 480), orientation: 1, number: 1 };
    let photo = picture.write(&scenario.browser, scenario.folder()).await?;
    scenario.add_endpoint_by("json", &php.address, None, &[("#profile-limit", "64")]).await?;
    scenario.browser.press("label[for=photos-wifi]").await?;
    scenario.keep_endpoint().await?;
    finish_one(&scenario, "Keripik", &photo).await?.expect_outbox(1, "waiting").await?;
    scenario.read("hanya sekaligus").await?.screenshot("waits-for-wifi").await?;
    assert!(!folder.path().join("kept").exists());
    scenario.browser.press("[data-photos]").await?;
    // The photo is larger than what the host is said to take.
    scenario.expect_outbox(1, "attention").await?.read("lebih besar daripada yang diterima").await?;
    scenario.screenshot("too-large").await?;
    scenario.open_endpoint(0).await?.browser.fill("#profile-limit", "5000").await?;
    scenario.keep_endpoint().await?.to_outbox().await?.send_again().await?.expect_outbox(1, "proved").await?;
    assert_eq!(kept(&folder.path().join("kept"))?, Kept { documents: 1, photos: 1 });
    Ok(())
}
