//! Tujuan: one endpoint, with what belongs to it.

use super::{
    frame::{Frame, bar, framed},
    settings::{choice, choices},
};
use crate::{
    i18n::{I18n, Later},
    notice,
    routes::Route,
    services::Services,
    state::{
        endpoint_form::{EndpointForm, Trying},
        endpoints::{EndpointBook, NotKept},
    },
    ui::{
        banner::Banner,
        field::{TextField, error_line},
        icon::Icon,
        line::{Tone, coded, coming, empty, line},
        option_row::hidden,
    },
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, with};
use bintang_domain::{
    delivery::Probed,
    endpoint::{AccessKind, Endpoint, Endpoints, PhotoRule, ProfileKind, SecretProblem},
    outbox::SendError,
    ports::StoreError,
};

/// The page of the endpoint at this place in the list; of a new one where there is none.
pub(super) fn page(number: Option<usize>) -> Node {
    let (i18n, book) = (I18n::get(), EndpointBook::open());
    let words = i18n.later();
    let title = if number.is_some() { words.endpoint_title() } else { words.endpoint_new() };
    let bar = bar(Some(Route::settings()), title, Node::Nothing, Node::Nothing);
    // Once: what is typed stays, whatever another tab does.
    let read = Memo::new(move || book.now.with(Option::is_some) || book.failure.with(Option::is_some));
    let content = move || -> Node {
        if !read.get() {
            return coming(words.loading()).into();
        }
        let before = book.now.with_untracked(|now| now.as_ref()?.all().get(number?).cloned());
        match (book.failure.get_untracked(), number, &before) {
            (Some(error), ..) if error != StoreError::Corrupt => {
                Banner::Storage.view(&notice::store(words.first, &error), None, Node::Nothing).into()
            }
            (_, Some(_), None) => empty(Icon::Outbox, words.endpoint_gone(), None).into(),
            _ => Fields { i18n, form: EndpointForm::new(book, before) }.view().into(),
        }
    };
    framed(Frame::Focus, bar, el("div").class("page stack stack--section").child_with(content), Node::Nothing)
}

/// Why the last change was not kept, if it was not.
pub(super) fn refusal(words: Later, not_kept: RwSignal<Option<NotKept>>) -> Node {
    with(move || {
        let text = match not_kept.get()? {
            NotKept::Refused(refused) => notice::endpoint(words, refused)?,
            NotKept::Store(error) => notice::store(words.first, &error),
        };
        Some(el("div").attr("role", "alert").child(error_line(&text)))
    })
}

/// The fields on the screen.
#[derive(Clone)]
struct Fields {
    i18n: I18n,
    form: EndpointForm,
}

impl Fields {
    fn view(self) -> El {
        self.form.forget_trials();
        let words = self.i18n.later();
        let (keep, profile, fields) = (self.form.clone(), self.form.profile, self.clone());
        // What says who sends must not follow a redirect.
        let quiet = Memo::new(move || profile.get() == ProfileKind::Simple);
        let access = with(move || if quiet.get() { Node::Nothing } else { fields.access() });
        let form = el("form").class("stack stack--section").attr("novalidate", "").on("submit", move |event| {
            event.prevent_default();
            keep.keep(false);
        });
        let button = el("button").class("button button--wide").id("endpoint-keep").attr("type", "submit");
        form.child(self.damaged())
            .child(self.chosen())
            .child(el("div").class("stack").child(self.fields()))
            .child(access)
            .child(self.photo_rule())
            .child(self.sending())
            .child(self.receipt_key())
            .child(self.trial())
            .child(refusal(words, self.form.not_kept))
            .child(button.text(words.endpoint_keep()))
            .child(self.removing())
    }

    /// The key that signs its receipts, where that is known.
    fn receipt_key(&self) -> Option<El> {
        let key = self.form.before.as_ref()?.receipt_key?;
        let fact = line(Tone::Plain, Icon::Lock, coded(None, self.i18n.later().receipt_key()), Some(&key.short()));
        Some(el("ul").class("rows").child(fact))
    }

    fn damaged(&self) -> Node {
        let (book, words) = (self.form.book, self.i18n.later());
        with(move || {
            (book.failure.get() == Some(StoreError::Corrupt))
                .then(|| Banner::Storage.view(words.endpoints_damaged(), None, Node::Nothing))
        })
    }

