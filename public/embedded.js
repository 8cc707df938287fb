// A template: `cargo xtask build` fills in the hashed names and sums. The app inside somebody else's page, or in a frame
// there (docs/adr/0022): the hosts that the instances get, and what passes between them and the page.
import create from "__JS__";

const files = { css: "__CSS__", wasm: "__WASM__" };
const sums = __SUMS__;
const base = new URL(".", import.meta.url);
/** How long an ending app may take to store what it has, in milliseconds. */
const PATIENCE = 5000;

// Each module is fetched and compiled once, however many instances are made of it.
const modules = new Map();
const code = (url) => {
  const name = url.pathname.split("/").pop();
  let module = modules.get(name);
  if (!module) {
    module = fetch(url, { integrity: sums[name] }).then(async (response) => {
      if (!response.ok) throw new TypeError(`${name}: ${response.status}`);
      return WebAssembly.compile(await response.arrayBuffer());
    });
    module.catch(() => modules.delete(name));
    modules.set(name, module);
  }
  return module;
};

/** Brings the style sheet into a shadow root; resolves when it is there. */
const sheets = new WeakMap();
const styled = (root) => {
  if (!sheets.has(root)) sheets.set(root, new Promise((resolve, reject) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", integrity: sums[files.css], crossOrigin: "anonymous", onload: resolve });
    link.onerror = () => {
      link.remove();
      sheets.delete(root);
      reject(new TypeError(files.css));
    };
    link.href = new URL(files.css, base);
    root.prepend(link);
  }));
  return sheets.get(root);
};

// A trap ends an instance, and does not say which: what is stored is not lost in any of them.
const CRASHED = "Aplikasi berhenti karena kesalahan. Yang sudah tersimpan tidak hilang. · The app stopped because of an error. What was saved is not lost.";
const running = new Set();
const trapped = (error) => {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  const stopped = [...running];
  running.clear();
  stopped.forEach((crash) => crash());
};
addEventListener("error", ({ error }) => trapped(error));
addEventListener("unhandledrejection", ({ reason }) => trapped(reason));

/**
 * Starts an app in a shadow root.
 * `before` is the element that it stands in front of; `store` what the names of its stores begin with, null where nothing
 * is stored; `fleeting` whether what is stored may be gone at any time; `options` what the page decides, as texts;
 * `tell(event, detail)` hears of what happens; `again()` starts it anew; `hand`, if given, opens the
 * app in a tab of its own and passes a file there.
 * Gives back `ask(what, text)`, which answers with a text, and `end()`.
 */
export const start = async ({ root, before = null, store, fleeting, options, tell, again, hand }) => {
  const end = new AbortController();
  const { signal } = end;
  const leaving = [];
  const timers = new Set();
  const box = document.createElement("div");
  const place = document.createElement("div");
  Object.assign(box, { className: "bintang-box" });
  Object.assign(place, { className: "bintang-root", lang: "id" });
  box.append(place);
  let query = "";
  let dead = false;
  let served;
  const serving = new Promise((resolve) => {
    served = resolve;
  });
  const host = {
    root: () => root,
    place: () => place,
    // The page's own address is its own: this one is in memory, and nobody goes back in it.
    query: () => query,
    push: (next) => {
      query = next;
    },
    replace: (next) => {
      query = next;
    },
    moved: () => {},
    top: () => {
      if (box.getBoundingClientRect().top < 0) box.scrollIntoView();
    },
    describe: (lang, dir) => Object.assign(place, { lang, dir }),
    theme: (name) => {
      place.dataset.theme = name;
    },
    reload: again,
    url: (file) => new URL(file, base).href,
    listen: (target, event, then) => {
      if (event === "pagehide" || event === "bintang-end") leaving.push(() => then(new Event(event)));
      target.addEventListener(event, then, { signal });
    },
    sleep: (span) => new Promise((done) => {
      if (signal.aborted) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        done();
      }, span);
      timers.add(timer);
    }),
    store: () => store ?? undefined,
    given: (key) => options[key],
    embedded: () => true,
    fleeting: () => fleeting,
    style: () => {},
    code,
    options: () => JSON.stringify(options),
    tell: (event, detail) => tell(event, JSON.parse(detail)),
    serve: (answer) => served(answer),
    canHand: () => Boolean(hand),
    openTab: () => hand.open(),
    hand: (file) => hand.pass(file),
  };
  const ask = async (what, text = "") => (await serving)(what, text);
  const stop = async () => {
    const patience = new Promise((done) => setTimeout(done, PATIENCE));
    // One that has trapped answers nothing any more, and may trap again.
    if (!dead) await Promise.race([ask("end").catch(() => {}), patience]);
    for (const then of leaving) {
      try {
        then();
      } catch {
        // The others still let go of what they hold.
      }
    }
    end.abort();
    timers.forEach(clearTimeout);
    box.remove();
  };
  const crashed = () => {
    dead = true;
    const says = Object.assign(document.createElement("p"), { textContent: CRASHED });
    const button = Object.assign(document.createElement("button"), {
      className: "button", type: "button", textContent: "Muat ulang · Reload", onclick: again,
    });
    const banner = Object.assign(document.createElement("div"), { className: "crash banner banner--warn" });
    banner.setAttribute("role", "alert");
    banner.append(says, button);
    place.prepend(banner);
    tell("error", { code: "stopped", message: CRASHED });
  };
  signal.addEventListener("abort", () => running.delete(crashed));
  try {
    const [module] = await Promise.all([code(new URL(files.wasm, base)), styled(root)]);
    root.insertBefore(box, before);
    // The person's own size of letters, whatever the page makes of its root's.
    box.style.setProperty("--bintang-rem", getComputedStyle(box).fontSize);
    await create(host)(module);
    running.add(crashed);
  } catch (error) {
    box.remove();
    throw error;
  }
  return { ask, end: stop, box };
};

