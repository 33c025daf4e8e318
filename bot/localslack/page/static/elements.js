// Interactive block elements. Each renderer takes (element, block, ctx) and returns a node. `ctx`:
//   store; state(block, element) -> what the person chose before; change(block, element, state, selected, node): a new choice.

import { fragment, h, icon } from "./dom.js";
import { openMenu } from "./menu.js";
import { displayName } from "./store.js";
import { plainText, textNodes } from "./text.js";

let counter = 0;
export const freshId = (prefix) => `${prefix}-${(counter += 1)}`;

export const focusKey = (block, element, part = "") => [block.block_id, element.action_id, part].join("/");

function button(element, block, ctx) {
  const style = ["primary", "danger"].includes(element.style) ? ` ${element.style}` : "";
  const props = {
    type: "button",
    class: `button${style}`,
    "aria-label": element.accessibility_label,
    data: { focus: focusKey(block, element), action: element.action_id },
  };
  if (element.url) {
    const open = () => window.open(element.url, "_blank", "noopener,noreferrer");
    props.on = { click: (event) => (ctx.change(block, element, null, undefined, event.currentTarget), /^https?:/.test(element.url) && open()) };
  } else {
    props.on = { click: (event) => ctx.change(block, element, null, undefined, event.currentTarget) };
  }
  return h("button", props, h("span", { class: "button-text", dir: "auto" }, plainText(element.text)));
}

function overflow(element, block, ctx) {
  const open = (event) => {
    const anchor = event.currentTarget;
    const items = element.options.map((option) => ({
      label: plainText(option.text),
      note: plainText(option.description),
      onSelect: () => ctx.change(block, element, { selected_option: option }, option.value, anchor),
    }));
    openMenu(anchor, items, "More actions");
  };
  const props = { type: "button", class: "button icon-button overflow", "aria-label": "More actions", "aria-haspopup": "menu", "aria-expanded": "false" };
  return h("button", { ...props, data: { focus: focusKey(block, element), action: element.action_id }, on: { click: open } }, icon("more"));
}

const optionList = (element) => element.options ?? element.option_groups.flatMap((group) => group.options);

function nativeSelect(element, block, ctx, choices, chosen, onPick) {
  const placeholder = plainText(element.placeholder) || "Choose…";
  const option = (choice) => h("option", { value: choice.value, selected: choice.value === chosen }, choice.label);
  const groups = choices.map((choice) => (choice.options ? h("optgroup", { label: choice.label }, choice.options.map(option)) : option(choice)));
  const props = {
    id: ctx.idFor(block, element),
    class: "select",
    "aria-label": ctx.idFor(block, element) ? undefined : placeholder,
    data: { focus: focusKey(block, element), action: element.action_id },
    on: { change: (event) => onPick(event.currentTarget.value, event.currentTarget) },
  };
  const empty = h("option", { value: "", disabled: !block.optional, selected: !chosen, hidden: !block.optional }, placeholder);
  return h("span", { class: "select-wrap" }, h("select", props, empty, groups), icon("down"));
}

function staticSelect(element, block, ctx) {
  const entry = (option) => ({ value: option.value, label: plainText(option.text) });
  const choices = element.options
    ? element.options.map(entry)
    : element.option_groups.map((group) => ({ label: plainText(group.label), options: group.options.map(entry) }));
  const chosen = ctx.state(block, element)?.selected_option?.value;
  const pick = (value, node) => {
    const option = optionList(element).find((item) => item.value === value) ?? null;
    ctx.change(block, element, { selected_option: option }, value, node);
  };
  return nativeSelect(element, block, ctx, choices, chosen, pick);
}

/** A select whose choices are people or channels; `key` is the state's field. */
const workspaceSelect = (key, list) => (element, block, ctx) => {
  const pick = (value, node) => ctx.change(block, element, { [key]: value || null }, value, node);
  return nativeSelect(element, block, ctx, list(ctx.store, element.filter), ctx.state(block, element)?.[key], pick);
};

const people = (store) => [...store.users.values()].filter((user) => !user.is_bot).map((user) => ({ value: user.id, label: displayName(user) }));
const kindOf = (channel) => (channel.is_im ? "im" : channel.is_private ? "private" : "public");
/** `filter`: of a conversations select. Slack offers no archived channels. */
const channels = (store, filter) =>
  [...store.channels.values()]
    .filter((channel) => !channel.is_archived && (filter?.include?.includes(kindOf(channel)) ?? true))
    .filter((channel) => !(channel.is_im && filter?.exclude_bot_users))
    .map((channel) => ({ value: channel.id, label: `#${channel.name}` }));

/** A list of boxes to tick; `key` is the state's field, `entry` maps a choice to what the state holds. */
function boxes(element, block, ctx, { type, choices, chosen, onChange }) {
  const name = freshId("choice");
  const read = (event) => {
    const list = event.currentTarget.closest(".choices");
    onChange([...list.querySelectorAll("input:checked")].map((input) => input.value), list);
  };
  const rows = choices.map((choice) => {
    const id = freshId("box");
    const data = { focus: focusKey(block, element, choice.value), action: element.action_id };
    const input = h("input", { type, name, id, value: choice.value, checked: chosen.includes(choice.value), data, on: { change: read } });
    const note = choice.note ? h("span", { class: "choice-note" }, choice.note) : null;
    return h("div", { class: "choice" }, input, h("label", { for: id, dir: "auto" }, choice.label, note));
  });
  const props = { class: "choices", role: type === "radio" ? "radiogroup" : "group", "aria-labelledby": ctx.labelFor(block), data: { action: element.action_id } };
  return h("div", props, rows);
}

