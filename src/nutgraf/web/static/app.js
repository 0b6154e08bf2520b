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
    const { zone: theirs, offsets } = root.dataset;
    const year = new Date().getFullYear();
    // The zone's own name would take longer to learn than all the rest of this script.
    const mine = [0, 6].map((month) => -new Date(year, month).getTimezoneOffset());
    if (!theirs || offsets === mine.join(" ")) return;
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

  // Times change before they are first seen; what may come later has tasks of its own, so that a touch is answered between.
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

  // The invitation to keep the site among the apps: from the second page on, on one visit, and not in the app itself.
  const INVITED = `nutgraf ${here} invited`;
  const bar = document.querySelector("[data-invitation]");
  const buttons = document.querySelectorAll("[data-install]");
  const isApp = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  const isTablet = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  const hasHomeScreen = (isTablet || /iP(hone|ad|od)/.test(navigator.userAgent)) && !/(Cri|Fxi|Edgi)OS/.test(navigator.userAgent);
  let prompt = null;

  function mayInvite() {
    const known = localStorage.getItem(INVITED);
    if (!known) localStorage.setItem(INVITED, "met");
    return known === "met" || (known === "shown" && sessionStorage.getItem(INVITED) !== null);
  }

  function invite() {
    localStorage.setItem(INVITED, "shown");
    sessionStorage.setItem(INVITED, "");
    bar.hidden = false;
  }

  function dismiss() {
    bar.hidden = true;
    sessionStorage.removeItem(INVITED);
  }

  function prepareInvitation() {
    const may = mayInvite() && !isApp;
    if (isTablet) {
      for (const steps of document.querySelectorAll("[data-touch]")) {
        steps.previousElementSibling.hidden = true;
        steps.hidden = false;
      }
    }
    bar.querySelector("[data-dismiss]").addEventListener("click", dismiss);
    addEventListener("appinstalled", dismiss);
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      prompt = event;
      for (const button of buttons) button.hidden = false;
      if (may) invite();
    });
    for (const button of buttons) {
      button.addEventListener("click", () => {
        if (!prompt) return;
        prompt.prompt();
        prompt = null;
        for (const one of buttons) one.hidden = true;
        dismiss();
      });
    }
    if (may && hasHomeScreen) {
      bar.querySelector("[data-steps]").hidden = false;
      invite();
    }
  }

  setTimeout(() => {
    try {
      prepareInvitation();
    } catch {
      // a browser that keeps nothing would be asked again on each page, and so is not asked
    }
  });
})();
