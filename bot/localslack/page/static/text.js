// Text objects (plain_text, mrkdwn) -> nodes.

import { fragment } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

export function plainText(object) {
  if (!object) return "";
  return object.emoji === false || object.type === "mrkdwn" ? object.text : withEmoji(object.text);
}

function breaks(text) {
  return text.split("\n").flatMap((line, index) => (index ? [document.createElement("br"), line] : [line]));
}

/** Nodes of a text object; plain_text is never parsed. */
export function textNodes(object, store) {
  if (!object) return fragment();
  if (object.type === "mrkdwn") return mrkdwn(object.text, store);
  if (object.type === "plain_text") return fragment(breaks(plainText(object)));
  throw new RangeError(`text type “${object.type}”`);
}
