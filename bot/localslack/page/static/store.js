// What the page knows: the workspace's state as read once, kept fresh by events. Views listen to named changes.

/** Colours of avatars: people in order, so that a small workspace has no two alike. */
const TONES = 8;

export class Store {
  constructor() {
    this.listeners = new Map();
    this.dismissed = new Set();
    this.load({ users: [], channels: [] });
  }

  on(kind, listener) {
    this.listeners.set(kind, [...(this.listeners.get(kind) ?? []), listener]);
  }

  emit(kind, detail) {
    for (const listener of this.listeners.get(kind) ?? []) listener(detail);
  }

  load(state) {
    this.team = state.team ?? {};
    this.app = state.app ?? {};
    this.me = state.me?.id ?? "";
    this.usergroups = new Map((state.usergroups ?? []).map((group) => [group.id, group]));
    this.users = new Map((state.users ?? []).map((user, index) => [user.id, { ...user, tone: index % TONES }]));
    this.commands = state.commands ?? [];
    this.shortcuts = state.shortcuts ?? [];
    this.channels = new Map();
    this.unread = new Map();
    for (const channel of state.channels ?? []) {
      const messages = new Map(channel.messages.map((message) => [message.ts, message]));
      this.channels.set(channel.id, { ...channel, messages });
    }
    this.ephemerals = new Map((state.ephemerals ?? []).map((item) => [item.id, item]));
    this.modals = state.modals ?? [];
    this.home = state.home ?? null;
    this.files = new Map((state.files ?? []).map((file) => [file.id, file]));
    this.emit("reset");
  }

  apply(event) {
    const handler = this[`on_${event.type}`];
    if (handler) handler.call(this, event);
  }

  on_message({ channel: id, message }) {
    const channel = this.channels.get(id);
    if (!channel) {
      this.emit("unknown_channel");
      return;
    }
    const isNew = !channel.messages.has(message.ts);
    channel.messages.set(message.ts, message);
    this.emit("message", { channel: id, message, isNew });
  }

  on_message_deleted({ channel: id, ts }) {
    const message = this.channels.get(id)?.messages.get(ts);
    if (!message) return;
    this.channels.get(id).messages.delete(ts);
    this.emit("message_deleted", { channel: id, message });
  }

  on_ephemeral({ ephemeral }) {
    this.ephemerals.set(ephemeral.id, ephemeral);
    this.emit("ephemeral", ephemeral);
  }

  on_ephemeral_deleted({ id }) {
    const ephemeral = this.ephemerals.get(id);
    this.ephemerals.delete(id);
    if (ephemeral) this.emit("ephemeral", ephemeral);
  }

  on_modals({ modals }) {
    this.modals = modals;
    this.emit("modals");
  }

  on_home({ home }) {
    this.home = home;
    this.emit("home");
  }

  on_file({ file }) {
    this.files.set(file.id, file);
    this.emit("file", file);
  }

  on_notice(notice) {
    this.emit("notice", notice);
  }

  /** An ephemeral message goes when the person closes it; the workspace need not know. */
  dismiss(id) {
    this.dismissed.add(id);
    this.on_ephemeral_deleted({ id });
  }

  markUnread(channel) {
    this.unread.set(channel, (this.unread.get(channel) ?? 0) + 1);
    this.emit("unread");
  }

  markRead(channel) {
    if (this.unread.delete(channel)) this.emit("unread");
  }

  message(channel, ts) {
    return this.channels.get(channel)?.messages.get(ts);
  }

  replies(channel, ts) {
    const all = this.channels.get(channel)?.messages.values() ?? [];
    return [...all].filter((message) => message.thread_ts === ts && message.ts !== ts).sort(byTime);
  }

  /** Entries of one list in time order: `{key, ts, message, ephemeral?}`. Without `thread`: the channel's own list. */
  entries(channel, thread) {
    const found = [];
    for (const message of this.channels.get(channel)?.messages.values() ?? []) {
      if (inList(message, thread)) found.push({ key: message.ts, ts: message.ts, message });
    }
    for (const ephemeral of this.ephemerals.values()) {
      const mine = ephemeral.channel === channel && (ephemeral.thread_ts || null) === (thread ?? null);
      if (!mine || this.dismissed.has(ephemeral.id)) continue;
      const ts = ephemeral.message.ts ?? "9";
      found.push({ key: `e:${ephemeral.id}`, ts, message: ephemeral.message, ephemeral });
    }
    return found.sort(byTime);
  }

  /** Name, picture text and kind of whoever wrote a message. */
  author(message) {
    const user = this.users.get(message.user) ?? {};
    const isApp = Boolean(message.bot_id || user.is_bot);
    const name = message.username || message.bot_profile?.name || displayName(user) || message.user || "App";
    return { id: message.user ?? message.bot_id ?? name, name, isApp, tone: user.tone ?? 0 };
  }
}

export function displayName(user) {
  const profile = user?.profile ?? {};
  return user?.real_name || profile.real_name || profile.display_name || user?.name || "";
}

function byTime(a, b) {
  if (a.ts.length !== b.ts.length && !a.ts.includes(".")) return a.ts.length - b.ts.length;
  return a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0;
}

function inList(message, thread) {
  if (thread) return message.ts === thread || message.thread_ts === thread;
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  return !isReply || message.subtype === "thread_broadcast";
}
