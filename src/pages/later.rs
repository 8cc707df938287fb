//! What the first answer does not need: it comes after the first screen, as a part of its own (docs/adr/0007).

use super::{
    damaged, earlier, embedded,
    frame::{Frame, bar, framed, storage_banners},
    further, lock, others, photos, subject, tools, way, welcome,
};
use crate::{
    context::App,
    i18n::I18n,
    routes::Route,
    services::LaterPorts,
    state::{
        embedding,
        keeper::Keeper,
        rubrics::Ready,
        session::Session,
        subject_form::{PRODUCT, SubjectForm},
    },
    ui::{
        icon::Icon,
        line::{coming, empty},
    },
};
use bintang_dom::{El, Event, Node, RwSignal, el, group, with};
use bintang_domain::{id::AssessmentId, rubric::CriterionIndex, subject::Subject};
use leptos::{
    prelude::{expect_context, provide_context},
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};

/// The part's functions. Code that only they use is in the part.
#[derive(Debug)]
pub(super) struct Part {
    /// A page, by its query.
    pub(super) further: fn(&str) -> Node,
    pub(super) unlock: fn() -> Node,
    pub(super) way: fn(Session) -> Node,
    /// Once for the whole app.
    pub(super) listen: fn(App, Keeper),
    pub(super) when_settled: fn(App, Session, Box<dyn FnOnce()>),
    pub(super) others: fn(Session) -> Node,
    /// Above the cards of a sheet, and gone with them.
    pub(super) above: fn(Session) -> Node,
    pub(super) export: fn(String) -> Node,
    pub(super) damaged: fn(&[String]) -> Node,
    pub(super) banners: fn() -> Node,
    /// Under the rows of a card: what was suggested, and photos.
    pub(super) under: fn(Session, CriterionIndex) -> Node,
    pub(super) tools: fn(Session) -> Node,
    key: fn(App, Session, &Event),
    pub(super) subject_more: fn(SubjectForm) -> Node,
    read: fn(SubjectForm) -> Result<Subject, &'static str>,
    pub(super) earlier: fn(SubjectForm, Option<&str>, RwSignal<Option<AssessmentId>>) -> Node,
    begin_earlier: fn(App, Ready, AssessmentId, Subject),
    pub(super) welcome: fn() -> Node,
    pub(super) first: fn() -> Node,
}

/// How far the part is.
#[derive(Debug, Clone, Copy)]
enum Arrival {
    Coming,
    There(&'static Part),
    Failed,
}

/// The part, in the context of the pages.
#[derive(Clone, Copy)]
pub(super) struct Later(RwSignal<Arrival>, App, Keeper);

/// The one split point. The attribute makes it a function to wait for.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn part() -> Result<&'static Part, SplitLoaderError> {
    // Its functions stay for as long as the page does.
    Ok(Box::leak(Box::new(Part {
        further: further::page,
        unlock: lock::unlock,
        way: way::of_session,
        listen,
        when_settled,
        others: others::banner,
        above: embedded::banner,
        export: damaged::button,
        damaged: damaged::list,
        banners: storage_banners,
        under,
        tools: tools::buttons,
        key: tools::key,
        subject_more: subject::more,
        read: SubjectForm::read,
        earlier: earlier::choice,
        begin_earlier: earlier::begin,
        welcome: welcome::welcome,
        first: welcome::first,
    })))
}

fn under(session: Session, index: CriterionIndex) -> Node {
    group([earlier::mark(session, index), photos::of_card(session, index)])
}

/// Begins what runs for as long as the app does.
fn listen(app: App, keeper: Keeper) {
    app.outbox.listen();
    embedding::listen(app);
    app.open.desk.listen();
    app.services
        .ports()
        .connectivity
        .on_view(Box::new(move |seen| if seen { app.open.came_into_view() } else { app.open.went_out_of_view() }));
    keeper.listen();
    // Inside another page nobody hands an endpoint over by a link.
    let own = !app.services.ports().page.embedded();
    if let Some(LaterPorts { offers, .. }) = app.services.later().filter(|_| own) {
        let look = move || app.address.go(Route::offer());
        if offers.present().is_some() {
            look();
        }
        offers.on_offer(Box::new(look));
    }
}

/// How often it is looked whether a sheet is on disk, in milliseconds.
const LOOK: i64 = 1_000;

fn when_settled(app: App, session: Session, then: Box<dyn FnOnce()>) {
    spawn_local(async move {
        while !session.settled() {
            app.services.ports().clock.sleep(LOOK).await;
        }
        then();
    });
}

