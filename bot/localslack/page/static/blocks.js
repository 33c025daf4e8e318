// Block Kit -> DOM. One function per block type; an unknown or broken block shows as a visible error, never as nothing.

import { dataVisualization } from "./charts.js";
import { fragment, h, icon } from "./dom.js";
import { elementNode } from "./elements.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { plainText, textNodes } from "./text.js";

/** The address of a picture on this machine, or null: the page loads nothing from other hosts. */
export function localAddress(address) {
  if (!address) return null;
  let url;
  try {
    url = new URL(address, window.location.origin);
  } catch {
    return null;
  }
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.origin === window.location.origin) return url.pathname + url.search;
  return loopback && url.pathname.startsWith("/files/") ? url.pathname + url.search : null;
}

/** A picture with its alt text; one on another host is named and not loaded. */
export function picture(address, alt, className, store, slackFile) {
  const file = slackFile ? (store.files.get(slackFile.id) ?? { url_private: slackFile.url }) : null;
  const wanted = file ? file.url_private : address;
  const src = localAddress(wanted);
  if (src) return h("img", { src, alt: alt ?? "", class: className, loading: "lazy" });
  const host = URL.canParse(wanted ?? "") ? new URL(wanted).hostname : "unknown address";
  return h("span", { class: `picture-away ${className}`, role: "img", "aria-label": alt }, icon("file"), h("span", null, alt || "Picture", h("small", null, `from ${host}, not loaded here`)));
}

function accessory(element, block, ctx) {
  if (element.type === "image") return picture(element.image_url, element.alt_text, "thumb", ctx.store, element.slack_file);
  return elementNode(element, block, ctx);
}

function section(block, ctx) {
  const text = block.text ? h("div", { class: "text", dir: "auto" }, textNodes(block.text, ctx.store)) : null;
  const fields = block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "text", dir: "auto" }, textNodes(field, ctx.store)))) : null;
  const side = block.accessory ? h("div", { class: "accessory" }, accessory(block.accessory, block, ctx)) : null;
  return h("div", { class: "block section" }, h("div", { class: "section-main" }, text, fields), side);
}

function context(block, ctx) {
  const items = block.elements.map((element) => {
    if (element.type === "image") return picture(element.image_url, element.alt_text, "context-image", ctx.store, element.slack_file);
    return h("span", { dir: "auto" }, textNodes(element, ctx.store));
  });
  return h("div", { class: "block context" }, items);
}

function image(block, ctx) {
  const title = block.title ? h("figcaption", null, textNodes(block.title, ctx.store)) : null;
  const img = picture(block.image_url, block.alt_text, "picture", ctx.store, block.slack_file);
  return h("figure", { class: "block image" }, title, img);
}

function cell(item, ctx, tag, settings) {
  const align = settings?.align ? ` align-${settings.align}` : "";
  const wrap = settings?.is_wrapped ? " wrapped" : "";
  let content = item.text ?? "";
  if (item.type === "rich_text") content = richText(item, ctx.store);
  if (item.type === "raw_number") content = item.text ?? item.value?.toLocaleString() ?? "";
  return h(tag, { class: `${align}${wrap}`.trim() || undefined, scope: tag === "th" ? "col" : undefined, dir: "auto" }, content);
}

function table(block, ctx) {
  const row = (items, tag) => h("tr", null, items.map((item, index) => cell(item, ctx, tag, block.column_settings?.[index])));
  const [head, ...body] = block.rows;
  const caption = block.caption ? h("caption", null, block.caption) : null;
  const node = h("table", null, caption, h("thead", null, row(head, "th")), h("tbody", null, body.map((items) => row(items, "td"))));
  return h("div", { class: "block table-scroll", tabindex: 0, role: "group", "aria-label": block.caption ?? "Table" }, node);
}

function input(block, ctx) {
  const id = ctx.idFor(block, block.element);
  const many = ["radio_buttons", "checkboxes"].includes(block.element.type) || block.element.type.startsWith("multi_");
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const label = h(many ? "span" : "label", { class: "input-label", for: many ? undefined : id, id: `${id}-label` }, plainText(block.label), optional);
  const hint = block.hint ? h("p", { class: "hint", id: `${id}-hint` }, plainText(block.hint)) : null;
  const error = h("p", { class: "input-error", id: `${id}-error`, role: "alert", hidden: true });
  const body = elementNode(block.element, block, ctx);
  const control = body.querySelector("input, select, textarea");
  control?.setAttribute("aria-describedby", `${hint ? `${id}-hint ` : ""}${id}-error`);
  return h("div", { class: "block input", data: { block: block.block_id } }, label, body, hint, error);
}

const BLOCKS = {
  section,
  context,
  image,
  table,
  data_table: table,
  input,
  header: (block) => h("h3", { class: "block header", dir: "auto" }, plainText(block.text)),
  divider: () => h("hr", { class: "block divider" }),
  actions: (block, ctx) => h("div", { class: "block actions" }, block.elements.map((element) => elementNode(element, block, ctx))),
  rich_text: (block, ctx) => h("div", { class: "block rich" }, richText(block, ctx.store)),
  markdown: (block) => h("div", { class: "block markdown" }, markdown(block.text)),
  data_visualization: (block) => dataVisualization(block),
};

export function blockError(text) {
  return h("div", { class: "block block-error", role: "note" }, icon("warn"), h("span", null, text));
}

function blockNode(block, ctx) {
  const make = BLOCKS[block?.type];
  if (!make) return blockError(`This page cannot show a block of type “${block?.type}”.`);
  try {
    return make(block, ctx);
  } catch (error) {
    // A block that does not have the shape its type promises must not take the message down with it.
    if (error instanceof TypeError || error instanceof RangeError) return blockError(`Broken “${block.type}” block: ${error.message}`);
    throw error;
  }
}

/** All blocks of a message or view. Buttons of actions blocks get the digits 1-9 in order. */
export function renderBlocks(blocks, ctx) {
  const nodes = fragment((blocks ?? []).map((block) => blockNode(block, ctx)));
  const buttons = [...nodes.querySelectorAll(".actions > button.button:not(.overflow)")];
  for (const [index, button] of buttons.slice(0, 9).entries()) {
    button.dataset.key = String(index + 1);
    button.setAttribute("aria-keyshortcuts", String(index + 1));
  }
  return nodes;
}
