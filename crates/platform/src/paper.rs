//! Printing, and a part of the page as a file of its own.

use crate::{
    pictures::settled,
    window::{find, window},
};
use bintang_domain::ports::{
    Pending,
    paper::{Paper, Shared},
};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement};

/// What a document of its own may do: show itself and its pictures, and nothing else (CSP level 3).
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
/// Quality of small pictures.
const QUALITY: f64 = 0.7;

/// The page of the browser as paper.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserPaper;

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|member| !member.is_undefined() && !member.is_null())
}

/// All rules of the page's style sheets; they are the app's own, so they can be read.
fn styles() -> Option<String> {
    let sheets = Array::from(&member(&window()?.document()?.into(), "styleSheets")?);
    let mut text = String::new();
    for sheet in sheets.iter() {
        let Some(rules) = member(&sheet, "cssRules") else { continue };
        for rule in Array::from(&rules).iter() {
            text.push_str(&member(&rule, "cssText")?.as_string()?);
            text.push('\n');
        }
    }
    Some(text)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn file(name: &str, media_type: &str, text: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(media_type);
    File::new_with_str_sequence_and_options(&Array::of1(&text.into()), name, &options).ok()
}

/// What is handed to the browser's sharing, with its function of this name.
fn sharing(function: &str, file: &File) -> Option<(Function, JsValue, Object)> {
    let navigator: JsValue = window()?.navigator().into();
    let share = member(&navigator, function)?.dyn_into().ok()?;
    let data = Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(file)).ok()?;
    Some((share, navigator, data))
}

async fn small(bytes: Vec<u8>, media_type: String, longest: u32) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(&media_type);
    let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let window = window()?;
    let decode: Function = member(&window, "createImageBitmap")?.dyn_into().ok()?;
    let bitmap = settled(decode.call1(&window, &blob).ok()?.dyn_into::<Promise>().ok()?).await?;
    let side = |name: &str| member(&bitmap, name).and_then(|side| side.as_f64());
    let (width, height) = (side("width")?, side("height")?);
    let scale = (f64::from(longest) / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = window.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a picture")]
    let pixels = |side: f64| (side * scale).round().max(1.0) as u32;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let draw: Function = member(&context, "drawImage")?.dyn_into().ok()?;
    let place = [0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height())].map(JsValue::from_f64);
    let arguments = Array::of1(&bitmap);
    for number in &place {
        arguments.push(number);
    }
    draw.apply(&context, &arguments).ok()?;
    canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &QUALITY.into()).ok()
}

impl Paper for BrowserPaper {
    fn print(&self) {
        // It fails where a frame may not print; then nothing happens, as with the browser's own button.
        let _ = window().and_then(|window| member(&window, "print")?.dyn_into::<Function>().ok()?.call0(&window).ok());
    }

    fn document(&self, id: &str, language: &str, direction: &str, title: &str) -> Option<String> {
        let element = find(id)?;
        let head = [
            "<!doctype html>\n<html lang=\"",
            &escaped(language),
            "\" dir=\"",
            &escaped(direction),
            "\" data-theme=\"light\"><head><meta charset=\"utf-8\"><meta http-equiv=\"content-security-policy\" content=\"",
            POLICY,
            "\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>",
            &escaped(title),
            "</title><style>",
            // A style sheet ends at the first end tag, wherever that stands.
            &styles()?.replace("</", "<\\/"),
            "</style></head><body><main>",
        ];
        Some([&head.concat(), &element.outer_html(), "</main></body></html>\n"].concat())
    }

    fn shares(&self, name: &str, media_type: &str) -> bool {
        let asked = file(name, media_type, "").and_then(|file| {
            let (can, navigator, data) = sharing("canShare", &file)?;
            can.call1(&navigator, &data).ok()?.as_bool()
        });
        asked == Some(true)
    }

    fn share(&self, name: &str, media_type: &str, text: &str) -> Pending<Shared> {
        // Begun at once: a browser shares only while the tap is fresh (Web Share, "share").
        let begun = file(name, media_type, text).and_then(|file| {
            let (share, navigator, data) = sharing("share", &file)?;
            share.call1(&navigator, &data).ok()?.dyn_into::<Promise>().ok()
        });
        Box::pin(async move {
            let Some(begun) = begun else { return Shared::Unable };
            match JsFuture::from(begun).await {
                Ok(_) => Shared::Done,
                Err(error) => {
                    let name = member(&error, "name").and_then(|name| name.as_string());
                    if name.as_deref() == Some("AbortError") { Shared::Given } else { Shared::Unable }
                }
            }
        })
    }

    fn small(&self, bytes: &[u8], media_type: &str, longest: u32) -> Pending<Option<String>> {
        Box::pin(small(bytes.to_vec(), media_type.to_owned(), longest))
    }
}
