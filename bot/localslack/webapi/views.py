"""views.*: modals and Home."""

from __future__ import annotations

from typing import Any

from bot.localslack.errors import ApiError, bad_arguments
from bot.localslack.submissions import read_view
from bot.localslack.webapi.base import Call, Method

Json = dict[str, Any]


def _modal(call: Call) -> Json:
    view = read_view(call.args, call.ws.state.ids)
    if view["type"] != "modal":
        raise bad_arguments("view must be of type modal [json-pointer:/view/type]")
    return view


def _open(call: Call) -> Json:
    trigger_id, view = call.needed("trigger_id"), _modal(call)
    user, _ = call.ws.triggers.exchange(trigger_id)
    return {"ok": True, "view": call.ws.modals.open(user, view)}


def _push(call: Call) -> Json:
    trigger_id, view = call.needed("trigger_id"), _modal(call)
    user, from_view = call.ws.triggers.exchange(trigger_id)
    if from_view is None:
        raise ApiError("invalid_trigger_id")  # only a modal's trigger can push onto it
    return {"ok": True, "view": call.ws.modals.push(user, view)}


def _update(call: Call) -> Json:
    view_id, external_id = call.text("view_id") or None, call.text("external_id") or None
    if view_id and external_id:
        raise bad_arguments("Cannot provide both `view_id` and `external_id`")
    if not view_id and not external_id:
        raise bad_arguments("missing required field: view_id")
    view = read_view(call.args, call.ws.state.ids)
    user, old = call.ws.modals.locate(view_id=view_id, external_id=external_id)
    if view["type"] != old["type"]:
        raise bad_arguments(f"view must be of type {old['type']} [json-pointer:/view/type]")
    return {"ok": True, "view": call.ws.modals.update(user, old, view, call.text("hash") or None)}


def _publish(call: Call) -> Json:
    user = call.needed("user_id")
    if user not in call.ws.state.people:
        raise ApiError("user_not_found")
    view = read_view(call.args, call.ws.state.ids)
    if view["type"] != "home":
        raise bad_arguments("view must be of type home [json-pointer:/view/type]")
    return {"ok": True, "view": call.ws.modals.publish(user, view, call.text("hash") or None)}


METHODS = (
    Method("views.open", _open, tier=4),
    Method("views.push", _push, tier=4),
    Method("views.update", _update, tier=4),
    Method("views.publish", _publish, tier=4),
)
