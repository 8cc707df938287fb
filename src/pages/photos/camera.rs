//! The camera in the page.

use super::Album;
use crate::{notice, ui::icon::Icon};
use bintang_dom::{El, Node, RwSignal, el, with};
use bintang_domain::ports::evidence::CameraError;
use leptos::{prelude::on_cleanup, task::spawn_local};

/// The finder, while it is open.
pub(super) fn view(album: &Album) -> Node {
    let album = album.clone();
    with(move || album.camera.get().then(|| finder(&album)))
}

fn finder(album: &Album) -> El {
    let (words, services) = (album.i18n.later(), album.services);
    let Some(ports) = services.later() else { return el("div") };
    let (id, failure) = (album.id("camera"), RwSignal::new(None::<CameraError>));
    let ready = RwSignal::new(false);
    let opening = ports.camera.clone();
    let video = el("video").id(&id).attr("playsinline", "").attr("muted", "").attr("autoplay", "");
    let to_open = id.clone();
    // The element is on the page after the next frame.
    services.ports().page.after_paint(Box::new(move || {
        spawn_local(async move {
            let opened = opening.open(&to_open).await;
            // It may have been closed meanwhile.
            if failure.try_with_untracked(|_| ()).is_some() {
                ready.set(opened.is_ok());
                failure.set(opened.err());
            }
        });
    }));
    let to_close = id.clone();
    on_cleanup(move || {
        if let Some(ports) = services.later() {
            ports.camera.close(&to_close);
        }
    });
    let (taking, camera) = (album.clone(), ports.camera);
    let snap = el("button").class("button button--star").attr("type", "button").child(Icon::Camera.view());
    let snap = snap.attr_with("disabled", move || (!ready.get()).then_some(""));
    let snap = snap.text(words.camera_snap()).on("click", move |_| {
        let (album, snapping) = (taking.clone(), camera.snap(&id));
        spawn_local(async move {
            match snapping.await {
                Some(bytes) => album.curator.take(bytes, album.spot(album.retaking)),
                // The camera was taken away by another app.
                None => drop(failure.try_update(|failure| *failure = Some(CameraError::Absent))),
            }
        });
    });
    let open = album.camera;
    let close = el("button").class("button button--secondary").attr("type", "button").text(words.camera_close());
    let close = close.on("click", move |_| open.set(false));
    let says = with(move || {
        let text = notice::camera(words, failure.get()?);
        Some(el("p").class("asked").attr("role", "alert").child(Icon::Alert.view()).text(text))
    });
    let row = el("div").class("button-row").child([snap, close]);
    let row = if album.locked {
        row
    } else {
        let file = el("label").class("button button--quiet").attr("for", &album.id("photo")).text(words.camera_file());
        row.child([album.field(), file])
    };
    el("div").class("finder").child(video).child(says).child(row)
}
