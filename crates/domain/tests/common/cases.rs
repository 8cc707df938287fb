//! All that may be stored, damaged or not.

use bintang_domain::{
    digest::Digest,
    draft::{Changes, Revision},
    outbox::State,
    ports::tables::{Content, Key, Table, Tables},
    store::Store,
    time::Millis,
};
use bintang_testkit::{build, held};
use futures::executor::block_on;
use proptest::prelude::*;
use std::rc::Rc;

/// Something that is stored; cases may be put one over the other.
#[derive(Debug, Clone)]
pub enum Case {
    /// A draft as the app saves it, with photos and a log.
    Draft { n: u8, photos: u8 },
    /// A finished one, with a receipt or without.
    Finished { n: u8, proved: bool },
    /// A head that cannot be read, a note that is bytes, an answer that is none.
    Damaged { n: u8 },
    /// Answers without a head.
    Headless { n: u8 },
    /// An entry that cannot be read, and mentions an assessment.
    DamagedEntry { n: u8 },
    /// Records under keys that the app never makes.
    OddKey(String),
    /// A photo that no record names, a rubric that is installed, an entry and a receipt of nothing.
    Orphan,
}

/// One of them.
pub fn case() -> impl Strategy<Value = Case> {
    let n = || 1..5_u8;
    prop_oneof![
        3 => (n(), 0..3_u8).prop_map(|(n, photos)| Case::Draft { n, photos }),
        3 => (n(), any::<bool>()).prop_map(|(n, proved)| Case::Finished { n, proved }),
        1 => n().prop_map(|n| Case::Damaged { n }),
        1 => n().prop_map(|n| Case::Headless { n }),
        1 => n().prop_map(|n| Case::DamagedEntry { n }),
        1 => "(\\.\\./x|damaged-1|é|\u{1F600}|\u{fffd}| |[a-z]{0,3})".prop_map(Case::OddKey),
        1 => Just(Case::Orphan),
    ]
}

/// The bytes of photo `p` of assessment `n`.
pub fn photo(n: u8, p: u8) -> Vec<u8> {
    format!("photo {n} {p}").into_bytes()
}

fn text(words: &str) -> Content {
    Content::Text(words.to_owned())
}

impl Case {
    /// Puts it there.
    pub fn put(&self, tables: &Rc<dyn Tables>) {
        let put = |table, key, content| held::put(tables, table, key, content);
        match self {
            Self::Draft { n, photos } => {
                let (key, store) = (build::assessment(*n).to_string(), Store::new(tables.clone()));
                let changes = Changes { rubric: Some(b"rubric".to_vec()), ..build::changes() };
                // Where something else is stored already, only the rest is put.
                let _ = block_on(store.save(Revision(0), build::head(*n, 1), changes));
                for p in 0..*photos {
                    let sum = Digest::of(&photo(*n, p));
                    put(Table::EvidenceBytes, held::two(&key, &format!("photo-{p}")), Content::Bytes(photo(*n, p)));
                    let record = format!("{{\"sha256\":\"{sum}\",\"caption\":\"{p}\"}}");
                    put(Table::EvidenceMeta, held::two(&key, &format!("photo-{p}")), text(&record));
                }
                put(Table::Log, held::two(&key, "000001"), text("{\"log\":1}"));
                put(Table::Signatures, held::two(&key, "maker"), text("{\"name\":\"Ibu Sri\"}"));
            }
            Self::Finished { n, proved } => {
                let store = Store::new(tables.clone());
                Self::Draft { n: *n, photos: 1 }.put(tables);
                let _ = block_on(store.finish(Revision(1), build::finishing(*n, 2)));
                if *proved {
                    let receipt = build::receipt(&build::entry(*n));
                    let (receiver, received_at) = (receipt.receiver.clone(), receipt.received_at.clone());
                    let state = State::Proved { at: Millis(1), receiver, received_at, held: 0, read_back: false };
                    let entry = bintang_domain::outbox::Entry { state, ..build::entry(*n) };
                    block_on(store.put(entry, Some(receipt))).unwrap();
                }
            }
            Self::Damaged { n } => {
                let key = build::assessment(*n).to_string();
                put(Table::Heads, Key::one(&key), text("{\"assessment\":\""));
                put(Table::Notes, held::two(&key, "criterion/A.I.1"), Content::Bytes(vec![0, 255]));
                put(Table::Answers, held::two(&key, "criterion/A.I.1"), text("\u{0}{"));
                put(Table::EvidenceMeta, held::two(&key, "damaged"), text("{\"sha256\":1}"));
            }
            Self::Headless { n } => {
                let key = build::assessment(*n).to_string();
                put(Table::Answers, held::two(&key, "strange/…"), text("{}"));
            }
            Self::DamagedEntry { n } => {
                put(Table::Outbox, Key::one("entry"), text(&format!("{{\"assessment\":\"{}\"", build::assessment(*n))));
            }
            Self::OddKey(key) => {
                put(Table::Heads, Key::one(key), text("{}"));
                put(Table::Notes, held::two(key, key), text(key));
            }
            Self::Orphan => {
                let store = Store::new(tables.clone());
                block_on(store.install_rubric(b"installed".to_vec())).unwrap();
                put(Table::Outbox, Key::one("nobody's"), text("{"));
                put(Table::Receipts, Key::one("nobody's own"), text("{"));
            }
        }
    }
}
