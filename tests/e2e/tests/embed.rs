//! The scorer inside a page of another site: inline (docs/adr/0022).
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::{Context as _, Result, ensure};
use bintang_e2e::{Dist, Embed, Engine, Sample, in_every_engine, wait};
use serde_json::{Value, json};

in_every_engine!(
    what_is_answered_inline_is_there_after_a_reload,
    a_policy_lets_it_run_and_another_is_told,
    two_elements_know_nothing_of_each_other,
    taken_away_and_put_back_it_does_not_grow,
    it_comes_when_somebody_looks,
    what_a_page_fills_in_is_text,
    who_counts_their_own_stars_leaves_nothing_behind,
    where_nothing_is_stored_it_says_so,
);

async fn what_is_answered_inline_is_there_after_a_reload(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    embed.show(&embed.lines("rubric=\"food\"")).await?;
    embed.stands(0).await?;
    let ready = embed.hears("ready").await?;
    assert!(ready["assessment"].is_string(), "{ready}");
    embed.answer(0, "A.I.1-b").await?;
    let change = embed.heard("change").await?.pop().unwrap();
    assert!(
        change["detail"]["total"]["num"].as_i64().unwrap() > 0 && change["detail"]["complete"] == false,
        "{change}"
    );
    assert_eq!(embed.call("getScore", &json!(null)).await?, change["detail"]);
    let open = embed.call("getSheet", &json!(null)).await?;
    assert_eq!(open["sheet"]["answers"], json!({"A.I.1": {"option": "b"}}), "{open}");
    embed.browser().reload().await?;
    embed.stands(0).await?;
    assert_eq!(embed.chosen(0).await?, ["A.I.1-b"]);
    assert_eq!(embed.hears("ready").await?, ready);

    let early = embed.call("finish", &json!(null)).await.unwrap_err().to_string();
    assert!(early.starts_with("incomplete: "), "{early}");
    let sheet = Sample::named("food-1")?;
    let loaded = embed.call("load", sheet.at("/sheet")).await?;
    assert_eq!(loaded["complete"], true, "{loaded}");
    let other = json!({"format": "bintang-answers/1", "rubric": {"id": "x", "version": "1"}, "answers": {}});
    assert!(embed.call("load", &other).await.unwrap_err().to_string().starts_with("sheet: "));
    embed.script(0, "element.setAttribute('lang', 'en')", &[]).await?;
    let english = "return root.querySelector('.bintang-root').lang === 'en' && root.textContent.includes('Finish')";
    embed.holds(0, "it speaks English", &english.replace("Finish", "Review")).await?;
    let refused = embed.call("setEndpoint", &json!("javascript:alert(1)")).await.unwrap_err().to_string();
    assert!(refused.starts_with("endpoint: "), "{refused}");
    embed.call("setEndpoint", &json!(embed.scenario.endpoint())).await?;
    let finished = embed.call("finish", &json!(null)).await?;
    assert_eq!(finished["stars"], loaded["stars"]);
    let proved = embed.hears("proved").await?;
    assert_eq!(proved["digest"], embed.hears("finish").await?["digest"]);
    let sent = embed.call("getSheet", &json!(null)).await?;
    assert_eq!(sent["document"]["envelope"]["id"], proved["id"]);
    assert!(embed.heard("error").await?.is_empty());
    // The host page's address and history are its own.
    assert_eq!(embed.browser().address().await?, embed.address());
    // What was finished is there after a reload, and what is under way comes first.
    embed.browser().reload().await?;
    embed.stands(0).await?;
    assert_eq!(embed.chosen(0).await?, ["A.I.1-b"]);
    Ok(())
}

/// What a page's policy must allow, as docs/embedding.md says.
fn policy(app: &str, endpoint: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' {app} 'wasm-unsafe-eval'; style-src 'self' {app}; img-src 'self' blob: {app}; \
         connect-src 'self' {app} {endpoint}; object-src 'none'; base-uri 'none'"
    )
}

