//! The scorer inside a page of another site: inline.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_e2e::{Embed, Engine, Sample, in_every_engine};
use serde_json::json;

in_every_engine!(what_is_answered_inline_is_there_after_a_reload);

async fn what_is_answered_inline_is_there_after_a_reload(engine: Engine) -> Result<()> {
    let embed = Embed::open_in(engine).await?;
    let attributes = format!("rubric=\"food\" {}", embed.endpoint());
    embed.show(&embed.lines(&attributes)).await?;
    embed.stands(0).await?;
    let ready = embed.hears("ready").await?;
    assert!(ready["assessment"].is_string(), "{ready}");
    // Looking stores nothing.
    assert_eq!(embed.heard("change").await?.len(), 1);
    embed.answer(0, "A.I.1-b").await?;
    let change = embed.heard("change").await?.pop().unwrap();
    assert!(change["detail"]["total"]["num"].as_i64().unwrap() > 0 && change["detail"]["complete"] == false, "{change}");
    assert_eq!(embed.call("getScore", &json!(null)).await?, change["detail"]);
    embed.browser().reload().await?;
    embed.stands(0).await?;
    assert_eq!(embed.chosen(0).await?, ["A.I.1-b"]);
    assert_eq!(embed.hears("ready").await?, ready);
    let sheet = Sample::named("food-1")?;
    let loaded = embed.call("load", sheet.at("/sheet")).await?;
    assert_eq!(loaded["complete"], true, "{loaded}");
    let finished = embed.call("finish", &json!(null)).await?;
    assert_eq!(finished["stars"], loaded["stars"]);
    let proved = embed.hears("proved").await?;
    assert_eq!(proved["digest"], embed.hears("finish").await?["digest"]);
    assert!(embed.heard("error").await?.is_empty());
    embed.browser().screenshot(std::path::Path::new("/tmp/shots/inline.png")).await?;
    Ok(())
}
