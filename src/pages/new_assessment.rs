//! Penilaian baru: commodity, stage, subject.

use super::{
    frame::{Frame, bar, foot, framed},
    later::Later,
    opening::{hold_version, unusable_rubric},
    text::local,
};
use crate::{
    context::App,
    i18n::{I18n, Words},
    routes::Route,
    services::Services,
    state::{
        rubrics::{self, BUILT_IN, Installed, Ready, Unusable},
        subject_form::{PRODUCT, SubjectForm},
    },
    ui::field::{TextField, error_line},
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group};
use bintang_domain::{
    id::AssessmentId,
    rubric::RubricStatus,
    subject::{Stage, Subject},
};
use leptos::task::spawn_local;

type Loaded = Option<Result<Ready, Unusable>>;

/// A rubric that is offered.
#[derive(Debug, Clone)]
struct Offer {
    /// What its row is called in the page: the file's name, or the sum of an installed one.
    name: String,
    loaded: Loaded,
}

/// What the person fills in.
#[derive(Debug, Clone, Copy)]
struct Form {
    offers: RwSignal<Vec<Offer>>,
    chosen: RwSignal<Option<usize>>,
    stage: RwSignal<Stage>,
    subject: SubjectForm,
    earlier: RwSignal<Option<AssessmentId>>,
    tried: RwSignal<bool>,
}

impl Form {
    fn new(services: Services) -> Self {
        let form = Self {
            offers: RwSignal::new(BUILT_IN.map(|name| Offer { name: name.to_owned(), loaded: None }).into()),
            chosen: RwSignal::new(None),
            stage: RwSignal::new(Stage::default()),
            subject: SubjectForm::new(Subject::default()),
            earlier: RwSignal::new(None),
            tried: RwSignal::new(false),
        };
        for (place, name) in BUILT_IN.into_iter().enumerate() {
            spawn_local(async move {
                let loaded = rubrics::built_in(services, name).await;
                form.offers.try_update(|offers| {
                    if let Some(offer) = offers.get_mut(place) {
                        offer.loaded = Some(loaded);
                    }
                });
            });
        }
        spawn_local(async move {
            // What the store says against it is told where rubrics are installed.
            let installed = rubrics::installed(services).await.unwrap_or_default();
            let offers = installed.into_iter().filter_map(|Installed { sha256, ready }| {
                Some(Offer { name: sha256.to_string(), loaded: Some(Ok(ready?)) })
            });
            form.offers.try_update(|list| list.extend(offers));
        });
        form
    }

    fn ready(self) -> Option<Ready> {
        let chosen = self.chosen.get_untracked()?;
        self.offers.with_untracked(|offers| offers.get(chosen)?.loaded.as_ref()?.as_ref().ok().cloned())
    }

    /// Begins the assessment, or leads to what is missing.
    fn start(self, app: App, later: Later) {
        let App { services, address, condition, open, .. } = app;
        self.tried.set(true);
        let missing = match (self.ready(), later.read(self.subject)) {
            (None, _) => "group",
            (_, Err(field)) => field,
            (Some(ready), Ok(subject)) => {
                // From now on there is something to keep.
                condition.keep();
                let stage = self.stage.get_untracked();
                if let Some(earlier) = self.earlier.get_untracked().filter(|_| stage == Stage::Evaluasi) {
                    return later.begin_earlier(ready, earlier, subject);
                }
                let id = open.start(ready, stage, subject);
                return address.replace(Route::sheet(id));
            }
        };
        services.ports().page.reveal(missing);
    }
}

/// The page.
pub(super) fn page() -> Node {
    let (i18n, app, later) = (I18n::get(), App::get(), Later::get());
    let form = Form::new(app.services);
    hold_version(None);
    let bar = bar(Some(Route::Home), i18n.words().new_assessment(), Node::Nothing, Node::Nothing);
    let content = el("div")
        .class("page stack stack--section")
        .child(groups(i18n, form))
        .child(subject(i18n, form))
        .child(stages(i18n, form))
        .child_with(move || earlier(later, form))
        .child(later.piece(move |part| (part.subject_more)(form.subject)));
    let start = el("button")
        .class("button button--wide")
        .id("start")
        .attr("type", "button")
        .on("click", move |_| form.start(app, later))
        .text(i18n.words().start());
    framed(Frame::Focus, bar, content, foot("foot", start))
}

fn groups(i18n: I18n, form: Form) -> El {
    let names = Memo::new(move || form.offers.with(|offers| offers.iter().map(|offer| offer.name.clone()).collect()));
    let rows = move || {
        let names: Vec<String> = names.get();
        group(names.iter().enumerate().map(|(place, name)| group_row(i18n, form, place, name)))
    };
    let unchosen = Memo::new(move || form.tried.get() && form.chosen.get().is_none());
    el("fieldset")
        .class("stack stack--tight")
        .id("group")
        .child(el("legend").class("section-title").text(i18n.words().group()))
        .child(el("p").class("small soft").text(i18n.words().group_hint()))
        .child(el("div").class("rows").child_with(rows))
        .child_with(move || unchosen.get().then(|| error_line(i18n.words().choose_group()).attr("role", "alert")))
}

