//! Photos: on disk before anything else happens to them, upright and small afterwards, part of what is sent.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_domain::{
    digest::Digest,
    log::{Line, Tail, verify},
};
use bintang_e2e::{Dist, Engine, Front, Options, Picture, Sample, Scenario, Subject, in_every_engine, wait};
use serde_json::{Value, json};
use std::path::PathBuf;

in_every_engine!(
    a_photo_is_stored_scaled_and_there_after_a_kill,
    what_cannot_be_decoded_is_kept_as_it_is,
    photos_are_described_removed_brought_back_and_sent,
    a_caption_is_kept_before_its_field_is_left,
    a_photo_that_is_taken_again_goes_once_the_other_is_there,
    the_place_to_return_to_is_on_its_way_before_the_picker_opens,
    the_original_is_on_disk_before_it_is_scaled,
    a_photo_that_found_no_room_is_told_wherever_one_is,
    a_disk_too_full_for_a_photo_takes_the_next_answer
);

/// Three small pictures, each unlike the others.
async fn three(scenario: &Scenario) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for number in 1..=3 {
        let picture = Picture { size: (640, 480), orientation: 1, number };
        files.push(picture.write(&scenario.browser, scenario.folder()).await?);
    }
    Ok(files)
}

async fn a_photo_is_stored_scaled_and_there_after_a_kill(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    let file = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.add_photo("A.I.1", &file).await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    scenario.screenshot_of("foto", "[id='c-A.I.1'] .photos").await?;

    let check = async |scenario: &Scenario| -> Result<()> {
        let photos = scenario.stored_photos().await?;
        let [photo] = photos.as_slice() else { panic!("one photo, not {photos:?}") };
        // A Blob would be refused in WebKit's private mode.
        assert_eq!(photo.kind, "Uint8Array");
        assert_eq!(photo.known["sha256"], json!(photo.sha256));
        assert_eq!(photo.known["bytes"], json!(photo.bytes));
        assert_eq!(photo.known["proves"], json!([{"criterion": "A.I.1", "option": "b"}]));
        // 2400 x 1800, turned a quarter: what was left, and dark, is above.
        assert_eq!(photo.size, Some((1200, 1600)));
        let (above, below) = photo.ends.unwrap();
        assert!(above + 60 < below, "{above} above, {below} below");
        // 14:05:09 at +07:00, wherever the phone is; the camera's place went into the record, not into the picture.
        assert_eq!(photo.known["taken_at"], json!(1_795_503_909_000_i64));
        assert_eq!(photo.known["coordinates"]["latitude"], json!(-72_345_678));
        Ok(())
    };
    check(&scenario).await?;
    scenario.browser.kill_and_start().await?;
    scenario.visit("").await?.open_item("Keripik").await?;
    scenario.photos_are("A.I.1", 1, "scaled").await?;
    check(&scenario).await?;
    scenario.enlarge("A.I.1", 1).await?.read("ketelitian 12 m").await?;
    scenario.screenshot_of("foto-besar", "[id='c-A.I.1'] .photo-large").await?;
    assert_eq!(scenario.browser.console().await?, Vec::<String>::new());
    Ok(())
}

/// A row of pictures begins with the last twelve, and none is made anew when another comes.
#[tokio::test(flavor = "multi_thread")]
async fn many_photos_of_a_criterion_are_shown_a_dozen_at_a_time() -> Result<()> {
    let scenario = Scenario::open().await?;
    let file = Picture { size: (320, 240), orientation: 1, number: 1 };
    let file = file.write(&scenario.browser, scenario.folder()).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    for count in 1..=13 {
        scenario.add_photo("A.I.1", &file).await?.photos_are("A.I.1", count, "scaled").await?;
    }
    scenario.read("1 sebelumnya").await?;
    scenario.script("document.querySelectorAll('.photo img')[5].dataset.mark = 'same'").await?;
    scenario.add_photo("A.I.1", &file).await?.photos_are("A.I.1", 14, "scaled").await?;
    scenario.read("2 sebelumnya").await?.screenshot_of("foto-banyak", "[id='c-A.I.1']").await?;
    let here = "return document.querySelector(`[data-mark='same']`)?.closest('button').getAttribute('aria-label')";
    assert_eq!(scenario.script(here).await?, "Lihat foto 7");
    scenario.browser.press(".photos__earlier button").await?;
    scenario.holds("all are shown", "return document.querySelectorAll('.photo[data-photo]').length === 14").await?;
    scenario.holds("the card has the focus", "return document.activeElement.id === 'c-A.I.1'").await?;
    // The third of fourteen goes; the others stay as they are.
    scenario
        .enlarge("A.I.1", 3)
        .await?
        .press_in("A.I.1", "Hapus foto")
        .await?
        .photos_are("A.I.1", 13, "scaled")
        .await?;
    assert_eq!(scenario.script(here).await?, "Lihat foto 6");
    Ok(())
}

