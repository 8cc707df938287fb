//! One strict transaction, its requests and its end.

use super::{
    connection::Connection,
    error::{is_cut_off, of_exception, thrown},
    torn::{FILLERS, filler},
};
use bintang_domain::ports::{
    StoreError,
    tables::{Content, Get, Key, Record, Table, Which},
};
use futures::channel::oneshot;
use js_sys::{Array, Object, Reflect, Uint8Array};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

/// How a request or a transaction ends.
type Outcome = Result<JsValue, StoreError>;

/// Tells the outcome once, whichever listener hears of it first.
type Tell = Rc<RefCell<Option<oneshot::Sender<Outcome>>>>;

fn told() -> (Tell, oneshot::Receiver<Outcome>) {
    let (tell, told) = oneshot::channel();
    (Rc::new(RefCell::new(Some(tell))), told)
}

fn listener(tell: &Tell, outcome: impl Fn() -> Outcome + 'static) -> Closure<dyn FnMut()> {
    listening(tell.clone(), Box::new(outcome))
}

#[inline(never)]
fn listening(tell: Tell, outcome: Box<dyn Fn() -> Outcome>) -> Closure<dyn FnMut()> {
    Closure::new(move || {
        if let Some(tell) = tell.borrow_mut().take() {
            let _ = tell.send(outcome());
        }
    })
}

/// A running transaction. Nothing but its own requests may be awaited while it runs, else it commits by itself.
pub(super) struct Transaction {
    raw: IdbTransaction,
    /// What it writes was not agreed to yet: dropped, it is taken back.
    doubtful: Cell<bool>,
    end: oneshot::Receiver<Outcome>,
    // Kept alive until the end has come.
    _listeners: [Closure<dyn FnMut()>; 2],
}

impl Transaction {
    /// Begins one over these tables, with strict durability when it writes: it has ended only when it is on disk.
    pub(super) fn begin(
        connection: &Connection,
        tables: &[Table],
        mode: IdbTransactionMode,
    ) -> Result<Self, StoreError> {
        Self::begin_in(connection, connection.current(), tables, mode)
    }

    fn begin_in(
        connection: &Connection,
        database: Option<IdbDatabase>,
        tables: &[Table],
        mode: IdbTransactionMode,
    ) -> Result<Self, StoreError> {
        let database = database.ok_or(StoreError::Closed)?;
        let names: Array = tables.iter().map(|table| JsValue::from_str(table.name())).collect();
        // IDBTransactionOptions.durability: web-sys has the setter only behind an unstable flag.
        let options = Object::new();
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let begin: js_sys::Function = Reflect::get(&database, &"transaction".into())
            .ok()
            .and_then(|function| function.dyn_into().ok())
            .ok_or(StoreError::Closed)?;
        let mode = JsValue::from_str(if mode == IdbTransactionMode::Readwrite { "readwrite" } else { "readonly" });
        let raw: IdbTransaction =
            begin.call3(&database, &names, &mode, &options).map_err(|error| thrown(&error))?.unchecked_into();
        connection.running().begin(&raw);
        let (tell, end) = told();
        let complete = listener(&tell, || Ok(JsValue::UNDEFINED));
        let (failed, cut) = (raw.clone(), connection.clone());
        let abort = listener(&tell, move || {
            let exception = failed.error();
            if exception.as_ref().is_some_and(is_cut_off) {
                cut.tear();
            }
            Err(of_exception(exception))
        });
        raw.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        raw.set_onabort(Some(abort.as_ref().unchecked_ref()));
        Ok(Self { raw, doubtful: Cell::new(false), end, _listeners: [complete, abort] })
    }

    fn store(&self, table: Table) -> Result<IdbObjectStore, StoreError> {
        self.raw.object_store(table.name()).map_err(|error| thrown(&error))
    }

    /// Begins reading.
    pub(super) fn ask(&self, Get(table, which): &Get) -> Result<Answer, StoreError> {
        let (store, query) = (self.store(*table)?, query(which)?);
        let keys = match which {
            // Each request costs the page an event.
            Which::One(key) => Asked::One(key.clone()),
            Which::All | Which::Of(_) | Which::Between(..) => {
                Asked::These(Request::begin(store.get_all_keys_with_key(&query))?)
            }
        };
        Ok(Answer { keys, values: Request::begin(store.get_all_with_key(&query))? })
    }

    /// Begins reading the keys of a table.
    pub(super) fn ask_keys(&self, table: Table) -> Result<Keys, StoreError> {
        Ok(Keys(Request::begin(self.store(table)?.get_all_keys())?))
    }

    /// Puts a record.
    pub(super) fn put(&self, table: Table, key: &Key, content: &Content) -> Result<(), StoreError> {
        let value = match content {
            Content::Text(text) => text.into(),
            Content::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
            Content::Strange => return Err(StoreError::Corrupt),
        };
        self.store(table)?.put_with_key(&value, &raw_key(key)).map(drop).map_err(|error| thrown(&error))
    }

    /// Deletes records.
    pub(super) fn delete(&self, table: Table, which: &Which) -> Result<(), StoreError> {
        self.store(table)?.delete(&query(which)?).map(drop).map_err(|error| thrown(&error))
    }

