//! The visit report: one piece of the page that is shown, printed, and kept as a file that stands alone.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::{Context as _, Result};
use bintang_e2e::{Engine, Picture, Sample, Scenario, Subject, in_every_engine, wait};
use serde_json::json;
use std::{fs, path::PathBuf, process::Command};

in_every_engine!(the_report_is_a_file_that_stands_alone);

const HOSTILE: &str = "<script>document.title='x'</script> كاسافا </style><b>tebal</b>";

/// A finished assessment with a photo, a note and signatures; its id.
async fn finished(scenario: &Scenario, product: &str) -> Result<String> {
    let sample = Sample::named("food-1")?;
    scenario.begin("food", Subject { product, business: "Dapur & Anak <i>" }).await?;
    let photo = Picture { size: (640, 480), orientation: 1, number: 1 };
    let photo = photo.write(&scenario.browser, scenario.folder()).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?;
    scenario.add_photo("A.I.1", &photo).await?.photos_are("A.I.1", 1, "scaled").await?;
    scenario.note("A.I.1", HOSTILE).await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?;
    let id = scenario.assessment().await?;
    scenario.finish().await?;
    Ok(id)
}

/// The file that was kept.
async fn kept(scenario: &Scenario) -> Result<PathBuf> {
    wait::until("the report is in the downloads", async || {
        let files = fs::read_dir(scenario.browser.downloads())?.filter_map(Result::ok).map(|file| file.path());
        Ok(files.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "html")))
    })
    .await
}

async fn the_report_is_a_file_that_stands_alone(engine: Engine) -> Result<()> {
    let mut scenario = Scenario::open_in(engine).await?;
    let id = finished(&scenario, HOSTILE).await?;
    scenario.installed().await?;
    scenario.cut_network().await?;
    scenario.browser.press("a[href*='p=laporan']").await?;
    scenario.browser.appear("#print:not([aria-disabled])").await?;
    scenario.read(HOSTILE).await?.screenshot("laporan").await?;
    scenario.screenshot_of("laporan-kaki", ".paper__foot").await?;
    let sum = scenario.browser.text("#sum").await?;
    let code = scenario.browser.attribute(".qr", "data-code").await?.context("a code")?;
    assert_eq!(code, format!("BINTANG:1:{id}:{sum}").to_uppercase());
    let shown = scenario.browser.text("#paper").await?;
    scenario.browser.press("#save").await?;
    let file = kept(&scenario).await?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    assert!(name.starts_with("bintang-laporan-script") && !name.contains(['<', '/', ' ']), "{name}");
    let text = fs::read_to_string(&file)?;
    for elsewhere in ["<script", "href=", "src=\"http", "src=\"blob:", "url(http", "url(\"http", "@import"] {
        assert!(!text.contains(elsewhere), "{elsewhere}");
    }
    assert!(text.contains("data:image/jpeg"), "no picture");
    // Opened from the disk, in a browser that has no app and no network.
    scenario.browser.go(&format!("file://{}", file.display())).await?;
    let alone = scenario.browser.text("#paper").await?;
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(plain(&alone), plain(&shown));
    scenario
        .holds("nothing ran", "return document.title.startsWith('bintang-laporan') && !document.scripts.length")
        .await?;
    let dressed = "return getComputedStyle(document.querySelector('.paper__verdict')).borderTopWidth !== '0px'
        && document.querySelector('.paper__photos img').naturalWidth > 0";
    scenario.holds("it has its style and its picture", dressed).await?;
    scenario.screenshot("laporan-berkas").await?;
    Ok(())
}

/// What a program says, with its words.
fn said(program: &str, words: &[&str]) -> Result<String> {
    let output = Command::new(program).args(words).output().with_context(|| program.to_owned())?;
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[tokio::test]
async fn it_is_printed_on_few_pages_of_a4_in_either_language() -> Result<()> {
    let scenario = Scenario::open().await?;
    let id = finished(&scenario, "Keripik talas").await?;
    for (language, title) in [("id", "Laporan kunjungan penilaian"), ("en", "Report of the assessment visit")] {
        scenario.script(&format!("localStorage.setItem('bintang.language', '{language}')")).await?;
        scenario.visit(&format!("p=laporan&id={id}")).await?.browser.appear("#print:not([aria-disabled])").await?;
        let file = scenario.folder().join(format!("laporan-{language}.pdf"));
        fs::write(&file, scenario.browser.printed().await?)?;
        let path = file.to_str().context("a path")?;
        let facts = said("pdfinfo", &[path])?;
        assert!(facts.contains("A4"), "{facts}");
        let pages = facts.lines().find_map(|line| line.strip_prefix("Pages:")).context("pages")?;
        assert!((2..=6).contains(&pages.trim().parse::<u32>()?), "{facts}");
        let text = said("pdftotext", &["-layout", path, "-"])?;
        for word in [title, "Keripik talas", "Dapur & Anak <i>", HOSTILE.split(' ').next().unwrap_or_default()] {
            assert!(text.contains(word), "{word} is not in {text}");
        }
        // Nothing of the page around it.
        assert!(!text.contains("Cetak") && !text.contains("Beranda"), "{text}");
        if let Some(folder) = std::env::var_os("BINTANG_SCREENSHOTS").map(PathBuf::from) {
            fs::copy(&file, folder.join(format!("laporan-{language}.pdf")))?;
        }
    }
    Ok(())
}

/// The code that is drawn is the code that is meant: read back from the picture by a program that is not ours.
#[tokio::test]
async fn the_code_is_read_back_from_the_picture() -> Result<()> {
    let scenario = Scenario::open().await?;
    let id = finished(&scenario, "Keripik talas").await?;
    scenario.visit(&format!("p=laporan&id={id}")).await?.browser.appear("#print:not([aria-disabled])").await?;
    let code = scenario.browser.attribute(".qr", "data-code").await?.context("a code")?;
    let file = scenario.folder().join("laporan.pdf");
    fs::write(&file, scenario.browser.printed().await?)?;
    let picture = scenario.folder().join("laporan");
    let (path, picture) = (file.to_str().context("a path")?, picture.to_str().context("a path")?);
    said("pdftoppm", &["-r", "150", "-png", path, picture])?;
    let pages = fs::read_dir(scenario.folder())?.filter_map(Result::ok).map(|entry| entry.path());
    let pages: Vec<String> = pages
        .filter(|path| path.extension().is_some_and(|ending| ending == "png"))
        .map(|path| path.display().to_string())
        .collect();
    let words: Vec<&str> = ["--quiet", "--raw"].into_iter().chain(pages.iter().map(String::as_str)).collect();
    let output = Command::new("zbarimg").args(&words).output().context("zbarimg")?;
    let read = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(read.trim(), code);
    Ok(())
}
