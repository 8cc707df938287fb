//! Finished assessments with photos, as a backup that a phone brings back: they wait in its outbox.

use super::Dice;
use anyhow::{Context as _, Result, anyhow};
use bintang_domain::{
    backup::{Backup, Scope},
    digest::Digest,
    draft::{Changes, Delivery, Head, Phase, Revision, Summary},
    endpoint::Endpoint,
    evidence::{Form, Photo, Proves},
    id::{AssessmentId, NodeId, PhotoId, SubmissionId},
    log::Line,
    outbox::{Entry, State},
    points::{Fraction, Points},
    store::{Memory, Store},
    subject::{Assessor, Stage, Subject},
    submission::Finished,
    time::Millis,
    web_address::WebAddress,
    wire::envelope::{Envelope, RubricRef, signed, to_sign},
};
use bintang_receiver::es256::SecretKey;
use std::{collections::BTreeMap, fs, future::Future, path::Path, pin::pin, rc::Rc, task};

/// Photos of an assessment.
pub const PHOTOS: usize = 3;
/// Smallest and largest of them, in bytes: one piece to three.
const SIZES: (usize, usize) = (20_000, 600_000);
const WHEN: Millis = Millis(1_764_000_000_000);

/// What is to arrive.
#[derive(Debug, Default)]
pub struct Load {
    /// Digest of each finishing.
    pub finishings: BTreeMap<SubmissionId, Digest>,
    /// The assessment of each.
    pub assessments: BTreeMap<SubmissionId, AssessmentId>,
    /// The photos of each, by their sums.
    pub photos: BTreeMap<SubmissionId, BTreeMap<Digest, Vec<u8>>>,
}

/// Memory answers at once.
fn now<T>(future: impl Future<Output = T>) -> Result<T> {
    match pin!(future).poll(&mut task::Context::from_waker(task::Waker::noop())) {
        task::Poll::Ready(answer) => Ok(answer),
        task::Poll::Pending => Err(anyhow!("memory waits")),
    }
}

