// The element <bintang-scorer> for pages of other sites (docs/embedding.md). A template: `cargo xtask build` fills in the
// names and sums of the files that it loads once somebody looks. Types are in embed.d.ts.
const base = new URL(".", import.meta.url);
const FILES = __FILES__;
const EVENTS = ["ready", "change", "finish", "proved", "error"];
const RESTARTS = ["rubric", "mode", "name", "prefill", "self-assessment"];
/** How long a frame may take until it stands, in milliseconds. */
const PATIENCE = 30000;
const WORDS = {
  id: { open: "Buka penilaian", app: "Nilai di Bintang", wait: "Memuat…", fails: "Penilaian tidak dapat tampil di halaman ini.", title: "Penilaian Bintang" },
  en: { open: "Open the assessment", app: "Assess in Bintang", wait: "Loading…", fails: "The assessment cannot be shown on this page.", title: "Bintang assessment" },
};
const STYLE = `:host(:not([hidden])) { display: block !important; }
:host { visibility: visible !important; opacity: 1 !important; float: none !important; position: static !important; inline-size: auto !important; min-inline-size: 0 !important; max-inline-size: none !important; block-size: auto !important; min-block-size: 0 !important; max-block-size: none !important; margin: var(--bintang-margin, 0) !important; padding: 0 !important; border: 0 !important; overflow: visible !important; transform: none !important; scale: none !important; rotate: none !important; translate: none !important; zoom: 1 !important; writing-mode: horizontal-tb !important; contain: none !important; mask: none !important; inset: auto !important; filter: none !important; clip-path: none !important; columns: auto !important; pointer-events: auto !important; content-visibility: visible !important; }
iframe { display: block; inline-size: 100%; block-size: 30rem; max-block-size: var(--bintang-max-height, 90vh); border: 0; }
.open { all: initial; display: block; box-sizing: border-box; inline-size: 100%; min-block-size: 48px; padding: 12px 16px; border-radius: var(--bintang-radius, 10px); background: var(--bintang-action, #2a3a82); color: var(--bintang-on-action, #fff); font: 600 16px/1.5 var(--bintang-font, system-ui, sans-serif); text-align: center; cursor: pointer; }
.open:focus-visible { outline: 3px solid #10207a; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
.fails { font: 16px/1.5 var(--bintang-font, system-ui, sans-serif); }`;

// Integrity of a module counts for what brings it first: the script. `import` gives the same module then.
const script = ([file, integrity]) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  Object.assign(script, { type: "module", crossOrigin: "anonymous", integrity });
  script.onload = () => resolve(script.remove());
  script.onerror = () => reject(new TypeError(file));
  script.src = new URL(file, base);
  document.head.append(script);
  script.remove;
});
let loading;
const embedded = () => {
  loading ??= (async () => {
    for (const file of FILES) await script(file);
    return import(new URL(FILES.at(-1)[0], base));
  })();
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
};

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) target.begin().catch(() => {});
}, { rootMargin: "200px" });

// Two elements of one name would write the same sheets.
const names = new Map();

class BintangScorer extends HTMLElement {
  static observedAttributes = [...RESTARTS, "endpoint", "lang", "theme"];
  #root = this.attachShadow({ mode: "open" });
  #footer = document.createElement("slot");
  #stage = document.createElement("div");
  #shown = false;
  #app;
  #name;
  #leaving;
  #end;
  #ending;
  #restarting;

