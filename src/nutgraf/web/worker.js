// Keeps the latest edition with its stories and pictures. Pages come from the network first, so that none is ever old
// while there is one; the site's own files have addresses that change with them, and come from what is kept.
"use strict";

const VERSION = "{{ version }}";
const HERE = new URL("./", location).pathname; // the host may have other sites, whose pages and whose caches are theirs
const MINE = `nutgraf ${HERE} `;
const FILES = {{ files }}.map((file) => HERE + file);
const OFFLINE = `${HERE}offline/`;
const PAGES = `${MINE}pages`; // outlives versions: what was kept stays readable until the network answers again
const OWN = `${MINE}own ${VERSION}`;
const PICTURES = `${MINE}pictures`;
const PATIENCE = 4000; // milliseconds that a page may take before a kept one is shown
const MOST = { [PAGES]: 120, [PICTURES]: 80 };
const KEPT = "X-Kept";

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(OWN)
      .then((cache) => cache.addAll([...FILES, OFFLINE]))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  const mine = [OWN, PAGES, PICTURES];
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(MINE) && !mine.includes(name)).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

addEventListener("message", (event) => {
  if (event.data === "keep the edition") event.waitUntil(keepEdition());
});

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (address.pathname.startsWith(`${HERE}static/`)) event.respondWith(kept(event.request, OWN));
  else if (address.pathname.startsWith(`${HERE}photo/`)) event.respondWith(kept(event.request, PICTURES));
});

async function page(event) {
  try {
    const answer = await Promise.race([fetch(event.request), late()]);
    if (isPage(answer)) event.waitUntil(keep(PAGES, event.request.url, answer.clone()));
    return answer;
  } catch {
    const cache = await caches.open(PAGES);
    const old = await cache.match(event.request.url, { ignoreVary: true });
    if (!old) return (await cache.match(OFFLINE, { ignoreVary: true })) || caches.match(OFFLINE, { ignoreVary: true });
    event.waitUntil(tell(event.resultingClientId, old.headers.get(KEPT)));
    return old;
  }
}

const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));

// What is kept is a whole page of the site's own: no error, nothing that a log-in or a captive portal put in its place,
// and none that is to be kept by nobody.
const isPage = (answer) =>
  answer.ok &&
  answer.type === "basic" &&
  !answer.redirected &&
  /^text\/html/.test(answer.headers.get("Content-Type")) &&
  !/no-store/.test(answer.headers.get("Cache-Control"));

async function keep(name, address, answer) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT, new Date().toISOString());
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const body = await answer.blob(); // whole before the old one goes: the network may end in the middle of it
  const cache = await caches.open(name);
  await cache.delete(address, { ignoreVary: true }); // so that the newest stands last
  await cache.put(address, new Response(body, { status: 200, headers }));
  const addresses = await cache.keys();
  await Promise.all(addresses.slice(0, Math.max(0, addresses.length - MOST[name])).map((old) => cache.delete(old)));
}

async function kept(request, name) {
  const old = await caches.match(request, { ignoreVary: true });
  if (old) return old;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic" && name === PICTURES) await keep(name, request.url, answer.clone());
  return answer;
}

async function keepEdition() {
  const answer = await fetch(`${HERE}offline.json`);
  if (!answer.ok) return;
  const edition = await answer.json();
  await Promise.all(edition.pages.map((address) => keepOne(PAGES, address)));
  await Promise.all(edition.pictures.map((address) => keepOne(PICTURES, address)));
}

async function keepOne(name, address) {
  const cache = await caches.open(name);
  if (name === PICTURES && (await cache.match(address, { ignoreVary: true }))) return;
  const answer = await fetch(address).catch(() => null);
  if (answer && answer.ok && (name === PICTURES || isPage(answer))) {
    await keep(name, new URL(address, location.origin).href, answer);
  }
}

// The page that is being opened may not be there yet when its answer is given.
async function tell(client, moment) {
  for (let tries = 0; moment && tries < 50; tries += 1) {
    const reader = await clients.get(client);
    if (reader) return reader.postMessage({ kept: moment });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// A followed story goes on: what is shown are words of its stored brief, and a touch opens it.
addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  const options = { body: told.body, tag: told.story, data: told.story, icon: `${HERE}favicon.ico` };
  event.waitUntil(registration.showNotification(told.title || "", options));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(`${HERE}story/${encodeURIComponent(event.notification.data)}/`));
});
