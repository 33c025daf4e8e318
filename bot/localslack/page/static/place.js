// Where the person is, as the page's address: so that reload, Back and links to messages work.

const TS = /^p(\d{10,})(\d{6})$/;

/** Reads the address. A permalink (/archives/C/p1700000000000100?thread_ts=...) names a message to bring into view. */
export function readPlace(address = window.location.href) {
  const url = new URL(address, window.location.origin);
  const query = url.searchParams;
  const place = { as: query.get("as"), view: "channel", channel: query.get("c"), thread: query.get("t"), focus: null };
  if (query.get("view") === "home") place.view = "home";
  const [, archives, channel, message] = url.pathname.split("/");
  if (archives === "archives") {
    place.channel = channel;
    const ts = message?.match(TS);
    place.focus = ts ? `${ts[1]}.${ts[2]}` : null;
    place.thread = query.get("thread_ts");
  }
  return place;
}

export function writePlace(place, me, push) {
  const query = new URLSearchParams({ as: me });
  if (place.view === "home") query.set("view", "home");
  else if (place.channel) query.set("c", place.channel);
  if (place.thread) query.set("t", place.thread);
  const address = `/?${query}`;
  if (address === window.location.pathname + window.location.search) return;
  window.history[push ? "pushState" : "replaceState"](null, "", address);
}
