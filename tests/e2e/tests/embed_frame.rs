//! The scorer inside a page of another site: in a frame, and as a link (docs/adr/0022).
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::{Context as _, Result};
use bintang_e2e::{Embed, Engine, Sample, in_every_engine, wait};
use serde_json::{Value, json};

in_every_engine!(
    a_frame_never_calls_saved_what_may_be_gone,
    a_sheet_goes_on_in_the_app,
    a_frame_answers_its_own_page_alone,
    a_link_brings_what_the_page_knows,
);

const FRAME: &str = "return document.querySelector('bintang-scorer')?.shadowRoot.querySelector('iframe')";

/// In the frame: waits until this holds; `root` is the shadow root that the app stands in.
async fn holds(embed: &Embed, what: &str, body: &str) -> Result<()> {
    let body = format!("const root = document.body.firstElementChild?.shadowRoot; {body}");
    let held = wait::until(what.to_owned(), async || {
        Ok(embed.browser().script(&body, &[]).await?.as_bool().filter(|held| *held).map(drop))
    });
    embed.browser().explained(held.await).await
}

/// In the frame: presses what matches. WebKit's driver aims at the page, not at the frame in it: there it is a click of the
/// page's own.
async fn press(embed: &Embed, selector: &str) -> Result<()> {
    let find = "const found = document.body.firstElementChild?.shadowRoot?.querySelector(arguments[0]);
        const target = found && (found.type === 'radio' && found.labels[0] || found);
        if (!target?.checkVisibility()) return null;
        target.scrollIntoView({ block: 'center', behavior: 'instant' });
        if (arguments[1]) target.click();
        return target;";
    let by_page = embed.browser().engine() == Engine::WebKit;
    wait::until(format!("pressing {selector}"), async || {
        let words = [json!(selector), json!(by_page)];
        if by_page {
            return Ok((!embed.browser().script(find, &words).await?.is_null()).then_some(()));
        }
        embed.browser().press_found(find, &words).await
    })
    .await
}

async fn in_frame(embed: &Embed) -> Result<()> {
    embed.browser().enter(FRAME).await?;
    holds(embed, "a sheet stands in the frame", "return Boolean(root?.querySelector('aside.livebar'))").await
}

async fn a_frame_never_calls_saved_what_may_be_gone(engine: Engine) -> Result<()> {
    let mut embed = Embed::open_in(engine).await?;
    let lines = embed.lines(&format!("rubric=\"food\" mode=\"frame\" {}", embed.endpoint()));
    embed.show(&lines).await?;
    let frame = "const frame = root?.querySelector('iframe'); return frame && [frame.sandbox.value, frame.allow, frame.title, frame.referrerPolicy]";
    embed.holds(0, "there is a frame", "return Boolean(root?.querySelector('iframe'))").await?;
    let seen = embed.script(0, frame, &[]).await?;
    let app = embed.scenario.app.origin();
    assert!(
        seen[0].as_str().unwrap().split(' ').all(|word| word.starts_with("allow-") && word != "allow-top-navigation")
    );
    assert_eq!((&seen[1], &seen[3]), (&json!(format!("camera {app}; geolocation {app}")), &json!("no-referrer")));
    in_frame(&embed).await?;
    press(&embed, "[id='A.I.1-b']").await?;
    holds(&embed, "it is chosen", "return root.querySelector('[id=\"A.I.1-b\"]').checked").await?;
    holds(
        &embed,
        "it says so",
        "return Boolean(root.querySelector('#hand')) && root.querySelector('.saved').dataset.state === 'temporary'",
    )
    .await?;
    embed.scenario.browser.settle().await?;
    let claims = "return document.body.firstElementChild.shadowRoot.textContent.match(/tersimpan [0-9]|disimpan di|tetap tersimpan/i) !== null";
    assert_eq!(embed.browser().script(claims, &[]).await?, false);
    embed.browser().leave_frames().await?;
    embed.hears("change").await?;
    // It takes as much room as it needs, and no more than the screen has.
    embed.holds(0, "the frame has its height", "const { height } = root.querySelector('iframe').getBoundingClientRect(); return height > 500 && height <= innerHeight").await?;
    embed.scenario.screenshot("embed-frame").await?;
    let sheet = Sample::named("food-1")?;
    let loaded = embed.call("load", sheet.at("/sheet")).await?;
    assert_eq!((&loaded["complete"], embed.heard("change").await?.len() > 1), (&json!(true), true));
    embed.call("finish", &json!(null)).await?;
    let proved = embed.hears("proved").await?;
    assert_eq!(proved["digest"], embed.hears("finish").await?["digest"]);
    // Whatever this browser keeps for frames of other sites: nobody was told that it does.
    embed.scenario.browser.kill_and_start().await?;
    embed.browser().go(&embed.address()).await?;
    embed.browser().enter(FRAME).await?;
    holds(&embed, "it opens", "return Boolean(root?.querySelector('.app'))").await?;
    let words = "return document.body.firstElementChild.shadowRoot.querySelector('.saved')?.dataset.state ?? 'none'";
    assert_ne!(embed.browser().script(words, &[]).await?, "saved");
    // The app's own pages see nothing of it.
    embed.browser().leave_frames().await?;
    embed.scenario.visit("").await?;
    assert_eq!(embed.browser().count("[data-assessment]").await?, 0);
    Ok(())
}

