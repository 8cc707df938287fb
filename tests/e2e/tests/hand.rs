//! The app in the hand: the place from the official list, correcting, the list of criteria, undo and redo, the keyboard,
//! the sample, the introduction, a re-evaluation from an earlier assessment, help.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Engine, Options, Sample, Scenario, Subject, in_every_engine, wait};
use serde_json::json;

in_every_engine!(
    a_place_is_chosen_level_by_level_and_kept_without_a_network,
    what_is_assessed_can_be_corrected,
    criteria_are_found_and_jumped_to,
    the_keyboard_answers_and_takes_back,
    the_sample_is_marked_and_never_finished,
    a_re_evaluation_begins_from_an_earlier_assessment,
    help_is_there_without_a_network,
);

async fn place(scenario: &Scenario, typed: &str, name: &str) -> Result<()> {
    let browser = &scenario.browser;
    browser.fill("#place-search", typed).await?;
    let found = "return document.querySelector('#place-found li')?.innerText ?? ''";
    wait::until(format!("{typed} finds {name}"), async || {
        Ok((scenario.script(found).await?.as_str() == Some(name)).then_some(()))
    })
    .await?;
    browser.press("#place-found li").await
}

async fn a_place_is_chosen_level_by_level_and_kept_without_a_network(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?;
    scenario.visit("p=baru").await?.browser.appear("#place-search").await?;
    place(&scenario, "jawa barat", "Jawa Barat").await?;
    scenario.browser.press("#place-keep").await?;
    scenario.read("Nama desa di Jawa Barat tersimpan di ponsel").await?;
    scenario.cut_network().await?;
    // From here on nothing comes over the network: spelling of 1940, a slip, a kind left out.
    place(&scenario, "koeningan", "Kabupaten Kuningan").await?;
    place(&scenario, "clilimus", "Cilimus").await?;
    place(&scenario, "bandorasa kul", "Bandorasakulon").await?;
    let own = "return document.querySelector('#village').value";
    let text = "Bandorasakulon, Cilimus, Kabupaten Kuningan, Jawa Barat";
    wait::until("the place in words", async || Ok((scenario.script(own).await?.as_str() == Some(text)).then_some(())))
        .await?;
    scenario.screenshot_of("tempat", "#place").await?;
    // Another district: what was below it goes with it.
    scenario.browser.press("[data-level='2']").await?;
    scenario.browser.appear("#place-search").await?;
    place(&scenario, "mandiranca", "Mandirancan").await?;
    scenario.browser.fill("#village", "Dusun Karang").await?;
    scenario.browser.press("#rubric-food").await?;
    scenario.browser.fill("#product", "Keripik").await?;
    scenario.browser.fill("#nib", "123").await?;
    scenario.browser.press("#start").await?;
    // What is wrong is said beside the field, and nothing was begun.
    scenario.read("NIB terdiri dari 13 angka").await?;
    scenario.browser.fill("#nib", "1234 5678 90123").await?;
    scenario.browser.fill("#phone", "0812-3456-7890").await?;
    scenario.browser.press("#start").await?;
    scenario.browser.appear("aside.livebar").await?;
    scenario.saved().await?;
    let id = scenario.assessment().await?;
    // All of it is on the phone, and a district is no village: nothing of the list was chosen whole.
    scenario.restore_network().await?;
    scenario.visit(&format!("p=data&id={id}")).await?.browser.appear("#place-search").await?;
    let fields = "return ['#nib', '#phone', '#village'].map((field) => document.querySelector(field).value)";
    assert_eq!(scenario.script(fields).await?, json!(["1234567890123", "0812-3456-7890", "Dusun Karang"]));
    Ok(())
}

