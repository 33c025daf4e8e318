// The page's calls to the workspace. Every answer is a plain object with `ok`; a network failure is one too.

async function answer(request) {
  try {
    const response = await request;
    const body = await response.json();
    if (!response.ok && body.ok === undefined) return { ok: false, error: `HTTP ${response.status}` };
    return body;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return { ok: false, error: "workspace_unreachable" };
    throw error;
  }
}

export function readState(me) {
  return answer(fetch(`/ui/state?${new URLSearchParams(me ? { as: me } : {})}`, { cache: "no-store" }));
}

export function call(path, body) {
  return answer(
    fetch(`/ui/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;

/** Server-sent events for one person, reconnecting by itself with growing waits; `onOpen` is called at each connection. */
export class LiveEvents {
  constructor(me, { onEvent, onOpen, onLost }) {
    this.url = `/ui/events?${new URLSearchParams({ as: me })}`;
    this.handlers = { onEvent, onOpen, onLost };
    this.wait = FIRST_WAIT;
    this.closed = false;
    this.connect();
  }

  connect() {
    if (this.closed) return;
    this.source = new EventSource(this.url);
    this.source.onopen = () => {
      this.wait = FIRST_WAIT;
      this.handlers.onOpen();
    };
    this.source.onmessage = (event) => this.handlers.onEvent(JSON.parse(event.data));
    this.source.onerror = () => this.lost();
  }

  lost() {
    this.source.close();
    if (this.closed) return;
    this.handlers.onLost();
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.source.close();
  }
}