impl Later {
    /// Calls `then` once all of a sheet is on disk; never where the part is not there.
    pub(super) fn when_settled(self, session: Session, then: Box<dyn FnOnce()>) {
        if let Some(Arrival::There(part)) = self.0.try_get_untracked() {
            (part.when_settled)(self.1, session, then);
        }
    }

    /// A key in a sheet; nothing happens where the part is not there.
    pub(super) fn key(self, session: Session, event: &Event) {
        if let Some(Arrival::There(part)) = self.0.try_get_untracked() {
            (part.key)(self.1, session, event);
        }
    }

    /// What was filled in of a subject, or the id of the field that does not let it be used; before the part is there, nothing
    /// but its first fields can be filled in.
    pub(super) fn read(self, form: SubjectForm) -> Result<Subject, &'static str> {
        match self.0.try_get_untracked() {
            Some(Arrival::There(part)) => (part.read)(form),
            _ if form.is_unnamed() => Err(PRODUCT),
            _ => Ok(form.first()),
        }
    }

    /// Begins a re-evaluation from an earlier assessment; only pages of the part offer it.
    pub(super) fn begin_earlier(self, ready: Ready, earlier: AssessmentId, subject: Subject) {
        if let Some(Arrival::There(part)) = self.0.try_get_untracked() {
            (part.begin_earlier)(self.1, ready, earlier, subject);
        }
    }

    /// Asks for the part once the first screen stands, and puts it into the context.
    pub(super) fn begin() -> Self {
        let app = App::get();
        let later = Self(RwSignal::new(Arrival::Coming), app, Keeper::new(app));
        provide_context(later);
        provide_context(later.2);
        later.1.services.ports().page.after_paint(Box::new(move || later.fetch()));
        // What did not come is asked for again with the network, and when somebody looks.
        let connectivity = later.1.services.ports().connectivity.clone();
        connectivity.on_change(Box::new(move |online| later.ask_again(online)));
        connectivity.on_view(Box::new(move |seen| later.ask_again(seen)));
        later
    }

    /// From the context.
    pub(super) fn get() -> Self {
        expect_context()
    }

    fn ask_again(self, hopeful: bool) {
        if hopeful && matches!(self.0.try_get_untracked(), Some(Arrival::Failed)) {
            self.fetch();
        }
    }

    fn fetch(self) {
        self.0.set(Arrival::Coming);
        spawn_local(async move {
            let App { services, settings, .. } = self.1;
            let (ports, words) = (services.bring_later().await, settings.bring_later_words().await);
            let part = part().await.ok().filter(|_| ports && words);
            if let Some(part) = part {
                (part.listen)(self.1, self.2);
            }
            self.0.set(part.map_or(Arrival::Failed, Arrival::There));
        });
    }

    /// A piece of a page that the part makes.
    pub(super) fn piece(self, make: impl Fn(&Part) -> Node + 'static) -> Node {
        with(move || match self.0.get() {
            Arrival::There(part) => make(part),
            Arrival::Coming => loading().into(),
            Arrival::Failed => {
                let text = el("p").attr("role", "alert").text(I18n::get().words().part_failed_text());
                group([text, self.again("button button--star")])
            }
        })
    }

    /// A piece of a page that shows nothing until it is there.
    pub(super) fn quietly(self, make: impl Fn(&Part) -> Node + 'static) -> Node {
        with(move || match self.0.get() {
            Arrival::There(part) => make(part),
            Arrival::Coming | Arrival::Failed => Node::Nothing,
        })
    }

    /// The button that tries once more.
    fn again(self, class: &str) -> El {
        let again = el("button").class(class).attr("type", "button").on("click", move |_| self.fetch());
        again.text(I18n::get().words().try_again())
    }

    /// A page of the part.
    pub(super) fn page(self, make: impl Fn(&Part) -> Node + 'static) -> Node {
        with(move || match self.0.get() {
            Arrival::There(part) => make(part),
            other => self.waiting(matches!(other, Arrival::Failed)),
        })
    }

    fn waiting(self, failed: bool) -> Node {
        let words = I18n::get().words();
        let bar = bar(Some(Route::Home), "Bintang", Node::Nothing, Node::Nothing);
        let content = el("div").class("page stack");
        let content = if failed {
            let failed = empty(Icon::Alert, words.part_failed_title(), Some(words.part_failed_text()));
            content.child(failed.child(self.again("button")))
        } else {
            content.child(loading())
        };
        framed(Frame::Focus, bar, content, Node::Nothing)
    }
}

fn loading() -> El {
    coming(I18n::get().words().loading())
}
