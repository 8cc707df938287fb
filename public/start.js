// A template: `cargo xtask build` fills in the hashed names. The page's only own module; it starts the app.
import create from "__JS__";

// An endpoint that a link hands over may hold a secret: out of the address at once. The app asks before it uses it.
// So is what a page gives that leads to the app.
const take = () => {
  const [, offer] = location.hash.split("#endpoint=");
  const [, begin] = location.hash.split("#begin=");
  if (!offer && !begin) return;
  Object.assign(globalThis, offer ? { bintangOffer: offer } : { bintangBegin: begin });
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

// The page of the app itself (docs/adr/0022).
const address = (query) => (query ? `./?${query}` : "./");
const host = {
  root: () => document,
  place: () => document.body,
  query: () => location.search.slice(1),
  push: (query) => history.pushState(null, "", address(query)),
  replace: (query) => history.replaceState(null, "", address(query)),
  moved: (then) => addEventListener("popstate", () => then()),
  top: () => scrollTo(0, 0),
  describe: (lang, dir, title) => {
    Object.assign(document.documentElement, { lang, dir });
    document.title = title;
  },
  theme: (name) => {
    document.documentElement.dataset.theme = name;
  },
  reload: () => location.reload(),
  url: (file) => file,
  listen: (target, event, then) => target.addEventListener(event, then),
  sleep: (span) => new Promise((done) => setTimeout(done, span)),
  store: () => "bintang",
  given: () => undefined,
  embedded: () => false,
  fleeting: () => false,
};

// In a frame of another site the page around it decides what is shown, once both know who the other is.
const framed = () => {
  if (parent === self) return false;
  try {
    // A page of this origin that wants the scorer says so too (public/embed.js).
    return parent.location.origin !== location.origin || location.hash.startsWith("#host=");
  } catch {
    return true;
  }
};
const run = async () => {
  if (framed()) return (await import("__EMBEDDED__")).framed();
  await create(host)(new URL("__WASM__", import.meta.url));
};
run().catch((error) => {
  // Old browsers and cut downloads end here: say so, in place of a page that loads for ever.
  element("loading-failed")?.removeAttribute("hidden");
  mend();
  throw error;
});
