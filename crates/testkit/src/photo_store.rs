//! What the [`Store`] promises of photos, on any tables.

use crate::build;
use bintang_domain::{
    draft::Revision,
    evidence::{Form, Photo},
    outbox::{self, State},
    ports::StoreError,
    store::{Photos, Store},
    submission::Finished,
    time::Millis,
};
use std::future::Future;

/// Runs every check, each on a store of its own.
pub async fn suite<F: Future<Output = Store>>(open: impl Fn() -> F) {
    a_photo_comes_back_with_its_bytes(&open().await).await;
    no_photo_without_a_draft(&open().await).await;
    the_scaled_one_takes_the_place_of_its_original_alone(&open().await).await;
    what_is_said_of_a_photo_leaves_its_picture_alone(&open().await).await;
    finishing_settles_photos(&open().await).await;
    let proved =
        State::Proved { at: Millis(9), receiver: String::new(), received_at: String::new(), held: 0, read_back: false };
    let held =
        State::Proved { at: Millis(9), receiver: String::new(), received_at: String::new(), held: 1, read_back: false };
    for state in [build::entry(1).state, proved, held] {
        what_an_earlier_finishing_has_to_send_stays(&open().await, state).await;
    }
    photos_do_not_mix(&open().await).await;
}

async fn begun(store: &Store, n: u8) {
    assert_eq!(store.save(Revision(0), build::head(n, 1), build::changes()).await, Ok(()));
}

async fn whole(store: &Store, n: u8) -> Vec<Photo> {
    let photos = store.photos(build::assessment(n)).await.expect("photos");
    assert_eq!(photos.damaged, Vec::<String>::new());
    photos.whole
}

async fn a_photo_comes_back_with_its_bytes(store: &Store) {
    begun(store, 1).await;
    let id = build::assessment(1);
    assert_eq!(store.photos(id).await, Ok(Photos::default()));
    assert_eq!(store.photo_bytes(id, build::photo_id(1)).await, Ok(None));
    for n in [2, 1] {
        let (photo, bytes) = build::photo(n);
        assert_eq!(store.keep_photo(id, photo, bytes).await, Ok(()));
    }
    assert_eq!(whole(store, 1).await, [build::photo(1).0, build::photo(2).0]);
    assert_eq!(store.photo_bytes(id, build::photo_id(2)).await, Ok(Some(build::photo(2).1)));
}

async fn no_photo_without_a_draft(store: &Store) {
    let keep = |n: u8| {
        let (photo, bytes) = build::photo(n);
        store.keep_photo(build::assessment(1), photo, bytes)
    };
    assert_eq!(keep(1).await, Err(StoreError::Conflict { stored: None }));
    begun(store, 1).await;
    assert_eq!(store.finish(Revision(1), build::finishing(1, 2)).await, Ok(()));
    assert_eq!(keep(1).await, Err(StoreError::Conflict { stored: Some(Revision(2)) }));
    assert_eq!(whole(store, 1).await, []);
}

async fn the_scaled_one_takes_the_place_of_its_original_alone(store: &Store) {
    begun(store, 1).await;
    let id = build::assessment(1);
    let ((original, bytes), (scaled, small)) = (build::photo(1), build::scaled(1));
    let scale = || store.scale_photo(id, &original, scaled.clone(), Some(small.clone()));
    assert_eq!(scale().await, Err(StoreError::Conflict { stored: None }));
    assert_eq!(store.keep_photo(id, original.clone(), bytes).await, Ok(()));
    // What was said of it meanwhile stays.
    let captioned = Photo { caption: "Dapur".to_owned(), ..original.clone() };
    let caption = Box::new(|photo: &mut Photo| photo.caption = "Dapur".to_owned());
    assert_eq!(store.describe_photo(id, original.id, caption).await, Ok((original.clone(), captioned)));
    let expected = Photo { caption: "Dapur".to_owned(), ..scaled.clone() };
    assert_eq!(scale().await, Ok(expected.clone()));
    assert_eq!(whole(store, 1).await, std::slice::from_ref(&expected));
    assert_eq!(store.photo_bytes(id, original.id).await, Ok(Some(small.clone())));
    // A second time, from another tab: the scaled one is no original.
    let other = Photo { bytes: 3, ..scaled.clone() };
    assert_eq!(store.scale_photo(id, &original, other, Some(vec![1, 2, 3])).await.as_ref(), Ok(&expected));
    assert_eq!((whole(store, 1).await, store.photo_bytes(id, original.id).await), (vec![expected], Ok(Some(small))));
}

async fn what_is_said_of_a_photo_leaves_its_picture_alone(store: &Store) {
    begun(store, 1).await;
    let id = build::assessment(1);
    let (original, bytes) = build::photo(1);
    let removed = || Box::new(|photo: &mut Photo| photo.removed = Some(Millis(5)));
    let gone = store.describe_photo(id, original.id, removed()).await;
    assert_eq!(gone, Err(StoreError::Conflict { stored: None }));
    assert_eq!(store.keep_photo(id, original.clone(), bytes).await, Ok(()));
    let (scaled, small) = build::scaled(1);
    assert_eq!(store.scale_photo(id, &original, scaled.clone(), Some(small)).await.map(drop), Ok(()));
    // Said without waiting: neither takes the other back.
    let caption = Box::new(|photo: &mut Photo| photo.caption = "Rak".to_owned());
    let (first, second) =
        (store.describe_photo(id, original.id, caption), store.describe_photo(id, original.id, removed()));
    let (first, second) = futures::future::join(first, second).await;
    assert!(first.is_ok() && second.is_ok());
    let expected = Photo { caption: "Rak".to_owned(), removed: Some(Millis(5)), ..scaled };
    assert_eq!(whole(store, 1).await, [expected]);
}