async fn what_cannot_be_decoded_is_kept_as_it_is(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    let file = scenario.folder().join("foto.heic");
    std::fs::write(&file, b"\0\0\0\x18ftypheic not really")?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.add_photo("A.I.1", &file).await?.photos_are("A.I.1", 1, "kept").await?;
    scenario.read("Tersimpan apa adanya").await?;
    let photos = scenario.stored_photos().await?;
    assert_eq!(photos[0].sha256, Digest::of(&std::fs::read(&file)?).to_string());
    Ok(())
}

async fn photos_are_described_removed_brought_back_and_sent(engine: Engine) -> Result<()> {
    let sample = Sample::named("food-1")?;
    let scenario = Scenario::open_in(engine).await?;
    let files = three(&scenario).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    for file in &files {
        scenario.add_photo("A.I.1", file).await?;
    }
    scenario.photos_are("A.I.1", 3, "scaled").await?;
    // The first: a caption, and proof of another criterion too.
    scenario.enlarge("A.I.1", 1).await?.browser.fill("[id='caption-A.I.1']", "Gudang talas").await?;
    const CHOOSE: &str = "const select = document.querySelector(\"[id='c-A.I.1'] .photo-large select\");
        select.value = 'A.I.2';
        select.dispatchEvent(new Event('change', { bubbles: true }));";
    scenario.script(CHOOSE).await?;
    scenario.photos_are("A.I.2", 1, "scaled").await?;
    scenario.press_in("A.I.1", "Tutup").await?;
    // The second: removed and brought back. The third: removed.
    for number in [2, 3] {
        scenario.enlarge("A.I.1", number).await?.press_in("A.I.1", "Hapus foto").await?;
        scenario.photos_are("A.I.1", 2, "scaled").await?.read("Foto dihapus.").await?;
        if number == 2 {
            scenario.press_in("A.I.1", "Urungkan").await?.photos_are("A.I.1", 3, "scaled").await?;
        }
    }
    let stored = scenario.stored_photos().await?;
    assert_eq!(stored.len(), 3);
    // The receiver takes the assessment and not the photos: nothing is called proved, and it is tried again.
    scenario.front.set(Front::NoFiles);
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?.finish().await?.to_outbox().await?;
    scenario.read("Penerima sedang sibuk (HTTP 500)").await?.expect_outbox(1, "waiting").await?;
    scenario.never("Terbukti sampai").await?;

    // On the phone the removed one is gone, the log is whole, and ends as the envelope says.
    let kept = scenario.stored_photos().await?;
    assert_eq!(kept, stored[..2]);
    let lines = scenario.stored_log().await?;
    let tail = Tail { number: u64::try_from(lines.len())?, sha256: Digest::of(lines.last().unwrap().as_bytes()) };
    let lines: Vec<Line> = (1..).zip(lines).map(|(number, text)| Line { number, text }).collect();
    verify(&lines, Some(tail)).unwrap();
    let row = wait::until("the envelope arrives", async || Ok(scenario.rows().await?.pop())).await?;
    assert_eq!(row.envelope["log"], json!(tail.sha256.to_string()));
    let evidence = row.envelope["evidence"].as_array().unwrap();
    let listed: Vec<_> =
        evidence.iter().map(|entry| (&entry["sha256"], &entry["criterion"], &entry["caption"])).collect();
    let (first, second) = (json!(kept[0].sha256), json!(kept[1].sha256));
    let (one, two, caption, none) = (json!("A.I.1"), json!("A.I.2"), json!("Gudang talas"), json!(""));
    assert_eq!(listed, [(&first, &one, &caption), (&first, &two, &caption), (&second, &one, &none)]);

    // Then the photos arrive too, byte for byte, and only then it is proved.
    scenario.front.set(Front::Clear);
    scenario.send_now().await?.expect_outbox(1, "proved").await?;
    let folder = scenario.folder().join("evidence").join(row.envelope["assessment"].as_str().unwrap());
    for photo in &kept {
        assert_eq!(Digest::of(&std::fs::read(folder.join(&photo.sha256))?).to_string(), photo.sha256);
    }
    assert_eq!(std::fs::read_dir(&folder)?.count(), 2);
    Ok(())
}

