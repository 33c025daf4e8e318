// Menus that open from a button: keyboard, Escape, a click elsewhere closes. One at a time.

import { h } from "./dom.js";

let open = null;

export function closeMenu(refocus = false) {
  if (!open) return;
  const { menu, anchor } = open;
  open = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (refocus && anchor.isConnected) anchor.focus({ preventScroll: true });
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, window.innerWidth - size.width - 8));
  const below = box.bottom + 4;
  const top = below + size.height > window.innerHeight - 8 ? Math.max(8, box.top - size.height - 4) : below;
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

function onKey(event) {
  const items = [...open.menu.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 };
  if (event.key in moves) {
    items[moves[event.key] % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    closeMenu(true);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** `items`: [{label, note?, onSelect}]. `anchor` gets the focus back. */
export function openMenu(anchor, items, label) {
  const again = open?.anchor === anchor;
  closeMenu();
  if (again) return;
  const entries = items.map((item) => {
    const select = () => {
      closeMenu(true);
      item.onSelect();
    };
    const note = item.note ? h("span", { class: "menu-note" }, item.note) : null;
    return h("button", { type: "button", role: "menuitem", tabindex: -1, class: item.danger ? "danger" : "", on: { click: select } }, item.label, note);
  });
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, on: { keydown: onKey } }, entries);
  (anchor.closest("dialog") ?? document.body).append(menu);
  anchor.setAttribute("aria-expanded", "true");
  open = { menu, anchor };
  place(menu, anchor);
  entries[0]?.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) closeMenu();
});
window.addEventListener("resize", () => closeMenu());

/** A menu goes along with its button when something scrolls; a button out of sight takes it away. */
function follow(event) {
  if (!open || open.menu.contains(event.target)) return;
  const box = open.anchor.getBoundingClientRect();
  const seen = open.anchor.isConnected && box.bottom > 0 && box.top < window.innerHeight;
  if (seen) place(open.menu, open.anchor);
  else closeMenu();
}
document.addEventListener("scroll", follow, true);
