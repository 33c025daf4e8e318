// The sidebar: channels, the app's Home, and whom the person acts as.

import { h, icon } from "./dom.js";
import { avatar } from "./message.js";
import { showKeys } from "./overlays.js";
import { displayName } from "./store.js";

export class Sidebar {
  constructor(app, root) {
    this.app = app;
    this.root = root;
  }

  draw() {
    const { store } = this.app;
    const focused = document.activeElement?.dataset?.focus;
    const inside = this.root.contains(document.activeElement);
    this.root.replaceChildren(
      h("div", { class: "workspace" }, h("span", { class: "workspace-mark", "aria-hidden": "true" }, workspaceMark()), h("h1", null, store.team.name || "Local workspace")),
      this.group("Channels", [...store.channels.values()].filter((channel) => !channel.is_im).map((channel) => this.channel(channel))),
      this.group("Apps", this.apps()),
      h("div", { class: "grow" }),
      this.people(),
      h("button", { type: "button", class: "side-item keys-button", data: { focus: "keys" }, on: { click: showKeys } }, icon("keyboard"), h("span", { class: "side-name" }, "Keyboard")),
    );
    if (inside && focused) this.root.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  group(title, items) {
    return h("section", { class: "side-group", "aria-label": title }, h("h2", null, title), h("ul", null, items.map((item) => h("li", null, item))));
  }

  item({ focus, current, unread, mark, name, go }) {
    const count = unread ? h("span", { class: "unread", "aria-label": `${unread} unread` }, unread > 99 ? "99+" : unread) : null;
    const props = { type: "button", class: `side-item${unread ? " has-unread" : ""}`, "aria-current": current ? "page" : undefined, data: { focus }, on: { click: go } };
    return h("button", props, mark, h("span", { class: "side-name", dir: "auto" }, name), count);
  }

  channel(channel) {
    const { app } = this;
    const current = app.place.view === "channel" && app.place.channel === channel.id;
    const mark = icon("hash");
    return this.item({ focus: `side ${channel.id}`, current, unread: app.store.unread.get(channel.id), mark, name: channel.name, go: () => app.openChannel(channel.id) });
  }

  apps() {
    const { app } = this;
    const bot = app.bot();
    const home = this.item({ focus: "side home", current: app.place.view === "home", mark: avatar({ ...bot, isApp: true }, "tiny"), name: `${bot.name} Home`, go: () => app.openHome() });
    const direct = [...app.store.channels.values()].filter((channel) => channel.is_im);
    return [home, ...direct.map((channel) => this.direct(channel))];
  }

  direct(channel) {
    const { app } = this;
    const current = app.place.view === "channel" && app.place.channel === channel.id;
    return this.item({ focus: `side ${channel.id}`, current, unread: app.store.unread.get(channel.id), mark: icon("reply"), name: "Direct messages", go: () => app.openChannel(channel.id) });
  }

  people() {
    const { store } = this.app;
    const persons = [...store.users.values()].filter((user) => !user.is_bot);
    const rows = persons.map((user) => {
      const me = user.id === store.me;
      const props = { type: "button", class: "side-item person-item", "aria-pressed": String(me), data: { focus: `as ${user.id}` }, on: { click: () => this.app.actAs(user.id) } };
      const role = user.is_admin ? h("span", { class: "role" }, user.profile?.title || "Admin") : null;
      return h("li", null, h("button", props, avatar({ name: displayName(user), tone: user.tone }, "tiny"), h("span", { class: "side-name", dir: "auto" }, displayName(user)), role, me ? h("span", { class: "you" }, "you") : null));
    });
    return h("section", { class: "side-group people", "aria-label": "Act as" }, h("h2", null, "Act as"), h("ul", null, rows));
  }
}

function workspaceMark() {
  return h("img", { src: "/static/icon.svg", alt: "", width: 28, height: 28 });
}
