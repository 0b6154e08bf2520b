// Follows a story by push, where the reader asks for it: nothing is asked and nothing registered before the button.
"use strict";

(() => {
  const here = new URL("../", document.currentScript.src).pathname;
  const button = document.querySelector("[data-follow]");
  if (!button || !("PushManager" in window) || !navigator.serviceWorker || Notification.permission === "denied") return;
  const story = button.dataset.follow;
  const name = `nutgraf ${here} follows ${story}`;
  const send = (path, values) =>
    fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) });

  function show() {
    const follows = localStorage.getItem(name) !== null;
    button.textContent = follows ? button.dataset.leave : button.dataset.offer;
    button.setAttribute("aria-pressed", String(follows));
    button.hidden = false;
  }

  async function follow() {
    if ((await Notification.requestPermission()) !== "granted") return;
    const registration = await navigator.serviceWorker.ready;
    const { key } = await (await fetch(`${here}push/key`)).json();
    const options = { userVisibleOnly: true, applicationServerKey: key };
    const subscription = await registration.pushManager.subscribe(options);
    const answer = await send(`${here}push/follow`, { ...subscription.toJSON(), story });
    if (answer.ok) localStorage.setItem(name, "");
  }

  async function leave() {
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.getSubscription();
    if (subscription) await send(`${here}push/unfollow`, { endpoint: subscription.endpoint, story });
    localStorage.removeItem(name);
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await (localStorage.getItem(name) === null ? follow() : leave());
    } catch {
      // the browser or its push service refused: the button stays as it was
    }
    button.disabled = false;
    show();
  });
  show();
})();
