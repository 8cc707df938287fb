//! Every page of the app in a state that says something, for whatever goes through all of them: accessibility, pictures.

use crate::{Picture, Sample, Scenario, Subject};
use anyhow::Result;
use serde_json::json;

/// A page to go to.
#[derive(Debug, Clone)]
pub struct Screen {
    /// What it is called.
    pub name: &'static str,
    /// Its query.
    pub query: String,
    /// What is there once it stands.
    pub ready: &'static str,
}

/// Makes what the pages show, a draft with a photo and finished assessments, and names the pages.
///
/// # Errors
/// A step is not there.
pub async fn screens(scenario: &Scenario) -> Result<Vec<Screen>> {
    let sample = Sample::named("food-1")?;
    scenario.begin("food", Subject { product: "Keripik talas", business: "Dapur Contoh" }).await?;
    scenario.answer("food", sample.at("/sheet")).await?.saved().await?;
    let finished = scenario.assessment().await?;
    scenario.finish().await?.to_home().await?;
    scenario.begin("food", Subject { product: "Keripik talas", business: "Dapur Contoh" }).await?;
    let photo = Picture { size: (640, 480), orientation: 1, number: 1 };
    let photo = photo.write(&scenario.browser, scenario.folder()).await?;
    scenario.choose("A.I.1", &json!({"option": "b"})).await?;
    scenario.add_photo("A.I.1", &photo).await?.photos_are("A.I.1", 1, "scaled").await?;
    scenario.note("A.I.1", "Nota pembelian dilihat.").await?.saved().await?;
    let draft = scenario.assessment().await?;
    let page = |name, query: &str, ready| Screen { name, query: query.to_owned(), ready };
    let of = |name, word: &str, id: &str, ready| Screen { name, query: format!("p={word}&id={id}"), ready };
    Ok(vec![
        page("beranda", "", "[data-assessment]"),
        page("baru", "p=baru", "#rubric-food:enabled"),
        of("lembar", "lembar", &draft, "aside.livebar"),
        Screen { query: format!("p=lembar&id={draft}&at=~papers"), ..page("lembar-berkas", "", "aside.livebar") },
        of("daftar", "daftar", &draft, ".index li"),
        of("data", "data", &draft, "#place-search"),
        of("tinjau", "tinjau", &draft, "#finish"),
        of("hasil", "hasil", &finished, "[data-result]"),
        of("laporan", "laporan", &finished, "#print:not([aria-disabled])"),
        of("banding-pilih", "banding", &finished, "#same"),
        Screen { query: format!("p=banding&id={finished}&dengan={draft}"), ..page("banding", "", "[data-side]") },
        page("kotak-keluar", "p=kotak-keluar", "main .item"),
        page("pengaturan", "p=pengaturan", "#endpoints"),
        page("tujuan", "p=tujuan&n=0", "#profile"),
        page("cadangan", "p=cadangan", "main h2"),
        page("kesiapan", "p=kesiapan", "main h2"),
        page("kunci", "p=kunci", "main .stack"),
        page("rubrik", "p=rubrik", "main h2"),
        page("bantuan", "p=bantuan", "#topics"),
        page("bantuan-menilai", "p=bantuan&n=1", "#topic"),
    ])
}

impl Scenario {
    /// Opens a page in a language and a look.
    ///
    /// # Errors
    /// It does not come.
    pub async fn show(&self, screen: &Screen, language: &str, look: &str) -> Result<&Self> {
        let set = format!(
            "localStorage.setItem('bintang.language', '{language}'); localStorage.setItem('bintang.theme', '{look}')"
        );
        self.script(&set).await?;
        self.visit(&screen.query).await?;
        self.browser.appear(screen.ready).await?;
        self.browser.settle().await?;
        Ok(self)
    }
}
