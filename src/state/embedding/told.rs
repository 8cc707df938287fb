//! What the page around is told while the app runs in it.

use super::{asked::of_session, tell};
use crate::{context::App, state::session::Session};
use bintang_dom::{StoredValue, effect};
use bintang_domain::{
    id::SubmissionId,
    outbox::{Entry, State},
    wire::embedding::finished,
};
use leptos::prelude::Owner;

/// Tells of each change of a sheet, for as long as its page stands.
pub fn follow(app: App, session: Session) {
    if !app.services.ports().page.embedded() {
        return;
    }
    effect(move || {
        session.content.track();
        tell(app.services, "change", &of_session(session));
    });
}

/// What is known of a finished assessment.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    id: SubmissionId,
    proved: bool,
}

/// Tells what becomes of finished assessments, for as long as the app lives.
pub fn listen(app: App) {
    if !app.services.ports().page.embedded() {
        return;
    }
    let owner = Owner::new();
    owner.with(|| {
        let known = StoredValue::new(None::<Vec<Known>>);
        effect(move || {
            let Some(entries) = app.outbox.entries.get() else { return };
            let before = known.get_value();
            known.set_value(Some(entries.whole.iter().map(seen).collect()));
            // What was there when the page was opened is no news.
            let Some(before) = before else { return };
            for entry in &entries.whole {
                let was = before.iter().find(|known| known.id == entry.id);
                if was.is_none() {
                    tell(app.services, "finish", &finished(entry.assessment, entry.id, entry.digest, None));
                }
                if let State::Proved { receiver, received_at, .. } = &entry.state
                    && was.is_none_or(|was| !was.proved)
                {
                    let proof = Some((receiver.as_str(), received_at.as_str()));
                    tell(app.services, "proved", &finished(entry.assessment, entry.id, entry.digest, proof));
                }
            }
        });
    });
    // It ends with the instance.
    std::mem::forget(owner);
}

fn seen(entry: &Entry) -> Known {
    Known { id: entry.id, proved: matches!(entry.state, State::Proved { .. }) }
}
