//! One photo, large: what it shows, when and where it was taken, what else it proves.

use super::{Album, row::picture};
use crate::{
    pages::text::card_id,
    state::{gallery::Curator, session::Typed},
    ui::icon::Icon,
};
use bintang_dom::{El, Memo, Node, el, group, value_of, with};
use bintang_domain::{
    edit::Place,
    evidence::Photo,
    id::{NodeId, PhotoId},
};
use leptos::prelude::on_cleanup;

/// The photo that is shown large, if any.
pub(super) fn large(album: &Album) -> Node {
    let (known, album) = (album.clone(), album.clone());
    // One that is removed, or taken again, closes.
    let there = Memo::new(move || {
        let photos = known.session.gallery.photos;
        let shows = |id| photos.with(|all| all.iter().flatten().any(|it| it.id == id && it.shows(&known.criterion)));
        known.large.get().filter(|id| shows(*id))
    });
    with(move || {
        let id = there.get()?;
        let photo = album.session.gallery.photos.with_untracked(|photos| {
            photos.iter().flatten().find(|photo| photo.id == id && photo.shows(&album.criterion)).cloned()
        })?;
        Some(view(&album, &photo))
    })
}

fn view(album: &Album, photo: &Photo) -> El {
    let (words, id) = (album.i18n.later(), photo.id);
    let image = el("div").class("photo-large__picture").child(picture(album, id, &photo.media_type));
    let (session, caption) = (album.session, photo.caption.clone());
    let write = |services, session, id, text: String| {
        Curator::of(services, session).describe(id, move |photo| photo.caption = text.trim().to_owned());
    };
    // Closed by its button or the phone's "back", a field need not have said that it changed.
    on_cleanup(move || session.keep_typed());
    let caption = el("input")
        .class("field__control")
        .id(&album.id("caption"))
        .value(move || caption.clone())
        .on("input", move |event| session.typing(Typed::Caption(id, value_of(&event), write)))
        .on("change", move |_| session.keep_typed());
    let label = el("span").class("field__label").text(words.photo_caption());
    el("div")
        .class("photo-large")
        .attr("data-large", &id.to_string())
        .child(image)
        .child(facts(album, id))
        .child(el("label").class("field").child(label).child(caption))
        .child(proves(album, id))
        .child(actions(album, id))
}

/// When and where, renewed when the position comes.
fn facts(album: &Album, id: PhotoId) -> El {
    let (known, i18n) = (album.clone(), album.i18n);
    let photo = Memo::new(move || known.photo(id));
    el("p").class("small soft").text_with(move || {
        let words = i18n.later();
        let Some(photo) = photo.get() else { return String::new() };
        let when = match photo.taken_at {
            Some(at) => words.photo_taken().of(&i18n.moment(at)),
            None => words.photo_added().of(&i18n.moment(photo.added)),
        };
        let place = match photo.coordinates {
            Some(place) => words.photo_place().of(place.accuracy),
            None => words.photo_no_place().to_owned(),
        };
        [when, place].join(" · ")
    })
}

/// The criteria that it proves, and a choice of more.
fn proves(album: &Album, id: PhotoId) -> El {
    let (known, album) = (album.clone(), album.clone());
    let proves = Memo::new(move || {
        let photo = known.photo(id).into_iter().flat_map(|photo| photo.proves);
        photo.map(|proves| proves.criterion).collect::<Vec<NodeId>>()
    });
    let listed = with(move || {
        let (words, curator, all) = (album.i18n.later(), album.curator, proves.get());
        let chip = |criterion: &NodeId| {
            let place = Place::Criterion(criterion.clone());
            let button = el("button")
                .class("button button--secondary")
                .attr("type", "button")
                .attr("aria-label", &words.photo_not_for().of(criterion.as_str()))
                .text(&words.photo_proves().of(criterion.as_str()))
                .text(" ×");
            button.on("click", move |_| {
                let place = place.clone();
                curator.describe(id, move |photo| photo.prove(&place, None, false));
            })
        };
        let chips = all.iter().filter(|criterion| **criterion != album.criterion).map(chip);
        let option = |code: &str, text: &str| el("option").attr("value", code).text(text);
        let rubric = album.session.rubric();
        let choices = rubric.criteria.iter().filter(|criterion| !all.contains(&criterion.id));
        let choices = choices.map(|criterion| option(criterion.id.as_str(), criterion.id.as_str()));
        let choice = el("select")
            .class("field__control")
            .child(option("", words.photo_choose()))
            .child(group(choices))
            .on("change", move |event| {
                if let Ok(criterion) = NodeId::parse(&value_of(&event)) {
                    curator.describe(id, move |photo| photo.prove(&Place::Criterion(criterion.clone()), None, true));
                }
            });
        let label = el("span").class("field__label").text(words.photo_also());
        let chips = el("div").class("button-row").child(group(chips));
        group([el("label").class("field").child(label).child(choice), chips])
    });
    el("div").child(listed)
}

/// Closes the large picture. What was pressed is gone with it; the card is where the person was.
fn close(album: &Album) {
    album.large.set(None);
    album.services.ports().page.focus(&card_id(&album.criterion));
}

/// The way to the camera for another one in its place; this one stays until the other is on disk.
fn retake(album: &Album, id: PhotoId) -> El {
    let left = album.clone();
    if album.takes_in_page() {
        return el("button").attr("type", "button").on("click", move |_| {
            left.leave(Some(id));
            left.camera.set(true);
        });
    }
    let down = album.clone();
    el("label")
        .attr("for", &album.id("photo"))
        .on("pointerdown", move |_| down.session.leave_for(&down.criterion))
        .on("click", move |_| left.leave(Some(id)))
}

fn actions(album: &Album, id: PhotoId) -> El {
    let words = album.i18n.later();
    let retake = retake(album, id).class("button button--secondary").text(words.photo_retake());
    let curator = album.curator;
    let removing = album.clone();
    let remove = el("button").class("button button--secondary").attr("type", "button").text(words.photo_remove());
    let remove = remove.on("click", move |_| {
        curator.remove(id, true);
        close(&removing);
    });
    let closing = album.clone();
    let done = el("button").class("button button--quiet").attr("type", "button").child(Icon::Up.view());
    let done = done.text(words.close()).on("click", move |_| close(&closing));
    el("div").class("button-row").child([retake, remove, done])
}
