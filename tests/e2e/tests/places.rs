//! Where one is: said by the page's name, and by the focus on its heading.

use anyhow::Result;
use bintang_e2e::{Sample, Scenario, Subject};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_a_name_of_its_own() -> Result<()> {
    let sample = Sample::named("food-1")?;
    let scenario = Scenario::open().await?;
    for (query, name) in [
        ("", "Bintang"),
        ("p=baru", "Penilaian baru · Bintang"),
        ("p=kotak-keluar", "Kotak keluar · Bintang"),
        ("p=pengaturan", "Pengaturan · Bintang"),
        ("rubric=food", "Lembar penilaian · Bintang"),
    ] {
        scenario.visit(query).await?.is_called(name).await?;
    }
    scenario.visit("").await?.begin("food", Subject { product: "Keripik talas", business: "Dapur" }).await?;
    scenario.is_called("Keripik talas · Bintang").await?;
    scenario.answer("food", sample.at("/sheet")).await?.to_review().await?.is_called("Tinjau · Bintang").await?;
    scenario.conclude().await?.is_called("Hasil · Bintang").await?;
    scenario.to_home().await?.is_called("Bintang").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_page_begins_at_its_heading() -> Result<()> {
    let scenario = Scenario::open().await?;
    for (link, heading) in [
        ("a[href$='p=pengaturan']", "Pengaturan"),
        ("a[href$='p=kotak-keluar']", "Kotak keluar"),
        ("a[href='./']", "Bintang"),
        ("a[href$='p=baru']", "Penilaian baru"),
    ] {
        scenario.browser.press(link).await?;
        scenario.begins_at(heading).await?;
    }
    scenario.back().await?.begins_at("Bintang").await?;
    Ok(())
}
