//! Bundles: made and read, with the crate zip as oracle in both directions, checked at the door, locked.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use bintang_domain::{
    bundle::{Bundle, BundleError, Kind, LARGEST_FILE, Lock, MOST_ENTRIES, Opened, ROUNDS, Writer},
    digest::Digest,
    ports::cipher::Cipher,
};
use bintang_testkit::{bundle::made, cipher::TestCipher, reading};
use futures::executor::block_on;
use proptest::{collection::vec, prelude::*, sample::Index};
use std::{
    io::{Cursor, Read as _, Write as _},
    rc::Rc,
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

const FILES: [(&str, &[u8]); 3] = [("assessments/a.json", b"{}"), ("evidence/0f", b"\x00\xffphoto"), ("empty", b"")];

fn plain() -> Vec<u8> {
    block_on(made(Kind::Backup, None, &FILES)).unwrap()
}

fn open(bytes: Vec<u8>) -> Result<Bundle, BundleError> {
    match block_on(Opened::of(Rc::new(bytes)))? {
        Opened::Open(bundle) => Ok(bundle),
        Opened::Locked(_) => panic!("it is not locked"),
    }
}

fn refused(bytes: Vec<u8>) -> BundleError {
    match block_on(Opened::of(Rc::new(bytes))) {
        Err(error) => error,
        Ok(_) => panic!("it is taken"),
    }
}

/// A ZIP by the oracle.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(*path, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn listed(files: &[(&str, &[u8])]) -> String {
    let file = |(path, content): &(&str, &[u8])| {
        let (sum, bytes) = (Digest::of(content), content.len());
        format!("{{\"path\":\"{path}\",\"sha256\":\"{sum}\",\"bytes\":{bytes}}}")
    };
    let files: Vec<String> = files.iter().map(file).collect();
    format!("{{\"format\":\"bintang-bundle/1\",\"kind\":\"verdict\",\"files\":[{}]}}", files.join(","))
}

/// A bundle by the oracle, whose manifest lists `listed` and that holds `there`.
fn by_oracle(said: &[(&str, &[u8])], there: &[(&str, &[u8])]) -> Vec<u8> {
    let manifest = listed(said);
    zipped(&[&[("manifest.json", manifest.as_bytes())], there].concat())
}

#[test]
fn the_oracle_reads_what_is_written() {
    let mut zip = ZipArchive::new(Cursor::new(plain())).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names[0], "manifest.json");
    for (path, content) in FILES {
        let mut file = zip.by_name(path).unwrap();
        assert_eq!(file.compression(), CompressionMethod::Stored);
        let mut read = Vec::new();
        file.read_to_end(&mut read).unwrap();
        assert_eq!(read, content);
    }
    assert_eq!(zip.len(), 4);
}

#[test]
fn what_the_oracle_writes_is_read() {
    let bundle = open(by_oracle(&FILES, &FILES)).unwrap();
    assert_eq!(bundle.kind(), Kind::Verdict);
    for (path, content) in FILES {
        assert_eq!(block_on(bundle.read(path)), Ok(content.to_vec()));
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    assert_eq!(plain(), plain());
}

proptest! {
    #[test]
    fn what_is_written_is_read(contents in vec(vec(any::<u8>(), 0..200), 0..8)) {
        let paths: Vec<String> = (0..contents.len()).map(|n| format!("evidence/{n}")).collect();
        let files: Vec<(&str, &[u8])> =
            paths.iter().map(String::as_str).zip(contents.iter().map(Vec::as_slice)).collect();
        let bytes = block_on(made(Kind::Assessment, None, &files)).unwrap();
        let mut zip = ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        let bundle = open(bytes).unwrap();
        prop_assert_eq!(bundle.files().count(), files.len());
        for (path, content) in files {
            prop_assert_eq!(block_on(bundle.read(path)), Ok(content.to_vec()));
            let mut read = Vec::new();
            zip.by_name(path).unwrap().read_to_end(&mut read).unwrap();
            prop_assert_eq!(read, content);
        }
    }

    /// Whatever happens to a bundle: an error, or files that are what the manifest says.
    #[test]
    fn no_bytes_make_it_panic(
        changes in vec((any::<Index>(), 0..5_u8, any::<u8>()), 1..6),
    ) {
        let mut bytes = plain();
        for (at, change, byte) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match change {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                3 => bytes.truncate(at),
                _ => bytes[at] ^= 1 << (byte % 8),
            }
        }
        let _ = reading::bundle(&bytes);
    }

    #[test]
    fn no_strange_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..300)) {
        prop_assert!(reading::bundle(&bytes).is_err());
    }

    /// A bundle that lost its end or its beginning is never taken for a whole one.
    #[test]
    fn a_part_is_no_bundle(at in any::<Index>()) {
        let bytes = plain();
        let at = at.index(bytes.len() - 1) + 1;
        prop_assert!(reading::bundle(&bytes[..at.min(bytes.len() - 1)]).is_err());
        prop_assert!(reading::bundle(&bytes[at..]).is_err());
    }
}

