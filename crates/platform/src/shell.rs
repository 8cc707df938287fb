//! The offline shell: registers `sw.js`, hears of new versions, and lets one take over only when asked.

use crate::{
    host, lock,
    window::{listen, window},
};
use bintang_domain::ports::page::{Shell, ShellState};
use js_sys::{Object, Reflect};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

/// Held by every open sheet; `public/start.js` asks for it by the same name.
const SHEET: &str = "bintang-sheet";

/// `navigator.serviceWorker`.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServiceWorkerShell;

fn container() -> Option<ServiceWorkerContainer> {
    // Whether somebody else's page opens without a network is that page's matter.
    let navigator = window().filter(|_| !host::embedded())?.navigator();
    // Absent where the page is not served securely, though web-sys' type says otherwise.
    let there = Reflect::get(&navigator, &"serviceWorker".into()).is_ok_and(|value| value.is_object());
    there.then(|| navigator.service_worker())
}

impl Shell for ServiceWorkerShell {
    fn start(&self, ready: Box<dyn Fn(ShellState)>) {
        let Some(container) = container() else { return ready(ShellState::Unavailable) };
        // Every tab goes with a new version. The first worker takes over a page without one, which is no change of version.
        let controlled = Cell::new(container.controller().is_some());
        listen(&container, "controllerchange", move |_| {
            if controlled.replace(true) {
                host::reload();
            }
        });
        let ready = Rc::new(ready);
        spawn_local(async move {
            // The browser's HTTP cache must never hide a new version of the worker.
            let options = RegistrationOptions::new();
            options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
            let registration = JsFuture::from(container.register_with_options("sw.js", &options)).await;
            match registration.ok().and_then(|value| value.dyn_into::<ServiceWorkerRegistration>().ok()) {
                None => ready(ShellState::Unavailable),
                Some(registration) => watch(&registration, &ready),
            }
        });
    }

    fn activate(&self, in_use: Box<dyn FnOnce()>) {
        lock::is_free(SHEET, |free| if free { take_over() } else { in_use() });
    }

    fn hold(&self) -> Box<dyn FnOnce()> {
        lock::share(SHEET)
    }
}

fn take_over() {
    let Some(container) = container() else { return };
    spawn_local(async move {
        let registration = JsFuture::from(container.get_registration()).await.ok();
        let registration = registration.and_then(|value| value.dyn_into::<ServiceWorkerRegistration>().ok());
        if let Some(waiting) = registration.and_then(|registration| registration.waiting()) {
            let message = Object::new();
            let _ = Reflect::set(&message, &"type".into(), &"activate".into());
            let _ = waiting.post_message(&message);
        }
    });
}

fn watch(registration: &ServiceWorkerRegistration, ready: &Rc<Box<dyn Fn(ShellState)>>) {
    if registration.waiting().is_some() {
        ready(ShellState::UpdateWaiting);
    } else if registration.active().is_some() {
        ready(ShellState::Offline);
    }
    if let Some(installing) = registration.installing() {
        follow(installing, registration.clone(), ready.clone());
    } else if registration.waiting().is_none() && registration.active().is_none() {
        // It failed before anybody could follow it.
        ready(ShellState::Unavailable);
    }
    let (found, ready) = (registration.clone(), ready.clone());
    listen(registration, "updatefound", move |_| {
        if let Some(installing) = found.installing() {
            follow(installing, found.clone(), ready.clone());
        }
    });
}

/// Says how an installing worker ends: waiting (an older one is still in use), in use, or gone.
fn follow(worker: ServiceWorker, registration: ServiceWorkerRegistration, ready: Rc<Box<dyn Fn(ShellState)>>) {
    let target = worker.clone();
    listen(&target, "statechange", move |_| match worker.state() {
        ServiceWorkerState::Installed if registration.active().is_some() => ready(ShellState::UpdateWaiting),
        ServiceWorkerState::Activated => ready(ShellState::Offline),
        ServiceWorkerState::Redundant if registration.active().is_none() => ready(ShellState::Unavailable),
        _ => {}
    });
}
