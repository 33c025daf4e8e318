"""manifest.yml and the code say the same, both ways."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack import listeners
from bot.slack.blocks.standing import HELP
from bot.slack.doctor import SCOPES
from bot.slack.listeners import commands

ROOT = Path(__file__).parents[2]
# Every scope that a bot of ours may ever ask for, spelt as Slack spells it: its JSON schema lets misspelt ones pass.
ALLOWED = {
    "chat:write", "commands", "channels:join", "files:read", "files:write", "users:read", "usergroups:read",
    "reactions:read", "channels:read", "groups:read", "channels:history", "groups:history",
    "im:history", "im:write",
}  # fmt: skip
# What each Web API method of the code needs.
NEEDS = {
    "auth.test": set(),
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.getPermalink": set(),
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "files.info": {"files:read"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.join": {"channels:join"},
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.open": {"im:write"},
    "conversations.members": {"channels:read", "groups:read"},
    "users.info": {"users:read"},
    "usergroups.users.list": {"usergroups:read"},
    "views.open": set(),
    "views.push": set(),
    "views.update": set(),
    "views.publish": set(),
    "apps.connections.open": set(),  # the app token's connections:write
}

# What Slack sends an event for.
EVENTS_NEED = {"reaction_added": {"reactions:read"}, "reaction_removed": {"reactions:read"}}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "manifest.yml").read_text())


def test_commands_and_events_are_the_registered_ones(manifest: dict[str, Any]) -> None:
    declared = [entry["command"] for entry in manifest["features"]["slash_commands"]]
    assert sorted(declared) == sorted(listeners.COMMANDS)
    assert sorted(manifest["settings"]["event_subscriptions"]["bot_events"]) == sorted(listeners.EVENTS)
    shortcuts = [entry["callback_id"] for entry in manifest["features"].get("shortcuts", [])]
    assert sorted(shortcuts) == sorted(listeners.SHORTCUTS)


def test_interactivity_and_home_are_on_as_they_are_listened_to(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["interactivity"]["is_enabled"] is bool(listeners.ACTIONS)
    assert manifest["features"]["app_home"]["home_tab_enabled"] is ("app_home_opened" in listeners.EVENTS)
    assert manifest["settings"]["socket_mode_enabled"] is True


def test_usage_hint_and_help_have_every_subcommand(manifest: dict[str, Any]) -> None:
    hint = manifest["features"]["slash_commands"][0]["usage_hint"]
    assert [part.split()[0] for part in hint.split(" | ")] == list(commands.COMMANDS)
    assert {usage.split()[0] for usage, _ in HELP} == set(commands.COMMANDS)


def test_scopes_are_allowed_needed_and_checked_by_doctor(manifest: dict[str, Any]) -> None:
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert scopes <= ALLOWED
    assert scopes == set(SCOPES)
    called = called_methods()
    assert called <= NEEDS.keys(), "a new method: say which scopes it needs"
    heard = [EVENTS_NEED.get(event, set()) for event in listeners.EVENTS]
    assert scopes == {"commands"}.union(*(NEEDS[method] for method in called), *heard)


def called_methods() -> set[str]:
    """All Web API methods named in bot/slack, with a dot or as a call of slack_sdk's WebClient."""
    found: set[str] = set()
    for path in (ROOT / "bot" / "slack").rglob("*.py"):
        found |= set(
            re.findall(
                r'"((?:auth|chat|files|conversations|users|usergroups|views|apps)(?:\.[a-zA-Z]+)+)"', path.read_text()
            )
        )
    return found


def test_the_http_variant_is_complete_when_uncommented() -> None:
    text = (ROOT / "manifest.yml").read_text()
    http = yaml.safe_load(re.sub(r"# (.*)  # HTTP", r"\1", text))
    address = "https://your-host.example/slack/events"
    assert http["features"]["slash_commands"][0]["url"] == address
    assert http["settings"]["event_subscriptions"]["request_url"] == address
    assert http["settings"]["interactivity"]["request_url"] == address


def test_names_fit_slacks_limits(manifest: dict[str, Any]) -> None:
    about = manifest["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4_000
    command = manifest["features"]["slash_commands"][0]
    assert len(command["description"]) <= 2_000


def test_procfile_names_the_processes() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    assert lines == ["web: roundtable web", "worker: roundtable worker"]