async fn a_policy_lets_it_run_and_another_is_told(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let (app, receiver) = (embed.scenario.app.origin(), embed.scenario.receiver.origin());
    let strict = policy(&app, &receiver);
    let lines = embed.lines(&format!("rubric=\"food\" {}", embed.endpoint()));
    embed.show_with("", &lines, &strict).await?;
    embed.stands(0).await?;
    embed.answer(0, "A.I.1-b").await?;
    let sheet = Sample::named("food-1")?;
    embed.call("load", sheet.at("/sheet")).await?;
    embed.call("finish", &json!(null)).await?;
    embed.hears("proved").await?;
    assert!(embed.heard("error").await?.is_empty());
    // Without the keyword no engine compiles: the page is told, and a person has a way on.
    embed.show_with("", &lines, &strict.replace("'wasm-unsafe-eval'", "")).await?;
    let error = embed.hears("error").await?;
    assert_eq!(error["code"], "unavailable", "{error}");
    let link = embed.script(0, "return root.querySelector('a.open')?.href", &[]).await?;
    assert!(link.as_str().context("a link")?.starts_with(&format!("{app}/?p=mulai#begin=")), "{link}");
    Ok(())
}

async fn two_elements_know_nothing_of_each_other(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let one = "<bintang-scorer id=\"one\" rubric=\"food\"></bintang-scorer>";
    let three = format!(
        "{}{one}<bintang-scorer id=\"batik\" rubric=\"batik\"></bintang-scorer>",
        embed.lines("rubric=\"food\" id=\"zero\"")
    );
    embed.show(&three).await?;
    for number in 0..3 {
        embed.script(number, "element.scrollIntoView()", &[]).await?;
        embed.stands(number).await?;
    }
    embed.answer(0, "A.I.1-b").await?;
    embed.answer(1, "A.I.1-a").await?;
    assert_eq!((embed.chosen(0).await?, embed.chosen(1).await?), (vec!["A.I.1-b".into()], vec!["A.I.1-a".into()]));
    assert!(embed.chosen(2).await?.is_empty());
    let at: Vec<Value> = embed.heard("change").await?.iter().map(|event| event["at"].clone()).collect();
    assert!(at.contains(&json!("zero")) && at.contains(&json!("one")), "{at:?}");
    embed.browser().reload().await?;
    for (number, chosen) in [(0, "A.I.1-b"), (1, "A.I.1-a")] {
        embed.script(number, "element.scrollIntoView()", &[]).await?;
        embed.stands(number).await?;
        assert_eq!(embed.chosen(number).await?, [chosen]);
    }
    Ok(())
}

/// How often an element is taken away for good and put back: in full by `BINTANG_TORTURE=full`, as the torture is.
fn times() -> usize {
    if std::env::var("BINTANG_TORTURE").is_ok_and(|size| size == "full") { 200 } else { 20 }
}

async fn taken_away_and_put_back_it_does_not_grow(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    // Every module's memory is counted, and every listener of the page that is there for long.
    embed.put(
        "count.js",
        "window.memories = []; const made = WebAssembly.instantiate;
        WebAssembly.instantiate = async (...words) => {
            const came = await made(...words); const { memory } = (came.instance ?? came).exports;
            if (memory) memories.push(new WeakRef(memory));
            return came;
        };
        window.listeners = 0;
        for (const target of [window, document]) {
            const add = target.addEventListener.bind(target);
            target.addEventListener = (type, then, options) => {
                listeners += 1;
                options?.signal?.addEventListener('abort', () => { listeners -= 1; });
                return add(type, then, options);
            };
        }",
        "",
    );
    embed.show_with("<script src=\"count.js\"></script>", &embed.lines("rubric=\"food\""), "").await?;
    embed.stands(0).await?;
    embed.answer(0, "A.I.1-b").await?;
    // Moved in one task, it is the same app.
    let moved = "for (let n = 0; n < 200; n += 1) { document.body.append(element); element.remove(); document.body.prepend(element); }
        return memories.length;";
    assert_eq!(embed.script(0, moved, &[]).await?, 1);
    assert_eq!(embed.chosen(0).await?, ["A.I.1-b"]);
    // Taken away for good and put back, it ends and begins.
    let cycle = "const times = arguments[0]; const element = document.querySelector('bintang-scorer');
        const until = async (holds) => { while (!holds()) await new Promise((next) => setTimeout(next, 5)); };
        (async () => {
            const seen = [];
            for (let n = 0; n < times; n += 1) {
                element.remove();
                await until(() => !element.shadowRoot.querySelector('.bintang-box'));
                document.body.append(element);
                element.begin();
                await until(() => element.shadowRoot.querySelector('[id=\"A.I.1-b\"]')?.checked);
                seen.push([listeners, element.shadowRoot.querySelectorAll('*').length, document.querySelectorAll('*').length]);
            }
            return [seen[1], seen.at(-1), memories.length, (await indexedDB.databases?.() ?? []).length];
        })().then(done, (error) => done(String(error)));";
    let mut rounds = Vec::new();
    // A script must end within half a minute.
    for _ in 0..times() / 10 {
        rounds.push(embed.browser().script_until_done(cycle, &[json!(10)]).await?);
    }
    let (first, last) = (rounds.first().context("a round")?, rounds.last().context("a round")?);
    assert_eq!(first[0], last[1], "listeners and elements: {rounds:?}");
    assert_eq!(last[2], times() + 1, "{rounds:?}");
    assert_eq!(first[3], last[3], "databases: {rounds:?}");
    assert_eq!(embed.heard("error").await?, Vec::<Value>::new());
    // What nobody needs is the browser's to free, when it wants to; that it may is seen once it did.
    if engine == Engine::Chromium {
        let alive = "return memories.filter((memory) => memory.deref()).length";
        let freed = wait::until("memories of ended apps are free", async || {
            embed.browser().collect_garbage().await?;
            let alive = embed.browser().script(alive, &[]).await?.as_u64().context("a number")?;
            ensure!(alive <= 2, "{alive} are not");
            Ok(Some(()))
        });
        freed.await?;
    }
    Ok(())
}

