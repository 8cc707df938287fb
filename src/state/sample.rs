//! A sample assessment to play with: marked as such, never finished, and so never sent.

use crate::{
    context::App,
    i18n::Later,
    routes::Route,
    state::{
        rubrics::{self, BUILT_IN},
        session::Session,
    },
};
use bintang_domain::{
    answers::Answer,
    draft::Phase,
    id::NodeId,
    rubric::{Criterion, CriterionKind, Rubric},
    store::Listed,
    subject::{Place, Subject},
};
use leptos::task::spawn_local;

/// Criteria at the end that are left for whoever plays.
const LEFT: usize = 6;

/// Opens the sample, or begins one.
pub fn open(app: App, words: Later) {
    let subject = Subject {
        product: words.sample_product().to_owned(),
        business: words.sample_business().to_owned(),
        place: Place::default(),
        ..Subject::default()
    };
    spawn_local(async move {
        let App { services, address, open, .. } = app;
        let reading = services.ports().store.heads();
        let begun = reading.await.unwrap_or_default().into_iter().find_map(|listed| match listed {
            Listed::Whole(head) if head.sample && head.phase == Phase::Draft => Some(head.assessment),
            Listed::Whole(_) | Listed::Damaged { .. } => None,
        });
        if let Some(id) = begun {
            return address.go(Route::sheet(id));
        }
        let [name, ..] = BUILT_IN;
        if let Ok(ready) = rubrics::built_in(services, name).await {
            let answers = answers(&ready.rubric);
            let id = open.play(|| Session::sample(services, ready, subject, answers));
            address.go(Route::sheet(id));
        }
    });
}

/// Answers in the middle of each criterion, the last ones open.
fn answers(rubric: &Rubric) -> Vec<(NodeId, Answer)> {
    let many = rubric.criteria.len().saturating_sub(LEFT);
    let of = |criterion: &Criterion| Some((criterion.id.clone(), middle(criterion)?));
    rubric.criteria.iter().take(many).filter_map(of).collect()
}

fn middle(criterion: &Criterion) -> Option<Answer> {
    match &criterion.kind {
        CriterionKind::Options(options) => {
            options.get(options.len() / 2).map(|option| Answer::Option(option.id.clone()))
        }
        CriterionKind::Cases(cases) => {
            let case = cases.first()?;
            let option = case.options.get(case.options.len() / 2)?;
            Some(Answer::Case(case.id.clone(), option.id.clone()))
        }
        CriterionKind::Checklist { items, .. } => {
            Some(Answer::Ticked(items.iter().take(items.len().div_ceil(2)).map(|item| item.id.clone()).collect()))
        }
    }
}
