//! One strict transaction, its requests and its end.

use super::{
    connection::Connection,
    error::{of_exception, thrown},
};
use bintang_domain::ports::StoreError;
use futures::channel::oneshot;
use js_sys::{Array, Object, Reflect};
use std::{cell::RefCell, future::Future, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

/// A running transaction. Nothing but its own requests may be awaited while it runs, else it commits by itself.
pub(super) struct Transaction {
    raw: IdbTransaction,
    end: oneshot::Receiver<Result<(), StoreError>>,
    // Kept alive until the end has come.
    _listeners: [Closure<dyn FnMut()>; 2],
}

impl Transaction {
    /// Begins one over these stores, with strict durability when it writes: it has ended only when it is on disk.
    pub(super) fn begin(
        connection: &Connection,
        stores: &[&str],
        mode: IdbTransactionMode,
    ) -> Result<Self, StoreError> {
        let database = connection.current().ok_or(StoreError::Closed)?;
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
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
        let (tell, end) = oneshot::channel();
        let tell = Rc::new(RefCell::new(Some(tell)));
        let told = tell.clone();
        let complete = Closure::<dyn FnMut()>::new(move || {
            if let Some(tell) = told.borrow_mut().take() {
                let _ = tell.send(Ok(()));
            }
        });
        let failed = raw.clone();
        let abort = Closure::<dyn FnMut()>::new(move || {
            if let Some(tell) = tell.borrow_mut().take() {
                let _ = tell.send(Err(of_exception(failed.error())));
            }
        });
        raw.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        raw.set_onabort(Some(abort.as_ref().unchecked_ref()));
        Ok(Self { raw, end, _listeners: [complete, abort] })
    }

    /// One of its stores.
    pub(super) fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.raw.object_store(name).map_err(|error| thrown(&error))
    }

    /// Puts a value under a key.
    pub(super) fn put(&self, store: &str, key: &JsValue, value: &JsValue) -> Result<(), StoreError> {
        let put = self.store(store).and_then(|store| store.put_with_key(value, key).map_err(|error| thrown(&error)));
        self.or_abort(put.map(drop))
    }

    /// Deletes a key or a range of keys.
    pub(super) fn delete(&self, store: &str, key: &JsValue) -> Result<(), StoreError> {
        let deleted = self.store(store).and_then(|store| store.delete(key).map_err(|error| thrown(&error)));
        self.or_abort(deleted.map(drop))
    }

    /// A write that was refused on the spot takes the ones before it back: left alone, they would be committed.
    fn or_abort(&self, outcome: Result<(), StoreError>) -> Result<(), StoreError> {
        if outcome.is_err() {
            self.abort();
        }
        outcome
    }

    /// Takes everything back.
    pub(super) fn abort(&self) {
        // It fails only when the transaction has ended already.
        let _ = self.raw.abort();
    }

    /// Waits until it is on disk, or says why it is not.
    pub(super) async fn end(mut self) -> Result<(), StoreError> {
        (&mut self.end).await.unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Transaction {
    /// A reading transaction ends after its last result, when nobody listens any more.
    fn drop(&mut self) {
        self.raw.set_oncomplete(None);
        self.raw.set_onabort(None);
    }
}

/// The listeners of a request; taken off when nobody waits for its result.
struct Listeners {
    request: IdbRequest,
    _closures: [Closure<dyn FnMut()>; 2],
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.request.set_onsuccess(None);
        self.request.set_onerror(None);
    }
}

/// The result of a request: begun by the caller at once, awaited later.
pub(super) fn result(
    request: Result<IdbRequest, JsValue>,
) -> Result<impl Future<Output = Result<JsValue, StoreError>>, StoreError> {
    let request = request.map_err(|error| thrown(&error))?;
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(RefCell::new(Some(tell)));
    let (answered, sender) = (request.clone(), tell.clone());
    let success = Closure::<dyn FnMut()>::new(move || {
        if let Some(tell) = sender.borrow_mut().take() {
            let _ = tell.send(answered.result().map_err(|error| thrown(&error)));
        }
    });
    let failed = request.clone();
    let error = Closure::<dyn FnMut()>::new(move || {
        if let Some(tell) = tell.borrow_mut().take() {
            let _ = tell.send(Err(of_exception(failed.error().ok().flatten())));
        }
    });
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    let listeners = Listeners { request, _closures: [success, error] };
    Ok(async move {
        let _listeners = listeners;
        told.await.unwrap_or(Err(StoreError::Closed))
    })
}

/// All keys `[first, …]` of a store with two-part keys.
pub(super) fn range(first: &str) -> Result<IdbKeyRange, StoreError> {
    // An array sorts after every text (Indexed Database API, key comparison), so [first, []] is beyond all places.
    let lower = Array::of1(&first.into());
    let upper = Array::of2(&first.into(), &Array::new());
    IdbKeyRange::bound(&lower, &upper).map_err(|error| thrown(&error))
}

/// The two-part key `[first, second]`.
pub(super) fn key(first: &str, second: &str) -> JsValue {
    Array::of2(&first.into(), &second.into()).into()
}
