// Keeps the store fresh: events first, then the state, then the events that came meanwhile. A reconnect does it all again.

import { LiveEvents, readState } from "./api.js";

export class Live {
  constructor(store, { onReady, onLost }) {
    this.store = store;
    this.handlers = { onReady, onLost };
  }

  start(me) {
    this.stop();
    this.waiting = [];
    const events = new LiveEvents(me, {
      onOpen: () => this.events === events && this.read(me, events),
      onEvent: (event) => this.events === events && this.take(event),
      onLost: () => {
        if (this.events !== events) return;
        this.waiting = [];
        this.handlers.onLost();
      },
    });
    this.events = events;
  }

  stop() {
    this.events?.close();
    this.events = null;
  }

  take(event) {
    if (this.waiting) this.waiting.push(event);
    else this.store.apply(event);
  }

  async read(me, events) {
    this.waiting ??= [];
    const state = await readState(me);
    if (this.events !== events) return;
    if (state.ok === false || !state.channels) {
      events.lost();
      return;
    }
    const missed = this.waiting ?? [];
    this.waiting = null;
    this.store.load(state);
    this.handlers.onReady();
    for (const event of missed) this.store.apply(event);
  }

  /** Reads the state again without a new connection, e.g. where an event names a channel that is not known yet. */
  again(me) {
    return !this.waiting && this.events ? this.read(me, this.events) : undefined;
  }
}
