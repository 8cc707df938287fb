//! Who and what is assessed: the fields that are not needed to begin, and the page that corrects all of them.

use super::{
    frame::{Frame, bar, foot, framed},
    opening::with_session,
    others,
    place::place,
};
use crate::{
    i18n::I18n,
    routes::Route,
    services::Services,
    state::{
        address::Address,
        open_sheet::OpenSheet,
        session::Session,
        subject_form::{NIB, PHONE, PRODUCT, SubjectForm},
        turn::Turn,
    },
    ui::field::TextField,
};
use bintang_dom::{El, Memo, Node, el};
use bintang_domain::id::AssessmentId;
use std::rc::Rc;

/// What else can be said when an assessment begins.
pub(super) fn more(form: SubjectForm) -> Node {
    el("div").class("stack stack--section").child(numbers(I18n::get(), form)).child(place(form)).into()
}

fn numbers(i18n: I18n, form: SubjectForm) -> El {
    let words = i18n.later();
    let told =
        |wrong: Memo<bool>, text: &'static str| Memo::new(move || (form.tried.get() && wrong.get()).then_some(text));
    let mut nib = TextField::new(NIB, words.subject_nib(), form.nib);
    (nib.hint, nib.inputmode) = (Some(words.subject_nib_hint()), "numeric");
    nib.error = Some(told(form.nib_wrong(), words.subject_nib_wrong()));
    let mut phone = TextField::new(PHONE, words.subject_phone(), form.phone);
    (phone.inputmode, phone.autocomplete) = ("tel", "off");
    phone.error = Some(told(form.phone_wrong(), words.subject_phone_wrong()));
    // What was filled in wrong is told when the field is left.
    let tell: Rc<dyn Fn(String)> = Rc::new(move |_| form.tried.set(true));
    (nib.on_change, phone.on_change) = (Some(tell.clone()), Some(tell));
    el("section")
        .class("stack")
        .attr("aria-label", words.subject_more())
        .child(TextField::new("sentra", words.subject_sentra(), form.sentra).view())
        .child(nib.view())
        .child(phone.view())
}

/// The page that corrects what an open sheet says of its subject.
pub(super) fn page(id: AssessmentId) -> Node {
    OpenSheet::get().open(id);
    with_session(corrected)
}

fn corrected(session: Session) -> Node {
    let (i18n, address, services) = (I18n::get(), Address::get(), Services::get());
    let words = i18n.later();
    let form = SubjectForm::new(session.content.with_untracked(|content| content.draft.head.subject.clone()));
    let back = Route::review(session.assessment());
    let bar = bar(Some(back.clone()), words.subject_edit(), Node::Nothing, Node::Nothing);
    let unnamed = Memo::new(move || {
        (form.tried.get() && form.product.with(|text| text.trim().is_empty())).then_some(words.field_required())
    });
    let mut product = TextField::new(PRODUCT, words.field_product(), form.product);
    product.error = Some(unnamed);
    let content = el("fieldset")
        .class("page stack stack--section sheet-page")
        .attr_with("disabled", move || (session.turn.get() != Turn::Mine).then_some(""))
        .child(
            el("section")
                .class("stack")
                .attr("aria-label", words.subject())
                .child(product.view())
                .child(TextField::new("business", words.field_business(), form.business).view())
                .child(TextField::new("owner", words.field_owner(), form.owner).view()),
        )
        .child(more(form));
    let keep = move |_| match form.read() {
        Err(field) => drop(services.ports().page.reveal(field)),
        // Where another tab writes, what was typed stays here until it is this one's turn.
        Ok(subject) => {
            if session.describe(subject) {
                address.replace(back.clone());
            }
        }
    };
    let keep = el("button").class("button button--wide").id("keep").attr("type", "button").on("click", keep);
    let above = el("div").child(bar).child(others::banner(session));
    framed(Frame::Focus, above, content, foot("foot", keep.text(words.subject_keep())))
}
