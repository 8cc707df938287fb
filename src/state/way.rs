//! The way up of a sheet: worked out after paint and in slices while somebody looks, and dropped when the sheet moves on.

use crate::{services::Services, state::session::Session};
use bintang_dom::{RwSignal, StoredValue, effect};
use bintang_domain::{
    answers::Answers,
    next::{self, Next},
    rubric::Rubric,
    score::Score,
};
use leptos::task::spawn_local;
use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll};

/// Milliseconds of searching after which the page gets its thread back: half a frame.
const SLICE: i64 = 8;

/// What is known of the way up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Something asked has no answer yet, so it is not looked for.
    Open,
    /// It is being worked out.
    Reckoning,
    /// This is it.
    Found(Arc<Next>),
    /// There is none while a knockout is raised.
    Flagged,
    /// No plan reaches a higher star.
    None,
    /// There is no higher star.
    Top,
}

/// The reckoning of one page; ends with its owner.
#[derive(Debug, Clone, Copy)]
struct Reckoning {
    services: Services,
    way: RwSignal<Way>,
    /// Counts the sheets that were asked for: an older one is given up.
    turn: StoredValue<u32>,
}

/// The way up of an open sheet, anew at each edit.
#[must_use]
pub fn of_session(services: Services, session: Session) -> RwSignal<Way> {
    let reckoning = Reckoning::new(services);
    effect(move || {
        let (answers, score) = session.content.with(|content| (content.draft.answers.clone(), content.score.clone()));
        reckoning.begin(session.rubric(), answers, score);
    });
    reckoning.way
}

/// The way up of a sheet that stands.
#[must_use]
pub fn of_sheet(services: Services, rubric: Arc<Rubric>, answers: Answers, score: Arc<Score>) -> RwSignal<Way> {
    let reckoning = Reckoning::new(services);
    reckoning.begin(rubric, answers, score);
    reckoning.way
}

impl Reckoning {
    fn new(services: Services) -> Self {
        Self { services, way: RwSignal::new(Way::Reckoning), turn: StoredValue::new(0) }
    }

    fn begin(self, rubric: Arc<Rubric>, answers: Answers, score: Arc<Score>) {
        let turn = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        // A knockout that stops ends the sheet, and may leave something open.
        if !score.unanswered.is_empty() || !score.unknown_requirements.is_empty() {
            return self.way.set(Way::Open);
        }
        if score.stars >= rubric.highest_star() {
            return self.way.set(Way::Top);
        }
        self.way.set(Way::Reckoning);
        let work = move || {
            spawn_local(async move {
                let Some(found) = self.search(turn, &rubric, &answers, &score).await else { return };
                self.way.set(match found {
                    Some(next) => Way::Found(Arc::new(next)),
                    None if answers.flags.is_empty() => Way::None,
                    None => Way::Flagged,
                });
            });
        };
        self.services.ports().page.after_paint(Box::new(work));
    }

    /// Searches until the sheet moves on or the page is left; `None` then.
    async fn search(
        self,
        turn: Option<u32>,
        rubric: &Rubric,
        answers: &Answers,
        score: &Score,
    ) -> Option<Option<Next>> {
        let clock = &self.services.ports().clock;
        let mut since = clock.monotonic();
        let mut pause = async || {
            if clock.monotonic() - since >= SLICE {
                clock.sleep(0).await;
                since = clock.monotonic();
            }
        };
        let mut search = pin!(next::find(rubric, answers, score, &mut pause));
        // Looked at anew after each pause; between two nothing can change.
        poll_fn(|context| match self.turn.try_get_value() {
            now if now != turn => Poll::Ready(None),
            _ => search.as_mut().poll(context).map(Some),
        })
        .await
    }
}