async fn a_photo_that_is_taken_again_goes_once_the_other_is_there(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    let files = three(&scenario).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.add_photo("A.I.1", &files[0]).await?.photos_are("A.I.1", 1, "scaled").await?;
    let first = scenario.stored_photos().await?[0].known["id"].clone();
    // The picker is opened for it and closed without a photo; the next one is one more.
    scenario.enlarge("A.I.1", 1).await?.press_in("A.I.1", "Ambil ulang").await?.press_in("A.I.1", "Foto").await?;
    scenario.add_photo("A.I.1", &files[1]).await?.photos_are("A.I.1", 2, "scaled").await?;
    // Opened for it once more: it goes when the new one is there, and the large picture with it.
    scenario.press_in("A.I.1", "Ambil ulang").await?;
    scenario.add_photo("A.I.1", &files[2]).await?.read("Foto dihapus.").await?;
    scenario.photos_are("A.I.1", 2, "scaled").await?;
    scenario.holds("it is closed", "return !document.querySelector('.photo-large')").await?;
    let removed = async || -> Result<Vec<Value>> {
        let photos = scenario.stored_photos().await?;
        assert_eq!(photos.len(), 3);
        let removed = photos.iter().filter(|photo| !photo.known["removed"].is_null());
        Ok(removed.map(|photo| photo.known["id"].clone()).collect())
    };
    assert_eq!(removed().await?, [first]);
    scenario.press_in("A.I.1", "Urungkan").await?.photos_are("A.I.1", 3, "scaled").await?;
    assert_eq!(removed().await?, Vec::<Value>::new());
    Ok(())
}

/// The answer was given elsewhere; whoever taps "Foto" comes back to this card, whatever ends the page from here on.
async fn the_place_to_return_to_is_on_its_way_before_the_picker_opens(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    // A tap as a finger does it: it enters the card, and the save is asked for before the picker hears of it.
    const WATCH: &str = "window.order = [];
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
            if (this.name === 'heads') window.order.push(JSON.parse(value).return_to);
            return put.call(this, value, key);
        };
        document.getElementById('photo-A.I.3').addEventListener('click', (event) => {
            window.order.push('picker');
            event.preventDefault();
        });";
    scenario.browser.appear("[id='photo-A.I.3']").await?;
    scenario.script(WATCH).await?;
    scenario.browser.press("[id='c-A.I.3'] .photo-button").await?;
    let order = scenario.script("return window.order").await?;
    assert_eq!(order, json!(["A.I.3", "picker"]));
    scenario.saved().await?;
    scenario.browser.kill_and_start().await?;
    scenario.visit("").await?.open_item("Keripik").await?;
    const SEEN: &str = "const { top } = document.getElementById('c-A.I.3')?.getBoundingClientRect() ?? {};
        const { top: before } = document.getElementById('c-A.I.1')?.getBoundingClientRect() ?? {};
        return before < 0 && top > 0 && top < innerHeight / 2";
    scenario.holds("it comes back to the card", SEEN).await?;
    Ok(())
}

/// A worker that answers nothing until it may: a flag that is set just before a kill may be lost with it.
const MUTE: &str = "if (!localStorage.getItem('speaks')) {
        window.Worker = class { postMessage() {} terminate() {} };
    }";

async fn the_original_is_on_disk_before_it_is_scaled(engine: Engine) -> Result<()> {
    let dist = Dist::built()?.with_script(MUTE)?;
    let mut scenario = Scenario::open_with(Options { engine, dist: Some(dist), ..Options::default() }).await?;
    let file = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    let original = Digest::of(&std::fs::read(&file)?).to_string();
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.add_photo("A.I.1", &file).await?;
    scenario.photos_are("A.I.1", 1, "original").await?.saved().await?;
    scenario.browser.kill_and_start().await?;
    scenario.visit("").await?.open_item("Keripik").await?;
    scenario.photos_are("A.I.1", 1, "original").await?;
    let photos = scenario.stored_photos().await?;
    // Byte for byte the file that was chosen.
    assert_eq!((photos.len(), &photos[0].sha256, &photos[0].known["form"]), (1, &original, &json!("original")));
    scenario.script("localStorage.setItem('speaks', 'yes')").await?;
    scenario.reload().await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    let photos = scenario.stored_photos().await?;
    assert_eq!((photos.len(), photos[0].size, photos[0].sha256 == original), (1, Some((1200, 1600)), false));
    Ok(())
}

