//! Photos as records, and as the envelope lists them.
#![allow(clippy::unwrap_used)]

use bintang_domain::{
    edit::Place,
    evidence::{Form, Photo, Proves},
    id::NodeId,
    time::Millis,
    wire::evidence,
};
use bintang_testkit::build;
use proptest::{collection::vec, option, prelude::*, sample::select};

fn node(id: &str) -> NodeId {
    NodeId::parse(id).unwrap()
}

prop_compose! {
    fn photo()(
        form in select(vec![Form::Original, Form::Scaled, Form::Kept]), bytes in 0_u64..1 << 53, caption in ".{0,9}",
        media_type in ".{0,9}", proves in vec(("[A-Z.]{1,5}", option::of("[a-z]{1,3}")), 1..3),
        (taken_at, removed) in (option::of(any::<i32>()), option::of(any::<i32>())), placed in any::<bool>(),
    ) -> Photo {
        let proves = proves.iter().map(|(criterion, option)| Proves {
            criterion: node(criterion), option: option.as_deref().map(build::choice),
        });
        let millis = |at: Option<i32>| at.map(|at| Millis(at.into()));
        Photo {
            form, bytes, caption, media_type, proves: proves.collect(), taken_at: millis(taken_at),
            removed: millis(removed), coordinates: build::scaled(1).0.coordinates.filter(|_| placed),
            ..build::photo(1).0
        }
    }
}

proptest! {
    #[test]
    fn a_photo_comes_back(photo in photo()) {
        prop_assert_eq!(evidence::read(&evidence::write(&photo)), Some(photo));
    }

    #[test]
    fn a_damaged_record_is_none_or_another_photo_but_no_panic(photo in photo(), at in any::<prop::sample::Index>(),
                                                            byte in any::<u8>()) {
        let mut bytes = evidence::write(&photo).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = evidence::read(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_photo_is_listed_once_for_each_criterion_it_proves() {
    let (mut photo, _) = build::photo(1);
    assert!(photo.shows(&node("A.I.1")) && !photo.shows(&node("A.I.2")));
    photo.prove(&build::criterion("A.I.2"), None, true);
    photo.prove(&build::criterion("A.I.2"), Some(build::choice("c")), true);
    photo.prove(&Place::Requirement(bintang_domain::id::RequirementId::parse("nib").unwrap()), None, true);
    let listed = |photo: &Photo| photo.entries().map(|entry| (entry.criterion, entry.option)).collect::<Vec<_>>();
    let first = (node("A.I.1"), Some(build::choice("b")));
    assert_eq!(listed(&photo), [first.clone(), (node("A.I.2"), None)]);
    photo.prove(&build::criterion("A.I.2"), None, false);
    assert_eq!(listed(&photo), [first]);
    // A photo that proves nothing would be lost from every list.
    photo.prove(&build::criterion("A.I.1"), None, false);
    assert_eq!(listed(&photo).len(), 1);
    photo.removed = Some(Millis(1));
    assert_eq!(listed(&photo), []);
    assert!(!photo.shows(&node("A.I.1")));
}
