//! Rubric files in IndexedDB, as bytes.

use super::{connection::Connection, schema::RUBRICS, transaction::result};
use bintang_domain::{
    digest::Digest,
    ports::{Pending, RubricStore, StoreError},
};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast as _;
use web_sys::IdbTransactionMode::{Readonly, Readwrite};

impl RubricStore for Connection {
    fn keep(&self, bytes: Vec<u8>) -> Pending<Result<Digest, StoreError>> {
        self.run(&[RUBRICS], Readwrite, move |transaction| async move {
            let sha256 = Digest::of(&bytes);
            transaction.put(RUBRICS, &sha256.to_string().into(), &Uint8Array::from(bytes.as_slice()).into())?;
            transaction.end().await?;
            Ok(sha256)
        })
    }

    fn get(&self, sha256: Digest) -> Pending<Result<Option<Vec<u8>>, StoreError>> {
        self.run(&[RUBRICS], Readonly, move |transaction| async move {
            let value = result(transaction.store(RUBRICS)?.get(&sha256.to_string().into()))?.await?;
            let bytes = value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
            // A file that is not what its name says is as good as none.
            Ok(bytes.filter(|bytes| Digest::of(bytes) == sha256))
        })
    }
}
