//! The small pictures of a card, in a row.

use super::Album;
use crate::{pages::text::card_id, ui::icon::Icon};
use bintang_dom::{El, Memo, Node, RwSignal, el, with};
use bintang_domain::{
    evidence::{Form, Photo},
    id::PhotoId,
};
use leptos::{prelude::on_cleanup, task::spawn_local};

/// Pictures that are shown at once, the last ones, and that each "earlier" adds. A row of hundreds would be read and
/// decoded whole, which a cheap phone has no memory for.
const SHOWN: usize = 12;

/// A picture; when its form changes, its bytes are others.
#[derive(Clone, Copy, PartialEq)]
struct Small {
    id: PhotoId,
    form: Form,
}

/// The pictures of the row, oldest first, and how many come before them.
#[derive(Clone, PartialEq)]
struct Row {
    before: usize,
    shown: Vec<Small>,
}

impl Row {
    fn of(album: &Album, most: usize) -> Self {
        album.session.gallery.photos.with(|photos| {
            let own = photos.iter().flatten().filter(|photo| photo.shows(&album.criterion));
            let before = own.clone().count().saturating_sub(most);
            let shown = own.skip(before).map(|photo| Small { id: photo.id, form: photo.form });
            Self { before, shown: shown.collect() }
        })
    }
}

/// The row; nothing where there is no photo.
pub(super) fn row(album: &Album) -> Node {
    let (known, album, most) = (album.clone(), album.clone(), RwSignal::new(SHOWN));
    let row = Memo::new(move || Row::of(&known, most.get()));
    let some = Memo::new(move || row.with(|row| !row.shown.is_empty()));
    with(move || {
        if !some.get() {
            return Node::Nothing;
        }
        let (name, of) = (album.i18n.later().photos_of().of(album.code()), album.clone());
        let shown = move || row.with(|row| row.shown.clone());
        let list = el("div").class("photos__list").each(shown, move |small| figure(&of, row, *small));
        let group = el("div").class("photos").attr("role", "group").attr("aria-label", &name);
        group.child(earlier(&album, row, most)).child(list).into()
    })
}

/// The button for those before.
fn earlier(album: &Album, row: Memo<Row>, most: RwSignal<usize>) -> Node {
    let (album, before) = (album.clone(), Memo::new(move || row.with(|row| row.before)));
    let any = Memo::new(move || before.get() > 0);
    with(move || {
        let (words, page, card) = (album.i18n.later(), album.services.ports().page.clone(), card_id(&album.criterion));
        let button = el("button")
            .attr("type", "button")
            .on("click", move |_| {
                most.update(|most| *most += SHOWN);
                if !any.get_untracked() {
                    // The button is gone; the card is where the person was.
                    page.focus(&card);
                }
            })
            .text_with(move || words.photos_earlier().of(before.get()));
        any.get().then(|| el("div").class("photo photos__earlier").child(button))
    })
}

fn figure(album: &Album, row: Memo<Row>, small: Small) -> El {
    let words = album.i18n.later();
    let (large, Small { id, form }) = (album.large, small);
    // Its number among the photos of the card, and its caption: both change while the picture stays.
    let number = move || row.with(|row| row.before + row.shown.iter().take_while(|small| small.id != id).count() + 1);
    let known = album.session.gallery.photos;
    let caption = Memo::new(move || {
        let own = |photo: &&Photo| photo.id == id && !photo.caption.is_empty();
        known.with(|photos| photos.iter().flatten().find(own).map(|photo| photo.caption.clone()))
    });
    let name = move || caption.get().unwrap_or_else(|| number().to_string());
    let (icon, says) = match form {
        _ if album.temporary => (Icon::Storage, words.temporary_short()),
        Form::Original => (Icon::Clock, words.photo_waiting()),
        Form::Scaled => (Icon::Check, words.photo_saved()),
        Form::Kept => (Icon::Info, words.photo_kept()),
    };
    let button = el("button")
        .attr("type", "button")
        .attr_with("aria-label", move || Some(words.photo_view().of(&name())))
        .attr_with("aria-expanded", move || Some(if large.get() == Some(id) { "true" } else { "false" }))
        .on("click", move |_| large.set(if large.get_untracked() == Some(id) { None } else { Some(id) }));
    let media_type = album.photo_untracked(id).map(|photo| photo.media_type).unwrap_or_default();
    let picture = picture(album, id, &media_type);
    let caption = el("span").text_with(move || caption.get().unwrap_or_else(|| says.to_owned()));
    el("figure")
        .class("photo")
        .attr("data-photo", &id.to_string())
        .attr("data-form", form_word(form))
        .child(button.child(picture))
        .child(el("figcaption").child(icon.view()).child(caption))
}

fn form_word(form: Form) -> &'static str {
    match form {
        Form::Original => "original",
        Form::Scaled => "scaled",
        Form::Kept => "kept",
    }
}

/// A picture whose bytes are read once it is on the page, and let go with it.
pub(super) fn picture(album: &Album, photo: PhotoId, media_type: &str) -> Node {
    let address = RwSignal::new(None::<String>);
    let (curator, media_type) = (album.curator, media_type.to_owned());
    spawn_local(async move {
        if let Some(found) = curator.picture(photo, &media_type).await {
            // The card may have been left meanwhile; then nobody else gives the address back.
            if address.try_with_untracked(|_| ()).is_some() {
                address.set(Some(found));
            } else {
                curator.hide(&found);
            }
        }
    });
    on_cleanup(move || {
        if let Some(Some(address)) = address.try_get_untracked() {
            curator.hide(&address);
        }
    });
    with(move || address.get().map(|address| el("img").attr("src", &address).attr("alt", "")))
}