impl Load {
    /// Makes so many, bound to this address, and writes them to a backup.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(count: usize, endpoint: &str, rubric: &[u8], dice: &mut Dice, file: &Path) -> Result<Self> {
        let store = Store::new(Rc::new(Memory::default()));
        let endpoint = WebAddress::parse(endpoint).map_err(|problem| anyhow!("{problem}"))?;
        // What is bound to a place that nobody knows travels without it.
        let known = Endpoint::at(endpoint.clone());
        now(store.change_endpoints(Box::new(move |endpoints| endpoints.keep(None, known))))?
            .map_err(|error| anyhow!("{error}"))?
            .map_err(|refused| anyhow!("{refused:?}"))?;
        let mut load = Self::default();
        for number in 0..count {
            load.add(&store, number, &endpoint, rubric, dice)?;
        }
        let mut backup = now(Backup::begin(store, Scope::Everything, None))?.map_err(|error| anyhow!("{error}"))?;
        let mut bytes = Vec::new();
        while let Some(piece) = now(backup.next())? {
            bytes.extend(piece.head);
            bytes.extend(piece.content);
        }
        let (ends, left_out) = now(backup.finish())?.map_err(|error| anyhow!("{error:?}"))?;
        anyhow::ensure!(left_out.is_empty(), "{left_out:?}");
        fs::write(file, [ends.front, bytes, ends.back].concat())?;
        Ok(load)
    }

    fn add(
        &mut self,
        store: &Store,
        number: usize,
        endpoint: &WebAddress,
        rubric: &[u8],
        dice: &mut Dice,
    ) -> Result<()> {
        let random: [u8; 10] = std::array::from_fn(|_| dice.below(256) as u8);
        let when = WHEN.plus(i64::try_from(number)?);
        let (assessment, id) = (AssessmentId::new(when, &random), SubmissionId::new(when.plus(60_000), &random));
        let photos: Vec<(Photo, Vec<u8>)> =
            (0..PHOTOS).map(|place| photo(place, when, dice)).collect::<Result<Vec<_>>>()?;
        let example = include_bytes!("../../../../docs/examples/first.json");
        let (mut envelope, _) = Envelope::open(example).map_err(|refused| anyhow!("{refused:?}"))?;
        envelope.assessment = assessment;
        envelope.id = id;
        envelope.subject.product = format!("Keripik {number}");
        envelope.evidence = photos.iter().flat_map(|(photo, _)| photo.entries()).collect();
        let head = head(assessment, when, &envelope, rubric);
        let sealed = envelope.seal().map_err(|refused| anyhow!("{refused:?}"))?;
        // As the phone's own key would.
        let key = SecretKey::of(&[7; 32]).context("a key")?;
        let message = to_sign(&sealed.document).context("what is signed")?;
        let document = signed(&sealed.document, &key.sign(message.as_bytes())).context("a signed document")?;
        let changes = Changes { rubric: Some(rubric.to_vec()), ..Changes::default() };
        now(store.save(Revision(0), head.clone(), changes))?.map_err(|error| anyhow!("{error}"))?;
        let mut own = BTreeMap::new();
        let kept: Vec<Photo> = photos.iter().map(|(photo, _)| photo.clone()).collect();
        for (photo, bytes) in photos {
            own.insert(photo.sha256, bytes.clone());
            now(store.keep_photo(assessment, photo, bytes))?.map_err(|error| anyhow!("{error}"))?;
        }
        let entry = Entry {
            id,
            assessment,
            digest: sealed.digest,
            document,
            product: envelope.subject.product.clone(),
            business: envelope.subject.business.clone(),
            finished: when.plus(60_000),
            endpoint: Some(endpoint.clone()),
            tries: 0,
            state: State::Waiting { until: when.plus(60_000), last: None },
        };
        let phase = Phase::Finished { submission: id, at: entry.finished, delivery: Delivery::Queued };
        let log = Line { number: 1, text: "selesai".to_owned() };
        let finished = Finished { head: Head { revision: Revision(2), phase, ..head }, entry, log, photos: kept };
        now(store.finish(Revision(1), finished))?.map_err(|error| anyhow!("{error}"))?;
        self.finishings.insert(id, sealed.digest);
        self.assessments.insert(id, assessment);
        self.photos.insert(id, own);
        Ok(())
    }
}

fn photo(place: usize, when: Millis, dice: &mut Dice) -> Result<(Photo, Vec<u8>)> {
    let (smallest, largest) = SIZES;
    let size = smallest + dice.below(largest - smallest);
    let mut seed = dice.below(usize::MAX);
    // Cheap, and no two alike.
    let bytes: Vec<u8> = (0..size)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as u8
        })
        .collect();
    let added = when.plus(i64::try_from(place)?);
    let photo = Photo {
        id: PhotoId::new(added, &[u8::try_from(place)?; 10]),
        sha256: Digest::of(&bytes),
        media_type: "image/jpeg".to_owned(),
        bytes: size as u64,
        form: Form::Scaled,
        tries: 0,
        proves: vec![Proves { criterion: NodeId::parse("A.I.1").ok().context("a criterion")?, option: None }],
        taken_at: None,
        coordinates: None,
        caption: String::new(),
        added,
        removed: None,
    };
    Ok((photo, bytes))
}

fn head(assessment: AssessmentId, when: Millis, envelope: &Envelope, rubric: &[u8]) -> Head {
    let summary = Summary {
        answered: 1,
        asked: 1,
        unknown_requirements: 0,
        stars: 4,
        highest: 5,
        total: Fraction::ZERO,
        max: Points::from_whole(100),
        complete: true,
        withheld: None,
    };
    Head {
        sample: false,
        assessment,
        revision: Revision(1),
        stage: Stage::Seleksi,
        subject: Subject { product: envelope.subject.product.clone(), ..Subject::default() },
        assessor: Assessor { name: "Penilai Contoh".to_owned(), office: String::new() },
        rubric: RubricRef { sha256: Digest::of(rubric), ..envelope.rubric.clone() },
        return_to: None,
        again: Vec::new(),
        summary,
        started: when,
        changed: when,
        log: None,
        replaces: None,
        doubt: None,
        phase: Phase::Draft,
    }
}