async fn a_sheet_goes_on_in_the_app(engine: Engine) -> Result<()> {
    if engine == Engine::WebKit {
        return Err(engine.cannot("under its driver no page opens another tab"));
    }
    let embed = Embed::open_in(engine).await?;
    let prefill = "prefill='{\"product\":\"Keripik\",\"business\":\"Dapur\"}'";
    embed.show(&embed.lines(&format!("rubric=\"food\" mode=\"frame\" {prefill}"))).await?;
    in_frame(&embed).await?;
    press(&embed, "[id='A.I.1-b']").await?;
    holds(&embed, "it is chosen", "return root.querySelector('[id=\"A.I.1-b\"]').checked").await?;
    let page = embed.browser().tab().await?;
    press(&embed, "#hand").await?;
    let app = embed.browser().other_tab(&[&page]).await?;
    embed.browser().appear("[data-restore='looked']").await?;
    assert!(embed.browser().text("[data-restore='looked']").await?.contains("Keripik"));
    embed.scenario.screenshot("embed-handed").await?;
    embed.browser().press("#restore-begin").await?;
    embed.browser().appear("[data-restore='done']").await?;
    embed.scenario.visit("").await?;
    embed.browser().press("[data-assessment] a").await?;
    embed.browser().appear("aside.livebar").await?;
    assert_eq!(embed.scenario.ticked().await?, ["A.I.1-b"]);
    assert!(embed.browser().address().await?.starts_with(&embed.scenario.app.origin()));
    embed.browser().show(&page).await?;
    embed.browser().enter(FRAME).await?;
    holds(&embed, "the frame says so", "return root.querySelector('[data-handing]').textContent.includes('tab baru')")
        .await?;
    // Opened by nobody, that page takes nothing from anybody.
    embed.browser().leave_frames().await?;
    embed.browser().go(&embed.address()).await?;
    let open = "window.opened = open(arguments[0]); addEventListener('message', ({ data }) => heard.push({ name: 'message', detail: data }));
        const file = new File(['x'], 'x.bintang');
        window.flood = setInterval(() => opened.postMessage({ type: 'bintang-handed', file }, '*'), 5);";
    let address = format!("{}/?p=lanjut", embed.scenario.app.origin());
    embed.browser().script(open, &[json!(address)]).await?;
    embed.browser().other_tab(&[&page, &app]).await?;
    embed.browser().appear(".empty").await?;
    assert_eq!(embed.browser().count("[data-restore], .banner--storage").await?, 0);
    Ok(())
}

