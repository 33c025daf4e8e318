// The stack of modals: only the top one is shown, in a <dialog>, which keeps the focus inside.

import { renderBlocks } from "./blocks.js";
import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { contextFor, forget, reason } from "./interaction.js";
import { plainText } from "./text.js";
import { toast } from "./overlays.js";

/** Slack's client takes no other number than the element allows. */
function numberProblem(element, value) {
  const shape = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!shape.test(value)) return `Please enter a ${element.is_decimal_allowed ? "" : "whole "}number.`;
  if (Number(value) < Number(element.min_value ?? -Infinity)) return `Please enter a number that is at least ${element.min_value}.`;
  return Number(value) > Number(element.max_value ?? Infinity) ? `Please enter a number that is at most ${element.max_value}.` : "";
}

export class Modals {
  constructor(app) {
    this.app = app;
    this.dialog = h("dialog", { class: "dialog modal", "aria-labelledby": "modal-title" });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    document.body.append(this.dialog);
    this.known = new Set();
  }

  draw() {
    const stack = this.app.store.modals;
    for (const id of this.known) if (!stack.some((view) => view.id === id)) forget(this.app.store, `v:${id}`);
    this.known = new Set(stack.map((view) => view.id));
    const view = stack.at(-1);
    if (!view) {
      this.hide();
      return;
    }
    const same = this.view?.id === view.id;
    const key = same ? document.activeElement?.dataset?.focus : undefined;
    const scroll = same ? this.dialog.querySelector(".dialog-body")?.scrollTop : 0;
    this.view = view;
    this.fill(view, stack.length);
    if (!this.dialog.open) this.open();
    this.dialog.querySelector(".dialog-body").scrollTop = scroll ?? 0;
    this.focus(key);
  }

  open() {
    this.before = document.activeElement;
    this.dialog.showModal();
  }

  hide() {
    this.view = null;
    if (!this.dialog.open) return;
    this.dialog.close();
    this.dialog.replaceChildren();
    const key = this.before?.dataset?.focus;
    const back = this.before?.isConnected ? this.before : key && document.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    back?.focus?.({ preventScroll: true });
  }

  focus(key) {
    const same = key ? this.dialog.querySelector(`[data-focus="${CSS.escape(key)}"]`) : null;
    const wanted = same ?? this.dialog.querySelector("[autofocus]") ?? this.dialog.querySelector(".dialog-body :is(input, select, textarea)") ?? this.dialog.querySelector(".dialog-body button, .dialog-foot .primary");
    (wanted ?? this.dialog).focus();
  }

  fill(view, depth) {
    this.ctx = contextFor(this.app.store, { type: "view", view_id: view.id }, `v:${view.id}`);
    this.ctx.blocks = view.blocks;
    const back = depth > 1 ? h("button", { type: "button", class: "icon-button quiet", "aria-label": "Back", on: { click: () => this.close() } }, icon("back")) : null;
    const x = h("button", { type: "button", class: "icon-button quiet", "aria-label": "Close", data: { focus: "modal-x" }, on: { click: () => this.close() } }, icon("close"));
    const cancel = h("button", { type: "button", class: "button", data: { focus: "modal-close" }, on: { click: () => this.close() } }, plainText(view.close) || "Close");
    const submit = view.submit ? h("button", { type: "submit", class: "button primary", data: { focus: "modal-submit" } }, plainText(view.submit)) : null;
    this.submitButton = submit;
    this.dialog.replaceChildren(
      h(
        "form",
        { class: "modal-form", novalidate: true, on: { submit: (event) => (event.preventDefault(), this.submit()) } },
        h("div", { class: "dialog-head" }, back, h("h2", { id: "modal-title", dir: "auto" }, plainText(view.title)), x),
        h("div", { class: "dialog-body", tabindex: -1 }, renderBlocks(view.blocks, this.ctx)),
        h("div", { class: "dialog-foot" }, cancel, submit),
      ),
    );
  }

  async close() {
    if (!this.view) return;
    const result = await call("view/close", { as: this.app.store.me, view_id: this.view.id });
    if (!result.ok) toast(`The dialog could not be closed: ${reason(result.error)}`, "error");
  }

  async submit() {
    if (!this.submitButton || this.submitButton.getAttribute("aria-busy") === "true") return;
    const values = this.ctx.values();
    const missing = this.check(values);
    this.showErrors(missing);
    if (Object.keys(missing).length) return;
    const { view } = this;
    this.submitButton.setAttribute("aria-busy", "true");
    const result = await call("view/submit", { as: this.app.store.me, view_id: view.id, values });
    if (this.view?.id === view.id) this.submitButton?.removeAttribute("aria-busy");
    if (Object.keys(result.errors ?? {}).length) this.showErrors(result.errors);
    else if (!result.ok && result.acknowledged === undefined) toast(`That was not taken: ${reason(result.error)}`, "error");
  }

  /** What Slack's client checks before it sends anything: what is required, and lengths. */
  check(values) {
    const errors = {};
    for (const block of this.view.blocks) {
      if (block.type !== "input") continue;
      const state = values[block.block_id]?.[block.element.action_id] ?? {};
      const held = Object.entries(state).find(([name]) => name !== "type")?.[1];
      const empty = held === undefined || held === null || held === "" || held.length === 0;
      if (empty && !block.optional) errors[block.block_id] = "Please complete this required field.";
      else if (!empty && block.element.type === "number_input" && numberProblem(block.element, state.value)) errors[block.block_id] = numberProblem(block.element, state.value);
      else if (!empty && state.value?.length < block.element.min_length) errors[block.block_id] = `Please write at least ${block.element.min_length} characters.`;
    }
    return errors;
  }

  showErrors(errors) {
    for (const node of this.dialog.querySelectorAll(".block.input")) {
      const text = errors[node.dataset.block] ?? "";
      const place = node.querySelector(".input-error");
      place.textContent = text;
      place.hidden = !text;
      node.classList.toggle("has-error", Boolean(text));
      for (const control of node.querySelectorAll("input, select, textarea")) control.setAttribute("aria-invalid", String(Boolean(text)));
    }
    const stray = Object.entries(errors).filter(([id]) => !this.view?.blocks.some((block) => block.type === "input" && block.block_id === id));
    for (const [id, text] of stray) toast(`${text} (the app named the block “${id}”, which is no input of this dialog)`, "error");
    this.dialog.querySelector(".has-error :is(input, select, textarea)")?.focus();
  }
}
