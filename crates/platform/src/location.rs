//! The phone's position.

use crate::{pictures::settled, window::window};
use bintang_domain::{
    ports::{
        Pending,
        evidence::{Location, LocationError},
    },
    subject::Coordinates,
    time::Millis,
};
use futures::channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Position, PositionError, PositionOptions};

/// A position this old, in milliseconds, is as good as a new one.
const FRESH: u32 = 60_000;

/// A cheap phone that was off for days finds its satellites in about half a minute under the open sky.
const PATIENCE: u32 = 45_000;

/// `navigator.geolocation`.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserLocation;

type Outcome = Result<Coordinates, LocationError>;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "degrees and metres as the browser bounds them"
)]
fn read(position: &Position) -> Coordinates {
    let coords = position.coords();
    let degrees = |value: f64| (value * 1e7).round() as i32;
    Coordinates {
        latitude: degrees(coords.latitude()),
        longitude: degrees(coords.longitude()),
        accuracy: coords.accuracy().ceil() as u32,
        at: Millis(position.timestamp() as i64),
    }
}

impl Location for BrowserLocation {
    fn here(&self) -> Pending<Outcome> {
        let (told, answer) = oneshot::channel();
        let told = Rc::new(RefCell::new(Some(told)));
        let tell = move |outcome: Outcome| {
            if let Some(told) = told.borrow_mut().take() {
                let _ = told.send(outcome);
            }
        };
        let refuse = tell.clone();
        let found = Closure::<dyn FnMut(Position)>::new(move |position| tell(Ok(read(&position))));
        let failed = Closure::<dyn FnMut(PositionError)>::new(move |error: PositionError| {
            // PERMISSION_DENIED, POSITION_UNAVAILABLE and TIMEOUT (Geolocation API, section 9).
            refuse(Err(match error.code() {
                1 => LocationError::Denied,
                3 => LocationError::Timeout,
                _ => LocationError::Unavailable,
            }));
        });
        let options = PositionOptions::new();
        options.set_enable_high_accuracy(true);
        options.set_maximum_age(FRESH);
        options.set_timeout(PATIENCE);
        let asked = window().and_then(|window| window.navigator().geolocation().ok()).and_then(|geolocation| {
            let (found, failed): (&Function, &Function) =
                (found.as_ref().unchecked_ref(), failed.as_ref().unchecked_ref());
            geolocation.get_current_position_with_error_callback_and_options(found, Some(failed), &options).ok()
        });
        Box::pin(async move {
            // Kept alive until the answer has come.
            let _listeners = (found, failed);
            asked.ok_or(LocationError::Unavailable)?;
            answer.await.unwrap_or(Err(LocationError::Unavailable))
        })
    }

    fn allowed(&self) -> Pending<bool> {
        Box::pin(async { allowed("geolocation").await.unwrap_or(false) })
    }
}

/// Whether the browser grants this without a question; `None` where it does not say.
pub(crate) async fn allowed(name: &str) -> Option<bool> {
    state_of(name).await.map(|state| state == "granted")
}

/// What the browser says of a permission (Permissions API, section 4): `granted`, `prompt` or `denied`.
pub(crate) async fn state_of(name: &str) -> Option<String> {
    let permissions = Reflect::get(&window()?.navigator(), &"permissions".into()).ok()?;
    let query: Function = Reflect::get(&permissions, &"query".into()).ok()?.dyn_into().ok()?;
    let asked = Object::new();
    Reflect::set(&asked, &"name".into(), &name.into()).ok()?;
    let promise: Promise = query.call1(&permissions, &asked).ok()?.dyn_into().ok()?;
    let status = settled(promise).await?;
    Reflect::get(&status, &"state".into()).ok()?.as_string()
}
