//! A QR code (ISO/IEC 18004), drawn as one path.

use bintang_dom::{El, svg};
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the code (ISO/IEC 18004 asks for four).
const QUIET: i32 = 4;

/// The code of a text; `None` where it is too long for one.
#[must_use]
pub fn qr(text: &str, label: &str) -> Option<El> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let mut path = String::new();
    for y in 0..side {
        for x in (0..side).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    let view = format!("0 0 {0} {0}", side + 2 * QUIET);
    let ground = svg("path").attr("class", "qr__ground").attr("d", &format!("M0 0h{0}v{0}H0z", side + 2 * QUIET));
    let code = svg("svg").class("qr").attr("viewBox", &view).attr("role", "img").attr("aria-label", label);
    Some(code.attr("shape-rendering", "crispEdges").child(ground).child(svg("path").attr("d", &path)))
}
