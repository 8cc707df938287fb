// A template: `cargo xtask build` fills in the hashed names. The page's only own module; it starts the app.
import init from "__JS__";

// An endpoint that a link hands over may hold a secret: out of the address at once. The app asks before it uses it.
const take = () => {
  const [, offer] = location.hash.split("#endpoint=");
  if (!offer) return;
  globalThis.bintangOffer = offer;
  history.replaceState(null, "", location.pathname + location.search);
};
take();
addEventListener("hashchange", take);

// An offer of the browser to install the app may come before the code that shows it.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  globalThis.bintangInstall = event;
});

const element = (id) => document.getElementById(id);

// What does not start may have been mended meanwhile: a new version takes over by itself, unless a tab has a sheet open.
const mend = async () => {
  const worker = navigator.serviceWorker;
  const registration = await worker.getRegistration();
  const activate = () => navigator.locks?.request("bintang-sheet", { ifAvailable: true }, (free) => {
    if (!free || !registration.waiting) return;
    worker.oncontrollerchange = () => location.reload();
    registration.waiting.postMessage({ type: "activate" });
  });
  const follow = () => registration.installing?.addEventListener("statechange", activate);
  registration.onupdatefound = follow;
  follow();
  activate();
};

// A trap ends the app: say so above what still stands there, and offer the way on.
const trapped = (error) => {
  if (error instanceof WebAssembly.RuntimeError) {
    element("crash")?.removeAttribute("hidden");
    element("crash")?.scrollIntoView();
    mend();
  }
};
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));
element("crash-reload")?.addEventListener("click", () => location.reload());

// A tab of an older version that does not let go of the store keeps this one from opening it.
setTimeout(() => element("loading-slow")?.removeAttribute("hidden"), 8000);

init({ module_or_path: new URL("__WASM__", import.meta.url) }).catch((error) => {
  // Old browsers and cut downloads end here: say so, in place of a page that loads for ever.
  element("loading-failed")?.removeAttribute("hidden");
  mend();
  throw error;
});
