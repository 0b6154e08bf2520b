// All the script that a page has, and none of it needed: keeps the edition for reading offline, says how old a kept
// page is, shows times in the reader's zone, marks what is new since the last visit, and offers the browser's own way of
// installing where it has one.
"use strict";

(() => {
  const here = new URL("../", document.currentScript.src).pathname; // the host may have other sites
  const VISIT = `nutgraf ${here} visit`;
  const frame = document.getElementById("main");
  const workers = navigator.serviceWorker;

  function sayKept(moment) {
    if (!frame || document.querySelector(".kept")) return;
    const note = document.createElement("p");
    note.className = "kept";
    note.setAttribute("role", "status");
    note.textContent = frame.dataset.kept.replace("{}", written(new Date(moment)));
    frame.prepend(note);
  }

  // Digits and order are those of the pages: "4 March 2026", and the same digits in every language.
  const root = document.documentElement;
  const speaks = { en: "en-GB", ar: "ar-u-nu-latn" }[root.lang] || root.lang;
  const DAY = { day: "numeric", month: "long", year: "numeric" };
  const CLOCK = { hour: "numeric", minute: "2-digit", timeZoneName: "short" };
  const dayOf = (when, timeZone) => when.toLocaleDateString("en", { timeZone });

  function written(when, clockAlone) {
    return when.toLocaleString(speaks, clockAlone ? CLOCK : { ...DAY, ...CLOCK });
  }

  function showTimesHere() {
    const theirs = root.dataset.zone;
    if (!theirs || theirs === Intl.DateTimeFormat().resolvedOptions().timeZone) return;
    for (const time of document.querySelectorAll("time[datetime*=T]")) {
      const when = new Date(time.dateTime);
      time.textContent = written(when, "clock" in time.dataset && dayOf(when) === dayOf(when, theirs));
    }
  }

  const AWAY = 30 * 60 * 1000; // milliseconds without a page after which the next one is another visit

  function markNew() {
    const link = document.querySelector("[data-new]");
    const now = Date.now();
    const visit = JSON.parse(localStorage.getItem(VISIT)) || { since: now, at: now };
    if (now - visit.at > AWAY) visit.since = visit.at;
    visit.at = now;
    localStorage.setItem(VISIT, JSON.stringify(visit));
    link.href += `?since=${new Date(visit.since).toISOString().slice(0, 19)}Z`;
    for (const story of document.querySelectorAll("[data-updated]")) {
      if (Date.parse(story.dataset.updated) <= visit.since) continue;
      const word = document.createElement("span");
      word.className = "fresh";
      word.title = word.textContent = link.textContent;
      story.querySelector(".coverage").after(" ", word);
    }
  }

  showTimesHere();
  setTimeout(() => {
    try {
      markNew();
    } catch {
      // a browser that keeps nothing shows the site as well
    }
  });
  const forget = document.querySelector("[data-forget]");
  if (forget) {
    forget.addEventListener("submit", () => {
      localStorage.removeItem(VISIT);
      if (self.caches) caches.delete(`nutgraf ${here} pages`); // they show what was muted and saved
    });
  }

  if (workers) {
    workers.addEventListener("message", (event) => {
      if (event.data && event.data.kept) sayKept(event.data.kept);
    });
    workers.startMessages();
    addEventListener("load", () => {
      workers
        .register(`${here}worker.js`, { scope: here })
        .then(() => workers.ready)
        .then((registration) => {
          if (registration.active) registration.active.postMessage("keep the edition");
        })
        .catch(() => {}); // a browser that keeps no workers shows the site as well
    });
  }

  const button = document.querySelector("[data-install]");
  let invitation = null;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    invitation = event;
    if (button) button.hidden = false;
  });
  if (button) {
    button.addEventListener("click", () => {
      if (!invitation) return;
      invitation.prompt();
      invitation = null;
      button.hidden = true;
    });
  }
})();
