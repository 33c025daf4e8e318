// App Home: the view that the app published for this person.

import { renderBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { contextFor } from "./interaction.js";

export function drawHome(app, root) {
  const view = app.store.home;
  const key = root.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  const scroll = root.scrollTop;
  if (!view?.blocks) {
    root.replaceChildren(h("p", { class: "empty" }, `${app.bot().name} has not published a Home for you yet.`));
    return;
  }
  const ctx = contextFor(app.store, { type: "view", view_id: view.id }, `v:${view.id}`);
  ctx.blocks = view.blocks;
  root.replaceChildren(h("div", { class: "home-blocks" }, renderBlocks(view.blocks, ctx)));
  root.scrollTop = scroll;
  if (key) (root.querySelector(`[data-focus="${CSS.escape(key)}"]`) ?? root).focus({ preventScroll: true });
}
