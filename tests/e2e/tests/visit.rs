//! The visit: its place, who signed what, and that both are on disk, in the log and in what is sent.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_domain::{
    log::{Line, Tail, verify},
    signature::Role,
};
use bintang_e2e::{Dist, Engine, Options, Picture, Sample, Scenario, Subject, in_every_engine, wait};
use serde_json::json;

in_every_engine!(
    a_visit_is_located_and_signed,
    a_refused_place_stops_nothing,
    a_photo_has_its_place_where_nobody_need_be_asked,
    a_finger_and_a_pen_sign
);

/// In the place of the phone's satellites, which a test machine has not: `place` says where it is, or that nobody may know.
const PLACE: &str = "Object.defineProperty(Navigator.prototype, 'geolocation', { get: () => ({
    getCurrentPosition: (found, failed) => {
        const place = JSON.parse(localStorage.getItem('place'));
        if (place) found({ coords: place, timestamp: Date.now() - place.age });
        else failed({ code: 1 });
    },
}) });";

async fn open(engine: Engine) -> Result<Scenario> {
    let dist = Dist::built()?.with_script(PLACE)?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), engine, ..Options::default() }).await?;
    scenario.set_up().await?;
    Ok(scenario)
}

async fn place(scenario: &Scenario, age: i64) -> Result<()> {
    let place = json!({"latitude": -7.2345678, "longitude": 108.2345678, "accuracy": 11.2, "age": age});
    scenario.browser.script("localStorage.setItem('place', arguments[0])", &[json!(place.to_string())]).await?;
    Ok(())
}

async fn a_visit_is_located_and_signed(engine: Engine) -> Result<()> {
    let sample = Sample::named("food-1")?;
    let mut scenario = open(engine).await?;
    place(&scenario, 0).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?;
    let id = scenario.assessment().await?;
    let review = format!("p=tinjau&id={id}");
    scenario.visit(&review).await?;
    scenario.browser.press("#place-take").await?;
    scenario.read("Tercatat dengan ketelitian 12 m").await?;
    scenario.read("Belum ada: tanda tangan penilai, tanda tangan pelaku usaha").await?;
    // Drawn by the maker; the assessor types a name alone.
    scenario.browser.press("#sign-maker").await?;
    scenario.browser.press("#sign-save-maker").await?;
    scenario.read("Tulis nama yang menandatangani").await?;
    scenario.browser.fill("#sign-name-maker", "Ibu <b>Sri</b>").await?;
    scenario.browser.draw("#sign-pad-maker", &[(-80, 10), (-20, -30), (30, 30), (90, -10)]).await?;
    scenario.screenshot_of("tanda-tangan", "#sign-pad-maker").await?;
    scenario.browser.press("#sign-save-maker").await?;
    scenario.browser.appear("[data-signed='maker'] path").await?;
    scenario.browser.press("#sign-assessor").await?;
    scenario.browser.fill("#sign-name-assessor", "Rina").await?;
    scenario.browser.press("#sign-save-assessor").await?;
    scenario.browser.appear("[data-signed='assessor']").await?;
    scenario.saved().await?;
    scenario.screenshot_of("kunjungan", "[data-sign='assessor']").await?;

    // All of it is there after a kill. A change after signing is told; taken back, it is the sheet that was signed.
    scenario.browser.kill_and_start().await?;
    scenario.visit(&review).await?.browser.appear("[data-signed='maker'] path").await?;
    scenario.read("Tercatat dengan ketelitian 12 m").await?;
    let stale = async |wanted: u64| {
        wait::until(format!("{wanted} signatures are out of date"), async || {
            Ok((scenario.browser.count("[data-stale]").await? == wanted).then_some(()))
        })
        .await
    };
    stale(0).await?;
    let part = format!("p=lembar&id={id}&at=A.I.1");
    scenario.visit(&part).await?.choose("A.I.1", &json!({"none": true})).await?.saved().await?;
    scenario.visit(&review).await?;
    stale(2).await?;
    scenario.screenshot_of("tanda-tangan-usang", "[data-sign='maker']").await?;
    scenario.visit(&part).await?.choose("A.I.1", sample.at("/sheet/answers/A.I.1")).await?.saved().await?;
    scenario.visit(&review).await?;
    stale(0).await?;
    let named = scenario.stored_log().await?;
    assert_eq!(named.iter().filter(|text| text.contains("\"what\":\"signature\"")).count(), 2);
    assert_eq!(named.iter().filter(|text| text.contains("\"what\":\"position\"")).count(), 1);

    scenario.conclude().await?;
    scenario.browser.appear("[data-signed='maker'] path").await?;
    scenario.read("Rina").await?;
    scenario.screenshot_of("hasil-tanda-tangan", "[aria-labelledby='signatures']").await?;
    let rows = wait::until("it arrived", async || Ok(scenario.rows().await?.pop())).await?;
    let envelope = &rows.envelope;
    let signatures = envelope["signatures"].as_array().unwrap();
    assert_eq!(signatures.len(), 2);
    let signature = |role: Role| signatures.iter().find(|signature| signature["role"] == role.word()).unwrap();
    assert_eq!(signature(Role::Assessor)["strokes"], json!([]));
    let maker = signature(Role::Maker);
    assert_eq!(maker["name"], "Ibu <b>Sri</b>");
    assert!(maker["strokes"][0].as_array().unwrap().len() >= 6, "{maker}");
    // Anybody can check what was signed.
    let signed = json!({"notes": envelope["notes"], "sheet": envelope["sheet"]});
    let signed = bintang_domain::wire::canonical::write(&signed);
    assert_eq!(maker["sheet"], json!(bintang_domain::digest::Digest::of(signed.as_bytes()).to_string()));
    assert_eq!(envelope["subject"]["place"]["coordinates"]["accuracy"], json!(12));
    let lines = scenario.stored_log().await?.into_iter().zip(1..).map(|(text, number)| Line { number, text });
    let lines: Vec<Line> = lines.collect();
    let end = envelope["log"].as_str().and_then(bintang_domain::digest::Digest::parse).unwrap();
    let tail = Tail { number: lines.len().try_into()?, sha256: end };
    assert!(verify(&lines, Some(tail)).is_ok(), "the chain ends as the envelope says");
    Ok(())
}

