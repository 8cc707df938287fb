//! What the page around asks, and the answers.

use super::bind;
use crate::{
    context::App,
    i18n::Language,
    routes::{Further, Route},
    state::{
        finished::{self, Reading},
        finishing,
        preferences::Theme,
        session::{FinishError, Session},
    },
};
use bintang_domain::{
    answers::{Answers, Sheet},
    draft::Phase,
    edit::Edit,
    ports::Pending,
    submission::NotFinishable,
    wire::embedding,
};

/// How often it is looked whether all is on disk, and how long at most, in milliseconds.
const LOOK: i64 = 50;
const PATIENCE: i64 = 4_000;

/// Answers from now on.
pub(super) fn serve(app: App) {
    if let Some(ports) = app.services.later() {
        let answer = move |what: String, text: String| -> Pending<Result<String, String>> {
            Box::pin(async move { answer(app, &what, &text).await })
        };
        ports.embedding.serve(Box::new(answer));
    }
}

/// The answer, JSON; else a word for programs, a colon and a sentence.
async fn answer(app: App, what: &str, text: &str) -> Result<String, String> {
    const DONE: Result<String, String> = Ok(String::new());
    match what {
        "score" => score(app).await,
        "sheet" => sheet(app).await,
        "load" => load(app, text).await,
        "finish" => finish(app).await,
        "endpoint" => {
            let endpoint = (!text.is_empty()).then(|| embedding::endpoint(text));
            bind(app, endpoint).await.map_err(|why| ["endpoint: ", &why].concat())?;
            app.outbox.wake();
            Ok("null".to_owned())
        }
        "language" => {
            if let Some(language) = Language::of_tag(text) {
                app.settings.fetch_words(language);
            }
            DONE
        }
        "theme" => {
            let theme = Theme::ALL.into_iter().find(|theme| theme.as_str() == text).unwrap_or(Theme::Auto);
            app.settings.theme.set(theme);
            DONE
        }
        "end" => {
            end(app).await;
            DONE
        }
        other => Err(["unknown: nothing is called “", other, "”."].concat()),
    }
}

fn no_sheet() -> String {
    "no_sheet: no sheet is open.".to_owned()
}

/// The finished assessment that is shown.
async fn shown(app: App) -> Result<finished::Finished, String> {
    let route = app.address.route.get_untracked();
    let Route::Further(query) = route else { return Err(no_sheet()) };
    let Some(Further::Result(id) | Further::Report(id)) = Further::read(&query) else { return Err(no_sheet()) };
    match finished::read(app.services, id).await {
        Reading::Ready(finished) => Ok(*finished),
        Reading::Loading | Reading::Draft | Reading::Unavailable => Err(no_sheet()),
    }
}

async fn score(app: App) -> Result<String, String> {
    if let Some(session) = app.open.session() {
        return Ok(of_session(session));
    }
    let finished = shown(app).await?;
    Ok(embedding::score(finished.head.assessment, &finished.rubric, &finished.score))
}

/// The score of an open sheet, as a page is told.
pub(super) fn of_session(session: Session) -> String {
    session.content.with_untracked(|content| {
        embedding::score(content.draft.head.assessment, content.scorer.rubric(), &content.score)
    })
}

async fn sheet(app: App) -> Result<String, String> {
    if let Some(session) = app.open.session() {
        session.keep_typed();
        return Ok(session.content.with_untracked(|content| embedding::sheet(&content.draft, content.scorer.rubric())));
    }
    let finished = shown(app).await?;
    let Phase::Finished { submission, .. } = finished.head.phase else {
        return Err(no_sheet());
    };
    let getting = app.services.ports().store.entry(submission);
    let entry = getting.await.ok().flatten().ok_or_else(no_sheet)?;
    Ok(embedding::finished_sheet(finished.head.assessment, &finished.head.rubric, &entry.document))
}

/// A new sheet with these answers; what was open stays stored as it is.
async fn load(app: App, text: &str) -> Result<String, String> {
    let wanted = super::wanted(app.services).unwrap_or_default();
    let ready = match super::rubric(app.services, &wanted).await {
        Ok(ready) => ready,
        Err(_) => return Err("rubric: the rubric could not be had, or cannot be used.".to_owned()),
    };
    let Sheet { answers, .. } = embedding::read_sheet(text, &ready.rubric).map_err(|errors| {
        let told: Vec<String> = errors.iter().take(5).map(|error| [&error.at, " ", &error.message].concat()).collect();
        ["sheet: ", &told.join(" ")].concat()
    })?;
    let session = super::new_sheet(app, ready, wanted);
    fill(session, answers);
    app.address.go(Route::sheet(session.assessment()));
    Ok(of_session(session))
}

/// Each answer is an edit of its own in the log.
fn fill(session: Session, answers: Answers) {
    for (criterion, answer) in answers.criteria {
        session.dispatch(Edit::Choose(criterion, Some(answer)));
    }
    for (paper, there) in answers.requirements {
        session.dispatch(Edit::Require(paper, Some(there)));
    }
    for flag in answers.flags {
        session.dispatch(Edit::Flag(flag, true));
    }
}

async fn finish(app: App) -> Result<String, String> {
    let session = app.open.session().ok_or_else(no_sheet)?;
    let told = of_session(session);
    finishing::finish(app, session).await.map_err(|error| match error {
        FinishError::NotFinishable(NotFinishable::Incomplete { criteria, requirements }) => {
            format!("incomplete: {criteria} criteria and {requirements} papers have no answer.")
        }
        FinishError::NotFinishable(NotFinishable::Suggested(count)) => {
            format!("suggested: nobody has looked at {count} answers.")
        }
        FinishError::NotFinishable(NotFinishable::Sample) => "own: a count of one's own is not finished.".to_owned(),
        FinishError::NotFinishable(NotFinishable::Refused(refused)) => ["refused: ", &refused.message].concat(),
        FinishError::Unsaved => "unsaved: not everything is stored yet.".to_owned(),
        FinishError::Store(why) => format!("store: {why:?}"),
    })?;
    Ok(told)
}

/// Keeps what there is, and lets go of the page: nothing is shown any more.
async fn end(app: App) {
    app.open.keep_typed();
    let clock = app.services.ports().clock.clone();
    let until = clock.monotonic() + PATIENCE;
    while !app.open.all_settled() && clock.monotonic() < until {
        clock.sleep(LOOK).await;
    }
    app.settings.words.set(None);
}