fn path_of(path: &str) -> String {
    path.to_owned()
}

#[test]
fn what_is_not_listed_or_not_there_is_refused() {
    assert_eq!(refused(by_oracle(&FILES[1..], &FILES)), BundleError::Unlisted { path: path_of(FILES[0].0) });
    assert_eq!(refused(by_oracle(&FILES[..2], &FILES)), BundleError::Unlisted { path: path_of("empty") });
    assert_eq!(refused(by_oracle(&FILES, &FILES[1..])), BundleError::Missing { path: path_of(FILES[0].0) });
    let twice = [FILES[0], FILES[0]];
    assert_eq!(refused(by_oracle(&twice, &FILES[..1])), BundleError::Twice { path: path_of(FILES[0].0) });
    let long: [(&str, &[u8]); 1] = [("empty", b"!")];
    assert_eq!(
        refused(by_oracle(&FILES[2..], &long)),
        BundleError::Size { path: path_of("empty"), stated: 0, found: 1 }
    );
    let bundle = open(plain()).unwrap();
    assert_eq!(block_on(bundle.read("x")), Err(BundleError::Missing { path: path_of("x") }));
}

#[test]
fn the_manifest_is_the_first_file() {
    assert_eq!(refused(zipped(&FILES)), BundleError::NoManifest);
    let manifest = listed(&FILES[..1]);
    assert_eq!(refused(zipped(&[FILES[0], ("manifest.json", manifest.as_bytes())])), BundleError::NoManifest);
    for manifest in ["", "{}", "[]", &listed(&[]).replace("bundle/1", "bundle/2"), &listed(&[]).replace("verdict", "x")]
    {
        let error = refused(zipped(&[("manifest.json", manifest.as_bytes())]));
        assert!(matches!(error, BundleError::Manifest(_)), "{error:?}");
    }
    let bad_sum = by_oracle(&[], &[]);
    let at = bad_sum.windows(7).position(|part| part == b"verdict").unwrap();
    let mut bytes = bad_sum;
    bytes[at..at + 7].copy_from_slice(b"backup\"");
    assert_eq!(refused(bytes), BundleError::Sum { path: path_of("manifest.json") });
}

#[test]
fn names_stay_in_their_folder() {
    for path in ["../a", "/a", "a\\b", "a/../b", "a/", "a b"] {
        let files: [(&str, &[u8]); 1] = [(path, b"")];
        assert_eq!(refused(by_oracle(&files, &files)), BundleError::Path { path: path_of(path) });
        let made = block_on(made(Kind::Backup, None, &files));
        assert_eq!(made, Err(BundleError::Path { path: path_of(path) }));
    }
}

/// Where the last local header of this name, and its entry in the directory, begin.
fn headers(bytes: &[u8], path: &str) -> (usize, usize) {
    let last = |mark: &[u8], head: usize| {
        let mut at = bytes.windows(head + path.len());
        at.rposition(|part| part.starts_with(mark) && part.ends_with(path.as_bytes())).unwrap()
    };
    (last(b"PK\x03\x04", 30), last(b"PK\x01\x02", 46))
}

