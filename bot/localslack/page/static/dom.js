// Building DOM nodes. Strings become text nodes, never markup: this file is the only way the page makes elements.

const SVG = "http://www.w3.org/2000/svg";

function setAttributes(node, props) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    } else if (name === "data") {
      for (const [key, item] of Object.entries(value)) if (item !== undefined) node.dataset[key] = item;
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

function appendAll(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** An HTML element: h("button", {class: "x", on: {click}}, "text", otherNode). */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  setAttributes(node, props);
  return appendAll(node, children);
}

/** An SVG element, same calling form. */
export function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  setAttributes(node, props);
  return appendAll(node, children);
}

export function fragment(...children) {
  return appendAll(document.createDocumentFragment(), children);
}

const ICONS = {
  hash: "M6.5 2.5 5 13.5M11 2.5 9.5 13.5M2.8 6h11M2.2 10h11",
  home: "M2.5 7.5 8 3l5.5 4.5M4 6.5v7h8v-7M6.8 13.5V10h2.4v3.5",
  close: "M4 4l8 8M12 4l-8 8",
  back: "M9.5 3.5 5 8l4.5 4.5",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  more: "M3.2 8h.01M8 8h.01M12.8 8h.01",
  kebab: "M8 3.2v.01M8 8v.01M8 12.8v.01",
  smile: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.6 9.4a2.8 2.8 0 0 0 4.8 0M6.1 6.4v.01M9.9 6.4v.01",
  reply: "M3 3.5h10v7H8l-3 2.5v-2.5H3z",
  send: "M2.8 3 13.5 8 2.8 13l1.6-5zM4.4 8h4.4",
  down: "M4 6.2 8 10.2l4-4",
  bolt: "M9 2 4 9h3.5L7 14l5-7H8.5z",
  warn: "M8 2.5 14 13H2zM8 6.5v3M8 11.3v.01",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.3v3.5M8 5v.01",
  eye: "M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
  file: "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
  link: "M6.8 9.2a2.5 2.5 0 0 0 3.6 0l2-2a2.5 2.5 0 0 0-3.6-3.6l-.7.7M9.2 6.8a2.5 2.5 0 0 0-3.6 0l-2 2a2.5 2.5 0 0 0 3.6 3.6l.7-.7",
  keyboard: "M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M11.8 7h.01M5 9.3h6",
};

/** A decorative line icon, 16 px; the control around it carries the name. */
export function icon(name) {
  const shape = svg("path", { d: ICONS[name] });
  return svg("svg", { class: `icon icon-${name}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, shape);
}

/** Puts `next` in the place of `old`; the focus stays on the same control, or on the message where that is gone. */
export function replaceKeepingFocus(old, next) {
  const active = document.activeElement;
  const inside = old.contains(active);
  const key = inside ? active.dataset.focus : undefined;
  old.replaceWith(next);
  if (!inside) return;
  const same = key ? next.querySelector(`[data-focus="${CSS.escape(key)}"]`) : null;
  (same ?? next).focus({ preventScroll: true });
}
