// The page: puts the parts together and answers what they ask for.

import { call, readState } from "./api.js";
import { Composer } from "./composer.js";
import { drawMainHead, drawThreadHead } from "./heads.js";
import { drawHome } from "./home.js";
import { reason } from "./interaction.js";
import { listenToKeys } from "./keyboard.js";
import { MessageList } from "./list.js";
import { Live } from "./live.js";
import { closeMenu, openMenu } from "./menu.js";
import { Modals } from "./modal.js";
import { toast } from "./overlays.js";
import { readPlace, writePlace } from "./place.js";
import { Sidebar } from "./sidebar.js";
import { Store } from "./store.js";

const REMEMBERED = "local-workspace-as";
const $ = (id) => document.getElementById(id);

class App {
  constructor() {
    this.store = new Store();
    this.place = readPlace();
    this.toast = toast;
    this.sidebar = new Sidebar(this, $("sidebar"));
    this.channelList = new MessageList(this, $("messages"), { label: "Messages", inThread: false });
    this.threadList = new MessageList(this, $("thread-messages"), { label: "Thread", inThread: true });
    this.composer = new Composer(this, $("composer"), { id: "composer-text", thread: false });
    this.threadComposer = new Composer(this, $("thread-composer"), { id: "thread-composer-text", thread: true });
    this.modals = new Modals(this);
    this.live = new Live(this.store, { onReady: () => this.connected(), onLost: () => this.lost() });
    this.listen();
    this.begin();
  }

  listen() {
    const { store } = this;
    store.on("message", (change) => this.onMessage(change));
    store.on("message_deleted", ({ channel, message }) => this.touch(channel, message.ts, message.thread_ts));
    store.on("ephemeral", (item) => this.touch(item.channel, `e:${item.id}`, item.thread_ts, true));
    store.on("modals", () => this.modals.draw());
    store.on("home", () => this.place.view === "home" && drawHome(this, $("home")));
    store.on("unread", () => this.sidebar.draw());
    store.on("notice", ({ text, level }) => toast(text, level));
    store.on("unknown_channel", () => this.live.again(store.me));
    listenToKeys(this);
    window.addEventListener("popstate", () => this.go(readPlace(), false));
    document.addEventListener("click", (event) => this.onClick(event));
    $("scrim").addEventListener("click", () => this.showSidebar(false));
  }

  async begin() {
    const candidates = [this.place.as, window.localStorage.getItem(REMEMBERED), document.body.dataset.firstPerson];
    for (const id of new Set(candidates.filter(Boolean))) {
      const state = await readState(id);
      if (state.ok !== false) {
        this.live.start(state.me.id);
        return;
      }
    }
    this.lost();
    setTimeout(() => this.begin(), 1500);
  }

  // --- the connection

  connected() {
    const first = !this.ready;
    this.ready = true;
    $("banner").hidden = true;
    document.body.dataset.live = this.store.me;
    window.localStorage.setItem(REMEMBERED, this.store.me);
    if (first || this.switching) {
      this.switching = false;
      this.go(this.place, false);
    } else {
      this.sidebar.draw();
      this.channelList.refresh();
      this.threadList.refresh();
      if (this.place.view === "home") drawHome(this, $("home"));
    }
    this.modals.draw();
  }

  lost() {
    delete document.body.dataset.live;
    $("banner").textContent = "Connection to the workspace lost. Trying again…";
    $("banner").hidden = false;
  }

  // --- what happened

  onMessage({ channel, message, isNew }) {
    const inThread = message.thread_ts && message.thread_ts !== message.ts;
    this.touch(channel, message.ts, message.thread_ts, isNew && message.user !== this.store.me);
    const open = this.place.view === "channel" && this.place.channel === channel;
    if (!isNew || inThread || message.user === this.store.me) return;
    if (open) this.announce(message);
    else this.store.markUnread(channel);
  }

  /** Draws a message again wherever it is shown, and its thread's first message in the channel with it. */
  touch(channel, key, thread, isNew = false) {
    if (channel !== this.place.channel || this.place.view !== "channel") return;
    this.channelList.update(key, isNew && (!thread || thread === key));
    if (thread && thread !== key) this.channelList.update(thread);
    const root = this.place.thread;
    if (root && (key === root || thread === root)) this.threadList.update(key, isNew && key !== root);
  }

  announce(message) {
    const text = `${this.store.author(message).name}: ${message.text ?? ""}`;
    const line = document.createElement("p");
    line.textContent = text.slice(0, 400);
    $("announcer").append(line);
    while ($("announcer").childElementCount > 3) $("announcer").firstElementChild.remove();
  }

  // --- going somewhere

  go(place, push = true) {
    closeMenu();
    const { store } = this;
    if (!store.channels.has(place.channel)) Object.assign(place, { channel: [...store.channels.keys()][0], thread: null, focus: null });
    this.place = { ...place, as: store.me };
    writePlace(this.place, store.me, push);
    const home = place.view === "home";
    for (const id of ["messages", "composer"]) $(id).hidden = home;
    $("home").hidden = !home;
    drawMainHead(this, $("main-head"));
    if (home) this.showHome();
    else this.showChannel();
    this.showThread();
    store.markRead(place.channel);
    this.sidebar.draw();
    this.showSidebar(false);
    this.title();
  }

