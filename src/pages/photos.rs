//! The photos of a criterion: small pictures in a row, one of them large with what is said of it.

mod camera;
mod detail;
mod row;

use crate::{
    context::App,
    i18n::I18n,
    notice,
    services::Services,
    state::{
        camera::{self as choice, CameraChoice},
        gallery::{AddError, Curator, Spot, last_removed},
        session::Session,
    },
    ui::icon::Icon,
};
use bintang_dom::{El, Memo, Node, RwSignal, el, group, with};
use bintang_domain::{
    evidence::Photo,
    id::{NodeId, PhotoId},
    ports::page::Keeping,
    rubric::{CriterionIndex, PhotoWish},
};

/// The photos of one card, and how they are shown.
#[derive(Clone)]
struct Album {
    curator: Curator,
    session: Session,
    criterion: NodeId,
    index: CriterionIndex,
    /// The one that was asked to be taken again.
    retaking: RwSignal<Option<PhotoId>>,
    /// The one that the picker was opened for; `None` for one more. It may have ended without a photo.
    picking: RwSignal<Option<PhotoId>>,
    /// The one that is shown large.
    large: RwSignal<Option<PhotoId>>,
    /// Whether the camera in the page is open.
    camera: RwSignal<bool>,
    /// The store lives only as long as the page: nothing is called saved.
    temporary: bool,
    /// The store is locked: no other app takes photos then (docs/adr/0011).
    locked: bool,
    i18n: I18n,
    services: Services,
}

impl Album {
    /// How many the card shows; renews the view.
    fn count(&self) -> usize {
        let own = |photo: &&Photo| photo.shows(&self.criterion);
        self.session.gallery.photos.with(|photos| photos.iter().flatten().filter(own).count())
    }

    fn photo(&self, id: PhotoId) -> Option<Photo> {
        let photos = self.session.gallery.photos;
        photos.with(|photos| photos.iter().flatten().find(|photo| photo.id == id).cloned())
    }

    fn photo_untracked(&self, id: PhotoId) -> Option<Photo> {
        let photos = self.session.gallery.photos;
        photos.with_untracked(|photos| photos.iter().flatten().find(|photo| photo.id == id).cloned())
    }

    fn id(&self, what: &str) -> String {
        [what, "-", self.criterion.as_str()].concat()
    }

    fn code(&self) -> &str {
        self.criterion.as_str()
    }

    /// Where a new photo belongs, perhaps in the place of what was asked for there.
    fn spot(&self, asked: RwSignal<Option<PhotoId>>) -> Spot {
        let in_place_of = asked.try_update(Option::take).flatten();
        Spot::of(self.session, &self.criterion, in_place_of)
    }

    /// Somebody goes for a photo, perhaps in place of another.
    fn leave(&self, in_place_of: Option<PhotoId>) {
        self.retaking.set(in_place_of);
        self.session.leave_for(&self.criterion);
    }

    /// Whether photos come from the camera in the page.
    fn takes_in_page(&self) -> bool {
        self.locked || choice::chosen(self.services) == CameraChoice::InPage
    }

    /// The field that the phone's picker belongs to. A label opens it, so that nothing stands between tap and camera.
    fn field(&self) -> El {
        let (album, left) = (self.clone(), self.clone());
        el("input")
            .class("visually-hidden")
            .attr("type", "file")
            .id(&self.id("photo"))
            .attr("accept", "image/*")
            .attr("multiple", "")
            .attr("aria-label", &self.i18n.later().photos_of().of(self.code()))
            .on("click", move |_| {
                left.picking.set(left.retaking.try_update(Option::take).flatten());
                left.session.leave_for(&left.criterion);
            })
            .on("change", move |_| album.curator.add(&album.id("photo"), album.spot(album.picking)))
    }
}

/// The album of a card; it belongs to the card.
fn album(session: Session, index: CriterionIndex) -> Option<Album> {
    Some(Album {
        curator: Curator::of(Services::get(), session),
        session,
        criterion: session.rubric().criterion(index)?.id.clone(),
        index,
        retaking: RwSignal::new(None),
        picking: RwSignal::new(None),
        large: RwSignal::new(None),
        camera: RwSignal::new(false),
        temporary: App::get().condition.keeping.get_untracked() == Some(Keeping::Temporary),
        locked: App::get().lock.is_set(),
        i18n: I18n::get(),
        services: Services::get(),
    })
}

