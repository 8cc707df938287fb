//! Finishing a sheet: all of it is on disk, the draft becomes an outbox entry.

use super::Session;
use crate::services::LaterPorts;
use bintang_domain::{
    draft::Revision,
    id::SubmissionId,
    ports::StoreError,
    subject::Assessor,
    submission::{Finish, Finished, NotFinishable},
    web_address::WebAddress,
};

/// How often photos may change under the hand that finishes.
const TRIES: usize = 5;

/// Why finishing did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FinishError {
    /// Something is missing.
    NotFinishable(NotFinishable),
    /// Something is not saved yet.
    Unsaved,
    /// The store could not do it.
    Store(StoreError),
}

impl Session {
    /// Finishes: the draft becomes an outbox entry in one transaction.
    ///
    /// # Errors
    /// [`FinishError`]; the draft is as it was.
    pub async fn finish(self, assessor: Assessor, endpoint: Option<WebAddress>) -> Result<(), FinishError> {
        // A tap on a button need not take the focus from a field, which would have kept what is in it.
        self.keep_typed();
        if self.gallery.try_settled() != Some(true) {
            return Err(FinishError::Unsaved);
        }
        for _ in 1..TRIES {
            let last = self.autosave.last().ok_or(FinishError::Unsaved)?;
            match self.try_to_finish(last, assessor.clone(), endpoint.clone()).await {
                // The revision is the one expected: a photo was scaled, or a word written, between reading and finishing.
                Err(FinishError::Store(StoreError::Conflict { stored })) if stored == Some(last) => {}
                outcome => return outcome,
            }
        }
        let last = self.autosave.last().ok_or(FinishError::Unsaved)?;
        self.try_to_finish(last, assessor, endpoint).await
    }

    async fn try_to_finish(
        self,
        last: Revision,
        assessor: Assessor,
        endpoint: Option<WebAddress>,
    ) -> Result<(), FinishError> {
        let ports = self.services.ports();
        let photos = ports.store.photos(self.assessment()).await.map_err(FinishError::Store)?;
        // One that cannot be read stays where it is; Tinjau says so.
        let signatures = ports.store.signatures(self.assessment()).await.map_err(FinishError::Store)?.whole;
        let (now, monotonic, random) = (self.now(), ports.clock.monotonic(), ports.clock.random());
        let (mut draft, score) = self.content.with_untracked(|content| (content.draft.clone(), content.score.clone()));
        (draft.head.revision, draft.head.log) = (last, self.autosave.logged());
        let finish = Finish {
            id: SubmissionId::new(now, &random),
            now,
            monotonic_span: self.begun_here.map(|begun| monotonic - begun),
            assessor,
            endpoint,
            app: env!("CARGO_PKG_VERSION").to_owned(),
            photos: photos.whole,
            signatures,
        };
        let finished = draft.finalise(&self.rubric(), &score, finish).map_err(FinishError::NotFinishable)?;
        let finished = self.signed(finished).await;
        // Somebody may have gone on writing while it was signed: what is finished is what is on the screen.
        self.keep_typed();
        if self.gallery.try_settled() != Some(true) {
            return Err(FinishError::Unsaved);
        }
        if self.autosave.last() != Some(last) {
            return Err(FinishError::Store(StoreError::Conflict { stored: Some(last) }));
        }
        let finishing = self.services.ports().store.finish(last, finished);
        // Where a save under way failed, that is the cause.
        let cause =
            |error| if self.autosave.last().is_some() { FinishError::Store(error) } else { FinishError::Unsaved };
        finishing.await.map_err(cause)
    }

    /// Signed by the phone's key, where this browser can: no work waits for a signature.
    async fn signed(self, finished: Finished) -> Finished {
        let Some(LaterPorts { signer, .. }) = self.services.later() else { return finished };
        match signer.sign(finished.to_sign().to_vec()).await {
            Some(signature) => finished.signed(&signature),
            None => finished,
        }
    }
}