    /// Whether new assessments go there, and how they come to.
    fn chosen(&self) -> Node {
        let (words, book) = (self.i18n.later(), self.form.book);
        let Some(address) = self.form.before.as_ref().map(|before| before.address.clone()) else {
            return Node::Nothing;
        };
        let form = self.form.clone();
        let is = Memo::new(move || {
            book.now.with(|now| now.as_ref().and_then(Endpoints::chosen).map(|e| e.address == address))
        });
        with(move || {
            if is.get() == Some(true) {
                let fact = line(Tone::Good, Icon::Done, coded(None, words.endpoint_chosen()), None);
                return el("ul").class("rows").attr("data-chosen", "").child(fact);
            }
            let form = form.clone();
            let choose = move |_| form.keep(true);
            let button = el("button").class("button button--secondary button--wide").id("endpoint-choose");
            button.attr("type", "button").on("click", choose).text(words.endpoint_choose())
        })
    }

    fn fields(&self) -> Node {
        let (words, problems) = (self.i18n.later(), self.form.problems);
        let error = Memo::new(move || problems.get().address.map(|problem| notice::address(words, problem)));
        let secret = self.form.before.as_ref().is_some_and(|before| before.profile.address_is_secret());
        let address = TextField {
            hint: Some(if secret { words.endpoint_address_kept() } else { words.settings_endpoint_hint() }),
            error: Some(error),
            autocomplete: "url",
            inputmode: "url",
            ..TextField::new("endpoint-url", words.settings_endpoint_url(), self.form.address)
        };
        let long = Memo::new(move || problems.get().name.then(|| words.endpoint_name_long()));
        let name = TextField {
            hint: Some(words.endpoint_name_hint()),
            error: Some(long),
            ..TextField::new("endpoint-name", words.endpoint_name(), self.form.name)
        };
        group([address.view(), name.view()])
    }

