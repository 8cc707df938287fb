//! Finishing: a draft becomes an envelope and an outbox entry.

use crate::{
    answers::Sheet,
    draft::{Delivery, Draft, Head, Phase},
    edit::{Notes, Place},
    es256::Es256,
    evidence::Photo,
    id::SubmissionId,
    log::{self, Change, Line, What},
    outbox::{Entry, State},
    rubric::Rubric,
    score::Score,
    signature::Signature,
    subject::{Assessor, Stage},
    time::Millis,
    web_address::WebAddress,
    wire::{
        self,
        envelope::{self, Envelope, EnvelopeScore, FORMAT, NotesDocument, Refused, Times},
        record,
    },
};

/// What finishing needs beside the draft.
#[derive(Debug, Clone)]
pub struct Finish {
    /// Name of this finishing.
    pub id: SubmissionId,
    /// The moment.
    pub now: Millis,
    /// Milliseconds the sheet was open by a clock that cannot be set, where one ran through.
    pub monotonic_span: Option<i64>,
    /// Who assesses.
    pub assessor: Assessor,
    /// Where it goes, if that is set.
    pub endpoint: Option<WebAddress>,
    /// Version of the app.
    pub app: String,
    /// The photos, also those that were removed.
    pub photos: Vec<Photo>,
    /// Who signed, and what.
    pub signatures: Vec<Signature>,
}

/// What changes places in the store when a draft is finished ([`crate::store::Store::finish`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// The head.
    pub head: Head,
    /// What is to be sent.
    pub entry: Entry,
    /// The log's last entry.
    pub log: Line,
    /// The photos, also those that were removed: their records go now.
    pub photos: Vec<Photo>,
}

impl Finished {
    /// What the phone's key signs: the canonical envelope.
    #[must_use]
    pub fn to_sign(&self) -> &[u8] {
        envelope::to_sign(&self.entry.document).unwrap_or_default().as_bytes()
    }

    /// The same, signed. What is signed already stays as it is.
    #[must_use]
    pub fn signed(mut self, signature: &Es256) -> Self {
        if let Some(document) = envelope::signed(&self.entry.document, signature) {
            self.entry.document = document;
        }
        self
    }
}

/// Why a draft cannot be finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFinishable {
    /// Something asked is not answered.
    Incomplete {
        /// Criteria without an answer.
        criteria: usize,
        /// Papers nobody looked for.
        requirements: usize,
    },
    /// It is a sample.
    Sample,
    /// So many answers of an earlier assessment were suggested to the re-evaluation, and nobody has looked at them.
    Suggested(usize),
    /// The envelope cannot be written.
    Refused(Refused),
}

impl Draft {
    /// How many answers of a re-evaluation are another day's still.
    #[must_use]
    pub fn suggested(&self) -> usize {
        let answered = |place: &&Place| self.answers.has(place);
        if self.head.stage == Stage::Evaluasi { self.head.again.iter().filter(answered).count() } else { 0 }
    }

    /// The outbox entry for this draft, and all that is stored with it.
    ///
    /// # Errors
    /// [`NotFinishable`].
    pub fn finalise(self, rubric: &Rubric, score: &Score, finish: Finish) -> Result<Finished, NotFinishable> {
        if self.head.sample {
            return Err(NotFinishable::Sample);
        }
        let suggested = self.suggested();
        if suggested > 0 {
            return Err(NotFinishable::Suggested(suggested));
        }
        if !score.complete {
            return Err(NotFinishable::Incomplete {
                criteria: score.unanswered.len(),
                requirements: score.unknown_requirements.len(),
            });
        }
        let sheet = Sheet { rubric: rubric.id.clone(), version: rubric.version.clone(), answers: self.answers };
        let mut tail = self.head.log;
        let log = log::append(&mut tail, Change::of_event(finish.now, What::Finished(finish.id)));
        let envelope = Envelope {
            format: FORMAT.to_owned(),
            assessment: self.head.assessment,
            id: finish.id,
            replaces: self.head.replaces.clone(),
            stage: self.head.stage,
            subject: self.head.subject.clone(),
            assessor: finish.assessor.clone(),
            rubric: self.head.rubric.clone(),
            sheet: wire::answers::write(&sheet),
            notes: notes_document(self.notes),
            evidence: finish.photos.iter().flat_map(Photo::entries).collect(),
            signatures: finish.signatures,
            score: EnvelopeScore::new(rubric, score),
            times: Times {
                started: self.head.started,
                finished: finish.now,
                monotonic_span: finish.monotonic_span,
                clock_doubt: self.head.doubt.map(|doubt| record::doubt_word(doubt).to_owned()),
            },
            log: tail.map(|tail| tail.sha256),
            app: finish.app,
        };
        let sealed = envelope.seal().map_err(NotFinishable::Refused)?;
        let entry = Entry {
            id: finish.id,
            assessment: self.head.assessment,
            digest: sealed.digest,
            document: sealed.document,
            product: self.head.subject.product.clone(),
            business: self.head.subject.business.clone(),
            finished: finish.now,
            endpoint: finish.endpoint,
            tries: 0,
            state: State::Waiting { until: finish.now, last: None },
        };
        let head = Head {
            revision: self.head.revision.next(),
            assessor: finish.assessor,
            changed: finish.now,
            log: tail,
            phase: Phase::Finished { submission: finish.id, at: finish.now, delivery: Delivery::Queued },
            ..self.head
        };
        Ok(Finished { head, entry, log, photos: finish.photos })
    }
}

/// Notes as the envelope has them.
pub(crate) fn notes_document(notes: Notes) -> NotesDocument {
    let mut document = NotesDocument::default();
    for (place, text) in notes {
        match place {
            Place::Criterion(id) => document.criteria.insert(id, text).map(drop),
            Place::Requirement(id) => document.requirements.insert(id, text).map(drop),
            Place::Knockout(id) => document.knockouts.insert(id, text).map(drop),
        };
    }
    document
}