const LINK = { id: "Bintang tidak dapat tampil di dalam halaman ini.", en: "Bintang cannot be shown within this page." };

/** What a frame shows that no page around it answers for. */
const refused = () => {
  const link = Object.assign(document.createElement("a"), {
    className: "button", href: base, target: "_blank", rel: "noopener", textContent: "Buka Bintang · Open Bintang",
  });
  const lines = Object.entries(LINK).map(([lang, textContent]) => Object.assign(document.createElement("p"), { lang, textContent }));
  const box = Object.assign(document.createElement("div"), { id: "refused", className: "loading" });
  box.append(...lines, link);
  document.body.replaceChildren(box);
};

/** The origin that the address names as that of the page around. */
const named = () => {
  try {
    const origin = decodeURIComponent(location.hash.split("#host=")[1]);
    return new URL(origin).origin === origin ? origin : null;
  } catch {
    return null;
  }
};

/** A port to the page around, and what that page wants; null where it is not the one that the address names. */
const met = (origin) => new Promise((resolve) => {
  const heard = ({ source, origin: from, data, ports: [port] }) => {
    if (source !== parent || from !== origin || data?.type !== "bintang-begin" || !port) return;
    removeEventListener("message", heard);
    resolve({ port, options: data.options, name: String(data.name), stores: data.stores === true });
  };
  addEventListener("message", heard);
  setTimeout(() => resolve(null), PATIENCE);
  // Only a page of that origin gets it.
  parent.postMessage({ type: "bintang-hello" }, origin);
});

/** The app in a frame. */
export const framed = async () => {
  const origin = named();
  const page = origin && await met(origin);
  if (!page) return refused();
  const { port, options, name, stores } = page;
  const texts = Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => typeof value === "string"));
  const home = document.createElement("div");
  document.body.replaceChildren(home);
  document.body.className = "frame";
  const root = home.attachShadow({ mode: "open" });
  const app = start({
    root,
    store: stores ? ["bintang", origin, name].join(" ") : null,
    fleeting: true,
    options: texts,
    tell: (event, detail) => port.postMessage({ event, detail }),
    again: () => location.reload(),
    hand: handing(),
  });
  port.onmessage = async ({ data: { number, what, text } }) => {
    try {
      port.postMessage({ number, answer: await (await app).ask(String(what), String(text)) });
    } catch (error) {
      port.postMessage({ number, error: `${error?.message ?? error}` });
    }
  };
  let box;
  try {
    ({ box } = await app);
  } catch (error) {
    port.postMessage({ refused: `${error?.message ?? error}` });
    return refused();
  }
  new ResizeObserver(() => port.postMessage({ height: Math.ceil(box.getBoundingClientRect().height) })).observe(box);
};

/** Hands a file to the app in a tab of its own, which asks for it: both are of this origin. */
const handing = () => {
  let tab;
  let pass;
  return {
    open: () => {
      tab = open(new URL("./?p=lanjut", base), "_blank");
      const asked = new Promise((ready) => {
        const heard = ({ source, origin, data }) => {
          if (source !== tab || origin !== location.origin || data?.type !== "bintang-ready") return;
          removeEventListener("message", heard);
          ready(tab);
        };
        if (tab) addEventListener("message", heard);
      });
      pass = async (file) => (await asked).postMessage({ type: "bintang-handed", file }, location.origin);
      return Boolean(tab);
    },
    pass: (file) => pass(file),
  };
};