async fn a_frame_answers_its_own_page_alone(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let app = embed.scenario.app.origin();
    let refused =
        "return Boolean(document.querySelector('#refused a[target=_blank]')) && !document.querySelector('#loading')";
    // Nobody says who the page is; another page says to be one that it is not; one that does not answer.
    let other = format!("http://127.0.0.1:{}", embed.site.other_origin().rsplit_once(':').context("a port")?.1);
    for named in [
        String::new(),
        format!("#host={}", other.replace(':', "%3A").replace('/', "%2F")),
        "#host=null".into(),
        "#host=javascript%3Aalert(1)".into(),
        format!("#host={}", embed.site.other_origin()),
    ] {
        let frame = format!("<iframe src=\"{app}/{named}\"></iframe><script src=\"flood.js\"></script>");
        // A flood of words that look right, from the page, with and without a port.
        embed.put("flood.js", "addEventListener('message', ({ data }) => heard.push({ name: 'message', detail: data }));
            const frame = document.querySelector('iframe');
            window.flood = setInterval(() => { for (const words of [{}, null, 'x', { type: 'bintang-begin' }, { type: 'bintang-begin', options: { rubric: 'food' } }]) frame.contentWindow.postMessage(words, '*'); }, 2);", "");
        embed.show(&frame).await?;
        embed.browser().enter("return document.querySelector('iframe')").await?;
        let held = wait::until("it is refused", async || {
            Ok(embed.browser().script(refused, &[]).await?.as_bool().filter(|held| *held).map(drop))
        });
        embed.browser().explained(held.await.with_context(|| named.clone())).await?;
        assert_eq!(embed.browser().count(".app").await?, 0, "{named}");
        embed.browser().leave_frames().await?;
        let heard = embed.heard("message").await?;
        let greeted = named.contains("localhost");
        assert!(
            if greeted {
                heard.iter().all(|event| event["detail"] == json!({"type": "bintang-hello"}))
            } else {
                heard.is_empty()
            },
            "{named}: {heard:?}"
        );
    }
    // Within the element's own frame a flood changes nothing, and a third page's words are not heard.
    embed.put("flood.js", "window.flood = setInterval(() => {
            const frame = document.querySelector('bintang-scorer')?.shadowRoot.querySelector('iframe');
            for (const words of [{}, null, { type: 'bintang-begin', options: { rubric: 'batik' }, name: 'x' }]) frame?.contentWindow.postMessage(words, '*');
            for (const words of [{ type: 'bintang-hello' }, { event: 'proved', detail: {} }, { height: 1 }]) postMessage(words, '*');
        }, 2);", "");
    embed.show(&format!("{}<script src=\"flood.js\"></script>", embed.lines("rubric=\"food\" mode=\"frame\""))).await?;
    in_frame(&embed).await?;
    press(&embed, "[id='A.I.1-b']").await?;
    holds(&embed, "it is chosen", "return root.querySelector('[id=\"A.I.1-b\"]').checked").await?;
    embed.browser().leave_frames().await?;
    embed.hears("change").await?;
    assert!(embed.heard("proved").await?.is_empty() && embed.heard("error").await?.is_empty());
    assert_eq!(embed.heard("ready").await?.len(), 1);
    Ok(())
}

async fn a_link_brings_what_the_page_knows(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let prefill = json!({"product": "<b>Keripik</b>", "business": "Dapur", "village": "Desa Sukamekar"}).to_string();
    let prefill = prefill.replace('"', "&quot;");
    let lines = embed.lines(&format!("rubric=\"food\" mode=\"link\" prefill=\"{prefill}\" {}", embed.endpoint()));
    embed.show(&lines).await?;
    embed.holds(0, "there is a link", "return Boolean(root?.querySelector('a.open'))").await?;
    let wasm = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('wasm')).length";
    assert_eq!(embed.browser().script(wasm, &[]).await?, 0);
    if engine == Engine::WebKit {
        // Under its driver no page opens another tab.
        let link = embed.script(0, "return root.querySelector('a.open').href", &[]).await?;
        embed.browser().go(link.as_str().context("a link")?).await?;
    } else {
        let page = embed.browser().tab().await?;
        embed.press(0, "a.open").await?;
        embed.browser().other_tab(&[&page]).await?;
    }
    embed.browser().appear("#start:not(:disabled)").await?;
    embed.scenario.screenshot("embed-begin").await?;
    // Out of the address at once, and no page's word is used before a person has seen it.
    let address = embed.browser().address().await?;
    assert!(!address.contains("Keripik") && !address.contains('#'), "{address}");
    let shown = embed.browser().text("main").await?;
    for text in [
        "<b>Keripik</b>",
        "Dapur",
        "Desa Sukamekar",
        embed.site.other_origin().as_str(),
        embed.scenario.endpoint().as_str(),
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    embed.browser().press("#look").await?;
    embed.browser().appear("main").await?;
    let held = wait::until("the offer is shown", async || {
        Ok(embed.browser().address().await?.contains("p=tawaran").then_some(()))
    });
    held.await?;
    embed.browser().back().await?;
    embed.browser().appear("#start:not(:disabled)").await?;
    embed.browser().press("#start").await?;
    embed.browser().appear("aside.livebar").await?;
    assert_eq!(embed.browser().text(".bar h1").await?, "<b>Keripik</b>");
    embed.scenario.choose("A.I.1", &json!({"option": "b"})).await?.saved().await?;
    // Nothing is sent there: the endpoint was not taken.
    let kept = embed.scenario.visit("p=pengaturan").await?.browser.text("main").await?;
    assert!(!kept.contains(&embed.scenario.receiver.origin()), "{kept}");
    embed.scenario.visit("p=mulai").await?;
    embed.browser().appear(".empty").await?;
    assert_eq!(embed.browser().script("return window.bintangBegin ?? null", &[]).await?, Value::Null);
    Ok(())
}
