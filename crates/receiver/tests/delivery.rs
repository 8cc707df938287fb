//! What the app delivers with, against a receiver that really listens.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/all.rs"]
mod common;

use bintang_domain::{
    delivery::{Answer, Delivered, Delivery, Evidence, File, PIECE, Probed, deliver, probe},
    digest::Digest,
    endpoint::{Access, Endpoint, HeaderName, Secret},
    outbox::{Entry, SendError, State},
    ports::{Pending, StoreError},
    time::Millis,
    web_address::WebAddress,
    wire::{envelope::Envelope, receipt::Receipt},
};
use bintang_receiver::tokens::Scope;
use common::{client, envelope, http::Plain, server::Server, token::made};
use hyper::Method;
use std::{cell::RefCell, collections::HashMap};
use tempfile::tempdir;

/// Photos in memory.
struct Photos(HashMap<Digest, Vec<u8>>);

impl Evidence for Photos {
    fn file(&self, sum: Digest) -> Pending<Result<Option<File>, StoreError>> {
        let bytes = self.0.get(&sum).cloned();
        Box::pin(async move { Ok(bytes.map(|bytes| File { media_type: "image/jpeg".to_owned(), bytes })) })
    }
}

/// Three of them: a small one, one of exactly two pieces, one of a little more.
fn photos() -> Vec<Vec<u8>> {
    let bytes = |length: usize, salt: usize| (0..length).map(|place| (place * 7 + salt) as u8).collect();
    vec![bytes(9, 1), bytes(2 * PIECE, 2), bytes(2 * PIECE + 1, 3)]
}

fn entry(envelope: Envelope, address: &WebAddress) -> Entry {
    let (id, assessment) = (envelope.id, envelope.assessment);
    let sealed = envelope.seal().unwrap();
    Entry {
        id,
        assessment,
        digest: sealed.digest,
        document: sealed.document,
        product: "Keripik".to_owned(),
        business: "Dapur".to_owned(),
        finished: Millis(1),
        endpoint: Some(address.clone()),
        tries: 0,
        state: State::Trying { since: Millis(1) },
    }
}

fn with_photos(number: u8) -> (Envelope, Photos) {
    let mut envelope = envelope::food(number);
    let photos = photos();
    envelope.evidence.extend(photos.iter().map(|photo| envelope::file(photo, "image/jpeg")));
    (envelope, Photos(photos.into_iter().map(|photo| (Digest::of(&photo), photo)).collect()))
}

/// What the receipt says; a receiver gives one.
fn receipt(delivered: Delivered) -> Receipt {
    match delivered.outcome {
        Ok(Answer::Receipt(receipt)) => *receipt,
        other => panic!("{other:?}"),
    }
}

fn endpoint(server: &Server, access: Access) -> Endpoint {
    let address = WebAddress::parse(&format!("http://{}/assessments", server.address)).unwrap();
    Endpoint { access, ..Endpoint::at(address) }
}

/// Delivers, and says which files were told of.
async fn sent(entry: &Entry, endpoint: &Endpoint, evidence: &Photos, photos: bool) -> (Delivered, Vec<(usize, usize)>) {
    let told = RefCell::new(Vec::new());
    let tell = |number, of| told.borrow_mut().push((number, of));
    let photos = || photos;
    let delivery = Delivery { http: &Plain, endpoint, entry, evidence, photos: &photos, tell: &tell };
    let delivered = deliver(delivery).await.unwrap();
    (delivered, told.into_inner())
}

#[tokio::test]
async fn everything_arrives_and_is_named_in_the_receipt() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let endpoint = endpoint(&server, Access::Open);
    let (envelope, photos) = with_photos(1);
    let entry = entry(envelope, &endpoint.address);
    // Without the photos the receipt asks for them.
    let (held, told) = sent(&entry, &endpoint, &photos, false).await;
    assert_eq!((held.arrived, held.got_through, told.len()), (true, false, 0));
    assert_eq!(entry.unproved(&receipt(held)).len(), 3);
    let (whole, told) = sent(&entry, &endpoint, &photos, true).await;
    assert!(whole.got_through && entry.unproved(&receipt(whole)).is_empty());
    assert_eq!(told, [(1, 3), (2, 3), (3, 3)]);
    for (sum, bytes) in &photos.0 {
        let file = folder.path().join("evidence").join(entry.assessment.to_string()).join(sum.to_string());
        assert_eq!(&std::fs::read(file).unwrap(), bytes);
    }
    // Once more: nothing is sent twice.
    let (again, told) = sent(&entry, &endpoint, &photos, true).await;
    assert!(again.outcome.is_ok() && !again.got_through && told.is_empty());
}