    /// Writes and deletes more than the browser's log holds, so that it begins another (see [`super::torn`]).
    pub(super) async fn fill_log(connection: &Connection) -> Result<(), StoreError> {
        let (table, mode) = (Table::Receipts.alone(), IdbTransactionMode::Readwrite);
        let transaction = Self::begin_in(connection, connection.opened(), table, mode)?;
        let (store, filler) = (transaction.store(Table::Receipts)?, filler());
        // No receipt has such a key, and nobody sees them: the same transaction deletes them.
        let key = |number: usize| JsValue::from_str(&["filler ", &number.to_string()].concat());
        for number in 0..FILLERS {
            store.put_with_key(&filler, &key(number)).map_err(|error| thrown(&error))?;
        }
        for number in 0..FILLERS {
            store.delete(&key(number)).map_err(|error| thrown(&error))?;
        }
        transaction.end().await
    }

    /// Takes everything back.
    pub(super) fn abort(&self) {
        // It fails only when the transaction has ended already.
        let _ = self.raw.abort();
    }

    /// From now on it counts only if it is ended.
    pub(super) fn doubt(&self) {
        self.doubtful.set(true);
    }

    /// Waits until it is on disk, or says why it is not.
    pub(super) async fn end(mut self) -> Result<(), StoreError> {
        self.doubtful.set(false);
        (&mut self.end).await.unwrap_or(Err(StoreError::Closed)).map(drop)
    }
}

impl Drop for Transaction {
    /// A reading transaction ends after its last result, when nobody listens any more.
    fn drop(&mut self) {
        if self.doubtful.get() {
            self.abort();
        }
        self.raw.set_oncomplete(None);
        self.raw.set_onabort(None);
    }
}

/// A request that is under way; its listeners are taken off when nobody waits for its result.
struct Request {
    raw: IdbRequest,
    told: oneshot::Receiver<Outcome>,
    _listeners: [Closure<dyn FnMut()>; 2],
}

impl Drop for Request {
    fn drop(&mut self) {
        self.raw.set_onsuccess(None);
        self.raw.set_onerror(None);
    }
}

impl Request {
    fn begin(request: Result<IdbRequest, JsValue>) -> Result<Self, StoreError> {
        let raw = request.map_err(|error| thrown(&error))?;
        let (tell, told) = told();
        let (answered, failed) = (raw.clone(), raw.clone());
        let success = listener(&tell, move || answered.result().map_err(|error| thrown(&error)));
        let error = listener(&tell, move || Err(of_exception(failed.error().ok().flatten())));
        raw.set_onsuccess(Some(success.as_ref().unchecked_ref()));
        raw.set_onerror(Some(error.as_ref().unchecked_ref()));
        Ok(Self { raw, told, _listeners: [success, error] })
    }

    async fn result(mut self) -> Result<Array, StoreError> {
        let list = (&mut self.told).await.unwrap_or(Err(StoreError::Closed))?;
        Ok(Array::from(&list))
    }
}

/// Keys of records that are being read.
enum Asked {
    One(Key),
    These(Request),
}

/// Records that are being read.
pub(super) struct Answer {
    keys: Asked,
    values: Request,
}

impl Answer {
    /// The records. Nothing but requests of the same transaction may be awaited before it.
    pub(super) async fn records(self) -> Result<Vec<Record>, StoreError> {
        let keys = match self.keys {
            Asked::One(key) => vec![key],
            Asked::These(keys) => keys.result().await?.iter().map(|key| own_key(&key)).collect(),
        };
        let values = self.values.result().await?;
        Ok(keys.into_iter().zip(values.iter()).map(|(key, value)| record(key, &value)).collect())
    }
}

/// Keys that are being read.
pub(super) struct Keys(Request);

impl Keys {
    /// The keys.
    pub(super) async fn list(self) -> Result<Vec<Key>, StoreError> {
        Ok(self.0.result().await?.iter().map(|key| own_key(&key)).collect())
    }
}

fn own_key(key: &JsValue) -> Key {
    match key.as_string() {
        Some(first) => Key { first, second: None },
        None => {
            let part = |place| Array::from(key).get(place).as_string();
            Key { first: part(0).unwrap_or_default(), second: part(1) }
        }
    }
}

fn record(key: Key, value: &JsValue) -> Record {
    let content = match (value.as_string(), value.dyn_ref::<Uint8Array>()) {
        (Some(text), _) => Content::Text(text),
        (None, Some(bytes)) => Content::Bytes(bytes.to_vec()),
        (None, None) => Content::Strange,
    };
    Record { key, content }
}

fn raw_key(key: &Key) -> JsValue {
    let first = JsValue::from_str(&key.first);
    match &key.second {
        None => first,
        Some(second) => Array::of2(&first, &second.into()).into(),
    }
}

fn query(which: &Which) -> Result<JsValue, StoreError> {
    Ok(match which {
        Which::All => JsValue::UNDEFINED,
        Which::One(key) => raw_key(key),
        Which::Between(from, to) => {
            IdbKeyRange::bound(&raw_key(from), &raw_key(to)).map_err(|error| thrown(&error))?.into()
        }
        Which::Of(first) => {
            // An array sorts after every text (Indexed Database API, key comparison), so [first, []] is beyond all.
            let first = JsValue::from_str(first);
            let (lower, upper) = (Array::of1(&first), Array::of2(&first, &Array::new()));
            IdbKeyRange::bound(&lower, &upper).map_err(|error| thrown(&error))?.into()
        }
    })
}
