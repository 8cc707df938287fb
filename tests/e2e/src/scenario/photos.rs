//! Photos of criteria.

use super::Scenario;
use crate::wait;
use anyhow::{Context as _, Result, bail};
use bintang_domain::{
    log::{self, Line},
    wire::record,
};
use serde_json::{Value, json};
use std::path::Path;

/// A photo as it stands in the browser's store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPhoto {
    /// What is known of it.
    pub known: Value,
    /// SHA-256 of the bytes, as the browser reckons it from what is stored.
    pub sha256: String,
    /// How many bytes are stored.
    pub bytes: u64,
    /// What kind of value holds them.
    pub kind: String,
    /// Width and height of the picture; `None` where the browser cannot decode it.
    pub size: Option<(u64, u64)>,
    /// How dark the upper and the lower quarter of the picture are, from 0 to 255.
    pub ends: Option<(u64, u64)>,
}

impl StoredPhoto {
    /// A text that is known of it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.known.get(name)?.as_str()
    }
}

impl Scenario {
    /// Adds a photo to a criterion, as the phone's picker does.
    ///
    /// # Errors
    /// The field is not there.
    pub async fn add_photo(&self, criterion: &str, file: &Path) -> Result<&Self> {
        self.browser.appear(&format!("[id='photo-{criterion}']")).await?;
        self.browser.choose_file(&format!("[id='photo-{criterion}']"), file).await?;
        Ok(self)
    }

    /// Waits until a criterion shows so many photos in this form, or says so of those before them.
    ///
    /// # Errors
    /// It never does.
    pub async fn photos_are(&self, criterion: &str, count: u64, form: &str) -> Result<&Self> {
        let count_all = "const [criterion, form] = arguments;
            const card = document.getElementById(`c-${criterion}`);
            const earlier = parseInt(card.querySelector('.photos__earlier')?.textContent ?? 0);
            return earlier + card.querySelectorAll(`.photo[data-form='${form}']`).length";
        let words = [json!(criterion), json!(form)];
        let found = wait::until(format!("{count} photos of {criterion} are {form}"), async || {
            Ok((self.browser.script(count_all, &words).await? == count).then_some(()))
        });
        self.browser.explained(found.await).await?;
        Ok(self)
    }

