//! What backups promise, on any tables.

use crate::{build, endpoint_store};
use bintang_domain::{
    backup::{Backup, Choice, LeftOut, Restore, Scope, Standing},
    bundle::{Bundle, Opened},
    digest::Digest,
    draft::{Changes, Revision},
    endpoint::{Endpoint, Endpoints, Profile},
    store::{Entries, Store},
    submission::Finished,
};
use std::{future::Future, rc::Rc};

/// Runs every check, each on stores of its own.
pub async fn suite<F: Future<Output = Store>>(open: impl Fn() -> F) {
    what_is_taken_comes_back(&open().await, &open().await).await;
    one_assessment_comes_alone(&open().await, &open().await).await;
    an_address_that_is_a_secret_stays_here(&open().await, &open().await).await;
}

/// A draft, and a finished one with its receipt; one rubric that they were begun with, another that is installed.
async fn filled(store: &Store) {
    for n in [1, 2] {
        let changes = Changes { rubric: Some(b"rubric".to_vec()), ..build::changes() };
        assert_eq!(store.save(Revision(0), build::head(n, 1), changes).await, Ok(()));
    }
    for n in [1, 2] {
        let (photo, bytes) = build::photo(n);
        assert_eq!(store.keep_photo(build::assessment(n), photo, bytes).await, Ok(()));
    }
    let (scaled, bytes) = build::scaled(2);
    let replaced = store.scale_photo(build::assessment(2), &build::photo(2).0, scaled, Some(bytes)).await;
    assert_eq!(replaced.map(drop), Ok(()));
    let finished = Finished { photos: vec![build::scaled(2).0], ..build::finishing(2, 2) };
    assert_eq!(store.finish(Revision(1), finished).await, Ok(()));
    assert_eq!(store.put(build::entry(2), Some(build::receipt(&build::entry(2)))).await, Ok(()));
    assert_eq!(store.install_rubric(b"installed".to_vec()).await, Ok(()));
    let address = build::entry(2).endpoint.expect("an address");
    assert!(endpoint_store::keep(store, Endpoint::at(address)).await.is_ok());
}

async fn taken(store: &Store, scope: Scope) -> (Bundle, Vec<LeftOut>) {
    let mut backup = Backup::begin(store.clone(), scope, None).await.expect("a backup begins");
    let mut bytes = Vec::new();
    while let Some(piece) = backup.next().await {
        bytes.extend(piece.head);
        bytes.extend(piece.content);
    }
    let (ends, left_out) = backup.finish().await.expect("a backup ends");
    let whole = [ends.front, bytes, ends.back].concat();
    match Opened::of(Rc::new(whole)).await {
        Ok(Opened::Open(bundle)) => (bundle, left_out),
        Ok(Opened::Locked(_)) => panic!("it was not locked"),
        Err(error) => panic!("{error}"),
    }
}

async fn brought(store: &Store, bundle: Bundle, standing: Standing) {
    let restore = Restore::preview(store.clone(), bundle).await.expect("a look");
    for item in restore.items() {
        assert_eq!(item.standing, Ok(standing.clone()));
        assert_eq!(restore.restore(item, Choice::Skip).await, Ok(Vec::new()));
    }
    assert_eq!(restore.rest().await, Ok(Vec::new()));
}

async fn what_is_taken_comes_back(from: &Store, to: &Store) {
    filled(from).await;
    let (bundle, left_out) = taken(from, Scope::Everything).await;
    assert_eq!(left_out, Vec::new());
    for standing in [Standing::New, Standing::Same] {
        brought(to, bundle.clone(), standing).await;
        for n in [1, 2] {
            let key = build::assessment(n).to_string();
            assert_eq!(to.export(&key).await, from.export(&key).await);
        }
        assert_eq!(to.entries().await, from.entries().await);
        assert_eq!(to.receipt(build::submission(2)).await, from.receipt(build::submission(2)).await);
        assert_eq!(to.installed_rubrics().await, Ok(vec![Digest::of(b"installed")]));
        assert_eq!(to.rubric(Digest::of(b"installed")).await, Ok(Some(b"installed".to_vec())));
        assert_eq!(to.rubric(Digest::of(b"rubric")).await, Ok(Some(b"rubric".to_vec())));
    }
}

async fn an_address_that_is_a_secret_stays_here(from: &Store, to: &Store) {
    filled(from).await;
    let address = build::entry(2).endpoint.expect("an address");
    let mark = String::new();
    let simple = Endpoint { profile: Profile::Simple { mark }, ..Endpoint::at(address.clone()) };
    let place = address.clone();
    let change = Box::new(move |endpoints: &mut Endpoints| endpoints.keep(Some(&place), simple));
    assert!(from.change_endpoints(change).await.expect("changed").is_ok());
    let (bundle, left_out) = taken(from, Scope::Everything).await;
    assert_eq!(left_out, Vec::new());
    brought(to, bundle, Standing::New).await;
    let endpoints = |entries: Entries| entries.whole.into_iter().map(|entry| entry.endpoint).collect::<Vec<_>>();
    assert_eq!(to.entries().await.map(endpoints), Ok(vec![None]));
    assert_eq!(from.entries().await.map(endpoints), Ok(vec![Some(address)]));
}

async fn one_assessment_comes_alone(from: &Store, to: &Store) {
    filled(from).await;
    let (bundle, left_out) = taken(from, Scope::One(build::assessment(1))).await;
    assert_eq!(left_out, Vec::new());
    brought(to, bundle, Standing::New).await;
    let opened = to.open(build::assessment(1)).await;
    assert!(matches!(opened, Ok(Some(_))));
    assert_eq!(opened, from.open(build::assessment(1)).await);
    assert_eq!(to.open(build::assessment(2)).await, Ok(None));
    assert_eq!(to.entries().await.map(|entries| entries.whole), Ok(Vec::new()));
    assert_eq!(to.rubric(Digest::of(b"rubric")).await, Ok(Some(b"rubric".to_vec())));
    assert_eq!(to.installed_rubrics().await, Ok(Vec::new()));
}
