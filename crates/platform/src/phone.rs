//! What the phone and its browser say of themselves.

use crate::{
    clock::BrowserClock,
    location::state_of,
    pictures::settled,
    window::{listen, window},
};
use bintang_domain::ports::{
    Clock as _, Pending,
    phone::{Drill, Permit, Phone, Sense, ShellReport},
};
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use js_sys::{Array, Date, Function, Object, Promise, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    EventTarget, HtmlIFrameElement, MessageChannel, MessageEvent, RequestCache, RequestInit, Response, ServiceWorker,
};

/// How long the shell may take to look through its files, and to fetch what is missing.
const CHECK: i64 = 30_000;
/// How long a start may take on a slow phone.
const START: i64 = 30_000;
/// How often it is looked whether it has started.
const PAUSE: i64 = 100;

/// This phone.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserPhone;

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|member| !member.is_undefined() && !member.is_null())
}

async fn room() -> Option<u64> {
    let storage = member(&window()?.navigator(), "storage")?;
    let estimate: Function = member(&storage, "estimate")?.dyn_into().ok()?;
    let estimate = settled(estimate.call0(&storage).ok()?.dyn_into::<Promise>().ok()?).await?;
    let number = |name: &str| member(&estimate, name)?.as_f64();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes, below 2^53")]
    Some((number("quota")? - number("usage")?).max(0.0) as u64)
}

/// From the date that the server's answer carries (RFC 9110, section 6.6.1), which is in whole seconds.
async fn clock_off() -> Option<i64> {
    let begun = BrowserClock.monotonic();
    let init = RequestInit::new();
    // The service worker lets other methods than GET pass.
    init.set_method("HEAD");
    init.set_cache(RequestCache::NoStore);
    let answer: Response = settled(window()?.fetch_with_str_and_init("sw.js", &init)).await?.dyn_into().ok()?;
    let (now, half) = (BrowserClock.now(), (BrowserClock.monotonic() - begun) / 2);
    let date = Date::parse(&answer.headers().get("Date").ok()??);
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a date fit an i64")]
    (!date.is_nan()).then(|| now.0 - half - (date as i64 + 500))
}

fn worker() -> Option<ServiceWorker> {
    member(&window()?.navigator(), "serviceWorker")?;
    window()?.navigator().service_worker().controller()
}

async fn shell() -> Option<ShellReport> {
    let channel = MessageChannel::new().ok()?;
    let (told, answer) = oneshot::channel();
    let told = RefCell::new(Some(told));
    listen(&channel.port1(), "message", move |event| {
        if let (Some(told), Ok(event)) = (told.borrow_mut().take(), event.dyn_into::<MessageEvent>()) {
            let _ = told.send(event.data());
        }
    });
    channel.port1().start();
    let question = Object::new();
    Reflect::set(&question, &"type".into(), &"check".into()).ok()?;
    worker()?.post_message_with_transferable(&question, &Array::of1(&channel.port2())).ok()?;
    let Either::Left((answer, _)) = select(answer, BrowserClock.sleep(CHECK)).await else { return None };
    let answer = answer.ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers of files")]
    let number = |name: &str| member(&answer, name)?.as_f64().map(|number| number as usize);
    Some(ShellReport {
        version: member(&answer, "version")?.as_string()?,
        files: number("files")?,
        missing: number("missing")?,
    })
}

fn frame(query: &str) -> Option<HtmlIFrameElement> {
    let document = window()?.document()?;
    let frame: HtmlIFrameElement = document.create_element("iframe").ok()?.dyn_into().ok()?;
    // Out of sight, but not without a size: a frame that is not laid out is not painted.
    frame.set_class_name("visually-hidden");
    frame.set_attribute("aria-hidden", "true").ok()?;
    frame.set_attribute("tabindex", "-1").ok()?;
    frame.set_src(&["./?", query].concat());
    document.body()?.append_child(&frame).ok()?;
    Some(frame)
}

async fn drill(query: String, started: String) -> Drill {
    if worker().is_none() {
        return Drill::NoShell;
    }
    let Some(frame) = frame(&query) else { return Drill::Failed };
    let begun = BrowserClock.monotonic();
    let mut outcome = Drill::Failed;
    while BrowserClock.monotonic() - begun < START {
        let page = frame.content_document();
        if page.is_some_and(|page| page.get_element_by_id(&started).is_some()) {
            outcome = Drill::Started;
            break;
        }
        // The page in the frame says itself that it did not start.
        let failed = frame.content_document().and_then(|page| page.get_element_by_id("loading-failed"));
        if failed.is_some_and(|failed| !failed.has_attribute("hidden")) {
            break;
        }
        BrowserClock.sleep(PAUSE).await;
    }
    frame.remove();
    outcome
}

/// What the phone is connected by (Network Information API); Chromium on phones has it, others do not.
fn connection() -> Option<EventTarget> {
    let navigator = window()?.navigator();
    Reflect::get(&navigator, &"connection".into()).ok()?.dyn_into().ok()
}

impl Phone for BrowserPhone {
    fn wifi(&self) -> Option<bool> {
        let connection = connection()?;
        let kind = Reflect::get(&connection, &"type".into()).ok()?.as_string()?;
        (kind != "unknown").then_some(matches!(kind.as_str(), "wifi" | "ethernet"))
    }

    fn on_wifi(&self, then: Box<dyn Fn()>) {
        let Some(connection) = connection() else { return };
        // The browser tells of each new guess at the speed, too.
        let before = Cell::new(self.wifi());
        listen(&connection, "change", move |_| {
            let now = BrowserPhone.wifi();
            if before.replace(now) != now {
                then();
            }
        });
    }

    fn room(&self) -> Pending<Option<u64>> {
        Box::pin(room())
    }

    fn permit(&self, sense: Sense) -> Pending<Permit> {
        let name = match sense {
            Sense::Camera => "camera",
            Sense::Location => "geolocation",
        };
        Box::pin(async move {
            match state_of(name).await.as_deref() {
                Some("granted") => Permit::Granted,
                Some("prompt") => Permit::Ask,
                Some("denied") => Permit::Denied,
                _ => Permit::Unknown,
            }
        })
    }

    fn clock_off(&self) -> Pending<Option<i64>> {
        Box::pin(clock_off())
    }

    fn shell(&self) -> Pending<Option<ShellReport>> {
        Box::pin(shell())
    }

    fn on_touch(&self, then: Box<dyn Fn()>) {
        let Some(window) = window() else { return };
        let then = Rc::new(then);
        for event in ["pointerdown", "keydown"] {
            let then = then.clone();
            listen(&window, event, move |_| then());
        }
    }

    fn drill(&self, query: &str, started: &str) -> Pending<Drill> {
        Box::pin(drill(query.to_owned(), started.to_owned()))
    }
}