async fn it_comes_when_somebody_looks(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let far = format!("<div style=\"height: 5000px\"></div>{}", embed.lines("rubric=\"food\""));
    embed.show(&far).await?;
    let loaded = "return performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop()).filter((name) => /wasm|embedded|bintang-app/.test(name))";
    embed.holds(0, "the element is known", "return Boolean(root?.querySelector('button.open'))").await?;
    embed.browser().settle().await?;
    assert_eq!(embed.browser().script(loaded, &[]).await?, json!([]));
    embed.script(0, "element.scrollIntoView()", &[]).await?;
    embed.stands(0).await?;
    let files = embed.browser().script(loaded, &[]).await?;
    let files: Vec<&str> = files.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    // The app's own files, under the app's own names.
    let page = std::fs::read_to_string(Dist::built()?.folder().join("index.html"))?;
    for file in files.iter().filter(|name| name.starts_with("bintang-app")) {
        assert!(page.contains(file), "{file}");
    }
    assert!(files.iter().filter(|name| name.ends_with(".wasm")).count() == 2, "{files:?}");
    // A method is a use too.
    embed.show(&far.replace("rubric", "name=\"used\" rubric")).await?;
    embed.holds(0, "the element is known", "return Boolean(root?.querySelector('button.open'))").await?;
    let score = embed.call("getScore", &json!(null)).await?;
    assert_eq!(score["stars"], 0, "{score}");
    // By the name that never changes its content, with its sum; another sum, and nothing is known of the element.
    let known: Value = serde_json::from_slice(&std::fs::read(Dist::built()?.folder().join("embed.json"))?)?;
    let (src, sum) = (known["src"].as_str().context("a name")?, known["integrity"].as_str().context("a sum")?);
    let named = |sum: &str| {
        let script = format!("{src}\" integrity=\"{sum}\" crossorigin=\"anonymous\"");
        embed.lines("rubric=\"food\" name=\"named\"").replace("embed.js\"", &script)
    };
    embed.show(&named(sum)).await?;
    embed.stands(0).await?;
    embed.show(&named(&sum.replace("sha256-", "sha256-A"))).await?;
    embed.browser().settle().await?;
    assert_eq!(embed.script(0, "return Boolean(customElements.get('bintang-scorer'))", &[]).await?, false);
    // An altered file is not run.
    let built = Dist::built()?;
    let name = built.files(".js")?.into_iter().find(|name| name.starts_with("embedded-")).context("embedded")?;
    // The first one is kept for ever under its name: another browser.
    drop(embed);
    let mut embed = Embed::open_in(engine).await?;
    embed.scenario.publish(&built.with_altered(&name, "throw 1;")?).await?;
    embed.show(&embed.lines("rubric=\"food\"")).await?;
    assert_eq!(embed.hears("error").await?["code"], "unavailable");
    Ok(())
}

