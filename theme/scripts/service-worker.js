// Keeps the book for reading without a network. labbook puts a line before this: `BOOK` has the book's `version`, all its
// `files` as [path, digest], and says how many of them, from the first on, to fetch at once (`keep`).
//
// With a network, readers always get what the host has: only files whose name tells their content come from the cache first.
"use strict";
const SCOPE = self.registration.scope;
// Other books may live on the same host: each sees its own caches only.
const PREFIX = `labbook ${SCOPE} `;
const CACHE = PREFIX + BOOK.version;
const DIGESTS = new Map(BOOK.files);
/** Where a cache keeps the list of its files and their digests; no file of a book has this address. */
const LIST = `${SCOPE}?kept`;
const AT_ONCE = 6;
/** Milliseconds after which a kept page is shown instead of waiting for the network. */
const PATIENCE = 4000;
const NAMED_BY_CONTENT = /^labbook\/[^/]*-[0-9a-f]{8}\.\w+$/;

const addressOf = (path) => SCOPE + path.split("/").map(encodeURIComponent).join("/");

/** The file of the book that an address means, or undefined. */
function fileOf(address) {
  if (!address.startsWith(SCOPE)) return undefined;
  let path = address.slice(SCOPE.length).replace(/[?#].*$/s, "");
  try {
    path = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (path === "" || path.endsWith("/")) path += "index.html";
  return [path, `${path}.html`, `${path}/index.html`].find((each) => DIGESTS.has(each));
}

/** A browser takes no answer for a page that was redirected on its way into the cache. */
const plain = ({ redirected, body, status, statusText, headers }, response) =>
  redirected ? new Response(body, { status, statusText, headers }) : response;

async function keep(cache, path, response) {
  await cache.put(addressOf(path), plain(response, response));
}

async function fetchAndKeep(cache, path) {
  const response = await fetch(addressOf(path), { cache: "no-cache" });
  if (response.ok) await keep(cache, path, response);
}

/** The caches of earlier versions, each with the digests of what it holds. */
async function earlier() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  return Promise.all(
    names.map(async (name) => {
      const cache = await caches.open(name);
      const list = await cache.match(LIST);
      const kept = (await cache.keys()).map((request) => fileOf(request.url));
      return { cache, digests: new Map(list ? await list.json() : []), kept };
    }),
  );
}

/** Takes over what has not changed, fetches the rest. A file that cannot be had now is kept when it is read. */
async function keepBook() {
  const cache = await caches.open(CACHE);
  const before = await earlier();
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const first = BOOK.files.slice(0, BOOK.keep).map(([path]) => path);
  const read = before.flatMap(({ kept }) => kept);
  const wanted = new Set([...open.map(({ url }) => fileOf(url)), ...first, ...read].filter(Boolean));
  const queue = [...wanted];

  async function keepOne(path) {
    for (const { cache: old, digests } of before) {
      const known = digests.get(path) === DIGESTS.get(path) && (await old.match(addressOf(path)));
      if (known) return cache.put(addressOf(path), known);
    }
    return fetchAndKeep(cache, path);
  }

  async function work() {
    while (queue.length) await keepOne(queue.shift()).catch(() => {});
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await cache.put(LIST, new Response(JSON.stringify(BOOK.files)));
  await self.skipWaiting();
}

async function removeEarlier() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** What the network says, which is kept for later. */
async function fresh(event, path) {
  const response = await fetch(event.request);
  if (response.ok && response.type === "basic") {
    const copy = response.clone();
    const kept = caches.open(CACHE).then((cache) => keep(cache, path, copy));
    event.waitUntil(kept.catch(() => {}));
  }
  return response;
}

/** What is kept stands in where the network says nothing, or not in time. */
async function answer(event, path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(addressOf(path));
  if (kept && NAMED_BY_CONTENT.test(path)) return kept;
  const response = fresh(event, path);
  if (!kept) return response;
  const best = response.then(
    (given) => (given.status < 500 ? given : kept),
    () => kept,
  );
  event.waitUntil(best);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([best, late]);
}

function onFetch(event) {
  const { request } = event;
  const path = request.method === "GET" && !request.headers.has("range") && fileOf(request.url);
  if (path) event.respondWith(answer(event, path));
}

self.addEventListener("install", (event) => event.waitUntil(keepBook()));
self.addEventListener("activate", (event) => event.waitUntil(removeEarlier()));
self.addEventListener("fetch", onFetch);