fn subject(i18n: I18n, form: Form) -> El {
    let words = i18n.words();
    let SubjectForm { product, business, owner, tried, .. } = form.subject;
    let unnamed = Memo::new(move || {
        (tried.get() && product.with(|name| name.trim().is_empty())).then_some(i18n.words().field_required())
    });
    let mut product = TextField::new(PRODUCT, words.field_product(), product);
    product.error = Some(unnamed);
    el("section")
        .class("stack")
        .attr("aria-labelledby", "subject")
        .child(el("h2").class("section-title").id("subject").text(i18n.words().subject()))
        .child(product.view())
        .child(TextField::new("business", words.field_business(), business).view())
        .child(TextField::new("owner", words.field_owner(), owner).view())
}

/// A re-evaluation may begin from an earlier assessment of the same commodity.
fn earlier(later: Later, form: Form) -> Node {
    if form.stage.get() != Stage::Evaluasi {
        return Node::Nothing;
    }
    form.chosen.track();
    let commodity = form.ready().and_then(|ready| ready.rubric.commodity.clone());
    later.quietly(move |part| (part.earlier)(form.subject, commodity.as_deref(), form.earlier))
}

fn stages(i18n: I18n, form: Form) -> El {
    let row = move |stage: Stage| {
        let words = i18n.words();
        let (name, hint) = (
            i18n.stage(stage),
            match stage {
                Stage::Usulan => words.stage_usulan_hint(),
                Stage::Seleksi => words.stage_seleksi_hint(),
                Stage::Evaluasi => words.stage_evaluasi_hint(),
            },
        );
        let id = ["stage-", stage.as_str()].concat();
        let control = el("input")
            .attr("type", "radio")
            .id(&id)
            .attr("name", "stage")
            .checked(move || form.stage.get() == stage)
            .on("change", move |_| form.stage.set(stage));
        let words = el("span")
            .child(el("span").class("option__label").text(name))
            .child(el("span").class("option__proof").text(hint));
        el("label").class("option").attr("for", &id).child(control).child(words)
    };
    el("fieldset")
        .class("stack stack--tight")
        .child(el("legend").class("section-title").text(i18n.words().stage()))
        .child(el("div").class("rows").child(Stage::ALL.map(row)))
}

fn commodity(words: &Words, name: &str) -> Option<&'static str> {
    match name {
        "food" => Some(words.commodity_food()),
        "weaving" => Some(words.commodity_weaving()),
        "batik" => Some(words.commodity_batik()),
        "plaiting" => Some(words.commodity_plaiting()),
        "pottery" => Some(words.commodity_pottery()),
        _ => None,
    }
}

/// What an installed rubric is called: its title, and its version, because there may be several.
fn titled(i18n: I18n, form: Form, place: usize) -> String {
    form.offers.with_untracked(|offers| match offers.get(place).and_then(|offer| offer.loaded.as_ref()) {
        Some(Ok(Ready { rubric, .. })) => {
            i18n.words().rubric_titled().both(&local(i18n, rubric, &rubric.title), &rubric.version)
        }
        _ => String::new(),
    })
}

fn group_row(i18n: I18n, form: Form, place: usize, name: &str) -> Node {
    let loaded = Memo::new(move || {
        form.offers.with(|offers| match &offers.get(place)?.loaded {
            None => None,
            Some(Ok(ready)) => Some(Ok((ready.rubric.criteria.len(), ready.rubric.max, ready.rubric.status))),
            Some(Err(_)) => Some(Err(())),
        })
    });
    let detail = move || {
        let words = i18n.words();
        match loaded.get() {
            None => words.loading().to_owned(),
            Some(Ok((criteria, max, status))) => {
                let size = words.rubric_criteria().both(criteria, &i18n.points(max));
                let mark = if status == RubricStatus::Template { [" · ", words.rubric_template()] } else { ["", ""] };
                size + &mark.concat()
            }
            Some(Err(())) => words.rubric_unusable().to_owned(),
        }
    };
    let class = move || match loaded.get() {
        Some(Err(())) => "option__proof option__proof--bad",
        _ => "option__proof",
    };
    let id = ["rubric-", name].concat();
    let control = el("input")
        .attr("type", "radio")
        .id(&id)
        .attr("name", "rubric")
        .attr_with("disabled", move || (!matches!(loaded.get(), Some(Ok(_)))).then_some(""))
        .checked(move || form.chosen.get() == Some(place))
        .on("change", move |_| form.chosen.set(Some(place)));
    let label = commodity(i18n.words(), name).map_or_else(|| titled(i18n, form, place), str::to_owned);
    let words = el("span")
        .child(el("span").class("option__label").text(&label))
        .child(el("span").class_with(class).text_with(detail));
    let row = el("label").class("option").attr("for", &id).attr("data-rubric", name).child(control).child(words);
    let problems = bintang_dom::with(move || {
        form.offers.with(|offers| match offers.get(place).and_then(|offer| offer.loaded.as_ref()) {
            Some(Err(unusable)) => {
                Some(el("div").class("line line--bad").child(el("span")).child(unusable_rubric(i18n, unusable)))
            }
            _ => None,
        })
    });
    group([row.into(), problems])
}
