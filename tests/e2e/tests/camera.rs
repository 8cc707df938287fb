//! The camera in the page: what it takes is on disk like any other photo, and it is let go.

#![allow(clippy::indexing_slicing)]

use anyhow::Result;
use bintang_e2e::{Engine, Options, Scenario, Subject, engine::Manner, in_every_engine};
use serde_json::json;

in_every_engine!(a_photo_is_taken_within_the_page);

async fn a_photo_is_taken_within_the_page(engine: Engine) -> Result<()> {
    engine.has_camera()?;
    let manner = Manner { camera: true, ..Manner::default() };
    let scenario = Scenario::open_with(Options { engine, manner, ..Options::default() }).await?;
    scenario.set_up().await?.visit("p=pengaturan").await?.tick("camera-page").await?;
    scenario.visit("").await?.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.press_in("A.I.1", "Foto").await?;
    let shows = "const video = document.querySelector('.finder video'); return video?.videoWidth > 0 && !video.paused";
    scenario.holds("the finder shows a picture", shows).await?;
    scenario.screenshot_of("kamera", "[id='c-A.I.1'] .finder").await?;
    for count in 1..=2 {
        scenario.press_in("A.I.1", "Ambil foto").await?.photos_are("A.I.1", count, "scaled").await?;
    }
    // Taken again: the new one takes the place of the one that was looked at.
    scenario.press_in("A.I.1", "Tutup kamera").await?.enlarge("A.I.1", 1).await?;
    scenario.press_in("A.I.1", "Ambil ulang").await?.holds("the finder shows a picture", shows).await?;
    scenario.press_in("A.I.1", "Ambil foto").await?.read("Foto dihapus.").await?;
    scenario.photos_are("A.I.1", 2, "scaled").await?;
    scenario.script("window.seen = document.querySelector('.finder video').srcObject.getTracks()").await?;
    scenario.press_in("A.I.1", "Tutup kamera").await?;
    let ended =
        "return !document.querySelector('.finder') && window.seen.every((track) => track.readyState === 'ended')";
    scenario.holds("the camera is let go", ended).await?;
    scenario.saved().await?.reload().await?.photos_are("A.I.1", 2, "scaled").await?;
    let photos = scenario.stored_photos().await?;
    for photo in &photos {
        assert_eq!(photo.known["sha256"], json!(photo.sha256));
        assert_eq!(photo.known["proves"], json!([{"criterion": "A.I.1", "option": "b"}]));
        assert!(
            photo.known["taken_at"].is_i64() && photo.size.is_some_and(|(width, height)| width.max(height) <= 1600)
        );
    }
    let removed: Vec<bool> = photos.iter().map(|photo| !photo.known["removed"].is_null()).collect();
    assert_eq!(removed, [true, false, false]);
    Ok(())
}