async fn finishing_settles_photos(store: &Store) {
    begun(store, 1).await;
    let id = build::assessment(1);
    for n in 1..=3 {
        let (photo, bytes) = build::photo(n);
        assert_eq!(store.keep_photo(id, photo, bytes).await, Ok(()));
    }
    let (scaled, small) = build::scaled(3);
    assert_eq!(store.scale_photo(id, &build::photo(3).0, scaled.clone(), Some(small)).await.map(drop), Ok(()));
    let removed = Photo { removed: Some(Millis(5)), ..build::photo(1).0 };
    let photos = vec![removed, build::photo(2).0, scaled.clone()];
    // What is sent would name photos as they are no more: one was removed since, or scaled, or is new.
    let conflict = Err(StoreError::Conflict { stored: Some(Revision(1)) });
    let finish = || store.finish(Revision(1), Finished { photos: photos.clone(), ..build::finishing(1, 2) });
    assert_eq!(finish().await, conflict);
    assert_eq!(store.finish(Revision(1), build::finishing(1, 2)).await, conflict);
    assert_eq!(whole(store, 1).await.len(), 3);
    let remove = Box::new(|photo: &mut Photo| photo.removed = Some(Millis(5)));
    assert!(store.describe_photo(id, build::photo_id(1), remove).await.is_ok());
    let late = store.finish(Revision(0), Finished { photos: photos.clone(), ..build::finishing(1, 1) }).await;
    assert!(late.is_err());
    assert_eq!(whole(store, 1).await.len(), 3);
    assert_eq!(store.finish(Revision(1), Finished { photos, ..build::finishing(1, 2) }).await, Ok(()));
    let kept = Photo { form: Form::Kept, ..build::photo(2).0 };
    assert_eq!(whole(store, 1).await, [kept.clone(), scaled]);
    assert_eq!(store.photo_bytes(id, build::photo_id(1)).await, Ok(None));
    // Nothing takes the place of a photo whose sum was sent.
    let (late, bytes) = build::scaled(2);
    assert_eq!(store.scale_photo(id, &build::photo(2).0, late, Some(bytes)).await.map(drop), Ok(()));
    assert_eq!(whole(store, 1).await.first(), Some(&kept));
    assert_eq!(store.photo_bytes(id, kept.id).await, Ok(Some(build::photo(2).1)));
}

/// A sheet was finished with a photo, opened again, and the photo removed: its bytes go only once the receiver has them.
async fn what_an_earlier_finishing_has_to_send_stays(store: &Store, state: State) {
    begun(store, 1).await;
    let ((photo, bytes), id) = (build::photo(1), build::assessment(1));
    assert_eq!(store.keep_photo(id, photo.clone(), bytes.clone()).await, Ok(()));
    let stays = !matches!(state, State::Proved { held: 0, .. });
    let document = format!("{{\"evidence\":\"{}\"}}", photo.sha256);
    assert_eq!(store.put(outbox::Entry { document, state, ..build::entry(1) }, None).await, Ok(()));
    let remove = Box::new(|photo: &mut Photo| photo.removed = Some(Millis(5)));
    assert!(store.describe_photo(id, photo.id, remove).await.is_ok());
    let entry = outbox::Entry { id: build::submission(2), ..build::entry(1) };
    let photos = vec![Photo { removed: Some(Millis(5)), ..photo.clone() }];
    assert_eq!(store.finish(Revision(1), Finished { entry, photos, ..build::finishing(1, 2) }).await, Ok(()));
    assert_eq!(store.photo_bytes(id, photo.id).await, Ok(stays.then_some(bytes)));
}

async fn photos_do_not_mix(store: &Store) {
    for n in [1, 2] {
        begun(store, n).await;
        let (photo, _) = build::photo(1);
        assert_eq!(store.keep_photo(build::assessment(n), photo, vec![n; 5]).await, Ok(()));
    }
    let removed = Photo { removed: Some(Millis(5)), ..build::photo(1).0 };
    let remove = Box::new(|photo: &mut Photo| photo.removed = Some(Millis(5)));
    assert!(store.describe_photo(build::assessment(1), build::photo_id(1), remove).await.is_ok());
    let finished = Finished { photos: vec![removed], ..build::finishing(1, 2) };
    assert_eq!(store.finish(Revision(1), finished).await, Ok(()));
    assert_eq!((whole(store, 1).await.len(), whole(store, 2).await.len()), (0, 1));
    assert_eq!(store.photo_bytes(build::assessment(2), build::photo_id(1)).await, Ok(Some(vec![2; 5])));
}
