//! Penilaian baru: commodity, stage, subject.

use super::{
    frame::{Bar, Frame, Framed},
    opening::unusable_rubric,
};
use crate::{
    i18n::{I18n, Words},
    notice,
    routes::Route,
    services::Services,
    state::{
        address::Address,
        rubrics::{self, BUILT_IN, Ready, Unusable},
        session::new_head,
    },
    ui::{
        banner::{Banner, BannerKind},
        field::TextField,
        icon::Icon,
    },
};
use bintang_domain::{
    draft::{Changes, Revision},
    ports::StoreError,
    rubric::RubricStatus,
    subject::{Place, Stage, Subject},
};
use leptos::{prelude::*, task::spawn_local};

type Loaded = Option<Result<Ready, Unusable>>;

/// What the person fills in.
#[derive(Debug, Clone, Copy)]
struct Form {
    rubrics: RwSignal<[Loaded; BUILT_IN.len()]>,
    chosen: RwSignal<Option<usize>>,
    stage: RwSignal<Stage>,
    product: RwSignal<String>,
    business: RwSignal<String>,
    owner: RwSignal<String>,
    village: RwSignal<String>,
    tried: RwSignal<bool>,
    starting: RwSignal<bool>,
    failure: RwSignal<Option<StoreError>>,
}

impl Form {
    fn new(services: Services) -> Self {
        let form = Self {
            rubrics: RwSignal::new([const { None }; BUILT_IN.len()]),
            chosen: RwSignal::new(None),
            stage: RwSignal::new(Stage::default()),
            product: RwSignal::new(String::new()),
            business: RwSignal::new(String::new()),
            owner: RwSignal::new(String::new()),
            village: RwSignal::new(String::new()),
            tried: RwSignal::new(false),
            starting: RwSignal::new(false),
            failure: RwSignal::new(None),
        };
        for (place, name) in BUILT_IN.into_iter().enumerate() {
            spawn_local(async move {
                let loaded = rubrics::built_in(services, name).await;
                form.rubrics.try_update(|rubrics| {
                    if let Some(slot) = rubrics.get_mut(place) {
                        *slot = Some(loaded);
                    }
                });
            });
        }
        form
    }

    fn ready(self) -> Option<Ready> {
        let chosen = self.chosen.get_untracked()?;
        self.rubrics.with_untracked(|rubrics| rubrics.get(chosen)?.as_ref()?.as_ref().ok().cloned())
    }

    fn subject(self) -> Subject {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        Subject {
            product: text(self.product),
            business: text(self.business),
            owner: text(self.owner),
            place: Place { village: text(self.village), ..Place::default() },
            ..Subject::default()
        }
    }

    /// Stores the rubric and the empty draft, then opens it.
    fn start(self, services: Services, address: Address) {
        self.tried.set(true);
        let (Some(ready), subject) = (self.ready(), self.subject()) else { return };
        if subject.product.is_empty() || self.starting.get_untracked() {
            return;
        }
        self.starting.set(true);
        let mut head = new_head(services, &ready.rubric, ready.reference, self.stage.get_untracked(), subject);
        head.revision = Revision::default().next();
        let id = head.assessment;
        let keeping = services.with(|ports| ports.rubrics.keep(ready.bytes));
        spawn_local(async move {
            let outcome = match keeping.await {
                Err(error) => Err(error),
                Ok(_) => {
                    let saving =
                        services.with(|ports| ports.drafts.save(Revision::default(), head, Changes::default()));
                    saving.await
                }
            };
            self.starting.try_set(false);
            match outcome {
                Ok(()) => address.replace(Route::sheet(id)),
                Err(error) => {
                    self.failure.try_set(Some(error));
                }
            }
        });
    }
}

