// Slack's mrkdwn -> DOM nodes. Whatever the text says, the result is text nodes inside a fixed set of elements.

import { fragment, h } from "./dom.js";
import { emoji } from "./emoji.js";
import { slackDate } from "./format.js";
import { displayName } from "./store.js";

const SAFE = new Set(["http:", "https:", "mailto:"]);

/** A link that leaves the page, or plain text where the address is not one that a person should follow. */
export function link(address, ...children) {
  const content = children.length ? children : [address];
  let url;
  try {
    url = new URL(address);
  } catch {
    return fragment(content);
  }
  if (!SAFE.has(url.protocol)) return fragment(content);
  const here = url.origin === window.location.origin;
  const props = here && url.pathname.startsWith("/archives/") ? { data: { permalink: "" } } : { target: "_blank" };
  return h("a", { href: url.href, rel: "noopener noreferrer nofollow ugc", class: "link", dir: "auto", ...props }, content);
}

export const decode = (text) => text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);

export function userMention(id, store, label) {
  const name = displayName(store.users.get(id)) || label || id;
  const mine = id === store.me ? " mention-me" : "";
  return h("span", { class: `mention${mine}`, data: { user: id } }, `@${name}`);
}

/** A user group, by the handle that the workspace knows it by. */
export function groupMention(id, store, label) {
  const handle = store.usergroups.get(id)?.handle;
  return h("span", { class: "mention", data: { usergroup: id } }, handle ? `@${handle}` : label || `@${id}`);
}

export function channelMention(id, store, label) {
  const channel = store.channels.get(id);
  const props = { class: "mention", data: { channel: channel ? id : undefined } };
  return h("span", props, `#${channel?.name || label || id}`);
}

export const broadcast = (range) => h("span", { class: "mention mention-me" }, `@${range}`);

export function dateNode(timestamp, format, address, fallback) {
  const shown = slackDate(timestamp, format);
  if (shown === null) return document.createTextNode(fallback ?? "");
  const node = h("time", { datetime: new Date(Number(timestamp) * 1000).toISOString(), title: fallback }, shown);
  return address ? link(address, node) : node;
}

function special(body, store) {
  const [head, ...rest] = body.slice(1).split("|");
  const label = rest.join("|");
  if (["here", "channel", "everyone"].includes(head)) return broadcast(head);
  const [kind, ...parts] = head.split("^");
  if (kind === "date" && parts.length >= 2) return dateNode(parts[0], decode(parts[1]), parts[2], decode(label));
  if (kind === "subteam") return groupMention(parts[0], store, label ? decode(label) : undefined);
  return document.createTextNode(decode(label || `<${body}>`));
}

/** `<...>`: a mention, a link, a date. */
function control(body, store) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? undefined : decode(body.slice(bar + 1));
  if (/^@[UW]\w+$/.test(target)) return userMention(target.slice(1), store, label);
  if (/^#C\w+$/.test(target)) return channelMention(target.slice(1), store, label);
  if (body.startsWith("!")) return special(body, store);
  const address = decode(target);
  return URL.canParse(address) || label ? link(address, label || address) : document.createTextNode(`<${address}>`);
}

const INLINE = new RegExp(
  [
    "<([^<>\\n]+)>",
    "`([^`\\n]+)`",
    ...["*", "_", "~"].map((mark) => {
      const m = mark === "*" ? "\\*" : mark;
      return `(?<![\\p{L}\\p{N}${m}])${m}(?!\\s|${m})([^\\n${m}]*[^\\s${m}])${m}(?![\\p{L}\\p{N}${m}])`;
    }),
    ":([a-z0-9_+-]+):",
    "(https?://[^\\s<>|]+)",
  ].join("|"),
  "gu",
);

function token(match, store) {
  const [whole, inside, code, bold, italic, strike, name, address] = match;
  if (inside !== undefined) return control(inside, store);
  if (code !== undefined) return h("code", null, decode(code));
  if (bold !== undefined) return h("strong", null, inline(bold, store));
  if (italic !== undefined) return h("em", null, inline(italic, store));
  if (strike !== undefined) return h("s", null, inline(strike, store));
  if (name !== undefined) return document.createTextNode(emoji(name) ?? whole);
  const end = address.match(/[.,;:!?)'"\]]*$/)[0];
  const url = address.slice(0, address.length - end.length);
  return fragment(link(decode(url)), end);
}

function inline(text, store) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(decode(text.slice(last, match.index)), token(match, store));
    last = match.index + match[0].length;
  }
  return [...nodes, decode(text.slice(last))];
}

function lines(text, store) {
  const nodes = [];
  let quote = null;
  for (const [index, line] of text.split("\n").entries()) {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      if (quote) quote.append(h("br"));
      else nodes.push((quote = h("blockquote", { dir: "auto" })));
      quote.append(fragment(inline(quoted[1], store)));
    } else {
      if (index > 0 && !quote) nodes.push(h("br"));
      quote = null;
      nodes.push(...inline(line, store));
    }
  }
  return nodes;
}

/** mrkdwn text -> a fragment. `store` gives the names of people and channels. */
export function mrkdwn(text, store) {
  const parts = text.split(/```(?:\n)?([\s\S]+?)(?:\n)?```\n?/);
  return fragment(
    parts.map((part, index) => {
      if (index % 2) return h("pre", null, decode(part));
      return part === "" ? null : lines(part, store);
    }),
  );
}