    fn access(&self) -> Node {
        let (words, kind, fields) = (self.i18n.later(), self.form.kind, self.clone());
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
            let user = user.map(|label| fields.access_name(words, label));
            el("div").class("stack").child(user).child(fields.secret(words, secret)).into()
        });
        group([choices(words.access_choice(), rows.into()).into(), fields])
    }

    fn access_name(&self, words: Later, label: &'static str) -> El {
        let problems = self.form.problems;
        let error = Memo::new(move || problems.get().access_name.then(|| words.access_name_unfit()));
        TextField { error: Some(error), ..TextField::new("access-name", label, self.form.access_name) }.view()
    }

    fn secret(&self, words: Later, label: &'static str) -> El {
        let problems = self.form.problems;
        let same_kind = |before: &Endpoint| AccessKind::from(&before.access) == self.form.kind.get_untracked();
        let kept = self.form.before.as_ref().is_some_and(same_kind);
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
            ..TextField::new("access-secret", label, self.form.secret)
        };
        field.view()
    }

    fn photo_rule(&self) -> Node {
        let (words, photos) = (self.i18n.later(), self.form.photos);
        let rows = [
            ("now", PhotoRule::Now, words.photos_now()),
            ("wifi", PhotoRule::WifiOnly, words.photos_wifi()),
            ("never", PhotoRule::Never, words.photos_never()),
        ];
        let rows = rows.map(|(value, each, name)| {
            choice("photos", value, move || photos.get() == each, move || photos.set(each), el("span").text(name))
        });
        let phone = Services::get().later().map(|later| later.phone);
        let unknown = with(move || {
            let text = || el("p").class("small soft").text(words.photos_wifi_unknown());
            (photos.get() == PhotoRule::WifiOnly && phone.as_ref().and_then(|phone| phone.wifi()).is_none()).then(text)
        });
        group([choices(words.photos_choice(), rows.into()).into(), unknown])
    }

    /// How it is spoken to; most people never need to look.
    fn sending(&self) -> El {
        let (words, profile, fields) = (self.i18n.later(), self.form.profile, self.clone());
        let rows = ProfileKind::ALL.map(|each| {
            let (value, name) = (each.word(), profile_name(words, each));
            choice("profile", value, move || profile.get() == each, move || profile.set(each), el("span").text(name))
        });
        let more = with(move || {
            let kind = profile.get();
            let hint = match kind {
                ProfileKind::Bintang => return Node::Nothing,
                ProfileKind::Multipart | ProfileKind::Json => words.profile_receipt(),
                ProfileKind::Simple => words.profile_redirects(),
                ProfileKind::Put => words.profile_reads_back(),
                ProfileKind::PutThrifty => words.profile_thrifty(),
            };
            let simple = kind == ProfileKind::Simple;
            el("div")
                .class("stack")
                .child(el("p").class("small soft").text(hint))
                .child(simple.then(|| fields.mark()))
                .child(fields.limit())
                .child((!simple).then(|| fields.extra()))
                .into()
        });
        let opened = profile.get_untracked() != ProfileKind::Bintang;
        let details = el("details").class("card").id("profile");
        let details = if opened { details.attr("open", "") } else { details };
        // The summary says the same, and which it is.
        let legend = el("legend").child(hidden(words.profile_more()));
        let rows = el("fieldset").child(legend).child(el("div").class("rows").child(Node::from(rows)));
        let content = el("div").class("stack").child(rows).child(more);
        let summary = move || [words.profile_more(), ": ", profile_name(words, profile.get())].concat();
        details.child(el("summary").text_with(summary)).child(content)
    }

    fn mark(&self) -> El {
        let (words, problems) = (self.i18n.later(), self.form.problems);
        let error = Memo::new(move || problems.get().mark.then(|| words.profile_mark_long()));
        let field = TextField::new("profile-mark", words.profile_mark(), self.form.mark);
        TextField { hint: Some(words.profile_mark_hint()), error: Some(error), ..field }.view()
    }

    fn limit(&self) -> El {
        let (words, problems) = (self.i18n.later(), self.form.problems);
        let error = Memo::new(move || problems.get().limit.then(|| words.profile_limit_unfit()));
        let field = TextField::new("profile-limit", words.profile_limit(), self.form.limit);
        let hint = Some(words.profile_limit_hint());
        TextField { hint, error: Some(error), inputmode: "numeric", ..field }.view()
    }

    fn extra(&self) -> El {
        let (words, problems, extra) = (self.i18n.later(), self.form.problems, self.form.extra);
        let error = Memo::new(move || problems.get().extra.then(|| words.profile_extra_unfit()));
        let field = TextField::new("profile-extra", words.profile_extra(), extra);
        let hint = Some(words.profile_extra_hint());
        TextField { hint, error: Some(error), lines: Some(2), ..field }.view()
    }

    /// Trying it before an assessment depends on it.
    fn trial(&self) -> El {
        let (words, trying, form) = (self.i18n.later(), self.form.trying, self.form.clone());
        let button = el("button").class("button button--secondary button--wide").id("endpoint-try");
        let button = button.attr("type", "button").on("click", move |_| form.try_it());
        let outcome = move || {
            let (icon, state, text) = match trying.get() {
                Trying::Not => return Node::Nothing,
                Trying::Under => (Icon::Clock, "trying", words.endpoint_trying().to_owned()),
                Trying::Works(Probed::Receives) => (Icon::Done, "works", words.endpoint_works().to_owned()),
                Trying::Works(Probed::Answers) => (Icon::Info, "answers", words.endpoint_answers().to_owned()),
                // Nothing is tried again by itself here, as the outbox does.
                Trying::Failed(SendError::Offline | SendError::Timeout) => {
                    (Icon::Alert, "failed", words.endpoint_unreachable().to_owned())
                }
                Trying::Failed(SendError::Busy { status, .. }) => {
                    (Icon::Alert, "failed", words.endpoint_busy().of(status))
                }
                Trying::Failed(SendError::NotAReceipt { status }) => {
                    (Icon::Alert, "failed", words.endpoint_not_a_receiver().of(status))
                }
                Trying::Failed(error) => (Icon::Alert, "failed", notice::send(words, &error)),
            };
            el("p")
                .class(if state == "failed" { "held" } else { "saved" })
                .attr("data-trial", state)
                .child(icon.view())
                .child(el("span").text(&text))
                .into()
        };
        let says = el("div").attr("role", "status").child_with(outcome);
        el("div").class("stack").child(button.child(Icon::Refresh.view()).text(words.endpoint_try())).child(says)
    }

    fn removing(&self) -> Option<El> {
        let (words, form) = (self.i18n.later(), self.form.clone());
        self.form.before.as_ref()?;
        let button = el("button").class("button button--secondary").id("endpoint-remove").attr("type", "button");
        let content = el("div")
            .class("stack")
            .child(el("p").class("small soft").text(words.endpoint_remove_text()))
            .child(button.on("click", move |_| form.remove()).text(words.endpoint_remove()));
        Some(
            el("details").class("card").id("removal").child(el("summary").text(words.endpoint_remove())).child(content),
        )
    }
}

/// The name of a way to send.
pub(super) fn profile_name(words: Later, kind: ProfileKind) -> &'static str {
    match kind {
        ProfileKind::Bintang => words.profile_bintang(),
        ProfileKind::Multipart => words.profile_multipart(),
        ProfileKind::Json => words.profile_json(),
        ProfileKind::Simple => words.profile_simple(),
        ProfileKind::Put => words.profile_put(),
        ProfileKind::PutThrifty => words.profile_put_thrifty(),
    }
}