async fn what_is_assessed_can_be_corrected(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripk", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    let id = scenario.assessment().await?;
    scenario.visit(&format!("p=tinjau&id={id}")).await?.browser.press("#correct").await?;
    scenario.browser.appear("#keep").await?;
    scenario.browser.fill("#product", " ").await?;
    scenario.browser.press("#keep").await?;
    scenario.read("Isi dahulu").await?;
    let long = "<img src=x onerror=alert(1)> كاسافا 🍌 ".repeat(8);
    // Drivers type no letters beyond the first plane.
    let fill = "const field = document.querySelector('#product'); field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }))";
    scenario.browser.script(fill, &[json!(long)]).await?;
    scenario.browser.press("#keep").await?;
    scenario.browser.appear("#finish").await?;
    scenario.read("<img src=x onerror=alert(1)>").await?;
    let wide = "return document.documentElement.scrollWidth <= innerWidth";
    scenario.holds("nothing is wider than the phone", wide).await?;
    scenario.reload().await?.browser.appear("#finish").await?;
    scenario.read("<img src=x onerror=alert(1)>").await?;
    scenario.log_is_whole(&id).await?;
    let log = scenario.stored_log().await?;
    assert!(log.iter().any(|line| line.contains("\"what\":\"subject\"") && line.contains("Keripk")), "{log:?}");
    Ok(())
}

async fn criteria_are_found_and_jumped_to(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    scenario.browser.press("a#index").await?;
    scenario.browser.appear(".index li").await?;
    let shown =
        "return [...document.querySelectorAll('.index > li:not([hidden]) .code')].map((code) => code.innerText)";
    let all = scenario.script(shown).await?;
    assert_eq!(all.as_array().map(Vec::len), Some(34));
    scenario.browser.fill("#index-search", "kemasan").await?;
    wait::until("some are found", async || {
        let found = scenario.script(shown).await?;
        let many = found.as_array().map(Vec::len).unwrap_or_default();
        Ok((many > 0 && many < 34).then_some(()))
    })
    .await?;
    scenario.screenshot("daftar-cari").await?;
    scenario.browser.fill("#index-search", "zzz").await?;
    scenario.read("Tidak ada kriteria seperti itu").await?;
    scenario.reload().await?.browser.press(".filter label:nth-child(2) input").await?;
    wait::until("what is answered, or not asked, is not shown", async || {
        let found = scenario.script(shown).await?;
        let found = found.as_array().cloned().unwrap_or_default();
        Ok((found.len() == 32 && !found.contains(&json!("A.I.1"))).then_some(()))
    })
    .await?;
    scenario.browser.press(".index > li:not([hidden]):nth-of-type(28) a").await?;
    scenario.browser.appear("aside.livebar").await?;
    let there = "const card = document.activeElement.closest('article'); return !!card && card.getBoundingClientRect().top < innerHeight";
    scenario.holds("the criterion has the focus and is seen", there).await?;
    Ok(())
}

async fn the_keyboard_answers_and_takes_back(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.browser.appear("a#index").await?;
    let answered = "return [...document.querySelectorAll('article input:checked')].map((input) => input.id)";
    let is = async |ids: serde_json::Value| {
        wait::until(format!("{ids} is chosen"), async || Ok((scenario.script(answered).await? == ids).then_some(())))
            .await
    };
    // A key outside of a card does nothing.
    scenario.script("document.activeElement.blur()").await?;
    scenario.browser.keys("2").await?;
    is(json!([])).await?;
    scenario.script("document.querySelector('#c-A\\\\.I\\\\.1').focus()").await?;
    scenario.browser.keys("2").await?;
    is(json!(["A.I.1-b"])).await?;
    scenario.browser.keys("n").await?;
    let at = "return document.activeElement.closest('article')?.id";
    wait::until("the next one has the focus", async || {
        Ok((scenario.script(at).await? == json!("c-A.I.2")).then_some(()))
    })
    .await?;
    scenario.browser.keys("1").await?;
    is(json!(["A.I.1-b", "A.I.2-a"])).await?;
    scenario.browser.command_key("z").await?;
    is(json!(["A.I.1-b"])).await?;
    scenario.browser.command_key("y").await?;
    is(json!(["A.I.1-b", "A.I.2-a"])).await?;
    // The same by hand: what was taken back can be done again until something else is done.
    scenario.browser.press("#undo").await?;
    scenario.browser.press("#redo").await?;
    is(json!(["A.I.1-b", "A.I.2-a"])).await?;
    scenario.browser.press("#undo").await?;
    scenario.choose("A.I.2", &json!({"option": "b"})).await?;
    wait::until("nothing is left to do again", async || {
        Ok((scenario.browser.count("#redo:not([hidden])").await? == 0).then_some(()))
    })
    .await?;
    // Digits typed into a note are letters of the note.
    scenario.type_note("A.I.2", "2 nota").await?;
    is(json!(["A.I.1-b", "A.I.2-b"])).await?;
    Ok(())
}

