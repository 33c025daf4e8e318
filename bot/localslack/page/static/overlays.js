// What lies above the page: toasts, the confirmation dialog, the list of keys.

import { h, icon } from "./dom.js";
import { plainText } from "./text.js";

const region = h("div", { class: "toasts", role: "status", "aria-live": "polite" });

/** Toasts must sit inside an open dialog, else they lie under it and are not read out. */
function home() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
}

const LIFE = { info: 5000, warning: 9000, error: 12_000 };

/** A short note in the corner; an equal one that is still there is not repeated. */
export function toast(text, level = "info") {
  const known = level in LIFE ? level : "info";
  if ([...region.children].some((item) => item.dataset.text === text)) return;
  if (region.parentNode !== home()) home().append(region);
  const close = h("button", { type: "button", class: "icon-button quiet", "aria-label": "Dismiss", on: { click: () => item.remove() } }, icon("close"));
  const item = h("div", { class: `toast ${known}`, data: { text } }, icon(known === "info" ? "info" : "warn"), h("span", { dir: "auto" }, text), close);
  region.append(item);
  setTimeout(() => item.remove(), LIFE[known]);
}

function dialog(className, label, ...children) {
  const node = h("dialog", { class: className, "aria-label": label }, children);
  node.addEventListener("close", () => {
    if (node.contains(region)) document.body.append(region);
    node.remove();
  });
  document.body.append(node);
  node.showModal();
  return node;
}

/** Slack's confirmation dialog; resolves to true where the person confirms. */
export function confirmDialog(confirm) {
  return new Promise((resolve) => {
    let yes = false;
    const done = (answer) => () => {
      yes = answer;
      node.close();
    };
    const danger = confirm.style === "danger" ? "danger" : "primary";
    const node = dialog(
      "dialog small",
      plainText(confirm.title),
      h("div", { class: "dialog-head" }, h("h2", null, plainText(confirm.title))),
      h("div", { class: "dialog-body" }, h("p", null, plainText(confirm.text))),
      h(
        "div",
        { class: "dialog-foot" },
        h("button", { type: "button", class: "button", on: { click: done(false) } }, plainText(confirm.deny) || "Cancel"),
        h("button", { type: "button", class: `button ${danger}`, autofocus: true, on: { click: done(true) } }, plainText(confirm.confirm) || "Yes"),
      ),
    );
    node.addEventListener("close", () => resolve(yes));
  });
}

const KEYS = [
  ["↑ ↓  or  k j", "Move between messages"],
  ["1 … 9", "Press that button of the message"],
  ["Enter", "Open the message's thread"],
  ["Tab", "Step into the message's controls"],
  ["/", "Go to the message box"],
  ["Esc", "Close what is open"],
  ["?", "Show this list"],
];

export function showKeys() {
  if (document.querySelector("dialog.keys")) return;
  const rows = KEYS.map(([keys, does]) => [h("dt", null, keys), h("dd", null, does)]);
  const close = h("button", { type: "button", class: "icon-button quiet", "aria-label": "Close", on: { click: () => node.close() } }, icon("close"));
  const node = dialog("dialog small keys", "Keyboard", h("div", { class: "dialog-head" }, h("h2", null, "Keyboard"), close), h("dl", { class: "dialog-body" }, rows));
}
