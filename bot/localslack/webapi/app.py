"""auth.test, apps.connections.open, bots.info, users.*: the app itself, and people."""

from __future__ import annotations

from typing import Any

from bot.localslack.config import Person
from bot.localslack.errors import ApiError
from bot.localslack.webapi.base import Call, Method, page_of

Json = dict[str, Any]


def _auth_test(call: Call) -> Json:
    config = call.ws.config
    return {
        "ok": True,
        "url": f"{call.ws.url}/",
        "team": config.team.name,
        "team_id": config.team.id,
        "user": config.app_name.lower(),
        "user_id": config.bot_user_id,
        "bot_id": config.bot_id,
        "app_id": config.app_id,
        "is_enterprise_install": False,
    }


def _connections_open(call: Call) -> Json:
    address = call.ws.url.replace("http", "ws", 1)
    return {"ok": True, "url": f"{address}/link/?ticket={call.ws.sockets.ticket()}&app_id={call.ws.config.app_id}"}


def _bots_info(call: Call) -> Json:
    config = call.ws.config
    if call.text("bot", config.bot_id) != config.bot_id:
        raise ApiError("bot_not_found")
    bot = {
        "id": config.bot_id,
        "deleted": False,
        "name": config.app_name,
        "app_id": config.app_id,
        "user_id": config.bot_user_id,
        "icons": {},
    }
    return {"ok": True, "bot": bot}


def user_json(person: Person, team_id: str) -> Json:
    """A person as users.info gives it, without an e-mail address (no scope for that here)."""
    return {
        "id": person.id,
        "team_id": team_id,
        "name": person.name,
        "deleted": False,
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz_label,
        "tz_offset": person.tz_offset,
        "profile": {
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": person.name,
            "display_name_normalized": person.name,
            "title": person.title,
        },
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
    }


def bot_user_json(call_config: Any) -> Json:
    """The app's own user."""
    person = Person(call_config.bot_user_id, call_config.app_name.lower(), call_config.app_name)
    return {**user_json(person, call_config.team.id), "is_bot": True}


def _users_info(call: Call) -> Json:
    config = call.ws.config
    if call.text("user") == config.bot_user_id:
        return {"ok": True, "user": bot_user_json(config)}
    return {"ok": True, "user": user_json(call.person(), config.team.id)}


def _users_list(call: Call) -> Json:
    config = call.ws.config
    members = [user_json(person, config.team.id) for person in call.ws.state.people.values()]
    page, cursor = page_of([*members, bot_user_json(config)], call)
    now = int(call.ws.clock.now())
    return {"ok": True, "members": page, "cache_ts": now, "response_metadata": {"next_cursor": cursor}}


METHODS = (
    Method("auth.test", _auth_test, tier=5, needs="any"),
    Method("apps.connections.open", _connections_open, ("connections:write",), tier=1, needs="app"),
    Method("bots.info", _bots_info, ("users:read",)),
    Method("users.info", _users_info, ("users:read",), tier=4),
    Method("users.list", _users_list, ("users:read",), tier=2),
)