async fn the_sample_is_marked_and_never_finished(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.visit("p=bantuan").await?.browser.press("#sample").await?;
    scenario.browser.appear("[data-sample]").await?;
    scenario.saved().await?.screenshot("contoh").await?;
    let id = scenario.assessment().await?;
    scenario.to_home().await?.read("Contoh").await?;
    // The same one again, not another.
    scenario.visit("p=bantuan").await?.browser.press("#sample").await?;
    scenario.browser.appear("[data-sample]").await?;
    assert_eq!(scenario.assessment().await?, id);
    let sample = Sample::named("food-1")?;
    // What is left to whoever plays, with the answers of another sheet.
    scenario.open_part("C", "[id='c-C.I.1']").await?;
    let open = "return [...document.querySelectorAll('.criterion--unanswered')].map((card) => card.id.slice(2))";
    let open = scenario.script(open).await?.as_array().cloned().unwrap_or_default();
    assert_eq!(open.len(), 6);
    for code in open.iter().filter_map(|code| code.as_str()) {
        scenario.choose(code, &sample.at("/sheet")["answers"][code]).await?;
    }
    scenario.answer_papers(sample.at("/sheet")).await?.saved().await?;
    scenario.visit(&format!("p=tinjau&id={id}")).await?.browser.appear("#finish").await?;
    scenario.read("Semua sudah dijawab").await?;
    scenario.read("Contoh tidak diselesaikan").await?;
    let blocked = "return document.querySelector('#finish').getAttribute('aria-disabled') === 'true'";
    scenario.holds("finishing is not offered", blocked).await?;
    scenario.script("document.querySelector('#finish').click()").await?;
    scenario.visit("p=kotak-keluar").await?.read("Kotak keluar").await?;
    assert_eq!(scenario.browser.count("main .item").await?, 0);
    Ok(())
}

async fn a_re_evaluation_begins_from_an_earlier_assessment(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    let sample = Sample::named("food-1")?;
    scenario.begin("food", Subject { product: "Keripik talas", business: "Dapur" }).await?;
    scenario.note("A.I.1", "Dilihat").await?.answer("food", sample.at("/sheet")).await?.saved().await?;
    let earlier = scenario.assessment().await?;
    scenario.finish().await?.to_home().await?;
    scenario.visit("p=baru").await?.browser.appear("#rubric-food:enabled").await?;
    scenario.browser.press("#rubric-food").await?;
    scenario.browser.press("#stage-evaluasi").await?;
    scenario.browser.press(&format!("#earlier-{earlier}")).await?;
    let product = "return document.querySelector('#product').value === 'Keripik talas'";
    scenario.holds("what is known is filled in", product).await?;
    scenario.screenshot_of("evaluasi", "#earlier").await?;
    scenario.browser.press("#earlier-blank").await?;
    scenario.holds("what was filled in goes with it", "return document.querySelector('#product').value === ''").await?;
    scenario.browser.press("#rubric-batik").await?;
    scenario.read("Belum ada penilaian lalu untuk kelompok ini").await?;
    scenario.browser.press("#rubric-food").await?;
    scenario.browser.press(&format!("#earlier-{earlier}")).await?;
    scenario.holds("and comes again", product).await?;
    scenario.browser.press("#start").await?;
    scenario.browser.appear("[data-suggested]").await?;
    let now = scenario.assessment().await?;
    assert_ne!(now, earlier);
    let marks = scenario.part_is_whole().await?.browser.count("[data-suggested]").await?;
    scenario.screenshot_of("saran", "[data-suggested]").await?;
    scenario.browser.press("[data-suggested]").await?;
    wait::until("one mark less", async || {
        Ok((scenario.browser.count("[data-suggested]").await? == marks - 1).then_some(()))
    })
    .await?;
    // An answer of one's own is no suggestion any more; notes and papers are of another day.
    assert_eq!(scenario.noted("A.I.1").await?, None);
    scenario.choose("A.I.2", &json!({"option": "a"})).await?;
    wait::until("another mark less", async || {
        Ok((scenario.browser.count("[data-suggested]").await? == marks - 2).then_some(()))
    })
    .await?;
    scenario.saved().await?.reload().await?.browser.appear("[data-suggested]").await?;
    assert_eq!(scenario.part_is_whole().await?.browser.count("[data-suggested]").await?, marks - 2);
    scenario.visit(&format!("p=tinjau&id={now}")).await?.browser.appear("[data-again]").await?;
    // Papers are asked for anew; with all of them there, the suggestions still keep it from being finished.
    scenario
        .visit(&format!("p=lembar&id={now}&at=~papers"))
        .await?
        .answer_papers(sample.at("/sheet"))
        .await?
        .saved()
        .await?;
    scenario.visit(&format!("p=tinjau&id={now}")).await?.read("saran dari penilaian lalu belum diperiksa").await?;
    let blocked = "return document.querySelector('#finish').getAttribute('aria-disabled') === 'true'";
    scenario.holds("finishing waits", blocked).await?;
    scenario.log_is_whole(&now).await?;
    Ok(())
}

