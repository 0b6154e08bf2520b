// All the script that a page has, and none of it needed: keeps the edition for reading offline, says how old a kept
// page is, and offers the browser's own way of installing where it has one.
"use strict";

(() => {
  const frame = document.getElementById("main");
  const workers = navigator.serviceWorker;

  function sayKept(moment) {
    if (!frame || document.querySelector(".kept")) return;
    const note = document.createElement("p");
    note.className = "kept";
    note.setAttribute("role", "status");
    const when = new Date(moment);
    const clock = { dateStyle: "long", timeStyle: "short" };
    note.textContent = frame.dataset.kept.replace(
      "{}",
      when.toLocaleString(document.documentElement.lang, clock),
    );
    frame.prepend(note);
  }

  if (workers) {
    workers.addEventListener("message", (event) => {
      if (event.data && event.data.kept) sayKept(event.data.kept);
    });
    workers.startMessages();
    addEventListener("load", () => {
      workers
        .register("/worker.js", { scope: "/" })
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
