//! Many assessments, written past the app.

use super::Scenario;
use anyhow::{Result, ensure};
use serde_json::{Value, json};

/// Copies the only assessment's head until there are so many, each copy named by its number and a bit older.
const COPY: &str = "(async () => {
    const [count] = arguments;
    const asked = indexedDB.open('bintang');
    const database = await new Promise((found) => { asked.onsuccess = () => found(asked.result); });
    const reading = database.transaction('heads').objectStore('heads').getAll();
    const texts = await new Promise((found) => { reading.onsuccess = () => found(reading.result); });
    const head = texts.map((text) => JSON.parse(text)).find((head) => !/ \\d+$/.test(head.subject.product));
    const writing = database.transaction('heads', 'readwrite');
    for (let i = 1; i < count; i++) {
        const assessment = head.assessment.slice(0, -8) + i.toString(16).padStart(8, '0');
        const subject = { ...head.subject, product: `${head.subject.product} ${i}` };
        const copy = { ...head, assessment, subject, changed: head.changed - i };
        writing.objectStore('heads').put(JSON.stringify(copy), assessment);
    }
    await new Promise((ended) => { writing.oncomplete = ended; });
    database.close();
})().then(() => done(), (error) => done(`${error}`));";

impl Scenario {
    /// Makes the one assessment that is stored this many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn copy_assessment(&self, count: usize) -> Result<&Self> {
        let failed = self.browser.script_until_done(COPY, &[json!(count)]).await?;
        ensure!(failed == Value::Null, "{failed}");
        Ok(self)
    }
}
