//! The phone signs what it sends, the receiver signs what it gives, and a receipt comes back as a file (docs/adr/0018).
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

use anyhow::Result;
use bintang_domain::wire::receipt::stored;
use bintang_e2e::{Engine, Front, Sample, Scenario, Subject, in_every_engine};
use bintang_receiver::{
    es256::SecretKey,
    store::{Store, list::Filter},
};
use serde_json::json;

in_every_engine!(the_phone_is_known_by_its_key, a_receipt_from_a_file_proves_by_the_receivers_key);

async fn finish_one<'s>(scenario: &'s Scenario, product: &str) -> Result<&'s Scenario> {
    let sample = Sample::named("plaiting-2")?;
    scenario.to_home().await?.begin("plaiting", Subject { product, business: "Kelompok" }).await?;
    scenario.answer("plaiting", sample.at("/sheet")).await?.saved().await?.finish().await
}

/// What the receiver says of who sent, the oldest first, and the key.
async fn senders(scenario: &Scenario) -> Result<(Vec<String>, String)> {
    let store = Store::open_file(&scenario.database()).await?;
    let mut lines = store.list(&Filter::default(), 10).await?;
    store.close().await;
    lines.reverse();
    let key = lines[0].key.clone().unwrap();
    assert!(lines.iter().all(|line| line.key.as_ref() == Some(&key)));
    Ok((lines.into_iter().map(|line| line.sender).collect(), key))
}

/// The name of the receiver's key, as people see it.
async fn receipt_key(scenario: &Scenario) -> Result<String> {
    let store = Store::open_file(&scenario.database()).await?;
    let short = store.receipt_key().public().name().short();
    store.close().await;
    Ok(short)
}

async fn the_phone_is_known_by_its_key(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    scenario.go_to("p=pengaturan").await?.read("Dibuat saat penilaian pertama").await?;
    finish_one(&scenario, "Tas").await?.to_outbox().await?.expect_outbox(1, "proved").await?;
    // The same key after the app was started anew.
    scenario.reload().await?.expect_outbox(1, "proved").await?;
    finish_one(&scenario, "Topi").await?.read("Segel ponsel:").await?;
    let shown = scenario.browser.text("[data-signed-by]").await?;
    scenario.screenshot_of("signed-by", "[data-signed-by]").await?;
    scenario.to_outbox().await?.expect_outbox(2, "proved").await?;
    let (said, key) = senders(&scenario).await?;
    assert_eq!(said, ["valid-new", "valid-known"]);
    let short = &key[..8];
    assert!(shown.contains(short), "{shown} {short}");
    scenario.go_to("p=pengaturan").await?.read(short).await?.screenshot_of("phone-key", "#condition").await?;
    // Whose key signs the receipts was learnt with the first one.
    let receiver = receipt_key(&scenario).await?;
    scenario.open_endpoint(0).await?.read(&receiver).await?.screenshot("endpoint-receipt-key").await?;
    // Nobody takes the key out of the browser, and it is nowhere else.
    const EXPORT: &str = "const asked = indexedDB.open('bintang-device');
        asked.onsuccess = () => {
            const reading = asked.result.transaction('keys').objectStore('keys').getAll();
            reading.onsuccess = async () => {
                asked.result.close();
                const [{ privateKey }] = reading.result;
                const taken = crypto.subtle.exportKey('jwk', privateKey).then(() => 'taken', (error) => error.name);
                done([reading.result.length, privateKey.extractable, await taken]);
            };
        };";
    let tried = scenario.browser.script_until_done(EXPORT, &[]).await?;
    assert_eq!(tried, json!([1, false, "InvalidAccessError"]));
    Ok(())
}

async fn a_receipt_from_a_file_proves_by_the_receivers_key(engine: Engine) -> Result<()> {
    let scenario = Scenario::open_in(engine).await?;
    // What came over the network once tells whose key it is.
    finish_one(&scenario, "Tas").await?.to_outbox().await?.expect_outbox(1, "proved").await?;
    scenario.front.set(Front::Broken);
    finish_one(&scenario, "Topi").await?;
    finish_one(&scenario, "Nampan").await?.to_outbox().await?.read("HTTP 500").await?;
    let (topi, nampan) = (scenario.carried("Topi").await?, scenario.carried("Nampan").await?);
    let proved = "[data-submission][data-state='proved']";
    let changes_nothing = async |content: &str, says: &str| -> Result<()> {
        scenario.hand_receipt(content).await?.read(says).await?;
        assert_eq!(scenario.browser.count(proved).await?, 1, "{says}");
        Ok(())
    };
    changes_nothing("{}", "bukan tanda terima").await?;
    let mut other = topi.clone();
    other["id"] = json!("019ab697-e800-7101-8101-010101010101");
    changes_nothing(&other.to_string(), "tidak ada di ponsel ini").await?;
    other = topi.clone();
    other["digest"] = nampan["digest"].clone();
    changes_nothing(&other.to_string(), "untuk isi yang lain").await?;
    other = topi.clone();
    other["receiver"] = json!("Bukan penerima");
    changes_nothing(&other.to_string(), "Tanda tangannya tidak cocok").await?;
    scenario.screenshot_of("receipt-forged", "[data-handed]").await?;

    scenario.hand_receipt(&topi.to_string()).await?.read("Topi: tanda terima penerima sah").await?;
    scenario.holds("two are proved", &format!("return document.querySelectorAll(`{proved}`).length === 2")).await?;
    scenario.read("Kantor").await?.screenshot_of("receipt-proves", "[data-handed]").await?;
    scenario.hand_receipt(&topi.to_string()).await?.read("sudah terbukti sampai").await?;

    // Whoever is unknown proves nothing, and it goes on waiting for its turn.
    other = nampan.clone();
    other["signature"] = json!(null);
    scenario.hand_receipt(&other.to_string()).await?.read("jadi tidak membuktikan").await?;
    scenario.screenshot_of("receipt-unsigned", "[data-handed]").await?;
    let stranger = SecretKey::make()?;
    let receipt = stored(nampan.to_string().as_bytes()).unwrap();
    let signed = receipt.clone().signed(&stranger.sign(receipt.to_sign().as_bytes()));
    scenario.hand_receipt("{}").await?.read("bukan tanda terima").await?;
    scenario.hand_receipt(&serde_json::to_string(&signed)?).await?.read("jadi tidak membuktikan").await?;
    assert_eq!(scenario.browser.count(proved).await?, 2);
    assert_eq!(scenario.browser.count("[data-submission][data-state='waiting']").await?, 1);
    scenario.hand_receipt(&nampan.to_string()).await?.read("Nampan: tanda terima penerima sah").await?;
    scenario.expect_outbox(3, "proved").await?.reload().await?.expect_outbox(3, "proved").await?;
    assert_eq!(scenario.rows().await?.len(), 3);
    Ok(())
}
