//! What the [`Store`] promises of signatures, on any tables.

use crate::build;
use bintang_domain::{
    digest::Digest,
    draft::Revision,
    ports::StoreError,
    signature::{Role, Signature, Stroke},
    store::Store,
};
use std::future::Future;

/// Runs every check, each on a store of its own.
pub async fn suite<F: Future<Output = Store>>(open: impl Fn() -> F) {
    a_signature_takes_the_place_of_the_one_before(&open().await).await;
    no_signature_without_a_draft(&open().await).await;
    signatures_do_not_mix(&open().await).await;
}

fn signed(role: Role, name: &str) -> Signature {
    let strokes = vec![Stroke(vec![(1, 2), (300, 400)])];
    Signature { role, name: name.to_owned(), at: build::START, sheet: Digest::of(b"sheet"), strokes }
}

async fn all(store: &Store, n: u8) -> Vec<Signature> {
    let signatures = store.signatures(build::assessment(n)).await.expect("signatures");
    assert_eq!(signatures.damaged, Vec::<String>::new());
    signatures.whole
}

async fn begun(store: &Store, n: u8) {
    assert_eq!(store.save(Revision(0), build::head(n, 1), build::changes()).await, Ok(()));
}

async fn a_signature_takes_the_place_of_the_one_before(store: &Store) {
    begun(store, 1).await;
    let id = build::assessment(1);
    let (maker, assessor, again) = (signed(Role::Maker, "M"), signed(Role::Assessor, "A"), signed(Role::Maker, "N"));
    assert_eq!(all(store, 1).await, []);
    for signature in [&maker, &assessor] {
        assert_eq!(store.sign(id, signature.role, Some(signature)).await, Ok(()));
    }
    assert_eq!(all(store, 1).await, [assessor.clone(), maker]);
    assert_eq!(store.sign(id, Role::Maker, Some(&again)).await, Ok(()));
    assert_eq!(store.sign(id, Role::Assessor, None).await, Ok(()));
    assert_eq!(all(store, 1).await, [again]);
}

async fn no_signature_without_a_draft(store: &Store) {
    let (id, maker) = (build::assessment(1), signed(Role::Maker, "M"));
    assert_eq!(store.sign(id, Role::Maker, Some(&maker)).await, Err(StoreError::Conflict { stored: None }));
    begun(store, 1).await;
    assert_eq!(store.sign(id, Role::Maker, Some(&maker)).await, Ok(()));
    assert_eq!(store.finish(Revision(1), build::finishing(1, 2)).await, Ok(()));
    // It is evidence of what was sent: it stays, and nothing changes it.
    for signature in [None, Some(&maker)] {
        let refused = store.sign(id, Role::Maker, signature).await;
        assert_eq!(refused, Err(StoreError::Conflict { stored: Some(Revision(2)) }));
    }
    assert_eq!(all(store, 1).await, [maker]);
}

async fn signatures_do_not_mix(store: &Store) {
    for n in [1, 2] {
        begun(store, n).await;
        let maker = signed(Role::Maker, &n.to_string());
        assert_eq!(store.sign(build::assessment(n), Role::Maker, Some(&maker)).await, Ok(()));
    }
    assert_eq!(all(store, 1).await, [signed(Role::Maker, "1")]);
    assert_eq!(store.sign(build::assessment(1), Role::Maker, None).await, Ok(()));
    assert_eq!(all(store, 2).await, [signed(Role::Maker, "2")]);
}