#[tokio::test]
async fn what_is_not_on_the_phone_keeps_nothing_else_at_home() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let endpoint = endpoint(&server, Access::Open);
    let (envelope, mut photos) = with_photos(1);
    let gone = envelope.evidence[1].sha256;
    photos.0.remove(&gone);
    let entry = entry(envelope, &endpoint.address);
    let (delivered, _) = sent(&entry, &endpoint, &photos, true).await;
    assert_eq!(entry.unproved(&receipt(delivered)), [gone]);
}

#[tokio::test]
async fn a_file_goes_on_where_it_broke_off() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let endpoint = endpoint(&server, Access::Open);
    let (envelope, photos) = with_photos(1);
    let large = &photos.0[&envelope.evidence[2].sha256];
    let path = format!("/assessments/{}/evidence/{}", envelope.id, envelope.evidence[2].sha256);
    let entry = entry(envelope, &endpoint.address);
    sent(&entry, &endpoint, &photos, false).await;
    // A piece and a half are there from an earlier try.
    let begun = PIECE + PIECE / 2;
    let range = format!("bytes 0-{}/{}", begun - 1, large.len());
    let head = [("content-range", range.as_str()), ("content-type", "image/jpeg")];
    let piece = client::send(server.address, Method::PUT, &path, &head, &large[..begun]).await;
    assert!(piece.status.is_success(), "{}", piece.text());
    let (delivered, _) = sent(&entry, &endpoint, &photos, true).await;
    assert!(entry.unproved(&receipt(delivered)).is_empty());
}

#[tokio::test]
async fn the_secret_of_the_endpoint_lets_in_and_nothing_else_does() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let token = made(folder.path(), "Tim 1", &[Scope::Upload]).await;
    let reader = made(folder.path(), "Tim 1", &[Scope::Read]).await;
    let secret = |said: &str| Secret::parse(said.strip_prefix("Bearer ").unwrap_or(said)).unwrap();
    let (envelope, photos) = with_photos(1);
    let nobody = envelope.id;
    for (access, status) in [
        (Access::Open, 401),
        (Access::Bearer(secret("bintang_salah")), 401),
        (Access::Basic { name: "Tim 1".to_owned(), password: secret(&token) }, 401),
        (Access::Header { name: HeaderName::parse("X-Token").unwrap(), value: secret(&token) }, 401),
        (Access::Bearer(secret(&reader)), 403),
    ] {
        let endpoint = endpoint(&server, access);
        let refused = Err(SendError::NotAllowed { status });
        assert_eq!(probe(&Plain, &endpoint, nobody).await.map(drop), refused);
        let entry = entry(envelope.clone(), &endpoint.address);
        let (delivered, _) = sent(&entry, &endpoint, &photos, true).await;
        assert_eq!((delivered.outcome.map(drop), delivered.arrived), (refused, false));
    }
    // Whoever must write the whole header can.
    let name = HeaderName::parse("Authorization").unwrap();
    let own = Access::Header { name, value: Secret::parse(&token).unwrap() };
    for access in [Access::Bearer(secret(&token)), own] {
        let endpoint = endpoint(&server, access);
        let (envelope, photos) = with_photos(2);
        let entry = entry(envelope, &endpoint.address);
        let (delivered, _) = sent(&entry, &endpoint, &photos, true).await;
        assert!(entry.unproved(&receipt(delivered)).is_empty());
        assert_eq!(probe(&Plain, &endpoint, nobody).await, Ok(Probed::Receives));
    }
}

#[tokio::test]
async fn a_probe_tells_a_receiver_from_what_only_answers() {
    let folder = tempdir().unwrap();
    let server = Server::receiver(folder.path()).await;
    let whole = endpoint(&server, Access::Open);
    let nobody = envelope::food(1).id;
    assert_eq!(probe(&Plain, &whole, nobody).await, Ok(Probed::Receives));
    let below = Endpoint::at(WebAddress::parse(&format!("http://{}/x", server.address)).unwrap());
    assert!(matches!(probe(&Plain, &below, nobody).await, Err(SendError::NotAReceipt { .. })));
}
