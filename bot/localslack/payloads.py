"""The JSON that Slack sends to apps, by kind. Built from state, sent by delivery.py."""

from __future__ import annotations

from typing import Any

from bot.localslack.config import Person, WorkspaceConfig
from bot.localslack.state import Channel, Ephemeral, public

Json = dict[str, Any]
_VERIFICATION_TOKEN = "local-verification-token"  # noqa: S105 - the deprecated field of payloads; nothing checks it


class Payloads:
    """Builds payloads for one app in one workspace."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self._config = config

    def _common(self, kind: str, person: Person) -> Json:
        team = self._config.team
        return {
            "type": kind,
            "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": team.id},
            "api_app_id": self._config.app_id,
            "token": _VERIFICATION_TOKEN,
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def message_click(
        self, person: Person, channel: Channel, message: Json, action: Json, state: Json, trigger_id: str, url: str
    ) -> Json:
        """block_actions of a message in a channel."""
        container: Json = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel.id,
            "is_ephemeral": False,
        }
        if "thread_ts" in message:
            container["thread_ts"] = message["thread_ts"]
        return {
            **self._common("block_actions", person),
            "container": container,
            "trigger_id": trigger_id,
            "channel": _channel(channel),
            "message": public(message),
            "state": {"values": state},
            "response_url": url,
            "actions": [action],
        }

    def ephemeral_click(
        self, person: Person, channel: Channel, seen: Ephemeral, action: Json, state: Json, trigger_id: str, url: str
    ) -> Json:
        """block_actions of an ephemeral message: Slack doesn't send the message itself."""
        container: Json = {
            "type": "message",
            "message_ts": seen.message["ts"],
            "channel_id": channel.id,
            "is_ephemeral": True,
        }
        if seen.thread_ts:
            container["thread_ts"] = seen.thread_ts
        return {
            **self._common("block_actions", person),
            "container": container,
            "trigger_id": trigger_id,
            "channel": _channel(channel),
            "state": {"values": state},
            "response_url": url,
            "actions": [action],
        }

    def view_click(self, person: Person, view: Json, action: Json, trigger_id: str) -> Json:
        """block_actions of a modal or the Home tab."""
        return {
            **self._common("block_actions", person),
            "container": {"type": "view", "view_id": view["id"]},
            "trigger_id": trigger_id,
            "view": view,
            "actions": [action],
        }

    def view_submission(self, person: Person, view: Json, trigger_id: str) -> Json:
        """A modal was submitted."""
        return {
            **self._common("view_submission", person),
            "trigger_id": trigger_id,
            "view": view,
            "response_urls": [],
        }

    def view_closed(self, person: Person, view: Json, *, is_cleared: bool) -> Json:
        """A modal was closed without being submitted."""
        return {**self._common("view_closed", person), "view": view, "is_cleared": is_cleared}

    def message_shortcut(
        self,
        person: Person,
        channel: Channel,
        message: Json,
        callback_id: str,
        action_ts: str,
        trigger_id: str,
        url: str,
    ) -> Json:
        """A shortcut was taken from a message's menu."""
        return {
            **self._common("message_action", person),
            "action_ts": action_ts,
            "callback_id": callback_id,
            "trigger_id": trigger_id,
            "response_url": url,
            "channel": _channel(channel),
            "message_ts": message["ts"],
            "message": public(message),
        }

    def shortcut(self, person: Person, callback_id: str, action_ts: str, trigger_id: str) -> Json:
        """A global shortcut was taken."""
        common = self._common("shortcut", person)
        return {**common, "action_ts": action_ts, "callback_id": callback_id, "trigger_id": trigger_id}

    def command(self, person: Person, channel: Channel, name: str, text: str, trigger_id: str, url: str) -> Json:
        """A slash command: flat, as a form."""
        team = self._config.team
        return {
            "token": _VERIFICATION_TOKEN,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": _channel(channel)["name"],
            "user_id": person.id,
            "user_name": person.name,
            "command": name,
            "text": text,
            "api_app_id": self._config.app_id,
            "is_enterprise_install": "false",
            "response_url": url,
            "trigger_id": trigger_id,
        }

    def event(self, event: Json, event_id: str, now: float) -> Json:
        """event_callback around an event."""
        config = self._config
        return {
            "token": _VERIFICATION_TOKEN,
            "team_id": config.team.id,
            "context_team_id": config.team.id,
            "context_enterprise_id": None,
            "api_app_id": config.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(now),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": config.team.id,
                    "user_id": config.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event_id}",
        }


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.im_with else channel.name}
