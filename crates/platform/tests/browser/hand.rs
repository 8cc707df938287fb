//! What a test does to the browser's storage by hand: look on, damage, fill up, ask for a newer version.

use js_sys::Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(inline_js = r#"
const request = (asked) => new Promise((done, failed) => {
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

export function watchTransactions() {
  const watch = { seen: [], original: IDBDatabase.prototype.transaction };
  IDBDatabase.prototype.transaction = function (...words) {
    const transaction = watch.original.apply(this, words);
    watch.seen.push(`${transaction.mode} ${transaction.durability}`);
    return transaction;
  };
  return watch;
}

export function unwatch(watch) {
  IDBDatabase.prototype.transaction = watch.original;
  return watch.seen;
}

export async function putByHand(name, store, key, value) {
  const database = await request(indexedDB.open(name));
  const transaction = database.transaction([store], "readwrite");
  const ended = new Promise((done) => { transaction.oncomplete = done; });
  transaction.objectStore(store).put(value, key);
  await ended;
  database.close();
}

export async function raiseVersion(name, version) {
  const asked = indexedDB.open(name, version);
  const blocked = new Promise((done) => { asked.onblocked = () => done("blocked"); });
  const upgraded = request(asked).then((database) => { database.close(); return "upgraded"; });
  return Promise.race([blocked, upgraded]);
}

export async function makeAsVersion(name, version, text) {
  const tables = JSON.parse(text);
  const asked = indexedDB.open(name, version);
  asked.onupgradeneeded = () => Object.keys(tables).forEach((table) => asked.result.createObjectStore(table));
  const database = await request(asked);
  const transaction = database.transaction(Object.keys(tables), "readwrite");
  const ended = new Promise((done) => { transaction.oncomplete = done; });
  for (const [table, records] of Object.entries(tables)) {
    for (const [key, value] of records) {
      transaction.objectStore(table).put(value.bytes ? new Uint8Array(value.bytes) : value, key);
    }
  }
  await ended;
  database.close();
}

export async function all(name) {
  const database = await request(indexedDB.open(name));
  const found = {};
  for (const table of database.objectStoreNames) {
    const store = database.transaction(table).objectStore(table);
    const [keys, values] = await Promise.all([request(store.getAllKeys()), request(store.getAll())]);
    found[table] = keys.map((key, i) => [key, typeof values[i] === "string" ? values[i] : { bytes: [...values[i]] }]);
  }
  database.close();
  return JSON.stringify(found);
}

export function fillDiskAt(wanted) {
  const disk = { puts: 0, original: IDBObjectStore.prototype.put };
  IDBObjectStore.prototype.put = function (...words) {
    if (disk.puts++ === wanted) throw new DOMException("full", "QuotaExceededError");
    return disk.original.apply(this, words);
  };
  return disk;
}

export function emptyDisk(disk) {
  IDBObjectStore.prototype.put = disk.original;
}
"#)]
extern "C" {
    /// Notes every transaction from now on.
    #[wasm_bindgen(js_name = watchTransactions)]
    pub fn watch_transactions() -> JsValue;

    fn unwatch(watch: &JsValue) -> Array;

    #[wasm_bindgen(js_name = putByHand)]
    async fn put_by_hand(name: &str, store: &str, key: &JsValue, value: &str);

    #[wasm_bindgen(js_name = makeAsVersion)]
    async fn make(name: &str, version: u32, text: &str);

    #[wasm_bindgen(js_name = all)]
    async fn everything(name: &str) -> JsValue;

    #[wasm_bindgen(js_name = raiseVersion)]
    async fn raise(name: &str, version: u32) -> JsValue;

    /// Lets the put number `put`, counted from 0, fail as on a full disk.
    #[wasm_bindgen(js_name = fillDiskAt)]
    pub fn fill_disk_at(put: u32) -> JsValue;

    /// Makes room again.
    #[wasm_bindgen(js_name = emptyDisk)]
    pub fn empty_disk(disk: &JsValue);
}

/// Mode and durability of each transaction since the watch began; ends it.
pub fn seen(watch: &JsValue) -> Vec<String> {
    unwatch(watch).iter().filter_map(|text| text.as_string()).collect()
}

/// Puts a text under `key`, or under `[key, second]` unless `second` is empty.
pub async fn put(name: &str, store: &str, key: &str, second: &str, text: &str) {
    let key = if second.is_empty() { key.into() } else { Array::of2(&key.into(), &second.into()).into() };
    put_by_hand(name, store, &key, text).await;
}

/// Makes a database of this version of the schema that holds just this: `{table: [[key, text or {bytes}]]}`.
pub async fn make_as_version(name: &str, version: u32, tables: &str) {
    make(name, version, tables).await;
}

/// All that a database holds, in the same form.
pub async fn all(name: &str) -> serde_json::Value {
    let text = everything(name).await.as_string().unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Opens the database with a higher version, as a newer app in another tab does: `upgraded` or `blocked`.
pub async fn raise_version(name: &str, version: u32) -> String {
    raise(name, version).await.as_string().unwrap_or_default()
}
