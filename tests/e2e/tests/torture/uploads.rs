//! Assessments and photos go out through a network that does everything networks do, to a receiver that is killed: all of
//! them arrive, once each, and nothing is called proved that is not there at that moment.

use anyhow::{Context as _, Result, ensure};
use bintang_e2e::{
    Engine, Options, Scenario,
    database::rows,
    torture::{Load, Network, PHOTOS, Torture},
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// Between two looks at what is called proved.
const LOOK: Duration = Duration::from_millis(250);
/// Nothing goes on for so long: something is stuck.
const STUCK: Duration = Duration::from_secs(180);
/// What a cut may cost (upload contract, section 3).
const PIECE: u64 = 256 * 1024;

/// The ids of what the page calls proved, and whether anything waits that a tap sends.
const PROVED: &str = "const proved = [...document.querySelectorAll('[data-state=proved]')];
    const waits = document.querySelector('[data-state=waiting]') && document.querySelector('#send-now');
    const attention = [...document.querySelectorAll('[data-state=attention]')].map((item) => item.innerText);
    if (waits && !document.querySelector('[data-state=trying]')) document.querySelector('#send-now').click();
    return JSON.stringify([proved.map((item) => item.dataset.submission), attention])";

pub(crate) async fn uploads(engine: Engine) -> Result<()> {
    let mut torture = Torture::begin(engine, "uploads over a bad network");
    // The whole is for Chromium; what differs in the others is how they fetch.
    let count = if engine == Engine::Chromium { torture.size(20, 200) } else { torture.size(5, 50) };
    let folder = tempfile::tempdir()?;
    let network = Network::start(env!("CARGO_BIN_EXE_receiver"), folder.path(), torture.dice.clone()).await?;
    let scenario = Scenario::open_with(Options { engine, ..Options::default() }).await?;
    scenario.visit("p=pengaturan").await?.browser.fill("#assessor-name", "Penilai Contoh").await?;
    scenario.add_endpoint_at(&network.endpoint(), None).await?;
    let file = folder.path().join("load.bintang");
    let rubric = fs::read(bintang_e2e::Dist::built()?.folder().join("rubrics/food.json"))?;
    let load = Load::write(count, &network.endpoint(), &rubric, &mut torture.dice, &file)?;
    scenario.choose_backup(&file).await?.restore().await?;
    scenario.visit("p=kotak-keluar").await?;

    let (mut seen, mut last) = (BTreeSet::new(), Instant::now());
    while seen.len() < count {
        let told = scenario.browser.script(PROVED, &[]).await?;
        let (proved, attention): (Vec<String>, Vec<String>) =
            serde_json::from_str(told.as_str().context("what is proved")?)?;
        ensure!(attention.is_empty(), "something needs a person: {attention:?}");
        let new: Vec<String> = proved.into_iter().filter(|id| !seen.contains(id)).collect();
        if !new.is_empty() {
            last = Instant::now();
            // At this very moment all of it must be there.
            torture.lose(missing(folder.path(), &load, &new).await?, "what was called proved");
            seen.extend(new);
        }
        ensure!(last.elapsed() < STUCK, "only {} of {count} were proved: {:?}", seen.len(), network.happened());
        sleep(LOOK).await;
    }
    println!("{count} assessments, {} photos: {:?}", count * PHOTOS, network.happened());
    // Each once, and nothing else.
    let stored = rows(&folder.path().join("receiver.sqlite")).await?;
    ensure!(stored.len() == count, "{} rows of {count}", stored.len());
    let all: Vec<String> = load.finishings.keys().map(ToString::to_string).collect();
    torture.lose(missing(folder.path(), &load, &all).await?, "what was sent");
    let mut again = 0;
    for (path, traffic) in network.traffic() {
        let size = size(&load, &path).with_context(|| format!("{path} was never asked for"))?;
        let most = size + traffic.disturbed * PIECE;
        ensure!(
            traffic.sent <= most,
            "{path}: {} bytes for {size}, disturbed {} times",
            traffic.sent,
            traffic.disturbed
        );
        again += traffic.sent.saturating_sub(size);
    }
    println!("{again} bytes of photos were sent again");
    torture.count(network.happened().values().sum());
    torture.end()
}

/// Of which of these finishings something is not there.
async fn missing(folder: &Path, load: &Load, ids: &[String]) -> Result<usize> {
    let stored = rows(&folder.join("receiver.sqlite")).await?;
    let mut missing = 0;
    for (id, digest) in load.finishings.iter().filter(|(id, _)| ids.contains(&id.to_string())) {
        let name = Value::from(digest.to_string());
        let row = stored.iter().any(|row| row.id == id.to_string() && row.receipt.get("digest") == Some(&name));
        let own = load.assessments.get(id).context("its assessment")?;
        let place = folder.join("evidence").join(own.to_string());
        let photos = load.photos.get(id).context("its photos")?;
        let there = |(sum, bytes): (&_, &Vec<u8>)| fs::read(place.join(format!("{sum}"))).is_ok_and(|is| is == *bytes);
        let whole = photos.iter().all(there);
        missing += usize::from(!row || !whole);
    }
    Ok(missing)
}

/// How many bytes the photo at this address has.
fn size(load: &Load, path: &str) -> Option<u64> {
    let mut parts = path.strip_prefix("/assessments/")?.split("/evidence/");
    let (id, sum) = (parts.next()?, parts.next()?);
    let (_, photos) = load.photos.iter().find(|(known, _)| known.to_string() == id)?;
    let (_, bytes) = photos.iter().find(|(known, _)| known.to_string() == sum)?;
    u64::try_from(bytes.len()).ok()
}
