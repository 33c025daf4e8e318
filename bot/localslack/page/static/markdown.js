// `markdown` blocks (the common subset of Markdown) -> DOM nodes: headings, lists, quotes, code, tables, inline styles.

import { fragment, h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INLINE =
  /`([^`\n]+)`|\*\*(\S(?:.*?\S)?)\*\*|~~(\S(?:.*?\S)?)~~|(?<![\p{L}\p{N}*])[*_](\S(?:.*?\S)?)[*_](?![\p{L}\p{N}*])|\[([^\]\n]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>)]+)/gu;

function token([, code, bold, strike, italic, label, address, bare]) {
  if (code !== undefined) return h("code", null, code);
  if (bold !== undefined) return h("strong", null, inline(bold));
  if (strike !== undefined) return h("s", null, inline(strike));
  if (italic !== undefined) return h("em", null, inline(italic));
  return label === undefined ? link(bare) : link(address, inline(label));
}

function inline(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(withEmoji(text.slice(last, match.index)), token(match));
    last = match.index + match[0].length;
  }
  return [...nodes, withEmoji(text.slice(last))];
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function table(rows) {
  const [head, , ...body] = rows.map(cells);
  const row = (items, tag) => h("tr", null, items.map((item) => h(tag, null, inline(item))));
  const node = h("table", null, h("thead", null, row(head, "th")), h("tbody", null, body.map((items) => row(items, "td"))));
  return h("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": "Table" }, node);
}

// Each kind: which lines belong to it, and what they become. The first that fits a line takes it and its followers.
const KINDS = [
  { fits: (line) => /^#{1,6} /.test(line), one: true, make: ([line]) => heading(line) },
  { fits: (line) => /^(-{3,}|\*{3,}|_{3,})$/.test(line.trim()), one: true, make: () => h("hr") },
  { fits: (line) => /^\s*[-*+] /.test(line), make: (all) => items("ul", all, /^\s*[-*+] /) },
  { fits: (line) => /^\s*\d+[.)] /.test(line), make: (all) => items("ol", all, /^\s*\d+[.)] /) },
  { fits: (line) => /^> ?/.test(line), make: (all) => h("blockquote", null, breaks(all.map((line) => line.replace(/^> ?/, "")))) },
  { fits: (line) => /^\s*\|.*\|\s*$/.test(line), make: (all) => (all.length > 1 ? table(all) : h("p", null, inline(all[0]))) },
  { fits: (line) => line.trim() === "", make: () => null },
  { fits: () => true, make: (all) => h("p", { dir: "auto" }, breaks(all)) },
];

function heading(line) {
  const [, marks, text] = line.match(/^(#+) (.*)$/);
  return h(`h${Math.min(marks.length + 2, 6)}`, null, inline(text));
}

const items = (tag, all, mark) => h(tag, null, all.map((line) => h("li", { dir: "auto" }, inline(line.replace(mark, "")))));
const breaks = (all) => all.flatMap((line, index) => (index ? [h("br"), inline(line)] : [inline(line)]));
const kindOf = (line) => KINDS.find((kind) => kind.fits(line));

function paragraphs(text) {
  const nodes = [];
  const lines = text.split("\n");
  while (lines.length) {
    const kind = kindOf(lines[0]);
    const taken = [lines.shift()];
    while (!kind.one && lines.length && kindOf(lines[0]) === kind) taken.push(lines.shift());
    nodes.push(kind.make(taken));
  }
  return nodes;
}

/** Markdown text -> a fragment. */
export function markdown(text) {
  const parts = text.split(/^```[^\n]*\n([\s\S]*?)^```$/m);
  return fragment(parts.map((part, index) => (index % 2 ? h("pre", null, part.replace(/\n$/, "")) : paragraphs(part))));
}
