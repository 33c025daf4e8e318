// Reactions: those on a message, and the menu to add one.

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { plural } from "./format.js";
import { openMenu } from "./menu.js";

const PICKER = ["thumbsup", "thumbsdown", "white_check_mark", "x", "warning", "question", "eyes", "heart"];

async function react(app, channel, message, name) {
  const answer = await call("react", { as: app.store.me, channel, ts: message.ts, name });
  if (!answer.ok) app.toast(`The reaction was not taken: ${answer.error}.`);
}

/** Those on a message, each a button that puts or takes one's own. */
export function reactions(app, channel, message) {
  if (!message.reactions?.length) return null;
  const { store } = app;
  const chip = (item) => {
    const who = item.users.map((id) => store.author({ user: id }).name).join(", ");
    const mine = item.users.includes(store.me);
    const label = `${item.name}, ${plural(item.users.length, "reaction")}: ${who}`;
    const attributes = { type: "button", class: "reaction", title: `${who}: ${item.name}`, "aria-label": label, "aria-pressed": String(mine), data: { focus: `reaction ${item.name}` } };
    return h("li", null, h("button", { ...attributes, on: { click: () => react(app, channel, message, item.name) } }, h("span", null, emoji(item.name) ?? `:${item.name}:`), h("span", { class: "count" }, String(item.users.length))));
  };
  return h("ul", { class: "reactions", "aria-label": "Reactions" }, message.reactions.map(chip));
}

/** The button of a message's toolbar that adds one. */
export function reactionPicker(app, channel, message) {
  const pick = (event) => {
    const items = PICKER.map((name) => ({ label: `${emoji(name)} ${name}`, onSelect: () => react(app, channel, message, name) }));
    openMenu(event.currentTarget, items, "Add reaction");
  };
  return h("button", { type: "button", class: "icon-button", "aria-label": "Add reaction", title: "Add reaction", "aria-haspopup": "menu", "aria-expanded": "false", data: { focus: "react" }, on: { click: pick } }, icon("smile"));
}
