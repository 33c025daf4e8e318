// The message box: sends on Enter, completes /commands and :emoji:, shows a refusal where it happened.

import { Attachments } from "./attach.js";
import { h, icon } from "./dom.js";
import { freshId } from "./elements.js";
import { emojiNames } from "./emoji.js";
import { reason } from "./interaction.js";

export class Composer {
  constructor(app, slot, { id, thread }) {
    this.app = app;
    this.slot = slot;
    this.thread = thread;
    this.listId = freshId("suggest");
    this.text = h("textarea", {
      id,
      rows: 1,
      dir: "auto",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.listId,
      on: { input: () => this.onInput(), keydown: (event) => this.onKey(event), blur: () => this.suggest([]) },
    });
    this.list = h("ul", { class: "suggestions", role: "listbox", id: this.listId, "aria-label": "Suggestions", hidden: true });
    this.error = h("p", { class: "composer-error", role: "alert", hidden: true });
    this.button = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send", disabled: true }, icon("send"));
    const slash = h("button", { type: "button", class: "icon-button quiet", "aria-label": "Slash commands", title: "Slash commands", on: { click: () => this.begin("/") } }, h("span", { class: "slash" }, "/"));
    const bolt = h("button", { type: "button", class: "icon-button quiet", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", "aria-expanded": "false", on: { click: (event) => app.openShortcuts(event.currentTarget) } }, icon("bolt"));
    this.bolt = bolt;
    this.attachments = new Attachments(() => this.onInput());
    this.form = h(
      "form",
      { class: "composer", on: { submit: (event) => (event.preventDefault(), this.send()) } },
      this.list,
      h("div", { class: "composer-box" }, this.text, this.attachments.list, h("div", { class: "composer-tools" }, this.attachments.button, this.attachments.input, thread ? null : [slash, bolt], h("span", { class: "grow" }), this.button)),
      this.error,
    );
    this.attachments.listen(this.form);
    slot.append(this.form);
    this.drafts = new Map();
    this.found = [];
  }

  /** Where messages go from now on. Drafts stay with their place. */
  aim(channel, threadTs, placeholder) {
    if (this.key) this.drafts.set(this.key, { text: this.text.value, files: this.attachments.files });
    this.key = `${channel}/${threadTs ?? ""}`;
    const draft = this.drafts.get(this.key);
    this.channel = channel;
    this.threadTs = threadTs;
    this.text.value = draft?.text ?? "";
    this.attachments.set(draft?.files ?? []);
    this.text.placeholder = placeholder;
    this.text.setAttribute("aria-label", placeholder);
    this.bolt.hidden = !this.app.globalShortcuts().length;
    this.fail("");
    this.join(channel);
    this.onInput();
  }

  /** Who is no member reads along, and may join. */
  join(channel) {
    const found = this.app.store.channels.get(channel);
    const outside = found?.is_member === false;
    this.form.hidden = outside;
    this.outside?.remove();
    if (!outside) return;
    const button = h("button", { type: "button", class: "button primary", on: { click: () => this.app.join(channel) } }, "Join channel");
    this.outside = h("div", { class: "outside" }, h("span", null, `You are not in #${found.name}.`), button);
    this.slot.append(this.outside);
  }

  fail(text) {
    this.error.hidden = !text;
    this.error.textContent = text;
  }

  begin(text) {
    if (!this.text.value) this.text.value = text;
    this.text.focus();
    this.onInput();
  }

  onInput() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 220)}px`;
    this.button.disabled = !this.text.value.trim() && !this.attachments.files.length;
    if (!this.error.hidden) this.fail("");
    if (document.activeElement === this.text) this.suggest(this.matches());
  }

  matches() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    if (/^\/\S*$/.test(before)) {
      const commands = this.app.store.commands.map((item) => ({ name: item.name, note: item.usage_hint, more: item.description }));
      return commands.filter((item) => item.name.startsWith(before)).map((item) => ({ ...item, label: item.name, from: 0 }));
    }
    const name = before.match(/(?:^|\s):([a-z0-9_+-]{2,})$/);
    if (!name) return [];
    return emojiNames(name[1]).map(([known, shown]) => ({ label: `:${known}:`, more: shown, from: before.length - name[1].length - 1 }));
  }

  suggest(found) {
    this.found = found;
    this.at = 0;
    this.list.replaceChildren(...found.map((item, index) => this.option(item, index)));
    this.list.hidden = !found.length;
    this.text.setAttribute("aria-expanded", String(found.length > 0));
    this.mark();
  }

  option(item, index) {
    const choose = (event) => {
      event.preventDefault();
      this.complete(index);
    };
    const parts = [h("strong", null, item.label), item.note ? h("code", null, item.note) : null, item.more ? h("span", { class: "more" }, item.more) : null];
    return h("li", { role: "option", id: `${this.listId}-${index}`, "aria-selected": "false", on: { pointerdown: choose } }, parts);
  }

  mark() {
    for (const [index, node] of [...this.list.children].entries()) node.setAttribute("aria-selected", String(index === this.at));
    if (this.found.length) this.text.setAttribute("aria-activedescendant", `${this.listId}-${this.at}`);
    else this.text.removeAttribute("aria-activedescendant");
  }

  complete(index) {
    const item = this.found[index];
    const rest = this.text.value.slice(this.text.selectionStart);
    this.text.value = `${this.text.value.slice(0, item.from)}${item.label} ${rest}`;
    const caret = item.from + item.label.length + 1;
    this.text.setSelectionRange(caret, caret);
    this.onInput();
    this.suggest([]);
  }

  onKey(event) {
    if (event.isComposing) return;
    if (this.found.length && this.onListKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  onListKey(event) {
    const count = this.found.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.mark();
      return true;
    }
    const exact = this.text.value === this.found[this.at].label;
    if (event.key === "Tab" || (event.key === "Enter" && !exact)) {
      this.complete(this.at);
      return true;
    }
    if (event.key !== "Escape") return false;
    this.suggest([]);
    return true;
  }

  async send() {
    const text = this.text.value.trim();
    if ((!text && !this.attachments.files.length) || this.sending) return;
    this.sending = true;
    this.suggest([]);
    const { key } = this;
    const result = await this.deliver(text);
    this.sending = false;
    if (!result.ok) {
      this.fail(reason(result.error));
      return;
    }
    this.drafts.delete(key);
    if (this.key === key) {
      this.text.value = "";
      this.attachments.set([]);
    }
  }

  async deliver(text) {
    const { channel, threadTs } = this;
    if (!this.attachments.files.length) return this.app.post(channel, text, threadTs);
    try {
      return await this.app.upload(channel, text, await this.attachments.contents(), threadTs);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return { ok: false, error: "a file could not be read; attach it again" };
    }
  }
}
