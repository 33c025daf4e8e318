"""usergroups.list and usergroups.users.list: the workspace's user groups and who is in them."""

from __future__ import annotations

from typing import Any

from bot.localslack.config import UserGroup
from bot.localslack.errors import ApiError
from bot.localslack.webapi.base import Call, Method

Json = dict[str, Any]


def _groups(call: Call) -> list[UserGroup]:
    """Those that the call may see. Raises ApiError plan_upgrade_required."""
    groups = call.ws.config.user_groups
    if groups is None:
        raise ApiError("plan_upgrade_required")
    return [group for group in groups if call.flag("include_disabled") or not group.is_disabled]


def _group_json(call: Call, group: UserGroup) -> Json:
    config = call.ws.config
    creator = config.people[0].id if config.people else config.bot_user_id
    out: Json = {
        "id": group.id,
        "team_id": config.team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": 0,
        "date_update": 0,
        "date_delete": 1 if group.is_disabled else 0,
        "auto_type": None,
        "auto_provision": False,
        "created_by": creator,
        "updated_by": creator,
        "deleted_by": creator if group.is_disabled else None,
        "prefs": {"channels": [], "groups": []},
    }
    if call.flag("include_users"):
        out["users"] = list(group.users)
    if call.flag("include_count"):
        out["user_count"] = len(group.users)
    return out


def _list(call: Call) -> Json:
    return {"ok": True, "usergroups": [_group_json(call, group) for group in _groups(call)]}


def _users_list(call: Call) -> Json:
    wanted = call.needed("usergroup")
    for group in _groups(call):
        if group.id == wanted:
            return {"ok": True, "users": list(group.users)}
    raise ApiError("no_such_subteam")


METHODS = (
    Method("usergroups.list", _list, ("usergroups:read",), tier=2),
    Method("usergroups.users.list", _users_list, ("usergroups:read",), tier=2),
)
