// rich_text blocks -> DOM nodes. Text elements are shown as they are: nothing in them is parsed.

import { fragment, h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, dateNode, groupMention, link, userMention } from "./mrkdwn.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code", highlight: "mark" };

function styled(node, style) {
  let result = node;
  for (const [name, tag] of Object.entries(STYLES)) if (style?.[name]) result = h(tag, null, result);
  return result;
}

function withBreaks(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function emojiNode(element) {
  const points = element.unicode?.split("-").map((point) => Number.parseInt(point, 16));
  const known = emoji(element.name);
  const text = known ?? (points?.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : null);
  return text ?? `:${element.name}:`;
}

const INLINE = {
  text: (element) => fragment(withBreaks(element.text)),
  link: (element) => link(element.url, element.text || element.url),
  user: (element, store) => userMention(element.user_id, store),
  usergroup: (element, store) => groupMention(element.usergroup_id, store),
  channel: (element, store) => channelMention(element.channel_id, store),
  broadcast: (element) => broadcast(element.range),
  emoji: (element) => fragment(emojiNode(element)),
  date: (element) => dateNode(element.timestamp, element.format ?? "{date_num}", element.url, element.fallback),
  color: (element) => h("code", { class: "colour" }, element.value),
  team: (element) => h("span", { class: "mention" }, element.team_id),
};

function inlineNodes(elements, store) {
  return elements.map((element) => {
    const make = INLINE[element.type];
    if (!make) return h("span", { class: "inline-error" }, `Unknown rich text element “${element.type}”`);
    return styled(make(element, store), element.style);
  });
}

function plain(elements) {
  return elements.map((element) => element.text ?? element.url ?? element.name ?? "").join("");
}

function list(element, store) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const props = { class: `rich-list indent-${Math.min(element.indent ?? 0, 8)}` };
  if (tag === "ol" && element.offset) props.start = element.offset + 1;
  return h(tag, props, element.elements.map((item) => h("li", { dir: "auto" }, inlineNodes(item.elements, store))));
}

const PARTS = {
  rich_text_section: (part, store) => h("div", { class: "rich-section", dir: "auto" }, inlineNodes(part.elements, store)),
  rich_text_list: list,
  rich_text_preformatted: (part) => h("pre", null, plain(part.elements)),
  rich_text_quote: (part, store) => h("blockquote", { dir: "auto" }, inlineNodes(part.elements, store)),
};

/** A rich_text block's content. */
export function richText(block, store) {
  return fragment(
    block.elements.map((part) => {
      const make = PARTS[part.type];
      return make ? make(part, store) : h("span", { class: "inline-error" }, `Unknown rich text part “${part.type}”`);
    }),
  );
}