async fn what_a_page_fills_in_is_text(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let hostile = "<img src=x onerror=\"document.title='hit'\">";
    let prefill = json!({"product": hostile, "business": "javascript:alert(1)", "village": "\u{202e}x", "nib": {"a": 1}, "owner": "x".repeat(5000)});
    let lines = embed.lines("rubric=\"food\" id=\"e\"");
    embed.show(&lines).await?;
    embed.script(0, "element.prefill = arguments[0]", &[prefill]).await?;
    embed
        .holds(0, "the name stands as text", "return root?.querySelector('.bar h1')?.textContent.startsWith('<img')")
        .await?;
    embed.answer(0, "A.I.1-b").await?;
    let sheet = embed.call("getSheet", &json!(null)).await?;
    let subject = &sheet["subject"];
    assert_eq!((&subject["product"], &subject["business"]), (&json!(hostile), &json!("javascript:alert(1)")));
    assert_eq!(
        (&subject["owner"], &subject["place"]["village"], &subject["nib"]),
        (&json!(""), &json!(""), &Value::Null)
    );
    for attribute in [
        "rubric=\"../../secret\"",
        "rubric=\"javascript:alert(1)\"",
        "rubric=\"food\" endpoint=\"javascript:alert(1)\"",
        "rubric=\"food\" prefill=\"[[[\"",
    ] {
        embed.show(&embed.lines(&format!("{attribute} name=\"n\""))).await?;
        embed.hears("ready").await?;
        let errors = embed.heard("error").await?;
        assert_eq!(errors.is_empty(), attribute.contains("prefill"), "{attribute}: {errors:?}");
    }
    assert_eq!(embed.browser().script("return document.title", &[]).await?, "Dinas");
    Ok(())
}

async fn who_counts_their_own_stars_leaves_nothing_behind(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    embed.show(&embed.lines("rubric=\"food\" self-assessment")).await?;
    embed.stands(0).await?;
    embed.holds(0, "it says that nothing is stored", "return Boolean(root.querySelector('[data-sample]'))").await?;
    embed.press(0, "[id='A.I.1-b']").await?;
    embed.holds(0, "it is chosen", "return root.querySelector('[id=\"A.I.1-b\"]').checked").await?;
    assert_eq!(embed.script(0, "return root.querySelector('.saved').dataset.state", &[]).await?, "temporary");
    let sheet = Sample::named("food-1")?;
    let counted = embed.call("load", sheet.at("/sheet")).await?;
    assert_eq!(counted["complete"], true);
    let refused = embed.call("finish", &json!(null)).await.unwrap_err().to_string();
    assert!(refused.starts_with("own: "), "{refused}");
    let kept = "(async () => [(await indexedDB.databases?.() ?? []).map(({ name }) => name), Object.keys(localStorage), await caches.keys()])().then(done, (error) => done(String(error)))";
    assert_eq!(embed.browser().script_until_done(kept, &[]).await?, json!([[], [], []]));
    embed.holds(0, "nothing waits to be sent", "return !root.querySelector('[data-result]')").await?;
    embed.browser().reload().await?;
    embed.stands(0).await?;
    assert!(embed.chosen(0).await?.is_empty());
    Ok(())
}

async fn where_nothing_is_stored_it_says_so(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    // A page in a sandbox has no origin, and so no storage of any kind.
    embed.show_with("", &embed.lines("rubric=\"food\""), "sandbox allow-scripts").await?;
    embed.stands(0).await?;
    embed.press(0, "[id='A.I.1-b']").await?;
    embed
        .holds(0, "it is never called saved", "return root.querySelector('.saved').dataset.state === 'temporary'")
        .await?;
    assert_eq!(embed.call("getScore", &Value::Null).await?["complete"], false);
    // As the documentation has it: a method right after a change.
    let example = "element.prefill = { product: 'Keripik' }; element.load(arguments[0]).then((score) => done(score.complete), (error) => done(error.message));";
    let sheet = Sample::named("food-1")?;
    assert_eq!(embed.script_until_done(example, &[sheet.at("/sheet").clone()]).await?, true);
    // In the place of another, an element has its name.
    let replaced = "const name = (element) => element.parentNode && document.querySelectorAll('bintang-scorer').length; element.outerHTML = element.outerHTML; return name(document.querySelector('bintang-scorer'));";
    assert_eq!(embed.script(0, replaced, &[]).await?, 1);
    embed.stands(0).await?;
    Ok(())
}