const optionBoxes = (type, single) => (element, block, ctx) => {
  const options = optionList(element);
  const state = ctx.state(block, element);
  const held = single ? [state?.selected_option].filter(Boolean) : (state?.selected_options ?? []);
  const choices = options.map((option) => ({
    value: option.value,
    label: textNodes(option.text, ctx.store),
    note: option.description ? textNodes(option.description, ctx.store) : null,
  }));
  const onChange = (picked, node) => {
    const found = options.filter((option) => picked.includes(option.value));
    if (single) ctx.change(block, element, { selected_option: found[0] ?? null }, picked[0], node);
    else ctx.change(block, element, { selected_options: found }, picked, node);
  };
  return boxes(element, block, ctx, { type, choices, chosen: held.map((option) => option.value), onChange });
};

const workspaceBoxes = (key, list) => (element, block, ctx) => {
  const choices = list(ctx.store, element.filter);
  const onChange = (picked, node) => ctx.change(block, element, { [key]: picked }, picked, node);
  return boxes(element, block, ctx, { type: "checkbox", choices, chosen: ctx.state(block, element)?.[key] ?? [], onChange });
};

/** date, time: the browser's own pickers, which speak ISO as Slack does. */
const picker = (type, key) => (element, block, ctx) => {
  const onChange = (event) => ctx.change(block, element, { [key]: event.currentTarget.value || null }, event.currentTarget.value, event.currentTarget);
  const data = { focus: focusKey(block, element), action: element.action_id };
  const label = ctx.idFor(block, element) ? undefined : plainText(element.placeholder) || (type === "date" ? "Date" : "Time");
  return h("input", { type, id: ctx.idFor(block, element), class: "field narrow", "aria-label": label, value: ctx.state(block, element)?.[key] ?? "", data, on: { change: onChange } });
};

function datetimepicker(element, block, ctx) {
  const held = ctx.state(block, element)?.selected_date_time;
  const local = held ? new Date(held * 1000 - new Date(held * 1000).getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : "";
  const onChange = (event) => {
    const stamp = event.currentTarget.value ? Math.floor(new Date(event.currentTarget.value).getTime() / 1000) : null;
    ctx.change(block, element, { selected_date_time: stamp }, stamp, event.currentTarget);
  };
  const data = { focus: focusKey(block, element), action: element.action_id };
  const label = ctx.idFor(block, element) ? undefined : "Date and time";
  return h("input", { type: "datetime-local", id: ctx.idFor(block, element), class: "field narrow", "aria-label": label, value: local, data, on: { change: onChange } });
}

const TEXT_TYPES = { plain_text_input: "text", number_input: "text", email_text_input: "email", url_text_input: "url" };

function textInput(element, block, ctx) {
  const onInput = (event) => ctx.typed(block, element, { value: event.currentTarget.value || null });
  const onKey = (event) => {
    const sends = block.dispatch_action && event.key === "Enter" && !(element.multiline && !event.ctrlKey);
    if (!sends) return;
    event.preventDefault();
    ctx.change(block, element, { value: event.currentTarget.value || null }, event.currentTarget.value, event.currentTarget);
  };
  const props = {
    id: ctx.idFor(block, element),
    class: "field",
    placeholder: plainText(element.placeholder) || undefined,
    maxlength: element.max_length ?? 3000,
    dir: "auto",
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : undefined,
    autofocus: element.focus_on_load || undefined,
    data: { focus: focusKey(block, element), action: element.action_id },
    on: { input: onInput, keydown: onKey },
  };
  const node = element.multiline ? h("textarea", { ...props, rows: 4 }) : h("input", { ...props, type: TEXT_TYPES[element.type], autocomplete: "off" });
  node.value = ctx.state(block, element)?.value ?? "";
  return node;
}

export const ELEMENTS = {
  button,
  overflow,
  static_select: staticSelect,
  users_select: workspaceSelect("selected_user", people),
  channels_select: workspaceSelect("selected_channel", channels),
  conversations_select: workspaceSelect("selected_conversation", channels),
  multi_static_select: optionBoxes("checkbox", false),
  multi_users_select: workspaceBoxes("selected_users", people),
  multi_channels_select: workspaceBoxes("selected_channels", channels),
  multi_conversations_select: workspaceBoxes("selected_conversations", channels),
  radio_buttons: optionBoxes("radio", true),
  checkboxes: optionBoxes("checkbox", false),
  datepicker: picker("date", "selected_date"),
  timepicker: picker("time", "selected_time"),
  datetimepicker,
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
};

/** The state that an element starts with, in Slack's own shape. */
export function initialState(element) {
  const fields = ["option", "options", "date", "time", "date_time", "user", "users", "channel", "channels", "conversation", "conversations"];
  const state = {};
  for (const field of fields) if (element[`initial_${field}`] !== undefined) state[`selected_${field}`] = element[`initial_${field}`];
  if (element.initial_value !== undefined) state.value = element.initial_value;
  return state;
}

export function elementNode(element, block, ctx) {
  const make = ELEMENTS[element.type];
  if (!make) return h("span", { class: "inline-error" }, `This page cannot show the element “${element.type}”`);
  return fragment(make(element, block, ctx));
}
