//! Every page of the app in a state that says something, for whatever goes through all of them: accessibility, pictures.

use crate::{Picture, Sample, Scenario, Subject};
use anyhow::Result;
use serde_json::json;

/// The looks of the app.
pub const LOOKS: [&str; 3] = ["light", "sun", "dark"];

/// The name of the picture that is kept of a page in a look.
#[must_use]
pub fn kept(screen: &Screen, look: &str) -> String {
    format!("{}-{look}.png", screen.name)
}

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
        page("titipan", "p=titipan", ".empty"),
        page("pengaturan", "p=pengaturan", "#endpoints"),
        page("tujuan", "p=tujuan&n=0", "#profile"),
        page("cadangan", "p=cadangan", "#backup-take"),
        page("kesiapan", "p=kesiapan", "#readiness-again:not([aria-busy])"),
        page("kunci", "p=kunci", "#lock-set"),
        page("rubrik", "p=rubrik", "#rubric-link"),
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

/// Puts the same text in the place of what is another at each run: addresses, sums, days, times, sizes.
const SAME: &str = r"
    const rules = [
        [/https?:\/\/(127\.0\.0\.1|localhost):\d+/g, 'https://penerima.contoh.id'],
        [/[0-9a-f]{8,}…?/g, 'c0ffee00c0ffee00'],
        [/\d{1,2} \p{L}+ \d{4}/gu, '24 November 2026'],
        [/\b\d{1,2}\.\d{2}(?!\d)/g, '14.02'],
        [/[\d.,]+ (GB|MB|kB)/g, '1,0 GB'],
    ];
    const changed = (text) => rules.reduce((text, [from, to]) => text.replace(from, to), text);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = changed(walk.currentNode.data);
        if (text !== walk.currentNode.data) walk.currentNode.data = text;
    }
    for (const field of document.querySelectorAll('input')) {
        if (['text', 'url', 'search'].includes(field.type)) field.value = changed(field.value);
    }
    document.activeElement?.blur();
    scrollTo({ top: 0, behavior: 'instant' });";

/// What is wider than the page, or cut off within it.
const LOST: &str = "
    const wide = [];
    const page = document.documentElement;
    // A phone zooms out of a page that is too wide, and innerWidth grows with that.
    if (page.scrollWidth > WIDTH) wide.push('the page: ' + page.scrollWidth);
    for (const element of document.querySelectorAll('main *, header *, aside *')) {
        const { overflowX, textOverflow } = getComputedStyle(element);
        const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!text || !element.checkVisibility()) continue;
        if (element.closest('.visually-hidden, .parts__name')) continue;
        const clipped = ['hidden', 'clip'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
        if (clipped) wide.push(element.tagName + '.' + element.className + ': ' + element.innerText.slice(0, 40));
        const side = element.getBoundingClientRect();
        const scrolls = element.closest('.filter, .parts, .photos, [class*=scroll]');
        if (!scrolls && side.width > 0 && side.right > WIDTH + 1) wide.push('out: ' + element.tagName + '.' + element.className + ' ' + element.innerText.slice(0, 40));
    }
    return wide;";

impl Scenario {
    /// What is wider than the page at this width, or cut off within it.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn lost(&self, width: u32) -> Result<Vec<String>> {
        let found = self.script(&LOST.replace("WIDTH", &width.to_string())).await?;
        Ok(serde_json::from_value(found)?)
    }

    /// A picture of the page as it would be at any other run.
    ///
    /// # Errors
    /// The file cannot be written.
    pub async fn portrait(&self, file: &std::path::Path) -> Result<()> {
        self.script(SAME).await?;
        self.browser.screenshot(file).await
    }
}
