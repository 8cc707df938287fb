//! The offline shell is whole or not there: a file that does not come as it was built leaves no half app behind.

use anyhow::Result;
use bintang_e2e::{Dist, Engine, Options, Scenario, Subject, in_every_engine};
use serde_json::json;

in_every_engine!(with_a_missing_file_there_is_no_shell, with_an_altered_file_there_is_no_shell);

const OFFLINE: &str = "Aplikasi lengkap di ponsel ini dan jalan tanpa jaringan";
const NOT_OFFLINE: &str = "Tidak dapat dipakai tanpa jaringan";

async fn with_a_missing_file_there_is_no_shell(engine: Engine) -> Result<()> {
    no_shell_from(engine, Dist::built()?.without("icons/icon-512.png")?).await
}

async fn with_an_altered_file_there_is_no_shell(engine: Engine) -> Result<()> {
    let built = Dist::built()?;
    // Still a rubric, and still good to read; but not the one that was built.
    let altered = built.read("rubrics/batik.json")? + "\n";
    no_shell_from(engine, built.with_altered("rubrics/batik.json", &altered)?).await
}

async fn no_shell_from(engine: Engine, dist: Dist) -> Result<()> {
    let mut scenario = Scenario::open_with(Options { dist: Some(dist), engine, ..Options::default() }).await?;
    // Within the page: WebKitGTK sometimes never begins to install a worker when the page that registers it is left.
    scenario.browser.press("nav a[href*='p=pengaturan']").await?;
    scenario.read(NOT_OFFLINE).await?.never(OFFLINE).await?;
    let none = "navigator.serviceWorker.getRegistration()
        .then((found) => done(!navigator.serviceWorker.controller && !found?.active && !found?.waiting));";
    assert_eq!(scenario.browser.script_until_done(none, &[]).await?, json!(true), "nothing took control");
    // With a network everything goes on.
    scenario.to_home().await?.begin("food", Subject { product: "Keripik", business: "Dapur" }).await?;
    scenario.choose("A.I.1", &json!({"option": "c"})).await?.saved().await?;

    scenario.publish(&Dist::built()?).await?;
    scenario.reload().await?.installed().await?;
    scenario.visit("p=pengaturan").await?.read(OFFLINE).await?.never(NOT_OFFLINE).await?;
    scenario.cut_network().await?;
    scenario.visit("").await?.open_item("Keripik").await?;
    scenario.browser.appear("[id='A.I.1-c']:checked").await?;
    Ok(())
}