async fn help_is_there_without_a_network(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    scenario.installed().await?;
    scenario.cut_network().await?;
    scenario.visit("p=pengaturan").await?.browser.press("a[href$='p=bantuan']").await?;
    scenario.browser.appear("#topics").await?;
    assert_eq!(scenario.browser.count("#topics ~ ul li").await?, 5);
    scenario.browser.press("#topics ~ ul li:nth-child(2) a").await?;
    scenario.browser.appear(".help__picture").await?;
    scenario.read("Sekali ketuk sudah cukup").await?;
    Ok(())
}

#[tokio::test]
async fn the_introduction_is_shown_once() -> Result<()> {
    let scenario = Scenario::open_with(Options::default()).await?;
    for step in 0..4 {
        scenario.browser.appear(&format!("[data-step='{step}']")).await?;
        scenario.screenshot(&format!("perkenalan-{step}")).await?;
        scenario.browser.press("#tour-next").await?;
    }
    wait::until("it is gone", async || Ok((scenario.browser.count("#tour").await? == 0).then_some(()))).await?;
    scenario.reload().await?.browser.appear("#sample-first").await?;
    assert_eq!(scenario.browser.count("#tour").await?, 0);
    let other = Scenario::open_with(Options::default()).await?;
    other.browser.press("#tour-skip").await?;
    wait::until("it is gone", async || Ok((other.browser.count("#tour").await? == 0).then_some(()))).await?;
    other.reload().await?.browser.appear("#sample-first").await?;
    assert_eq!(other.browser.count("#tour").await?, 0);
    Ok(())
}

#[tokio::test]
async fn the_browsers_offer_to_install_is_shown_and_taken_up() -> Result<()> {
    let scenario = Scenario::open_with(Options::default()).await?;
    scenario.browser.press("#tour-skip").await?;
    let offer = "const event = new Event('beforeinstallprompt', { cancelable: true });
        event.prompt = () => { window.asked = (window.asked ?? 0) + 1; };
        dispatchEvent(event); return event.defaultPrevented";
    assert_eq!(scenario.script(offer).await?, json!(true), "the browser's own bar is held back");
    scenario.browser.press("a[href$='p=pengaturan']").await?;
    scenario.browser.appear("#endpoints, #endpoint-add").await?;
    scenario.to_home().await?.browser.press("#install").await?;
    scenario.holds("the browser is asked", "return window.asked === 1").await?;
    assert_eq!(scenario.browser.count("#install").await?, 0);
    Ok(())
}
