// One message as an element.

import { blockError, localAddress, renderBlocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { dayKey, dayName, fileSize, fullTime, initials, isoTime, plural, timeOf } from "./format.js";
import { contextFor } from "./interaction.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { reactionPicker, reactions } from "./reactions.js";

/** A person's or app's mark: initials on a steady colour. */
export function avatar(author, className = "") {
  const shape = author.isApp ? "app-mark" : `person tone-${author.tone ?? 0}`;
  return h("span", { class: `avatar ${shape} ${className}`, "aria-hidden": "true" }, initials(author.name));
}

function file(item) {
  const address = localAddress(item.url_private ?? item.permalink);
  const name = item.title || item.name || "File";
  if (address && item.mimetype?.startsWith("image/")) {
    const img = h("img", { src: address, alt: item.alt_txt || name, loading: "lazy", class: "picture" });
    const opened = h("a", { href: address, target: "_blank", rel: "noopener", class: "picture-link", "aria-label": `Open ${name}` }, img);
    return h("figure", { class: "file-image" }, h("figcaption", { dir: "auto" }, name), opened);
  }
  const label = [h("strong", { dir: "auto" }, name), h("small", null, fileSize(item.size))];
  const content = [icon("file"), h("span", { class: "file-label" }, label)];
  return address
    ? h("a", { class: "file-card", href: address, download: item.name ?? "", rel: "noopener" }, content)
    : h("span", { class: "file-card" }, content);
}

function attachment(item, ctx) {
  if (item.blocks) return h("div", { class: "attachment" }, renderBlocks(item.blocks, ctx));
  const text = item.text ?? item.fallback;
  return text ? h("div", { class: "attachment", dir: "auto" }, mrkdwn(text, ctx.store)) : null;
}

function threadLine(app, channel, message) {
  const replies = app.store.replies(channel, message.ts);
  const count = Math.max(replies.length, message.reply_count ?? 0);
  if (!count) return null;
  const last = replies.at(-1)?.ts ?? message.latest_reply;
  const ids = [...new Set(replies.map((reply) => reply.user))].slice(0, 3);
  const faces = ids.map((id) => avatar(app.store.author(replies.find((reply) => reply.user === id)), "tiny"));
  const when = last ? `Last reply ${dayKey(last) === dayKey(Date.now() / 1000) ? "today" : dayName(last)} at ${timeOf(last)}` : "";
  const open = () => app.openThread(channel, message.ts);
  const label = h("span", { class: "thread-count" }, plural(count, "reply", "replies"));
  return h("button", { type: "button", class: "thread-line", data: { focus: "thread-line" }, on: { click: open } }, faces, label, h("span", { class: "thread-when" }, when));
}

async function copyLink(app, channel, message) {
  const inThread = message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}&cid=${channel}` : "";
  const path = `/archives/${channel}/p${message.ts.replace(".", "")}${inThread}`;
  try {
    await navigator.clipboard.writeText(window.location.origin + path);
    app.toast("Link copied.");
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    app.toast(`Link: ${path}`);
  }
}

function toolbar(app, channel, message, inThread) {
  const reply = inThread
    ? null
    : h("button", { type: "button", class: "icon-button", "aria-label": "Reply in thread", title: "Reply in thread", data: { focus: "reply" }, on: { click: () => app.openThread(channel, message.ts, true) } }, icon("reply"));
  const shortcuts = app.store.shortcuts.filter((item) => item.kind === "message");
  const open = (event) => {
    const items = shortcuts.map((item) => ({ label: item.name, onSelect: () => app.messageShortcut(channel, message, item) }));
    openMenu(event.currentTarget, [...items, { label: "Copy link", onSelect: () => copyLink(app, channel, message) }], "Message actions");
  };
  const more = h("button", { type: "button", class: "icon-button", "aria-label": "Message actions", title: "Message actions", "aria-haspopup": "menu", "aria-expanded": "false", data: { focus: "message-more" }, on: { click: open } }, icon("kebab"));
  return h("div", { class: "toolbar" }, reactionPicker(app, channel, message), reply, more);
}

function ephemeralNote(app, ephemeral) {
  const close = () => app.store.dismiss(ephemeral.id);
  return h(
    "div",
    { class: "only-you" },
    icon("eye"),
    h("span", null, "Only visible to you"),
    h("button", { type: "button", class: "link-button", data: { focus: "dismiss" }, on: { click: close } }, "Dismiss"),
  );
}

function body(app, channel, { message, ephemeral }) {
  const container = ephemeral ? { type: "ephemeral", id: ephemeral.id } : { type: "message", channel, ts: message.ts };
  const ctx = contextFor(app.store, container, ephemeral ? `e:${ephemeral.id}` : `m:${channel}:${message.ts}`);
  ctx.blocks = message.blocks ?? [];
  if (message.blocks?.length) return [renderBlocks(message.blocks, ctx), (message.attachments ?? []).map((item) => attachment(item, ctx))];
  const edited = message.edited && !message.bot_id ? h("span", { class: "edited" }, " (edited)") : null;
  const text = message.text ? h("div", { class: "text block", dir: "auto" }, mrkdwn(message.text, app.store), edited) : null;
  return [text, (message.attachments ?? []).map((item) => attachment(item, ctx))];
}

/** The element of one entry of a list; `inThread` leaves the thread's own controls out. */
export function messageNode(app, channel, entry, inThread) {
  const { message, ephemeral, key } = entry;
  const author = app.store.author(message);
  const labelId = `a-${inThread ? "t" : "c"}-${key.replace(/\W/g, "-")}`;
  const badge = author.isApp ? h("span", { class: "badge" }, "App") : null;
  const time = h("time", { datetime: isoTime(message.ts), title: fullTime(message.ts) }, timeOf(message.ts));
  const head = h("header", { class: "by", id: labelId }, h("span", { class: "name", dir: "auto" }, author.name), badge, time);
  const content = message.subtype === "tombstone" ? h("div", { class: "text block gone" }, "This message was deleted.") : body(app, channel, entry);
  const files = message.files?.length ? h("div", { class: "files" }, message.files.map(file)) : null;
  const empty = !message.blocks?.length && !message.text && !message.files?.length && !message.attachments?.length;
  return h(
    "article",
    { class: `message${ephemeral ? " ephemeral" : ""}`, tabindex: -1, "aria-labelledby": labelId, data: { key, ts: message.ts, author: author.id, focus: `message ${key}` } },
    h("div", { class: "gutter" }, avatar(author), h("time", { class: "gutter-time", "aria-hidden": "true" }, timeOf(message.ts))),
    h(
      "div",
      { class: "content" },
      ephemeral ? ephemeralNote(app, ephemeral) : null,
      head,
      content,
      empty ? blockError("This message has neither text nor blocks.") : null,
      files,
      reactions(app, channel, message),
      inThread || ephemeral ? null : threadLine(app, channel, message),
    ),
    ephemeral ? null : toolbar(app, channel, message, inThread),
  );
}
