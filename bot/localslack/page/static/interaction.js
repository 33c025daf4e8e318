// From a person's choice to the workspace: keeps what was chosen per container and sends block actions.

import { call } from "./api.js";
import { initialState, freshId } from "./elements.js";
import { confirmDialog, toast } from "./overlays.js";

const chosen = new Map();

/** One person's choices in one container ("m:C1:17.01", "v:V1"): they outlive a re-rendering, as in Slack. */
function bag(store, place) {
  const key = `${store.me} ${place}`;
  if (!chosen.has(key)) chosen.set(key, new Map());
  return chosen.get(key);
}

export const forget = (store, place) => chosen.delete(`${store.me} ${place}`);

const UNREACHABLE = "the workspace does not answer";

/** An error code in words; what the workspace says in words already stays as it is. */
export function reason(error) {
  if (error === "workspace_unreachable") return UNREACHABLE;
  const text = String(error ?? "unknown error");
  return /^[a-z_]+$/.test(text) ? text.replaceAll("_", " ") : text;
}

async function send(store, container, block, element, selected, values, node) {
  const busy = node?.matches?.("button") ? node : null;
  if (busy?.getAttribute("aria-busy") === "true") return;
  if (element.confirm && !(await confirmDialog(element.confirm))) return;
  busy?.setAttribute("aria-busy", "true");
  const body = { as: store.me, container, block_id: block.block_id, action_id: element.action_id, selected };
  if (values) body.values = values;
  const result = await call("action", body);
  busy?.removeAttribute("aria-busy");
  // A late or missing acknowledgement comes as a notice from the workspace; anything else is said here.
  if (!result.ok && result.acknowledged === undefined) toast(`That did not work: ${reason(result.error)}`, "error");
}

/** The context that blocks are rendered with. `container` goes to the app; `key` names the bag of choices. */
export function contextFor(store, container, key) {
  const held = bag(store, key);
  const ids = new Map();
  const name = (block, element) => `${block.block_id}/${element.action_id}`;
  const ctx = {
    store,
    state: (block, element) => held.get(name(block, element)) ?? initialState(element),
    typed: (block, element, state) => held.set(name(block, element), state),
    idFor(block, element) {
      if (block.type !== "input") return undefined;
      const key = name(block, element);
      if (!ids.has(key)) ids.set(key, freshId("input"));
      return ids.get(key);
    },
    labelFor: (block) => (block.type === "input" ? `${ctx.idFor(block, block.element)}-label` : undefined),
    change(block, element, state, selected, node) {
      if (state && element.type !== "overflow") ctx.typed(block, element, state);
      if (block.type === "input" && !block.dispatch_action) return;
      const values = container.type === "view" ? ctx.values() : undefined;
      send(store, container, block, element, selected, values, node);
    },
    values: () => viewValues(ctx),
    blocks: [],
  };
  return ctx;
}

function holders(block) {
  if (block.type === "input") return [block.element];
  if (block.type === "actions") return block.elements;
  return block.type === "section" && block.accessory ? [block.accessory] : [];
}

/** {block_id: {action_id: state}} of all elements that hold a state. */
function viewValues(ctx) {
  const values = {};
  for (const block of ctx.blocks) {
    for (const element of holders(block)) {
      if (!element.action_id || ["button", "overflow", "image"].includes(element.type)) continue;
      values[block.block_id] ??= {};
      values[block.block_id][element.action_id] = { type: element.type, ...ctx.state(block, element) };
    }
  }
  return values;
}