/// The page.
#[component]
pub(super) fn NewAssessment() -> impl IntoView {
    let (i18n, services, address) = (I18n::get(), Services::get(), Address::get());
    let form = Form::new(services);
    let title = Signal::derive(move || i18n.words().new_assessment.to_owned());
    let label = move |name: fn(&Words) -> &'static str| Signal::derive(move || name(i18n.words()).to_owned());
    let missing_product = Signal::derive(move || {
        (form.tried.get() && form.product.get().trim().is_empty()).then(|| i18n.words().field_required.to_owned())
    });
    view! {
        <Framed frame=Frame::Focus>
            <Bar back=Signal::stored(Route::Home) title />
            <main id="isi">
                <div class="page stack stack--section">
                    {move || form.failure.get().map(|error| view! {
                        <Banner kind=BannerKind::Storage title=notice::store(i18n.words(), &error) />
                    })}
                    <fieldset class="stack stack--tight">
                        <legend class="section-title">{move || i18n.words().group}</legend>
                        <p class="small soft">{move || i18n.words().group_hint}</p>
                        <div class="rows">
                            {BUILT_IN.into_iter().enumerate().map(|(place, name)| view! {
                                <GroupRow form place name />
                            }).collect_view()}
                        </div>
                        {move || (form.tried.get() && form.chosen.get().is_none()).then(|| view! {
                            <p class="field__error" role="alert">{Icon::Alert.view()}<span>{i18n.words().choose_group}</span></p>
                        })}
                    </fieldset>
                    <section class="stack" aria-labelledby="subject">
                        <h2 class="section-title" id="subject">{move || i18n.words().subject}</h2>
                        <TextField id="product" label=label(|w| w.field_product) value=form.product error=missing_product />
                        <TextField id="business" label=label(|w| w.field_business) value=form.business />
                        <TextField id="owner" label=label(|w| w.field_owner) value=form.owner />
                        <TextField
                            id="village"
                            label=label(|w| w.field_village)
                            hint=label(|w| w.field_village_hint)
                            value=form.village
                        />
                    </section>
                    <fieldset class="stack stack--tight">
                        <legend class="section-title">{move || i18n.words().stage}</legend>
                        <div class="rows">{Stage::ALL.map(|stage| view! { <StageRow form stage /> }).collect_view()}</div>
                    </fieldset>
                </div>
            </main>
            <section class="foot">
                <div class="foot__inner">
                    <button
                        class="button button--wide"
                        id="start"
                        type="button"
                        aria-busy=move || form.starting.get().to_string()
                        on:click=move |_| form.start(services, address)
                    >
                        {move || if form.starting.get() { i18n.words().starting } else { i18n.words().start }}
                    </button>
                </div>
            </section>
        </Framed>
    }
}

fn commodity(words: &Words, name: &str) -> String {
    match name {
        "food" => words.commodity_food.into(),
        "weaving" => words.commodity_weaving.into(),
        "batik" => words.commodity_batik.into(),
        "plaiting" => words.commodity_plaiting.into(),
        "pottery" => words.commodity_pottery.into(),
        other => (words.rubric_other)(other),
    }
}

#[component]
fn GroupRow(form: Form, place: usize, name: &'static str) -> impl IntoView {
    let i18n = I18n::get();
    let loaded = Memo::new(move |_| {
        form.rubrics.with(|rubrics| match rubrics.get(place)? {
            None => None,
            Some(Ok(ready)) => Some(Ok((ready.rubric.criteria.len(), ready.rubric.max, ready.rubric.status))),
            Some(Err(_)) => Some(Err(())),
        })
    });
    let detail = move || {
        let words = i18n.words();
        match loaded.get() {
            None => view! { <span class="option__proof">{words.loading}</span> }.into_any(),
            Some(Ok((criteria, max, status))) => view! {
                <span class="option__proof">
                    {(words.rubric_criteria)(criteria, &i18n.points(max))}
                    {(status == RubricStatus::Template).then(|| format!(" · {}", words.rubric_template))}
                </span>
            }
            .into_any(),
            Some(Err(())) => view! { <span class="option__proof option__proof--bad">{words.rubric_unusable}</span> }.into_any(),
        }
    };
    let problems = move || {
        form.rubrics.with(|rubrics| match rubrics.get(place) {
            Some(Some(Err(unusable))) => Some(view! { <div class="line line--bad"><span></span><div>{unusable_rubric(i18n, unusable)}</div></div> }),
            _ => None,
        })
    };
    view! {
        <label class="option" for=format!("rubric-{name}") data-rubric=name>
            <input
                type="radio"
                id=format!("rubric-{name}")
                name="rubric"
                value=name
                disabled=move || !matches!(loaded.get(), Some(Ok(_)))
                prop:checked=move || form.chosen.get() == Some(place)
                on:change=move |_| form.chosen.set(Some(place))
            />
            <span><span class="option__label">{move || commodity(i18n.words(), name)}</span>{detail}</span>
        </label>
        {problems}
    }
}

#[component]
fn StageRow(form: Form, stage: Stage) -> impl IntoView {
    let i18n = I18n::get();
    let texts = move || {
        let words = i18n.words();
        match stage {
            Stage::Usulan => (words.stage_usulan, words.stage_usulan_hint),
            Stage::Seleksi => (words.stage_seleksi, words.stage_seleksi_hint),
            Stage::Evaluasi => (words.stage_evaluasi, words.stage_evaluasi_hint),
        }
    };
    let id = format!("stage-{}", stage.as_str());
    let labelled = id.clone();
    view! {
        <label class="option" for=labelled>
            <input
                type="radio"
                id=id
                name="stage"
                value=stage.as_str()
                prop:checked=move || form.stage.get() == stage
                on:change=move |_| form.stage.set(stage)
            />
            <span>
                <span class="option__label">{move || texts().0}</span>
                <span class="option__proof">{move || texts().1}</span>
            </span>
        </label>
    }
}