    /// The photos in the browser's store, in the order of their ids.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn stored_photos(&self) -> Result<Vec<StoredPhoto>> {
        const READ: &str = "(async () => {
            const database = await new Promise((resolve, reject) => {
                const asked = indexedDB.open('bintang');
                asked.onsuccess = () => resolve(asked.result);
                asked.onerror = () => reject(asked.error);
            });
            // One transaction: a photo may be scaled just now.
            const reading = database.transaction(['evidence_bytes', 'evidence_meta']);
            const all = (table) => new Promise((resolve, reject) => {
                const store = reading.objectStore(table);
                const [keys, values] = [store.getAllKeys(), store.getAll()];
                values.onsuccess = () => resolve(keys.result.map((key, i) => [key.join(), values.result[i]]));
                values.onerror = () => reject(values.error);
            });
            const [stored, known] = await Promise.all([all('evidence_bytes'), all('evidence_meta')]);
            const bytes = new Map(stored);
            const found = [];
            for (const [key, text] of known) {
                const value = bytes.get(key);
                const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', value));
                const hex = [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('');
                const picture = await createImageBitmap(new Blob([value])).catch(() => null);
                let ends = null;
                if (picture) {
                    const canvas = Object.assign(document.createElement('canvas'), picture);
                    [canvas.width, canvas.height] = [picture.width, picture.height];
                    const brush = canvas.getContext('2d');
                    brush.drawImage(picture, 0, 0);
                    const light = (y) => {
                        const { data } = brush.getImageData(0, Math.floor(y * canvas.height), canvas.width, 8);
                        return Math.round(data.reduce((sum, value) => sum + value, 0) / data.length);
                    };
                    ends = [light(0.1), light(0.9)];
                }
                found.push({ known: JSON.parse(text), sha256: hex, bytes: value.byteLength, ends,
                    kind: value.constructor.name, size: picture && [picture.width, picture.height] });
            }
            database.close();
            return found;
        })().then(done, (error) => done(`${error}`));";
        let found = self.browser.script_until_done(READ, &[]).await?;
        let pair = |value: &Value| Some((value.get(0)?.as_u64()?, value.get(1)?.as_u64()?));
        let photos = found.as_array().with_context(|| found.to_string())?.iter().map(|photo| {
            let text = |name: &str| photo[name].as_str().map(str::to_owned);
            Some(StoredPhoto {
                known: photo["known"].clone(),
                sha256: text("sha256")?,
                bytes: photo["bytes"].as_u64()?,
                kind: text("kind")?,
                size: pair(&photo["size"]),
                ends: pair(&photo["ends"]),
            })
        });
        photos.collect::<Option<Vec<_>>>().context("photos as they are read")
    }

    /// Shows the photo of this number of a criterion large.
    ///
    /// # Errors
    /// It is not there.
    pub async fn enlarge(&self, criterion: &str, number: u64) -> Result<&Self> {
        let button = format!("[id='c-{criterion}'] .photo:nth-of-type({number}) button");
        self.browser.press(&button).await?;
        self.browser.appear(&format!("[id='c-{criterion}'] .photo-large img")).await?;
        Ok(self)
    }

    /// The entries of the change log of the only assessment, read from the browser's store.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn stored_log(&self) -> Result<Vec<String>> {
        const READ: &str = "const asked = indexedDB.open('bintang');
            asked.onerror = () => done(`${asked.error}`);
            asked.onsuccess = () => {
                const reading = asked.result.transaction('log').objectStore('log').getAll();
                reading.onsuccess = () => { asked.result.close(); done(reading.result); };
            };";
        let found = self.browser.script_until_done(READ, &[]).await?;
        let lines = found.as_array().with_context(|| found.to_string())?;
        Ok(lines.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Holds the change log of this assessment against its head: each line names the one before, the head the last.
    ///
    /// # Errors
    /// The chain is broken, or the store cannot be read.
    pub async fn log_is_whole(&self, id: &str) -> Result<()> {
        const READ: &str = "const asked = indexedDB.open('bintang');
            asked.onerror = () => done(`${asked.error}`);
            asked.onsuccess = () => {
                const reading = asked.result.transaction(['heads', 'log']);
                const of = IDBKeyRange.bound([arguments[0]], [arguments[0], []]);
                const [head, keys] = [reading.objectStore('heads').get(arguments[0]), reading.objectStore('log').getAllKeys(of)];
                const lines = reading.objectStore('log').getAll(of);
                reading.oncomplete = () => {
                    asked.result.close();
                    done([head.result, keys.result.map((key, i) => [Number(key[1]), lines.result[i]])]);
                };
            };";
        let found = self.browser.script_until_done(READ, &[json!(id)]).await?;
        let (head, lines): (String, Vec<(u64, String)>) = serde_json::from_value(found)?;
        let head = record::read_head(&head).context("a head")?;
        let lines: Vec<Line> = lines.into_iter().map(|(number, text)| Line { number, text }).collect();
        match log::verify(&lines, head.log) {
            Ok(_) => Ok(()),
            Err(broken) => bail!("the change log is broken: {broken:?} of {lines:?}, {:?}", head.log),
        }
    }

    /// A folder of this scenario for files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Presses the button with this text in a criterion's card.
    ///
    /// # Errors
    /// There is none.
    pub async fn press_in(&self, criterion: &str, text: &str) -> Result<&Self> {
        const FIND: &str =
            "const all = document.querySelectorAll(`[id='c-${arguments[0]}'] :is(button, label.button)`);
            const found = [...all].find((button) => button.innerText.trim() === arguments[1]);
            found?.click();
            return !!found;";
        let pressed = wait::until(format!("“{text}” in {criterion}"), async || {
            let pressed = self.browser.script(FIND, &[json!(criterion), json!(text)]).await?;
            Ok(pressed.as_bool().filter(|pressed| *pressed))
        });
        self.browser.explained(pressed.await).await?;
        Ok(self)
    }
}