  constructor() {
    super();
    const title = document.createElement("slot");
    title.name = "title";
    this.#footer.name = "footer";
    this.#root.append(title, this.#stage, this.#footer);
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.#root.adoptedStyleSheets = [sheet];
    } catch {
      // Without it the element is shown as the page shows others.
    }
  }

  connectedCallback() {
    clearTimeout(this.#leaving);
    if (this.#shown) return;
    for (const property of [...Object.keys(PROPERTIES), "selfAssessment"]) {
      // Set before this class was known.
      if (Object.hasOwn(this, property)) {
        const value = this[property];
        delete this[property];
        this[property] = value;
      }
    }
    const wanted = this.getAttribute("name") || this.rubric || "scorer";
    for (let n = 1; !this.#name; n++) {
      const name = n > 1 ? `${wanted}-${n}` : wanted;
      const holder = names.get(name);
      // Put in the place of one that was taken out: that one stores what it has first.
      if (holder?.isConnected) continue;
      this.#ending ??= holder?.#stop();
      names.set(this.#name = name, this);
    }
    if (this.mode === "link") return this.#show(this.#link());
    const open = document.createElement("button");
    Object.assign(open, { className: "open", type: "button", textContent: this.#words.open });
    open.onclick = () => this.begin().catch(() => {});
    this.#show(open);
    seen.observe(this);
  }

  disconnectedCallback() {
    // An element that is moved is taken away and put back in one task.
    this.#leaving = setTimeout(() => this.#stop());
  }

  attributeChangedCallback(name, before, value) {
    if (before === value || !this.#shown) return;
    if (RESTARTS.includes(name) || this.mode === "link") return this.#restart();
    const what = name === "lang" ? "language" : name;
    const text = name === "lang" ? this.#language : (value ?? "");
    this.#app?.then((app) => app.ask(what, text)).catch((error) => this.#tell("error", { code: what, message: error.message }));
  }

  get #words() {
    return WORDS[this.#language.slice(0, 2)] ?? WORDS.id;
  }

  get #language() {
    return this.closest("[lang]")?.lang || "id";
  }

  #options() {
    const options = { language: this.#language, theme: this.theme, host: location.origin };
    for (const name of ["rubric", "endpoint", "prefill"]) if (this.hasAttribute(name)) options[name] = this.getAttribute(name);
    if (this.selfAssessment) options.self = "1";
    return options;
  }

  #tell(event, detail) {
    if (EVENTS.includes(event)) this.dispatchEvent(new CustomEvent(`bintang-${event}`, { detail, bubbles: true, composed: true }));
  }

  #show(...elements) {
    this.#shown = true;
    this.#stage.replaceChildren(...elements);
  }

  #link() {
    const link = document.createElement("a");
    const href = new URL(`./?p=mulai#begin=${encodeURIComponent(JSON.stringify(this.#options()))}`, base);
    return Object.assign(link, { className: "open", href, target: "_blank", rel: "noopener", textContent: this.#words.app });
  }

  /** Starts what is shown in the element; it is called when the element comes into view. */
  async begin() {
    // One that is starting anew answers then.
    await this.#restarting;
    if (!this.#shown || this.mode === "link") throw new TypeError("no_sheet: the element is in no page, or only a link");
    seen.unobserve(this);
    if (!this.#app) {
      const app = this.mode === "frame" ? this.#frame() : this.#inline();
      this.#app = app;
      app.catch((error) => {
        if (this.#app !== app) return;
        this.#app = undefined;
        const fails = Object.assign(document.createElement("p"), { className: "fails", textContent: this.#words.fails });
        this.#show(fails, this.#link());
        this.#tell("error", { code: "unavailable", message: `${error?.message ?? error}` });
      });
    }
    return this.#app;
  }

  async #inline() {
    const open = this.#stage.firstChild;
    Object.assign(open, { textContent: this.#words.wait, disabled: true });
    await this.#ending;
    const { start } = await embedded();
    const app = await start({
      root: this.#root,
      before: this.#footer,
      store: this.selfAssessment ? null : `bintang ${this.#name}`,
      fleeting: false,
      options: this.#options(),
      tell: (event, detail) => this.#tell(event, detail),
      again: () => this.#restart(),
    });
    if (this.#stage.contains(open)) this.#stage.replaceChildren();
    return app;
  }

  #frame() {
    const frame = document.createElement("iframe");
    frame.title = this.#words.title;
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox";
    frame.allow = `camera ${base.origin}; geolocation ${base.origin}`;
    frame.referrerPolicy = "no-referrer";
    frame.src = new URL(`#host=${encodeURIComponent(location.origin)}`, base);
    const end = this.#end = new AbortController();
    const asked = new Map();
    let number = 0;
    let port;
    const ask = (what, text = "") => new Promise((tell, refuse) => {
      number += 1;
      asked.set(number, (answer, error) => (error === undefined ? tell(answer) : refuse(new Error(error))));
      port.postMessage({ number, what, text });
    });
    const heard = ({ data: { height, event, detail, number, answer, error } }) => {
      if (height > 0) frame.style.blockSize = `${Math.min(height, 100000)}px`;
      if (event) this.#tell(event, detail);
      asked.get(number)?.(answer, error);
      asked.delete(number);
    };
    const app = new Promise((resolve, reject) => {
      addEventListener("message", ({ source, origin, data }) => {
        if (source !== frame.contentWindow || origin !== base.origin || data?.type !== "bintang-hello") return;
        // A frame that was moved in the page begins anew.
        const channel = new MessageChannel();
        port = channel.port1;
        port.onmessage = (message) => {
          if (message.data.refused) reject(new Error(message.data.refused));
          if (message.data.event === "ready") resolve({ ask, end: () => end.abort() });
          heard(message);
        };
        frame.contentWindow.postMessage({ type: "bintang-begin", options: this.#options(), name: this.#name, stores: !this.selfAssessment }, base.origin, [channel.port2]);
      }, { signal: end.signal });
      end.signal.addEventListener("abort", () => reject(new Error("no_sheet: removed")));
      // A frame that is kept out tells nobody.
      const timer = setTimeout(() => reject(new Error("the frame does not answer")), PATIENCE);
      end.signal.addEventListener("abort", () => clearTimeout(timer));
    });
    this.#show(frame);
    return app;
  }

  async #stop() {
    seen.unobserve(this);
    const app = this.#app;
    this.#app = undefined;
    this.#end?.abort();
    // A frame goes with its element.
    this.#show();
    this.#shown = false;
    await app?.then((app) => app.end(), () => {});
    if (!this.#shown) {
      if (names.get(this.#name) === this) names.delete(this.#name);
      this.#name = undefined;
    }
  }

  #restart() {
    this.#restarting = this.#stop().then(() => {
      if (this.isConnected && !this.#shown) this.connectedCallback();
    });
  }

  async #ask(what, text) {
    const app = await this.begin();
    return JSON.parse(await app.ask(what, text));
  }

  getScore() {
    return this.#ask("score");
  }

  getSheet() {
    return this.#ask("sheet");
  }

  load(sheet) {
    return this.#ask("load", typeof sheet === "string" ? sheet : JSON.stringify(sheet));
  }

  finish() {
    return this.#ask("finish");
  }

  setEndpoint(endpoint) {
    return this.#ask("endpoint", typeof endpoint === "string" ? endpoint : JSON.stringify(endpoint));
  }
}

const PROPERTIES = { rubric: "", endpoint: "", theme: "auto", mode: "inline", prefill: "", name: "" };
for (const [property, unset] of Object.entries(PROPERTIES)) {
  Object.defineProperty(BintangScorer.prototype, property, {
    get() {
      return this.getAttribute(property) ?? unset;
    },
    set(value) {
      if (value == null) this.removeAttribute(property);
      else this.setAttribute(property, typeof value === "object" ? JSON.stringify(value) : value);
    },
  });
}
Object.defineProperty(BintangScorer.prototype, "selfAssessment", {
  get() {
    return this.hasAttribute("self-assessment");
  },
  set(value) {
    this.toggleAttribute("self-assessment", Boolean(value));
  },
});

if (!customElements.get("bintang-scorer")) customElements.define("bintang-scorer", BintangScorer);
