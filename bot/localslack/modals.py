"""Modals and Home tabs: each person's stack of views, three at most."""

from __future__ import annotations

from typing import Any

from bot.localslack import elements
from bot.localslack.bus import Bus
from bot.localslack.config import WorkspaceConfig
from bot.localslack.errors import ApiError
from bot.localslack.ids import Ids

Json = dict[str, Any]
MAX_STACK = 3


class Modals:
    """Views that are open, by person, and what everybody's Home shows."""

    def __init__(self, config: WorkspaceConfig, ids: Ids, bus: Bus) -> None:
        self._config = config
        self._ids = ids
        self._bus = bus
        self._stacks: dict[str, list[Json]] = {}
        self._homes: dict[str, Json] = {}

    def stack(self, user: str) -> list[Json]:
        """That person's open modals, the top last."""
        return self._stacks.setdefault(user, [])

    def home(self, user: str) -> Json | None:
        """What that person's Home shows, if the app published any."""
        return self._homes.get(user)

    def locate(self, *, view_id: str | None = None, external_id: str | None = None) -> tuple[str, Json]:
        """(person, view). Raises ApiError not_found."""
        shown = [(user, view) for user, stack in self._stacks.items() for view in stack] + list(self._homes.items())
        for user, view in shown:
            if (view_id and view["id"] == view_id) or (external_id and view.get("external_id") == external_id):
                return user, view
        raise ApiError("not_found")

    def open(self, user: str, view: Json) -> Json:
        """A new modal, alone on the stack."""
        return self._put(user, view, [])

    def push(self, user: str, view: Json) -> Json:
        """A modal on top of those that are open. Raises ApiError push_limit_reached."""
        stack = self.stack(user)
        if len(stack) >= MAX_STACK:
            raise ApiError("push_limit_reached")
        return self._put(user, view, stack)

    def _put(self, user: str, view: Json, below: list[Json]) -> Json:
        self._check_external_id(view)
        made = self._view(view)
        made["root_view_id"] = below[0]["id"] if below else made["id"]
        made["previous_view_id"] = below[-1]["id"] if below else None
        self._stacks[user] = [*below, made]
        self._show(user)
        return made

    def update(self, user: str, old: Json, view: Json, view_hash: str | None) -> Json:
        """In place of `old`, modal or Home. Raises ApiError hash_conflict."""
        if view_hash and view_hash != old["hash"]:
            raise ApiError("hash_conflict")
        self._check_external_id(view, but=old)
        made = self._view(view, old["id"])
        made.update({name: old[name] for name in ("root_view_id", "previous_view_id") if name in old})
        made["state"] = {"values": _kept(made["state"]["values"], old["state"]["values"])}
        if old["type"] == "home":
            self._homes[user] = made
            self._bus.publish({"type": "home", "home": made}, to=user)
        else:
            self._stacks[user] = [made if shown is old else shown for shown in self.stack(user)]
            self._show(user)
        return made

    def publish(self, user: str, view: Json, view_hash: str | None) -> Json:
        """Home of that person. Raises ApiError hash_conflict."""
        old = self._homes.get(user)
        if old is not None:
            return self.update(user, old, view, view_hash)
        if view_hash:
            raise ApiError("hash_conflict")
        made = self._view(view)
        made.update(root_view_id=made["id"], previous_view_id=None)
        self._homes[user] = made
        self._bus.publish({"type": "home", "home": made}, to=user)
        return made

    def remove(self, user: str, view_id: str) -> None:
        """Closes that modal and those on top of it."""
        stack = self.stack(user)
        depth = next((index for index, view in enumerate(stack) if view["id"] == view_id), len(stack))
        self._stacks[user] = stack[:depth]
        self._show(user)

    def clear(self, user: str) -> list[Json]:
        """Closes all of that person's modals; returns them."""
        gone = self.stack(user)
        self._stacks[user] = []
        self._show(user)
        return gone

    def _show(self, user: str) -> None:
        self._bus.publish({"type": "modals", "modals": self._stacks[user]}, to=user)

    def _check_external_id(self, view: Json, but: Json | None = None) -> None:
        external_id = view.get("external_id")
        if not external_id:
            return
        shown = [v for stack in self._stacks.values() for v in stack] + list(self._homes.values())
        if any(v.get("external_id") == external_id and v is not but for v in shown):
            raise ApiError("duplicate_external_id")

    def _view(self, view: Json, view_id: str | None = None) -> Json:
        modal = {
            "title": None,
            "close": None,
            "submit": None,
            "clear_on_close": False,
            "notify_on_close": False,
            "submit_disabled": False,
        }
        return {
            **(modal if view.get("type") == "modal" else {}),
            "callback_id": "",
            "private_metadata": "",
            "external_id": "",
            **view,
            "id": view_id or self._ids.new("V"),
            "team_id": self._config.team.id,
            "app_id": self._config.app_id,
            "app_installed_team_id": self._config.team.id,
            "bot_id": self._config.bot_id,
            "hash": f"{self._ids.ts().split('.')[0]}.{self._ids.secret()[:8]}",
            "state": {"values": elements.initial_state(view["blocks"])},
        }


def _kept(fresh: Json, old: Json) -> Json:
    """What was entered stays in an updated view wherever block_id, action_id and type are the same, as in Slack."""
    kept: Json = {}
    for block_id, entries in fresh.items():
        for action_id, entry in entries.items():
            before = old.get(block_id, {}).get(action_id)
            same = before is not None and before.get("type") == entry.get("type")
            kept.setdefault(block_id, {})[action_id] = before if same else entry
    return kept
