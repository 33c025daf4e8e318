// A list of messages (a channel's, or a thread's): keyed elements in time order, day lines, scroll position, roving focus.

import { h, replaceKeepingFocus } from "./dom.js";
import { dayKey, dayName, plural } from "./format.js";
import { messageNode } from "./message.js";

const SHOWN_AT_FIRST = 120;
const SHOWN_MORE = 120;
const GROUP_SECONDS = 300;
const NEAR_BOTTOM = 60; // px
const HIDDEN_MS = 250;

export class MessageList {
  constructor(app, scroller, { label, inThread }) {
    this.app = app;
    this.inThread = inThread;
    this.scroller = scroller;
    this.root = h("div", { class: "messages", role: "feed", "aria-label": label });
    this.newPill = h("button", { type: "button", class: "new-pill", hidden: true, on: { click: () => this.toBottom() } }, "New messages ↓");
    scroller.append(this.root, this.newPill);
    scroller.addEventListener("scroll", () => this.atBottom() && (this.newPill.hidden = true), { passive: true });
    // Pictures and charts that load late, or a composer that grows, must not push the newest message out of sight.
    this.pinned = true;
    scroller.addEventListener("scroll", () => (this.pinned = this.atBottom()), { passive: true });
    const keep = new ResizeObserver(() => this.pinned && this.toBottom());
    keep.observe(this.root);
    keep.observe(scroller);
    this.nodes = new Map();
    this.settle();
  }

  /** Shows another channel or thread from scratch; `focus` is a ts to bring into view. */
  show(channel, thread, focus) {
    this.channel = channel;
    this.thread = thread;
    this.shown = SHOWN_AT_FIRST;
    this.nodes = new Map();
    this.root.replaceChildren();
    this.settle();
    this.newPill.hidden = true;
    if (focus) this.shown = Infinity;
    this.arrange();
    this.toBottom();
    if (focus) this.reveal(focus);
  }

  /** After the state was read again: everything that changed is drawn anew, the place in the list stays. */
  refresh() {
    for (const key of this.nodes.keys()) this.changed.add(key);
    this.flush();
  }

  entries() {
    return this.channel ? this.app.store.entries(this.channel, this.thread) : [];
  }

  atBottom() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_BOTTOM;
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newPill.hidden = true;
  }

  /** Draws one entry again (or drops it), with all others that change before the next frame. */
  update(key, isNew = false) {
    this.changed.add(key);
    this.news ||= isNew;
    if (this.waiting) return;
    this.waiting = true;
    // A tab in the background gets no frames.
    if (document.hidden) setTimeout(() => this.flush(), HIDDEN_MS);
    else requestAnimationFrame(() => this.flush());
  }

  flush() {
    const bottom = this.atBottom();
    const entries = this.entries();
    for (const entry of entries) if (this.changed.has(entry.key)) this.redraw(entry);
    this.arrange(entries);
    if (bottom) this.toBottom();
    else if (this.news) this.newPill.hidden = false;
    this.settle();
  }

  /** Nothing waits to be drawn any more. */
  settle() {
    this.changed = new Set();
    this.waiting = false;
    this.news = false;
  }

  redraw(entry) {
    const old = this.nodes.get(entry.key);
    if (!old) return;
    const next = this.make(entry);
    next.className = `${next.className}${old.classList.contains("compact") ? " compact" : ""}`;
    next.tabIndex = old.tabIndex;
    replaceKeepingFocus(old, next);
  }

  make(entry) {
    const node = messageNode(this.app, this.channel, entry, this.inThread);
    this.nodes.set(entry.key, node);
    return node;
  }

  arrange(entries = this.entries()) {
    const visible = entries.slice(Math.max(0, entries.length - this.shown));
    const wanted = [];
    if (entries.length > visible.length) wanted.push(this.earlier(entries.length - visible.length));
    let before = null;
    for (const entry of visible) {
      wanted.push(...this.lineBefore(entry, before, visible));
      const node = this.nodes.get(entry.key) ?? this.make(entry);
      node.classList.toggle("compact", this.sameGroup(before, entry));
      wanted.push(node);
      before = entry;
    }
    if (!wanted.length) wanted.push(h("p", { class: "empty" }, "No messages here yet."));
    this.place(wanted);
    this.dropGone(entries);
    this.rove();
  }

  place(wanted) {
    const keep = new Set(wanted);
    for (const child of [...this.root.children]) if (!keep.has(child)) child.remove();
    let cursor = this.root.firstChild;
    for (const node of wanted) {
      if (node === cursor) cursor = cursor.nextSibling;
      else this.root.insertBefore(node, cursor);
    }
  }

  dropGone(entries) {
    const keys = new Set(entries.map((entry) => entry.key));
    for (const key of [...this.nodes.keys()]) if (!keys.has(key)) this.nodes.delete(key);
  }

  lineBefore(entry, before, visible) {
    if (this.inThread && before && before === visible[0]) return [h("div", { class: "day-line replies" }, h("span", null, plural(visible.length - 1, "reply", "replies")))];
    if (this.inThread || (before && dayKey(before.ts) === dayKey(entry.ts))) return [];
    // A feed may hold articles only; a line without a role is read as the text that it is.
    return [h("div", { class: "day-line" }, h("span", null, dayName(entry.ts)))];
  }

  sameGroup(before, entry) {
    if (!before || before.ephemeral || entry.ephemeral || dayKey(before.ts) !== dayKey(entry.ts)) return false;
    if (this.inThread && before.ts === this.thread) return false;
    if (entry.message.blocks?.[0]?.type === "header") return false; // a report or a round stands for itself
    const same = this.app.store.author(before.message).id === this.app.store.author(entry.message).id;
    return same && Number.parseFloat(entry.ts) - Number.parseFloat(before.ts) < GROUP_SECONDS;
  }

  earlier(count) {
    const more = () => {
      const height = this.scroller.scrollHeight;
      this.shown += SHOWN_MORE;
      this.arrange();
      this.scroller.scrollTop += this.scroller.scrollHeight - height;
    };
    return h("button", { type: "button", class: "earlier", on: { click: more } }, `Show earlier messages (${count})`);
  }

  // --- moving with the keyboard

  articles() {
    return [...this.root.querySelectorAll(".message")];
  }

  /** Exactly one message can be reached with Tab: the one last focused, else the newest. */
  rove(chosen) {
    const all = this.articles();
    const current = chosen ?? all.find((node) => node.tabIndex === 0 && node.contains(document.activeElement)) ?? all.at(-1);
    for (const node of all) node.tabIndex = node === current ? 0 : -1;
  }

  focus(node) {
    if (!node) return;
    this.rove(node);
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  }

  move(step) {
    const all = this.articles();
    const at = all.indexOf(document.activeElement?.closest(".message"));
    const next = at < 0 ? all.length - 1 : Math.max(0, Math.min(all.length - 1, at + step));
    this.focus(all[next]);
  }

  reveal(ts) {
    const node = this.nodes.get(ts);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    this.focus(node);
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 2000);
  }
}
