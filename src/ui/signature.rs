//! A signature that is drawn, and the field it is drawn in.

use bintang_dom::{El, RwSignal, capture, el, spot_of, svg};
use bintang_domain::signature::{HEIGHT, Stroke, WIDTH, path};

/// Sides of the field are told in thousandths.
const SIDE: i32 = 1000;

fn frame() -> El {
    let view = ["0 0", &WIDTH.to_string(), &HEIGHT.to_string()].join(" ");
    svg("svg").class("ink").attr("viewBox", &view)
}

/// A drawn signature; `label` is what a screen reader says.
pub fn drawn(strokes: &[Stroke], label: &str) -> El {
    frame().attr("role", "img").attr("aria-label", label).child(svg("path").attr("d", &path(strokes)))
}

/// The field; what is drawn in it is in `strokes`.
pub fn pad(id: &str, label: &str, strokes: RwSignal<Vec<Stroke>>) -> El {
    let drawing = RwSignal::new(false);
    let point = move |event: &bintang_dom::Event, begins: bool| {
        let Some((x, y)) = spot_of(event) else { return };
        let (x, y) = (x * i32::from(WIDTH) / SIDE, y * i32::from(HEIGHT) / SIDE);
        strokes.update(|strokes| {
            if begins {
                strokes.push(Stroke::default());
            }
            if let Some(stroke) = strokes.last_mut() {
                stroke.add(x, y);
            }
        });
    };
    let ink = svg("path").attr_with("d", move || Some(strokes.with(|strokes| path(strokes))));
    let field = frame().attr("aria-hidden", "true").child(ink);
    el("div")
        .class("sign__pad")
        .id(id)
        .attr("role", "img")
        .attr("aria-label", label)
        .on("pointerdown", move |event| {
            capture(&event);
            event.prevent_default();
            drawing.set(true);
            point(&event, true);
        })
        .on("pointermove", move |event| {
            if drawing.get_untracked() {
                point(&event, false);
            }
        })
        .on("pointerup", move |_| drawing.set(false))
        .on("pointercancel", move |_| drawing.set(false))
        .child(field)
}
