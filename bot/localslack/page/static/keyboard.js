// Keys of the whole page. Nothing here acts while somebody types.

import { showKeys } from "./overlays.js";

const EDITABLE = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

/** Where the digits press buttons: an open dialog, the focused message, else Home. */
function scopeOf(app) {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  if (dialog) return dialog;
  const message = document.activeElement?.closest?.(".message");
  return message ?? (app.place.view === "home" ? document.querySelector("#home") : null);
}

function press(app, digit) {
  const button = scopeOf(app)?.querySelector(`[data-key="${digit}"]`);
  button?.click();
  return Boolean(button);
}

function onMessages(app, event) {
  const list = app.activeList();
  const steps = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
  if (event.key in steps && list) {
    list.move(steps[event.key]);
    return true;
  }
  const message = document.activeElement?.matches?.(".message") ? document.activeElement : null;
  if (event.key === "Enter" && message && list === app.channelList && !message.classList.contains("ephemeral")) {
    app.openThread(app.place.channel, message.dataset.ts, true);
    return true;
  }
  return false;
}

function onPage(app, event) {
  if (event.key === "Escape") return app.escape();
  if (event.key === "/") {
    app.focusComposer();
    return true;
  }
  if (event.key === "?") {
    showKeys();
    return true;
  }
  // Arrow keys belong to radio buttons and to anything that scrolls by itself.
  const own = document.activeElement?.matches?.("[type=radio], .table-scroll, [role=menuitem]");
  return own ? false : onMessages(app, event);
}

export function listenToKeys(app) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches?.(EDITABLE)) {
      if (event.key === "Escape" && !event.target.closest("dialog") && app.escape()) event.preventDefault();
      return;
    }
    const inDialog = document.querySelector("dialog[open]");
    const done = /^[1-9]$/.test(event.key) ? press(app, event.key) : !inDialog && onPage(app, event);
    if (done) event.preventDefault();
  });
}
