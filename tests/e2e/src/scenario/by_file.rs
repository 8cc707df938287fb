//! What leaves a phone and comes back to it as files: another way to the same receiver, past what stands before it.

use super::Scenario;
use crate::{Dist, server::Server};
use anyhow::{Context as _, Result};
use bintang_receiver::{
    api::{self, Limits, Receiver},
    evidence::{Evidence, Place},
    rubrics::Rubrics,
    store::Store,
};
use serde_json::{Value, json};
use std::{path::PathBuf, sync::Arc};

impl Scenario {
    /// Carries the document of a product that is in the outbox to a second receiver on the same database, and gives the
    /// receipt, as somebody would who has a bundle of this phone.
    ///
    /// # Errors
    /// It is not in the outbox, or is not taken.
    pub async fn carried(&self, product: &str) -> Result<Value> {
        const CARRY: &str = "const [product, address] = arguments;
            const asked = indexedDB.open('bintang');
            asked.onerror = () => done(`${asked.error}`);
            asked.onsuccess = () => {
                const reading = asked.result.transaction('outbox').objectStore('outbox').getAll();
                reading.onsuccess = async () => {
                    asked.result.close();
                    const entry = reading.result.map((text) => JSON.parse(text)).find((entry) => entry.product === product);
                    const headers = { 'content-type': 'application/json' };
                    const sent = await fetch(address, { method: 'POST', headers, body: entry.document });
                    done(await sent.text());
                };
            };";
        let (rubrics, _) = Rubrics::read(&Dist::built()?.folder().join("rubrics"))?;
        let store = Store::open_file(&self.database()).await?;
        let evidence = Evidence::open(&Place::Folder(self.folder().join("evidence")))?;
        let (name, limits) = ("Kantor".to_owned(), Limits::default());
        let router = api::router(Receiver { store: store.clone(), evidence, rubrics: Arc::new(rubrics), name, limits });
        let mut server = Server::start_new(router).await?;
        let address = format!("{}/assessments", server.origin());
        let said = self.browser.script_until_done(CARRY, &[json!(product), json!(address)]).await?;
        server.stop().await?;
        store.close().await;
        let said = said.as_str().context("a text")?;
        serde_json::from_str(said).with_context(|| said.to_owned())
    }

    /// In Kotak keluar, chooses a file with this in it as a receipt.
    ///
    /// # Errors
    /// There is no field for it.
    pub async fn hand_receipt(&self, content: &str) -> Result<&Self> {
        let file: PathBuf = self.folder().join("tanda-terima.json");
        std::fs::write(&file, content)?;
        self.browser.choose_file("#receipt-file", &file).await?;
        Ok(self)
    }
}
