// The service worker: the whole app in one cache, or none. `cargo xtask build` fills in the version and the list.
// It never takes over by itself: a new version waits until a page asks for it, so that no open sheet changes under a hand.
"use strict";

const VERSION = "__VERSION__";
// [path from the scope, integrity], the smallest file first; "./" is the page itself.
const PRECACHE = __PRECACHE__;

const SCOPE = new URL(self.registration.scope);
// Caches belong to the whole origin: the scope in the name keeps apps in other folders apart.
const PREFIX = `bintang:${SCOPE.pathname}:`;
const CACHE = PREFIX + VERSION;
const PAGE = SCOPE.href;
// Villages of the regencies that somebody asked for; they outlive the versions of the app.
const REGIONS = `${PREFIX}regions:__REGIONS__`;
const FILES = new Set(PRECACHE.map(([path]) => new URL(path, SCOPE).href));

// Pages that try whether the app starts without a network: nothing of theirs goes out.
const DRILLS = new Set();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") event.waitUntil(self.skipWaiting());
  if (event.data?.type === "check") event.waitUntil(check(event.ports[0]));
  if (event.data?.type === "version") event.ports[0]?.postMessage({ version: VERSION });
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (DRILLS.has(event.clientId)) return event.respondWith(kept(request.url));
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  url.hash = "";
  if (request.mode === "navigate") {
    // Every address of the app is its folder plus a query; other pages in the folder are not ours.
    const drill = url.searchParams.has("drill");
    if (drill) DRILLS.add(event.resultingClientId);
    url.search = "";
    if (url.href === PAGE || url.href === `${PAGE}index.html`) {
      event.respondWith(drill ? kept(PAGE) : stored(PAGE, request));
    }
  } else if (FILES.has(url.href)) {
    event.respondWith(stored(url.href, request));
  } else if (url.href.startsWith(`${SCOPE.href}regions/`)) {
    event.respondWith(region(url.href, request));
  }
});

async function install() {
  // Everything is fetched before the first byte is kept: a cut connection leaves no half cache behind.
  const fetched = await Promise.all(PRECACHE.map(async ([path, integrity]) => {
    const url = new URL(path, SCOPE).href;
    return [url, await download(url, integrity)];
  }));
  try {
    const cache = await caches.open(CACHE);
    // One after the other, the smallest first, as the list is. Firefox (140) does not count a file that is being kept when
    // the browser is killed, and takes its size from what it counts when it clears it away: with more cleared than counted,
    // less than nothing is used, and every write is refused as if the store were full.
    for (const [url, response] of fetched) await cache.put(url, response);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function download(url, integrity) {
  const get = async (cache) => {
    const response = await fetch(url, { integrity, cache, credentials: "same-origin" });
    // A redirected response cannot answer a navigation later.
    if (!response.ok || response.redirected) throw new TypeError(`${url}: ${response.status}`);
    return response;
  };
  // A hashed name cannot be stale, so the copy that the page has just paid for is good enough.
  if (!/-[0-9a-f]{16}\.\w+$/.test(url)) return get("reload");
  return get("default").catch(() => get("reload"));
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE && !ofRegions(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// Whether every file is here; those that are not are fetched again where that can be.
async function check(port) {
  const cache = await caches.open(CACHE);
  let missing = 0;
  for (const [path, integrity] of PRECACHE) {
    const url = new URL(path, SCOPE).href;
    if (await cache.match(url)) continue;
    await download(url, integrity).then((response) => cache.put(url, response)).catch(() => { missing += 1; });
  }
  port?.postMessage({ version: VERSION, files: PRECACHE.length, missing });
}

function ofRegions(name) {
  return name.startsWith(`${PREFIX}regions:`);
}

// Kept the first time that it is asked for. Where newer codes cannot be had, older ones are better than none.
async function region(url, request) {
  const cache = await caches.open(REGIONS);
  const found = await cache.match(url);
  if (found) return found;
  const old = (await caches.keys()).filter((name) => ofRegions(name) && name !== REGIONS);
  try {
    // A name without a hash may be an older one in the browser's own cache.
    const response = await fetch(request, { cache: "no-cache" });
    if (!response.ok || response.redirected) throw new TypeError(`${url}: ${response.status}`);
    await cache.put(url, response.clone()).catch(() => {});
    await Promise.all(old.map(async (name) => (await caches.open(name)).delete(url)));
    return response;
  } catch (error) {
    for (const name of old) {
      const older = await (await caches.open(name)).match(url);
      if (older) return older;
    }
    throw error;
  }
}

async function kept(url) {
  const cache = await caches.open(CACHE);
  return (await cache.match(url)) ?? Response.error();
}

async function stored(url, request) {
  const cache = await caches.open(CACHE);
  // The browser may have thrown the cache away to make room; the network is better than nothing.
  return (await cache.match(url)) ?? fetch(request);
}
