//! Tujuan: one endpoint, with what belongs to it.

use super::{
    frame::{Frame, bar, framed},
    settings::{choice, choices},
};
use crate::{
    context::App,
    i18n::{I18n, Later},
    notice,
    routes::Route,
    state::endpoints::{EndpointBook, NotKept},
    ui::{
        banner::Banner,
        field::{TextField, error_line},
        icon::Icon,
        line::{Tone, coded, line},
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, with};
use bintang_domain::{
    delivery,
    endpoint::{AccessKind, Endpoint, EndpointRefused, Endpoints, Entered, MOST, PhotoRule, Problems, SecretProblem},
    id::SubmissionId,
    outbox::SendError,
    ports::StoreError,
    store::ChangeEndpoints,
    web_address::WebAddress,
};
use leptos::task::spawn_local;
use std::rc::Rc;

/// The page of the endpoint at this place in the list; of a new one where there is none.
pub(super) fn page(number: Option<usize>) -> Node {
    let (i18n, book) = (I18n::get(), EndpointBook::open());
    let words = i18n.later();
    let title = if number.is_some() { words.endpoint_title() } else { words.endpoint_new() };
    let bar = bar(Some(Route::Settings), title, Node::Nothing, Node::Nothing);
    let found = Memo::new(move || {
        let endpoint = book.now.with(|now| Some(now.as_ref()?.all().get(number?)?.address.clone()));
        (book.now.with(Option::is_some) || book.failure.with(Option::is_some), endpoint)
    });
    let content = move || {
        let (read, address) = found.get();
        let before = address.and_then(|address| book.now.with_untracked(|now| now.as_ref()?.of(&address).cloned()));
        match (read, number, before) {
            (false, ..) => el("p").class("soft").text(words.loading()),
            // What was removed meanwhile is begun anew with nothing in it.
            (true, _, before) => Form::new(i18n, book, before).view(),
        }
    };
    framed(Frame::Focus, bar, el("div").class("page stack stack--section").child_with(content), Node::Nothing)
}

/// How trying stands.
#[derive(Clone, PartialEq)]
enum Trying {
    Not,
    Under,
    Works,
    Failed(SendError),
}

/// The fields as they stand.
#[derive(Clone)]
struct Form {
    app: App,
    i18n: I18n,
    book: EndpointBook,
    before: Option<Endpoint>,
    name: RwSignal<String>,
    address: RwSignal<String>,
    kind: RwSignal<AccessKind>,
    access_name: RwSignal<String>,
    secret: RwSignal<String>,
    photos: RwSignal<PhotoRule>,
    problems: RwSignal<Problems>,
    not_kept: RwSignal<Option<NotKept>>,
    trying: RwSignal<Trying>,
}

impl Form {
    fn new(i18n: I18n, book: EndpointBook, before: Option<Endpoint>) -> Self {
        let shown = before.as_ref().map_or_else(
            || Entered {
                name: String::new(),
                address: String::new(),
                kind: AccessKind::Bearer,
                access_name: String::new(),
                secret: String::new(),
                photos: PhotoRule::Now,
            },
            Entered::of,
        );
        Self {
            app: App::get(),
            i18n,
            book,
            name: RwSignal::new(shown.name),
            address: RwSignal::new(shown.address),
            kind: RwSignal::new(shown.kind),
            access_name: RwSignal::new(shown.access_name),
            secret: RwSignal::new(shown.secret),
            photos: RwSignal::new(shown.photos),
            problems: RwSignal::new(Problems::default()),
            not_kept: RwSignal::new(None),
            trying: RwSignal::new(Trying::Not),
            before,
        }
    }

    /// What is typed as an endpoint; else the fields say what is wrong.
    fn read(&self) -> Option<Endpoint> {
        let entered = Entered {
            name: self.name.get_untracked(),
            address: self.address.get_untracked(),
            kind: self.kind.get_untracked(),
            access_name: self.access_name.get_untracked(),
            secret: self.secret.get_untracked(),
            photos: self.photos.get_untracked(),
        };
        let read = entered.read(self.before.as_ref());
        let problems = read.as_ref().err().copied().unwrap_or_default();
        self.problems.set(problems);
        let first = [
            (problems.address.is_some(), "endpoint-url"),
            (problems.access_name, "access-name"),
            (problems.secret.is_some(), "access-secret"),
        ];
        if let Some((_, field)) = first.into_iter().find(|(wrong, _)| *wrong) {
            self.app.services.ports().page.reveal(field);
        }
        read.ok()
    }

    fn keep(&self) {
        self.not_kept.set(None);
        let Some(endpoint) = self.read() else { return };
        let before = self.before.as_ref().map(|before| before.address.clone());
        self.change(Box::new(move |endpoints| endpoints.keep(before.as_ref(), endpoint)));
    }

    /// Changes the list and goes back to it.
    fn change(&self, change: ChangeEndpoints) {
        let (address, not_kept) = (self.app.address, self.not_kept);
        let changing = self.book.change(change);
        spawn_local(async move {
            match changing.await {
                Ok(()) => address.go(Route::Settings),
                Err(why) => {
                    not_kept.set(Some(why));
                }
            }
        });
    }

    fn try_it(&self) {
        let Some(endpoint) = self.read() else { return };
        let services = self.app.services;
        let Some(later) = services.later() else { return };
        let clock = services.ports().clock.clone();
        let nobody = SubmissionId::new(clock.now(), &clock.random());
        let trying = self.trying;
        trying.set(Trying::Under);
        spawn_local(async move {
            let outcome = delivery::probe(&*later.http, &endpoint, nobody).await;
            trying.set(outcome.map_or_else(Trying::Failed, |()| Trying::Works));
        });
    }

    fn view(self) -> El {
        let words = self.i18n.later();
        let keep = self.clone();
        let form = el("form").class("stack stack--section").attr("novalidate", "").on("submit", move |event| {
            event.prevent_default();
            keep.keep();
        });
        let button = el("button").class("button button--wide").id("endpoint-keep").attr("type", "submit");
        form.child(self.damaged())
            .child(self.chosen())
            .child(el("div").class("stack").child(self.fields()))
            .child(self.access())
            .child(self.photo_rule())
            .child(self.trial())
            .child(self.refusal())
            .child(button.text(words.endpoint_keep()))
            .child(self.removing())
    }

    fn damaged(&self) -> Node {
        let (book, words) = (self.book, self.i18n.later());
        with(move || {
            (book.failure.get() == Some(StoreError::Corrupt))
                .then(|| Banner::Storage.view(words.endpoints_damaged(), None, Node::Nothing))
        })
    }

    /// Whether new assessments go there, and how they come to.
    fn chosen(&self) -> Node {
        let (words, book) = (self.i18n.later(), self.book);
        let Some(address) = self.before.as_ref().map(|before| before.address.clone()) else { return Node::Nothing };
        let (own, form) = (address.clone(), self.clone());
        let is =
            Memo::new(move || book.now.with(|now| now.as_ref().and_then(Endpoints::chosen).map(|e| e.address == own)));
        with(move || {
            if is.get() == Some(true) {
                let fact = line(Tone::Good, Icon::Done, coded(None, words.endpoint_chosen()), None);
                return el("ul").class("rows").attr("data-chosen", "").child(fact);
            }
            let (address, form) = (address.clone(), form.clone());
            let choose = move |_| {
                let address: WebAddress = address.clone();
                form.change(Box::new(move |endpoints| {
                    endpoints.choose(&address);
                    Ok(())
                }));
            };
            let button = el("button").class("button button--secondary button--wide").id("endpoint-choose");
            button.attr("type", "button").on("click", choose).text(words.endpoint_choose())
        })
    }

    fn fields(&self) -> Node {
        let (words, problems) = (self.i18n.later(), self.problems);
        let error = Memo::new(move || problems.get().address.map(|problem| notice::address(words, problem)));
        let address = TextField {
            hint: Some(words.settings_endpoint_hint()),
            error: Some(error),
            autocomplete: "url",
            inputmode: "url",
            ..TextField::new("endpoint-url", words.settings_endpoint_url(), self.address)
        };
        let name = TextField {
            hint: Some(words.endpoint_name_hint()),
            ..TextField::new("endpoint-name", words.endpoint_name(), self.name)
        };
        group([address.view(), name.view()])
    }

    fn access(&self) -> Node {
        let (words, kind, form) = (self.i18n.later(), self.kind, self.clone());
        let rows = AccessKind::ALL.map(|each| {
            let (value, name) = match each {
                AccessKind::Open => ("open", words.access_open()),
                AccessKind::Bearer => ("bearer", words.access_bearer()),
                AccessKind::Basic => ("basic", words.access_basic()),
                AccessKind::Header => ("header", words.access_header()),
            };
            choice("access", value, move || kind.get() == each, move || kind.set(each), el("span").text(name))
        });
        let fields = with(move || {
            let (user, secret) = match kind.get() {
                AccessKind::Open => return Node::Nothing,
                AccessKind::Bearer => (None, words.access_bearer()),
                AccessKind::Basic => (Some(words.access_user()), words.access_password()),
                AccessKind::Header => (Some(words.access_header_name()), words.access_value()),
            };
            let user = user.map(|label| form.access_name(words, label));
            el("div").class("stack").child(user).child(form.secret(words, secret)).into()
        });
        group([choices(words.access_choice(), rows.into()).into(), fields])
    }

    fn access_name(&self, words: Later, label: &'static str) -> El {
        let problems = self.problems;
        let error = Memo::new(move || problems.get().access_name.then(|| words.access_name_unfit()));
        TextField { error: Some(error), ..TextField::new("access-name", label, self.access_name) }.view()
    }

    fn secret(&self, words: Later, label: &'static str) -> El {
        let problems = self.problems;
        let same_kind = |before: &Endpoint| AccessKind::from(&before.access) == self.kind.get_untracked();
        let kept = self.before.as_ref().is_some_and(same_kind);
        let error = Memo::new(move || {
            problems.get().secret.map(|problem| match problem {
                SecretProblem::Missing => words.secret_missing(),
                SecretProblem::Elsewhere => words.secret_elsewhere(),
                SecretProblem::Unfit => words.secret_unfit(),
            })
        });
        let field = TextField {
            hint: Some(if kept { words.secret_kept() } else { words.secret_missing() }),
            error: Some(error),
            secret: true,
            ..TextField::new("access-secret", label, self.secret)
        };
        field.view()
    }

    fn photo_rule(&self) -> Node {
        let (words, photos) = (self.i18n.later(), self.photos);
        let rows = [
            ("now", PhotoRule::Now, words.photos_now()),
            ("wifi", PhotoRule::WifiOnly, words.photos_wifi()),
            ("never", PhotoRule::Never, words.photos_never()),
        ];
        let rows = rows.map(|(value, each, name)| {
            choice("photos", value, move || photos.get() == each, move || photos.set(each), el("span").text(name))
        });
        let connectivity = self.app.services.ports().connectivity.clone();
        let unknown = with(move || {
            let text = || el("p").class("small soft").text(words.photos_wifi_unknown());
            (photos.get() == PhotoRule::WifiOnly && !connectivity.wifi()).then(text)
        });
        group([choices(words.photos_choice(), rows.into()).into(), unknown])
    }

    /// Trying it before an assessment depends on it.
    fn trial(&self) -> El {
        let (words, trying, form) = (self.i18n.later(), self.trying, self.clone());
        let button = el("button").class("button button--secondary button--wide").id("endpoint-try");
        let button = button.attr("type", "button").on("click", move |_| form.try_it());
        let outcome = move || {
            let (icon, state, text) = match trying.get() {
                Trying::Not => return Node::Nothing,
                Trying::Under => (Icon::Clock, "trying", words.endpoint_trying().to_owned()),
                Trying::Works => (Icon::Done, "works", words.endpoint_works().to_owned()),
                Trying::Failed(SendError::NotAReceipt { status }) => {
                    (Icon::Alert, "failed", words.endpoint_not_a_receiver().of(status))
                }
                Trying::Failed(error) => (Icon::Alert, "failed", notice::send(words, &error)),
            };
            el("p").class("trial").attr("data-trial", state).child(icon.view()).child(el("span").text(&text)).into()
        };
        let says = el("div").attr("role", "status").child_with(outcome);
        el("div").class("stack").child(button.child(Icon::Refresh.view()).text(words.endpoint_try())).child(says)
    }

    fn refusal(&self) -> Node {
        let (i18n, not_kept) = (self.i18n, self.not_kept);
        with(move || {
            let words = i18n.later();
            let text = match not_kept.get()? {
                NotKept::Refused(EndpointRefused::Known) => words.endpoint_known().to_owned(),
                NotKept::Refused(EndpointRefused::TooMany) => words.endpoint_too_many().of(MOST),
                NotKept::Store(error) => notice::store(words.first, &error),
            };
            Some(el("div").attr("role", "alert").child(error_line(&text)))
        })
    }

    fn removing(&self) -> Option<El> {
        let (words, form) = (self.i18n.later(), Rc::new(self.clone()));
        let address = self.before.as_ref()?.address.clone();
        let remove = move |_| {
            let address = address.clone();
            form.change(Box::new(move |endpoints| {
                endpoints.remove(&address);
                Ok(())
            }));
        };
        let button = el("button").class("button button--secondary").id("endpoint-remove").attr("type", "button");
        let content = el("div")
            .class("stack")
            .child(el("p").class("small soft").text(words.endpoint_remove_text()))
            .child(button.on("click", remove).text(words.endpoint_remove()));
        Some(el("details").class("card").child(el("summary").text(words.endpoint_remove())).child(content))
    }
}