/// Photos alone find no room, for as long as somebody wants it.
const NO_ROOM: &str = "const put = IDBObjectStore.prototype.put;
    window.full = false;
    IDBObjectStore.prototype.put = function (...words) {
        if (window.full && this.name.startsWith('evidence')) throw new DOMException('full', 'QuotaExceededError');
        return put.apply(this, words);
    };";

async fn a_photo_that_found_no_room_is_told_wherever_one_is(engine: Engine) -> Result<()> {
    let dist = Dist::built()?.with_script(NO_ROOM)?;
    let scenario = Scenario::open_with(Options { engine, dist: Some(dist), ..Options::default() }).await?;
    let file = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.script("window.full = true").await?;
    scenario.add_photo("A.I.1", &file).await?.read("Foto belum tersimpan").await?;
    // Answers are taken; as long as the photo is in memory alone nothing is called saved, there or at home.
    scenario.choose("A.I.2", &json!({"option": "b"})).await?.saving_is("failed").await?.never("Tersimpan").await?;
    scenario.to_home().await?.read("Belum tersimpan").await?;
    scenario.browser.press(".banner--storage a[href*='p=lembar']").await?;
    scenario.browser.appear("aside.livebar").await?;
    scenario.saving_is("failed").await?.script("window.full = false").await?;
    scenario.browser.press(".banner--storage button").await?;
    scenario.saved().await?.photos_are("A.I.1", 1, "scaled").await?;
    // A caption that was refused does not come back over a later one.
    scenario.enlarge("A.I.1", 1).await?.script("window.full = true").await?;
    scenario.browser.script(CAPTION, &[json!("Dapur")]).await?;
    scenario.saving_is("failed").await?.script("window.full = false").await?;
    scenario.browser.script(CAPTION, &[json!("Gudang")]).await?;
    scenario.saved().await?.never("Foto belum tersimpan").await?;
    assert_eq!(scenario.stored_photos().await?[0].known["caption"], json!("Gudang"));
    Ok(())
}

/// Types a caption in one go; the field is not left, and does not say that it changed.
const CAPTION: &str = "const field = document.getElementById('caption-A.I.1');
    field.value = arguments[0];
    field.dispatchEvent(new Event('input', { bubbles: true }));";

async fn a_caption_is_kept_before_its_field_is_left(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    let file = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.add_photo("A.I.1", &file).await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    scenario.enlarge("A.I.1", 1).await?;
    // At a pause; until then nothing is called saved.
    let typed = format!("{CAPTION} setTimeout(() => done(document.querySelector('.saved').dataset.state))");
    assert_eq!(scenario.browser.script_until_done(&typed, &[json!("Dapur")]).await?, json!("saving"));
    scenario.saved().await?;
    assert_eq!(scenario.stored_photos().await?[0].known["caption"], json!("Dapur"));
    // The page goes out of view, and may be ended there: no pause is waited for.
    scenario
        .script("const later = setTimeout; window.setTimeout = (run, ms) => (ms > 400 ? 0 : later(run, ms))")
        .await?;
    let hide = "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
        document.dispatchEvent(new Event('visibilitychange'));
        delete document.visibilityState;";
    scenario.browser.script(&format!("{CAPTION} {hide}"), &[json!("Gudang")]).await?;
    scenario.saved().await?;
    assert_eq!(scenario.stored_photos().await?[0].known["caption"], json!("Gudang"));
    // The field goes in the same breath.
    let close =
        "[...document.querySelectorAll('.photo-large button')].find((one) => one.textContent === 'Tutup').click();";
    scenario.browser.script(&format!("{CAPTION} {close}"), &[json!("Lumbung")]).await?;
    scenario.holds("it is closed", "return !document.getElementById('caption-A.I.1')").await?.saved().await?;
    assert_eq!(scenario.stored_photos().await?[0].known["caption"], json!("Lumbung"));
    let id = scenario.assessment().await?;
    scenario.log_is_whole(&id).await
}

async fn a_disk_too_full_for_a_photo_takes_the_next_answer(engine: Engine) -> Result<()> {
    engine.sets_room()?;
    let scenario = Scenario::open_unwritten(engine).await?;
    let file = Picture::upright(1).write(&scenario.browser, scenario.folder()).await?;
    scenario.fill_disk().await?.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.saving_is("failed").await?;
    scenario.add_photo("A.I.1", &file).await?.read("Foto belum tersimpan").await?;
    scenario.free_disk().await?.press_in("A.I.1", "Coba lagi").await?;
    scenario.photos_are("A.I.1", 1, "scaled").await?.saved().await?.never("Foto belum tersimpan").await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    assert_eq!(scenario.stored_photos().await?.len(), 1);
    Ok(())
}