async fn a_photo_has_its_place_where_nobody_need_be_asked(engine: Engine) -> Result<()> {
    const PERMITS: &str = "Object.defineProperty(Navigator.prototype, 'permissions', { get: () => ({
        query: async () => ({ state: localStorage.getItem('permit') }),
    }) });";
    let dist = Dist::built()?.with_script(&[PLACE, PERMITS].join("\n"))?;
    let scenario = Scenario::open_with(Options { dist: Some(dist), engine, ..Options::default() }).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    place(&scenario, 0).await?;
    // Without a place of the camera's own.
    let picture = Picture { size: (640, 480), orientation: 1, number: 1 };
    let file = picture.plain(&scenario.browser, scenario.folder()).await?;
    for (count, permit) in [(1, "prompt"), (2, "granted")] {
        scenario.script(&format!("localStorage.setItem('permit', '{permit}')")).await?;
        scenario.add_photo("A.I.1", &file).await?.photos_are("A.I.1", count, "scaled").await?.saved().await?;
    }
    let places = wait::until("the second has a place", async || {
        let photos = scenario.stored_photos().await?;
        let places: Vec<_> = photos.iter().map(|photo| photo.known["coordinates"]["accuracy"].clone()).collect();
        Ok((places.last() == Some(&json!(12))).then_some(places))
    });
    assert_eq!(places.await?, [json!(null), json!(12)]);
    Ok(())
}

async fn a_finger_and_a_pen_sign(engine: Engine) -> Result<()> {
    /// As the browser tells of a finger or a pen; a driver of WebKit's has neither.
    const STROKE: &str = "const pad = document.getElementById('sign-pad-maker');
        const { left, top } = pad.getBoundingClientRect();
        for (const [i, type] of ['pointerdown', ...Array(8).fill('pointermove'), 'pointerup'].entries()) {
            pad.dispatchEvent(new PointerEvent(type, { bubbles: true, isPrimary: true, pointerId: 7, buttons: 1,
                pointerType: arguments[0], clientX: left + 30 + 12 * i, clientY: top + 20 + 7 * (i % 3) }));
        }
        return getComputedStyle(pad).touchAction;";
    let sample = Sample::named("food-1")?;
    let scenario = open(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?;
    let id = scenario.assessment().await?;
    for kind in ["touch", "pen"] {
        scenario.visit(&format!("p=tinjau&id={id}")).await?.browser.press("#sign-maker").await?;
        scenario.browser.appear("#sign-pad-maker").await?;
        // Where a finger draws, the page does not scroll.
        assert_eq!(scenario.browser.script(STROKE, &[json!(kind)]).await?, "none");
        scenario.browser.fill("#sign-name-maker", "Ibu Sri").await?;
        scenario.browser.press("#sign-save-maker").await?;
        scenario.browser.appear("[data-signed='maker'] path").await?;
        let drawn = scenario.script("return document.querySelector(\"[data-signed='maker'] path\").getAttribute('d')");
        assert!(drawn.await?.as_str().unwrap().len() > 30);
        scenario.browser.press("#sign-remove-maker").await?;
        scenario
            .holds("it is gone", "return !document.querySelector(\"[data-signed='maker']\")")
            .await?
            .saved()
            .await?;
    }
    Ok(())
}

async fn a_refused_place_stops_nothing(engine: Engine) -> Result<()> {
    let scenario = open(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let id = scenario.assessment().await?;
    scenario.visit(&format!("p=tinjau&id={id}")).await?.browser.press("#place-take").await?;
    scenario.read("Lokasi tidak diizinkan di peramban ini").await?;
    scenario.screenshot_of("lokasi-ditolak", "#place").await?;
    // A place whose time is another than the phone's: the clock is doubted, and says so.
    place(&scenario, 3_600_000).await?;
    scenario.browser.press("#place-take").await?;
    scenario.read("Jam ponsel berbeda dari waktu GPS").await?;
    scenario.saved().await?;
    scenario.screenshot_of("jam-diragukan", "#place").await?;
    scenario.browser.press("#place-forget").await?;
    scenario.read("Belum dicatat; boleh tidak dicatat.").await?;
    scenario.saved().await?;
    // The doubt stays with the sheet.
    scenario.reload().await?.read("Jam ponsel berbeda dari waktu GPS").await?;
    scenario.read("Belum dicatat; boleh tidak dicatat.").await?;
    Ok(())
}
