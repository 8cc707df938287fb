//! How far a finished assessment is once it is brought back: the head, the entry and the receipts say the same.

use super::standing::{entry, head};
use crate::{
    draft::{Delivery, Phase},
    outbox::{Entry, State},
    ports::tables::Content,
    wire::{export::Export, record},
};

/// Whether a receipt is there for exactly this. Nothing else proves, whatever the entry says of itself.
fn has_receipt(entry: &Entry, export: &Export) -> bool {
    let Some(Content::Text(text)) = export.receipts().get(entry.id.to_string().as_str()) else { return false };
    record::read_receipt(text).is_some_and(|receipt| receipt.id == entry.id && receipt.digest == entry.digest)
}

/// Sends again what only says that it is proved, and lets the head say how far the entry is that will be stored.
pub(super) fn agree(export: &mut Export, stored: &Export) {
    let claimed = |content: &Content| {
        entry(content).filter(|entry| {
            let receipt = has_receipt(entry, export) || has_receipt(entry, stored);
            matches!(entry.state, State::Proved { .. }) && !receipt
        })
    };
    let claims = export.outbox().iter();
    let claims: Vec<_> = claims.filter_map(|(key, content)| Some((key.clone(), claimed(content)?))).collect();
    let mut changed = !claims.is_empty();
    for (key, claim) in claims {
        let state = State::Waiting { until: claim.finished, last: None };
        let text = record::write_outbox(&Entry { tries: 0, state, ..claim });
        let [.., outbox, _] = &mut export.records;
        outbox.insert(key, Content::Text(text));
    }
    let Some(mut head) = head(export) else { return };
    let Phase::Finished { submission, delivery, .. } = &mut head.phase else { return };
    let submission = submission.to_string();
    let of = |export: &Export| export.outbox().get(submission.as_str()).and_then(entry);
    let there = of(stored);
    changed |= there.is_some();
    let Some(entry) = there.or_else(|| of(export)) else { return };
    let now = Delivery::from(&entry.state);
    if changed && now != *delivery {
        *delivery = now;
        export.head = Some(Content::Text(record::write_head(&head)));
    }
}
