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
// What other apps have handed over waits here until a person has put it somewhere (docs/adr/0021).
const ARRIVED = `${PREFIX}arrived`;
const WAITING = `${SCOPE.href}arrived/`;
const MOST_WAITING = 50;
const FILES = new Set(PRECACHE.map(([path]) => new URL(path, SCOPE).href));

// Whether something was handed over that could not be kept.
let lost = false;

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
  const url = new URL(request.url);
  url.hash = "";
  if (request.mode === "navigate" && request.method === "POST" && url.href === `${PAGE}?p=titipan`) {
    return event.respondWith(arrive(request));
  }
  // Never as a page: what others have written must not run here.
  if (request.mode !== "navigate" && url.href.startsWith(WAITING)) return event.respondWith(waiting(request.method, url));
  if (request.method !== "GET") return;
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
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE && name !== ARRIVED && !ofRegions(name));
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

// Keeps what an app hands over, and leads to the page that shows it.
async function arrive(request) {
  try {
    const files = (await request.formData()).getAll("files").filter((file) => file instanceof File && file.size > 0);
    const cache = await caches.open(ARRIVED);
    const room = MOST_WAITING - (await cache.keys()).length;
    if (files.length > room) lost = true;
    for (const [place, file] of files.slice(0, Math.max(room, 0)).entries()) {
      const key = `${Date.now()}-${String(place).padStart(2, "0")}-${crypto.randomUUID()}`;
      const headers = { "content-type": file.type, "x-name": encodeURIComponent(file.name), "x-size": file.size };
      await cache.put(WAITING + key, new Response(file, { headers }));
    }
  } catch {
    lost = true;
  }
  return Response.redirect(`${PAGE}?p=titipan`, 303);
}

// What waits: all of it as a list, one file or a part of it, or that it need not wait any longer.
async function waiting(method, url) {
  const cache = await caches.open(ARRIVED);
  const part = new URLSearchParams(url.search);
  url.search = "";
  if (url.href === WAITING) {
    const files = [];
    for (const { url: at } of await cache.keys()) {
      const { headers } = await cache.match(at);
      files.push({
        key: at.slice(WAITING.length),
        name: decodeURIComponent(headers.get("x-name")),
        media_type: headers.get("content-type") ?? "",
        size: Number(headers.get("x-size")),
      });
    }
    files.sort((one, other) => (one.key < other.key ? -1 : 1));
    const failed = lost;
    lost = false;
    return Response.json({ failed, files });
  }
  if (method === "DELETE") return Response.json(await cache.delete(url.href));
  const found = await cache.match(url.href);
  if (!found || !part.has("length")) return found ?? Response.error();
  const from = Number(part.get("from"));
  return new Response((await found.blob()).slice(from, from + Number(part.get("length"))));
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
