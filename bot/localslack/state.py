"""Who and what is in the workspace: people, channels, messages, ephemerals, files. In memory, for the server's loop.

Messages are kept as Slack's own JSON plus `_notifies` (what a client would notify or link, see mrkdwn.py), which the
Web API leaves out. All changes go through the methods here, so that every open page hears of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.localslack.bus import Bus
from bot.localslack.clock import Clock
from bot.localslack.config import Person, WorkspaceConfig
from bot.localslack.ids import Ids
from bot.localslack.mrkdwn import notifies

Json = dict[str, Any]


@dataclass
class Channel:
    """A conversation and its messages, by ts, in order of posting. `im_with`: the person of a direct message."""

    id: str
    name: str
    topic: str = ""
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_archived: bool = False
    im_with: str | None = None
    created: int = 0
    messages: dict[str, Json] = field(default_factory=dict)
    threads: dict[str, dict[str, Json]] = field(default_factory=dict)  # parent's ts -> replies, by ts

    @property
    def scope_family(self) -> str:
        """The first part of the scopes that speak of it."""
        if self.im_with:
            return "im"
        return "groups" if self.is_private else "channels"

    @property
    def audience(self) -> set[str] | None:
        """Who may see it; None: everybody."""
        return self.members if self.im_with or self.is_private else None


@dataclass
class Ephemeral:
    """A message that one person sees and that no history keeps."""

    id: str
    user: str
    channel: str
    thread_ts: str | None
    message: Json

    def as_json(self) -> Json:
        """For the page."""
        return {"id": self.id, "channel": self.channel, "thread_ts": self.thread_ts, "message": self.message}


class State:
    """The workspace's contents."""

    def __init__(self, config: WorkspaceConfig, clock: Clock, bus: Bus) -> None:
        self.config = config
        self.clock = clock
        self.bus = bus
        self.ids = Ids(clock)
        self.people: dict[str, Person] = {person.id: person for person in config.people}
        everybody = {*self.people, config.bot_user_id}
        now = int(clock.now())
        self.channels: dict[str, Channel] = {
            spec.id: Channel(
                spec.id,
                spec.name,
                spec.topic,
                set(everybody if spec.members is None else spec.members),
                spec.is_private,
                spec.is_archived,
                created=now,
            )
            for spec in config.channels
        }
        self.ephemerals: dict[str, Ephemeral] = {}
        self.inputs: dict[tuple[str, str, str], Json] = {}  # (person, channel, ts) -> state.values of a message

    # --- messages

    def post(self, channel: Channel, author: Json, content: Json, thread_ts: str | None = None) -> Json:
        """Stores a message and tells the pages."""
        message: Json = {"type": "message", "ts": self.ids.ts(), **author, "team": self.config.team.id, **content}
        message["_notifies"] = notifies(message)
        if thread_ts:
            message["thread_ts"] = thread_ts
            message["parent_user_id"] = channel.messages[thread_ts].get("user", "")
        channel.messages[message["ts"]] = message
        self.show(channel, message)
        if thread_ts:
            channel.threads.setdefault(thread_ts, {})[message["ts"]] = message
            self._count_replies(channel, thread_ts)
        return message

    def change(self, channel: Channel, ts: str, content: Json) -> Json:
        """Replaces what `content` names; None takes a field away."""
        message = channel.messages[ts]
        for name, value in content.items():
            if value is None:
                message.pop(name, None)
            else:
                message[name] = value
        message["_notifies"] = notifies(message)
        self.show(channel, message)
        return message

    def delete(self, channel: Channel, ts: str) -> None:
        """Takes a message away; one with replies leaves a tombstone, as in Slack."""
        message = channel.messages[ts]
        if message.get("reply_count"):
            gone = dict.fromkeys(("blocks", "attachments", "files", "metadata", "edited", "reactions"))
            self.change(channel, ts, {**gone, "subtype": "tombstone", "text": "This message was deleted."})
            return
        del channel.messages[ts]
        self.bus.publish({"type": "message_deleted", "channel": channel.id, "ts": ts}, to=channel.audience)
        if parent := message.get("thread_ts"):
            channel.threads[parent].pop(ts, None)
            self._count_replies(channel, parent)

    def show(self, channel: Channel, message: Json) -> None:
        """Tells the pages of a new or changed message."""
        self.bus.publish({"type": "message", "channel": channel.id, "message": message}, to=channel.audience)

    def replies(self, channel: Channel, ts: str) -> list[Json]:
        """Those in the thread of `ts`, oldest first, without the parent."""
        return list(channel.threads.get(ts, {}).values())

    def _count_replies(self, channel: Channel, parent_ts: str) -> None:
        parent = channel.messages.get(parent_ts)
        if parent is None:
            return
        replies = self.replies(channel, parent_ts)
        users = list(dict.fromkeys(reply.get("user", "") for reply in replies))
        if replies:
            parent.update(
                thread_ts=parent_ts,
                reply_count=len(replies),
                reply_users=users,
                reply_users_count=len(users),
                latest_reply=replies[-1]["ts"],
                is_locked=False,
                subscribed=False,
            )
        else:
            for name in ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply"):
                parent.pop(name, None)
        self.show(channel, parent)

    # --- ephemerals

    def post_ephemeral(
        self, channel: Channel, user: str, author: Json, content: Json, thread_ts: str | None = None
    ) -> Ephemeral:
        """Shows one person a message."""
        message: Json = {"type": "message", "ts": self.ids.ts(), **author, **content, "is_ephemeral": True}
        if thread_ts:
            message["thread_ts"] = thread_ts
        return self.replace_ephemeral(Ephemeral(self.ids.new("E"), user, channel.id, thread_ts, message))

    def replace_ephemeral(self, ephemeral: Ephemeral) -> Ephemeral:
        """Puts it in place of the one with the same id, or in as new."""
        ephemeral.message["_notifies"] = notifies(ephemeral.message)
        self.ephemerals[ephemeral.id] = ephemeral
        self.bus.publish({"type": "ephemeral", "ephemeral": ephemeral.as_json()}, to=ephemeral.user)
        return ephemeral

    def delete_ephemeral(self, ephemeral: Ephemeral) -> None:
        """Takes it away."""
        self.ephemerals.pop(ephemeral.id, None)
        self.bus.publish({"type": "ephemeral_deleted", "id": ephemeral.id}, to=ephemeral.user)

    # --- who wrote it

    def bot_author(self) -> Json:
        """The fields that say that the app wrote it."""
        config = self.config
        profile = {
            "id": config.bot_id,
            "app_id": config.app_id,
            "user_id": config.bot_user_id,
            "name": config.app_name,
            "team_id": config.team.id,
            "deleted": False,
        }
        return {
            "user": config.bot_user_id,
            "bot_id": config.bot_id,
            "app_id": config.app_id,
            "bot_profile": profile,
        }

    def escape_names(self, text: str) -> str:
        """@name and #channel as Slack gives them to commands that ask for it: <@U...|name>, <#C...|channel>."""
        people = {person.name: person.id for person in self.people.values()}
        channels = {channel.name: channel.id for channel in self.channels.values() if channel.audience is None}

        def escaped(match: re.Match[str]) -> str:
            sign, name = match.group(1), match.group(2)
            found = (people if sign == "@" else channels).get(name)
            return f"<{sign}{found}|{name}>" if found else match.group(0)

        return re.sub(r"(?<![\w<|])([@#])([\w.-]+)", escaped, text)

    def direct_channel(self, user: str) -> Channel:
        """The app's direct message with that person, made at first use."""
        for channel in self.channels.values():
            if channel.im_with == user:
                return channel
        channel = Channel(
            self.ids.new("D"),
            self.people[user].name,
            members={user, self.config.bot_user_id},
            im_with=user,
            created=int(self.clock.now()),
        )
        self.channels[channel.id] = channel
        return channel


def public(message: Json) -> Json:
    """As the Web API and payloads give it: without what is kept for tests."""
    return {name: value for name, value in message.items() if not name.startswith("_")}
