//! The camera in the page.

use crate::{
    pictures::{QUALITY, settled},
    window::{find, window},
};
use bintang_domain::ports::{
    Pending,
    evidence::{Camera, CameraError, LONGEST},
};
use futures::channel::oneshot;
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

/// `getUserMedia`.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserCamera;

fn video(id: &str) -> Option<HtmlVideoElement> {
    find(id)?.dyn_into().ok()
}

async fn open(id: String) -> Result<(), CameraError> {
    let media = window().and_then(|window| window.navigator().media_devices().ok()).ok_or(CameraError::Absent)?;
    let wanted = Object::new();
    let ideal = |value: JsValue| {
        let wish = Object::new();
        let _ = Reflect::set(&wish, &"ideal".into(), &value);
        wish
    };
    let _ = Reflect::set(&wanted, &"facingMode".into(), &ideal("environment".into()));
    let _ = Reflect::set(&wanted, &"width".into(), &ideal(LONGEST.into()));
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&wanted);
    let asked = media.get_user_media_with_constraints(&constraints).map_err(|_| CameraError::Absent)?;
    let stream = JsFuture::from(asked).await.map_err(|error| {
        let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("NotAllowedError" | "SecurityError") => CameraError::Denied,
            _ => CameraError::Absent,
        }
    })?;
    let stream: MediaStream = stream.dyn_into().map_err(|_| CameraError::Absent)?;
    let Some(video) = video(&id) else {
        // The page was left meanwhile.
        stop(&stream);
        return Err(CameraError::Absent);
    };
    video.set_src_object(Some(&stream));
    if let Ok(playing) = video.play() {
        let _ = settled(playing).await;
    }
    Ok(())
}

fn stop(stream: &MediaStream) {
    stream
        .get_tracks()
        .iter()
        .filter_map(|track| track.dyn_into::<MediaStreamTrack>().ok())
        .for_each(|track| track.stop());
}

fn canvas(id: &str) -> Option<HtmlCanvasElement> {
    let video = video(id)?;
    let (width, height) = (video.video_width(), video.video_height());
    let longest = width.max(height);
    if longest == 0 {
        return None;
    }
    let fit = |side: u32| if longest > LONGEST { (side * LONGEST / longest).max(1) } else { side };
    let canvas: HtmlCanvasElement = window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(fit(width));
    canvas.set_height(fit(height));
    let brush: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    brush.draw_image_with_html_video_element_and_dw_and_dh(&video, 0.0, 0.0, width, height).ok()?;
    Some(canvas)
}

async fn snap(id: String) -> Option<Vec<u8>> {
    let canvas = canvas(&id)?;
    let (told, answer) = oneshot::channel();
    let done = Closure::once_into_js(move |blob: Option<Blob>| drop(told.send(blob)));
    canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &QUALITY.into()).ok()?;
    let buffer = settled(answer.await.ok().flatten()?.array_buffer()).await?;
    Some(Uint8Array::new(&buffer).to_vec())
}

impl Camera for BrowserCamera {
    fn open(&self, video: &str) -> Pending<Result<(), CameraError>> {
        Box::pin(open(video.to_owned()))
    }

    fn snap(&self, video: &str) -> Pending<Option<Vec<u8>>> {
        Box::pin(snap(video.to_owned()))
    }

    fn close(&self, id: &str) {
        let Some(video) = video(id) else { return };
        if let Some(stream) = video.src_object() {
            stop(&stream);
        }
        video.set_src_object(None);
    }
}
