//! The scorer in a real WordPress, written by an editor who may not write HTML of every kind (docs/embedding.md).
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bintang_e2e::{Embed, Engine, Sample, in_every_engine};
use bintang_programs::{WordPress, wordpress};
use serde_json::{Value, json};
use std::path::Path;

in_every_engine!(an_editor_puts_it_on_a_page);

/// Writes a page as the editor does: through the interface that WordPress' own editor uses.
fn write(site: &WordPress, content: &str) -> Result<(String, String)> {
    let (name, password) = &site.editor;
    let address = format!("{}/?rest_route=/wp/v2/pages", site.server.address);
    let page = json!({"title": "Nilai produk desa", "status": "publish", "content": content});
    let authorization = format!("Basic {}", STANDARD.encode(format!("{name}:{password}")));
    let mut answer = ureq::post(&address)
        .config()
        .http_status_as_error(false)
        .build()
        .header("authorization", authorization)
        .header("content-type", "application/json")
        .send(page.to_string())?;
    let text = answer.body_mut().read_to_string()?;
    ensure!(answer.status() == 201, "{}: {text}", answer.status());
    let page: Value = serde_json::from_str(&text)?;
    let word = |at: &str| page.pointer(at).and_then(Value::as_str).map(str::to_owned).context(at.to_owned());
    Ok((word("/link")?, word("/content/raw")?))
}

async fn an_editor_puts_it_on_a_page(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let plugin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/embedding/wordpress/bintang/bintang.php");
    let app = format!("{}/", embed.scenario.app.origin());
    let Some(site) = wordpress(embed.scenario.folder(), &app, &embed.scenario.endpoint(), &plugin).await? else {
        return Ok(());
    };
    let site = std::sync::Arc::new(site);
    let shown = |address: &str| address.replace("http://127.0.0.1:", "http://localhost:");
    // What a webmaster copies is taken out for this editor.
    let lines = embed.lines("rubric=\"food\"");
    let own = site.clone();
    let (_, kept) = tokio::task::spawn_blocking(move || write(&own, &lines)).await??;
    assert!(!kept.contains("<script") && !kept.contains("<bintang-scorer"), "{kept}");
    // The shortcode is text, which everybody may write; nothing else comes through it.
    let own = site.clone();
    let hostile = "[bintang rubric=\"food\" name=\"x&quot; onclick=&quot;hit()\" endpoint=\"https://elsewhere.example/\" mode=\"inline\" lang=\"id\"]";
    let (link, _) = tokio::task::spawn_blocking(move || write(&own, hostile)).await??;
    embed.browser().go(&shown(&link)).await?;
    embed.stands(0).await?;
    let written = embed
        .script(0, "return [element.getAttribute('endpoint'), element.getAttributeNames().sort().join(' ')]", &[])
        .await?;
    assert_eq!(written, json!([embed.scenario.endpoint(), "endpoint lang mode rubric"]));
    embed.answer(0, "A.I.1-b").await?;
    embed.browser().reload().await?;
    embed.stands(0).await?;
    assert_eq!(embed.chosen(0).await?, ["A.I.1-b"]);
    embed.scenario.screenshot("embed-wordpress").await?;
    let sheet = Sample::named("food-1")?;
    embed.call("load", sheet.at("/sheet")).await?;
    embed.call("finish", &Value::Null).await?;
    embed.holds(0, "it is proved", "return root.textContent.includes('Terbukti')").await?;
    Ok(())
}