  title() {
    const channel = this.store.channels.get(this.place.channel);
    const name = channel?.is_im ? this.bot().name : `#${channel?.name ?? ""}`;
    const where = this.place.view === "home" ? `${this.bot().name} Home` : name;
    document.title = `${where} · ${this.store.team.name || "Local workspace"}`;
  }

  showChannel() {
    const { channel, thread, focus } = this.place;
    const found = this.store.channels.get(channel);
    if (this.channelList.channel !== channel || this.channelList.person !== this.store.me || focus) {
      this.channelList.person = this.store.me;
      this.channelList.show(channel, null, thread ? null : focus);
    }
    this.composer.aim(channel, null, `Message ${found?.is_im ? this.bot().name : `#${found?.name ?? ""}`}`);
  }

  showHome() {
    this.channelList.channel = null;
    this.place.thread = null;
    drawHome(this, $("home"));
    call("home/open", { as: this.store.me }).then((result) => {
      if (!result.ok) toast(`Home could not be opened: ${reason(result.error)}`, "error");
    });
  }

  showThread() {
    const { channel, thread, focus } = this.place;
    $("thread").hidden = !thread;
    document.body.classList.toggle("with-thread", Boolean(thread));
    if (!thread) {
      this.threadList.channel = null;
      this.threadList.thread = null;
      return;
    }
    drawThreadHead(this, $("thread-head"));
    const same = this.threadList.thread === thread && this.threadList.person === this.store.me;
    if (!same || focus) {
      this.threadList.person = this.store.me;
      this.threadList.show(channel, thread, focus);
    }
    this.threadComposer.aim(channel, thread, "Reply…");
    this.place.focus = null;
  }

  openChannel(channel) {
    this.go({ view: "channel", channel, thread: null, focus: null });
  }

  openHome() {
    this.go({ view: "home", channel: this.place.channel, thread: null, focus: null });
  }

  openThread(channel, ts, write = false) {
    this.threadFrom = document.activeElement?.closest(".message")?.dataset.key;
    this.go({ view: "channel", channel, thread: ts, focus: null });
    if (write) $("thread-composer-text").focus();
    else this.threadList.focus(this.threadList.articles()[0]);
  }

  closeThread() {
    this.go({ ...this.place, thread: null, focus: null });
    this.channelList.focus(this.channelList.nodes.get(this.threadFrom));
  }

  actAs(id) {
    if (id === this.store.me) return;
    this.switching = true;
    this.place = { ...this.place, as: id };
    this.live.start(id);
  }

  showSidebar(open) {
    document.body.classList.toggle("with-sidebar", open);
    $("scrim").hidden = !open;
    if (open) $("sidebar").querySelector("[aria-current], button")?.focus();
  }

  onClick(event) {
    const link = event.target.closest?.("a[data-permalink]");
    const mention = event.target.closest?.(".mention[data-channel]");
    if (mention) this.openChannel(mention.dataset.channel);
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.go(readPlace(link.href));
  }

  // --- what the parts ask for

  async join(channel) {
    const result = await call("join", { as: this.store.me, channel });
    if (result.ok) await this.live.again(this.store.me);
    else toast(`That did not work: ${reason(result.error)}`, "error");
    this.showChannel();
  }

  bot() {
    const { user, name } = this.store.app;
    return this.store.author({ user, username: name, bot_id: "app" });
  }

  post(channel, text, threadTs) {
    return call("post", { as: this.store.me, channel, text, thread_ts: threadTs ?? undefined });
  }

  upload(channel, text, files, threadTs) {
    return call("upload", { as: this.store.me, channel, text, files, thread_ts: threadTs ?? undefined });
  }

  globalShortcuts() {
    return this.store.shortcuts.filter((item) => item.kind === "global");
  }

  openShortcuts(anchor) {
    const items = this.globalShortcuts().map((item) => ({ label: item.name, onSelect: () => this.shortcut("shortcut", { callback_id: item.callback_id }) }));
    openMenu(anchor, items, "Shortcuts");
  }

  messageShortcut(channel, message, item) {
    this.shortcut("message_shortcut", { channel, ts: message.ts, callback_id: item.callback_id });
  }

  async shortcut(path, body) {
    const result = await call(path, { as: this.store.me, ...body });
    if (!result.ok && result.acknowledged === undefined) toast(`That did not work: ${reason(result.error)}`, "error");
  }

  activeList() {
    if (this.place.view === "home") return null;
    return $("thread").contains(document.activeElement) && this.place.thread ? this.threadList : this.channelList;
  }

  focusComposer() {
    const inThread = $("thread").contains(document.activeElement) && this.place.thread;
    $(inThread ? "thread-composer-text" : "composer-text").focus();
  }

  /** Escape: closes the sidebar of a phone, else the thread. */
  escape() {
    if (document.body.classList.contains("with-sidebar")) this.showSidebar(false);
    else if (this.place.thread) this.closeThread();
    else return false;
    return true;
  }
}

new App();