/// The bundle with other bytes at a place of both headers of a file, or of one.
fn changed(path: &str, local: Option<usize>, central: Option<usize>, to: &[u8]) -> BundleError {
    let mut bytes = plain();
    let (own, listed) = headers(&bytes, path);
    for at in [local.map(|at| own + at), central.map(|at| listed + at)].into_iter().flatten() {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    refused(bytes)
}

#[test]
fn headers_say_only_what_bundles_say() {
    let path = || path_of("evidence/0f");
    let at = "evidence/0f";
    assert_eq!(changed(at, Some(6), Some(8), &[1]), BundleError::Encrypted { path: path() });
    assert_eq!(changed(at, Some(6), Some(8), &[8]), BundleError::Streamed { path: path() });
    assert_eq!(changed(at, Some(8), Some(10), &[8]), BundleError::Compressed { path: path() });
    // The CRC, the packed size, the size, the name: in one header only.
    for place in [14, 18, 22] {
        assert_eq!(changed(at, Some(place), None, &[9]), BundleError::Disagree { path: path() });
    }
    assert_eq!(changed(at, Some(30), None, b"E"), BundleError::Disagree { path: path() });
    assert_eq!(changed(at, None, Some(20), &[9]), BundleError::Disagree { path: path() });
    // Where it begins: nowhere, or behind the directory.
    assert_eq!(changed(at, None, Some(42), &[1]), BundleError::Disagree { path: path() });
    assert_eq!(changed(at, None, Some(42), &[255; 4]), BundleError::Overlap { path: path() });
    // Longer than it is.
    assert_eq!(
        changed(at, Some(18), Some(20), &[0, 0, 0, 255, 0, 0, 0, 255]),
        BundleError::FileTooLarge { path: path(), bytes: 0xff00_0000 }
    );
    let overlap = changed(at, Some(18), Some(20), &[8, 0, 0, 0, 8]);
    assert_eq!(overlap, BundleError::Overlap { path: path() });
    let broken = changed(at, None, Some(28), &[255]);
    assert!(matches!(broken, BundleError::Broken { .. }), "{broken:?}");
}

#[test]
fn two_names_cannot_share_bytes() {
    let files: [(&str, &[u8]); 2] = [("a", b"1"), ("b", b"1")];
    let mut bytes = block_on(made(Kind::Backup, None, &files)).unwrap();
    // Both in the directory, the second under the first's name and place.
    let (first, second) = (headers(&bytes, "a").1, headers(&bytes, "b").1);
    let entry: Vec<u8> = bytes[first..first + 47].to_vec();
    bytes[second..second + 47].copy_from_slice(&entry);
    assert_eq!(refused(bytes), BundleError::Twice { path: path_of("a") });
}

#[test]
fn the_end_is_the_end() {
    assert_eq!(refused(Vec::new()), BundleError::NoEnd);
    let with = |change: &dyn Fn(&mut Vec<u8>, usize)| {
        let mut bytes = plain();
        let end = bytes.len() - 22;
        change(&mut bytes, end);
        refused(bytes)
    };
    assert_eq!(with(&|bytes, _| bytes.push(0)), BundleError::NoEnd);
    assert_eq!(with(&|bytes, end| bytes[end + 8] = 9), BundleError::NoEnd);
    assert_eq!(with(&|bytes, end| bytes[end + 8..end + 12].fill(255)), BundleError::TooMany);
    let huge = with(&|bytes, end| bytes[end + 8..end + 12].copy_from_slice(&[254, 255, 254, 255]));
    assert!(matches!(huge, BundleError::Broken { .. }));
    let shifted = with(&|bytes, end| bytes[end + 16] ^= 1);
    assert!(matches!(shifted, BundleError::Broken { .. }));
}

#[test]
fn a_damaged_file_is_found_when_it_is_read_and_costs_no_other() {
    let mut bytes = plain();
    let at = bytes.windows(5).position(|part| part == b"photo").unwrap();
    bytes[at] = b'P';
    let bundle = open(bytes).unwrap();
    assert_eq!(block_on(bundle.read("evidence/0f")), Err(BundleError::Sum { path: path_of("evidence/0f") }));
    assert_eq!(block_on(bundle.read("assessments/a.json")), Ok(b"{}".to_vec()));
}

#[test]
fn what_does_not_fit_is_refused_and_the_rest_goes_on() {
    let mut writer = Writer::new(Kind::Backup, None);
    let empty = || Digest::of(b"");
    let large = vec![0; usize::try_from(LARGEST_FILE).unwrap() + 1];
    let refused = block_on(writer.add("large", empty(), large)).unwrap_err();
    assert_eq!(refused, BundleError::FileTooLarge { path: path_of("large"), bytes: LARGEST_FILE + 1 });
    for n in 0.. {
        if let Err(error) = block_on(writer.add(&format!("{n:05}"), empty(), Vec::new())) {
            assert_eq!((error, n), (BundleError::TooMany, MOST_ENTRIES - 2));
            break;
        }
    }
    // What is around so many is still within what a reader takes.
    let ends = block_on(writer.finish()).unwrap();
    assert!(ends.front.len() < 16 << 20 && ends.back.len() < 16 << 20);
}

fn lock(cipher: &Rc<TestCipher>, passphrase: &str) -> Lock {
    let cipher: Rc<dyn Cipher> = cipher.clone();
    block_on(Lock::new(cipher, passphrase)).unwrap()
}

fn cipher() -> Rc<TestCipher> {
    Rc::new(TestCipher::quick())
}

fn unlock(bytes: Vec<u8>, cipher: &TestCipher, passphrase: &str) -> Result<Bundle, BundleError> {
    match block_on(Opened::of(Rc::new(bytes)))? {
        Opened::Open(_) => panic!("it is locked"),
        Opened::Locked(locked) => block_on(locked.unlock(cipher, passphrase)),
    }
}

#[test]
fn a_lock_opens_with_its_passphrase_and_no_other() {
    let cipher = cipher();
    let bytes = block_on(made(Kind::Backup, Some(lock(&cipher, "sandi")), &FILES)).unwrap();
    for (path, _) in FILES {
        assert!(!bytes.windows(path.len()).any(|part| part == path.as_bytes()), "names are locked too");
    }
    let bundle = unlock(bytes.clone(), &cipher, "sandi").unwrap();
    assert_eq!(bundle.files().count(), FILES.len());
    for (path, content) in FILES {
        assert_eq!(block_on(bundle.read(path)), Ok(content.to_vec()));
    }
    assert_eq!(unlock(bytes, &cipher, "Sandi").err(), Some(BundleError::Passphrase));
}

/// The locked bundle as the oracle makes it of these sealed files, with a manifest of its own for them.
fn relisted(bytes: &[u8], change: impl Fn(&mut Vec<(String, Vec<u8>)>), rounds: u32) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |name: &str| {
        let mut content = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut content).unwrap();
        content
    };
    let manifest = String::from_utf8(read("manifest.json")).unwrap();
    let mut sealed: Vec<_> = (0..=FILES.len()).map(|n| (n.to_string(), read(&n.to_string()))).collect();
    change(&mut sealed);
    let files: Vec<(&str, &[u8])> = sealed.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let (encryption, _) = manifest.split_once(",\"files\":").unwrap();
    let encryption = encryption.replace("600000", &rounds.to_string());
    let (_, rest) =
        listed(&files).replace("verdict", "backup").split_once('{').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let manifest = format!("{encryption},{rest}");
    zipped(&[&[("manifest.json", manifest.as_bytes())], files.as_slice()].concat())
}

