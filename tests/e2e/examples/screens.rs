//! Pictures of every page. `cargo xtask screens` makes those of docs/screens anew: 360 px, Indonesian, three looks, with the
//! browser's version beside them. `cargo xtask screens FOLDER` makes all others, to be looked at: both languages, 320, 768 and
//! 1280 px wide, whole pages.

use anyhow::{Context as _, Result};
use bintang_e2e::{
    Scenario,
    screens::{LOOKS, kept, screens},
};
use std::{fs, path::Path};

/// Sizes to look at besides the phone.
const SIZES: [(u32, u32); 3] = [(320, 640), (768, 1024), (1280, 800)];

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().context("a folder for the pictures")?;
    let all = words.next().is_some_and(|word| word == "--all");
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let scenario = Scenario::open().await?;
    let pages = screens(&scenario).await?;
    for screen in &pages {
        if all {
            for language in ["id", "en"] {
                scenario.show(screen, language, "light").await?;
                scenario.browser.as_tall_as_the_page().await?;
                scenario.portrait(&folder.join(format!("{}-{language}-360-penuh.png", screen.name))).await?;
                for (width, height) in SIZES {
                    scenario.browser.sized(width, height).await?;
                    scenario.portrait(&folder.join(format!("{}-{language}-{width}.png", screen.name))).await?;
                }
                scenario.browser.as_tall_as_a_phone().await?;
            }
        } else {
            for look in LOOKS {
                scenario.show(screen, "id", look).await?;
                scenario.browser.as_tall_as_a_phone().await?;
                scenario.portrait(&folder.join(kept(screen, look))).await?;
            }
        }
    }
    if !all {
        fs::write(folder.join("browser.txt"), format!("{}\n", scenario.browser.version().await?))?;
    }
    println!("{} pages in {}", pages.len(), folder.display());
    Ok(())
}