/// What a card has of photos: those that are there, what is asked for, and the button for more.
pub(super) fn of_card(session: Session, index: CriterionIndex) -> Node {
    let Some(album) = album(session, index) else { return Node::Nothing };
    group([
        wanted(&album),
        row::row(&album),
        detail::large(&album),
        removed(&album),
        state(&album),
        camera::view(&album),
        add(&album),
    ])
}

/// Says that a photo is required and not there.
fn wanted(album: &Album) -> Node {
    let (wish, album) = (album.session.rubric().criterion(album.index).map(|it| it.evidence.photo), album.clone());
    let missing = Memo::new(move || {
        let judged = album.session.cell(album.index).is_some_and(|cell| cell.get().judged().is_some());
        wish == Some(PhotoWish::Required) && judged && album.count() == 0
    });
    with(move || {
        let text = I18n::get().later().photo_required();
        missing.get().then(|| el("p").class("asked").child(Icon::Alert.view()).text(text))
    })
}

/// Brings a photo back that was just removed.
fn removed(album: &Album) -> Node {
    let since = album.session.now();
    let (known, album) = (album.clone(), album.clone());
    let last = Memo::new(move || {
        known.session.gallery.photos.with(|photos| last_removed(photos.as_ref(), &known.criterion, since))
    });
    with(move || {
        let id = last.get()?;
        let (words, curator) = (album.i18n.later(), album.curator);
        let button = el("button").class("button button--quiet").attr("type", "button").text(words.undo());
        let button = button.on("click", move |_| curator.remove(id, false));
        Some(el("p").class("photo-note").attr("role", "status").text(words.photo_removed()).text(" ").child(button))
    })
}

/// What is on its way, and what failed.
fn state(album: &Album) -> Node {
    let album = album.clone();
    with(move || {
        let (words, gallery) = (album.i18n.later(), album.session.gallery);
        let own = |failures: &Vec<(NodeId, AddError)>| {
            failures.iter().find(|(criterion, _)| *criterion == album.criterion).map(|(_, error)| error.clone())
        };
        if let Some(error) = gallery.failures.with(own) {
            let (text, again) = match &error {
                AddError::File(error) => (notice::file(&words, *error), false),
                AddError::Store(error) => (notice::store(&words, error), true),
            };
            let curator = album.curator;
            let button = again.then(|| {
                let button = el("button").class("button button--secondary").attr("type", "button");
                button.on("click", move |_| curator.try_again()).text(words.try_again())
            });
            let title = el("strong").text(words.photo_not_saved());
            let says = el("p").child(title).child(el("span").text(&text));
            return Node::from(
                el("div")
                    .class("held photo-failed")
                    .attr("role", "alert")
                    .child(Icon::Alert.view())
                    .child(says)
                    .child(button),
            );
        }
        if gallery.adding.get() > 0 {
            return el("p").class("photo-note").attr("role", "status").text(words.photo_adding()).into();
        }
        // Told where the photos are: it concerns the one who goes on taking them.
        let few = gallery.few.get().filter(|_| album.count() > 0);
        few.map(|few| el("p").class("asked").child(Icon::Alert.view()).text(&words.photos_few().of(&few.to_string())))
            .into()
    })
}

/// The button for one more.
fn add(album: &Album) -> Node {
    let words = album.i18n.later();
    if album.takes_in_page() {
        let (camera, left) = (album.camera, album.clone());
        let open = el("button")
            .class("button button--quiet photo-button")
            .attr("type", "button")
            .on("click", move |_| {
                left.leave(None);
                camera.set(true);
            })
            .child(Icon::Camera.view())
            .text(words.photo());
        return with(move || if camera.get() { Node::Nothing } else { open.clone().into() });
    }
    let album = album.clone();
    let label = el("label")
        .class("button button--quiet photo-button")
        .attr("for", &album.id("photo"))
        .child(Icon::Camera.view())
        .text(words.photo());
    let field = album.field();
    // A finger goes down before the picker opens: the place of return is on its way to the disk by then.
    let down = album.clone();
    let label = label.on("pointerdown", move |_| down.session.leave_for(&down.criterion));
    let label = label.on("click", move |_| album.leave(None));
    group([field, label])
}
