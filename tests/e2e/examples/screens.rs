//! Pictures of the pages at 360 px, in both languages and three looks, to be looked at:
//! `cargo run -p bintang-e2e --example screens FOLDER [PAGE…]` after `cargo xtask build`.

use anyhow::{Context as _, Result};
use bintang_e2e::{Picture, Scenario, Subject};
use serde_json::json;
use std::path::Path;

const LANGUAGES: [&str; 2] = ["id", "en"];
const LOOKS: [&str; 3] = ["light", "sun", "dark"];

/// An endpoint that is not of the usual kind.
const PROFILE: &str = "tujuan-cara";

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().context("a folder for the pictures")?;
    let wanted: Vec<String> = words.collect();
    std::fs::create_dir_all(&folder)?;
    let scenario = Scenario::open().await?;
    let photo = Picture { size: (640, 480), orientation: 1, number: 1 };
    let photo = photo.write(&scenario.browser, scenario.folder()).await?;
    scenario.begin("food", Subject { product: "Keripik talas", business: "Dapur Contoh" }).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?;
    scenario.add_photo("A.I.1", &photo).await?.photos_are("A.I.1", 1, "scaled").await?.saved().await?;
    let id = scenario.assessment().await?;
    let pages = [
        ("beranda", String::new()),
        ("baru", "p=baru".to_owned()),
        ("lembar", format!("p=lembar&id={id}")),
        ("tinjau", format!("p=tinjau&id={id}")),
        ("kotak-keluar", "p=kotak-keluar".to_owned()),
        ("pengaturan", "p=pengaturan".to_owned()),
        ("tujuan", "p=tujuan&n=0".to_owned()),
        ("tujuan-baru", "p=tujuan".to_owned()),
        (PROFILE, "p=tujuan".to_owned()),
        ("cadangan", "p=cadangan".to_owned()),
        ("kesiapan", "p=kesiapan".to_owned()),
        ("kunci", "p=kunci".to_owned()),
    ];
    for (name, query) in pages.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|word| word == name)) {
        for language in LANGUAGES {
            for look in LOOKS {
                let set = format!(
                    "localStorage.setItem('bintang.language', '{language}'); localStorage.setItem('bintang.theme', '{look}')"
                );
                scenario.script(&set).await?;
                scenario.visit(query).await?;
                if *name == PROFILE {
                    scenario.browser.press("#profile summary").await?;
                    scenario.browser.press("label[for=profile-multipart]").await?;
                    scenario.script("document.querySelector('#profile').scrollIntoView()").await?;
                }
                scenario.browser.settle().await?;
                scenario.browser.screenshot(&Path::new(&folder).join(format!("{name}-{language}-{look}.png"))).await?;
            }
        }
    }
    Ok(())
}