#[test]
fn sealed_files_cannot_be_swapped_left_out_or_added() {
    let cipher = cipher();
    let bytes = block_on(made(Kind::Backup, Some(lock(&cipher, "sandi")), &FILES)).unwrap();
    let opened = |change: fn(&mut Vec<(String, Vec<u8>)>)| unlock(relisted(&bytes, change, ROUNDS), &cipher, "sandi");
    assert!(opened(|_| {}).is_ok(), "relisting alone changes nothing");
    let swapped = opened(|sealed| {
        // Of one length, so that only the seal can tell.
        sealed[3].1 = sealed[1].1.clone();
        let _ = sealed[3].1.split_off(28);
    });
    let error = block_on(swapped.unwrap().read("empty")).unwrap_err();
    assert_eq!(error, BundleError::Unopened { path: path_of("empty") });
    let fewer = opened(|sealed| drop(sealed.pop()));
    assert_eq!(fewer.err(), Some(BundleError::Passphrase), "the count is sealed with the first");
    let more = opened(|sealed| sealed.push(("4".to_owned(), vec![0; 28])));
    assert_eq!(more.err(), Some(BundleError::Passphrase));
    let gap = opened(|sealed| sealed[3].0 = "5".to_owned());
    assert_eq!(gap.err(), Some(BundleError::Missing { path: path_of("3") }));
    let strange = opened(|sealed| sealed[3].0 = "03".to_owned());
    assert_eq!(strange.err(), Some(BundleError::Path { path: path_of("03") }));
    for rounds in [0, ROUNDS - 1, 10_000_001] {
        let weak = unlock(relisted(&bytes, |_| {}, rounds), &cipher, "sandi");
        assert_eq!(weak.err(), Some(BundleError::Rounds { rounds }));
    }
}

#[test]
fn a_damaged_lock_is_no_wrong_passphrase() {
    let cipher = cipher();
    let mut bytes = block_on(made(Kind::Backup, Some(lock(&cipher, "sandi")), &FILES)).unwrap();
    let (at, _) = headers(&bytes, "0");
    bytes[at + 31 + 20] ^= 1;
    assert_eq!(unlock(bytes, &cipher, "sandi").err(), Some(BundleError::Sum { path: path_of("0") }));
}
