// The two headers: of the channel or Home, and of the thread.

import { h, icon } from "./dom.js";
import { avatar } from "./message.js";

const iconButton = (name, label, click, extra = {}) => h("button", { type: "button", class: `icon-button quiet ${extra.class ?? ""}`, "aria-label": label, title: label, on: { click }, data: extra.data }, icon(name));

export function drawMainHead(app, root) {
  const menu = iconButton("menu", "Show the sidebar", () => app.showSidebar(true), { class: "menu-button" });
  if (app.place.view === "home") {
    const bot = app.bot();
    root.replaceChildren(menu, avatar({ ...bot, isApp: true }, "tiny"), h("h2", { dir: "auto" }, `${bot.name} Home`));
    return;
  }
  const channel = app.store.channels.get(app.place.channel);
  const direct = channel?.is_im;
  const title = direct ? `Direct messages with ${app.bot().name}` : (channel?.name ?? "No channel");
  root.replaceChildren(menu, direct ? icon("reply") : icon("hash"), h("h2", { dir: "auto" }, title), channel?.topic ? h("p", { class: "topic", dir: "auto" }, channel.topic) : "");
}

export function drawThreadHead(app, root) {
  const channel = app.store.channels.get(app.place.channel);
  const name = h("span", { class: "topic" }, channel ? `#${channel.name}` : "");
  const close = iconButton("close", "Close thread", () => app.closeThread(), { class: "thread-close" });
  const back = iconButton("back", "Back to the channel", () => app.closeThread(), { class: "thread-back" });
  root.replaceChildren(back, h("h2", null, "Thread"), name, close);
}
