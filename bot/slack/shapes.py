"""The shape of what Slack sends, as far as anything here or in Bolt reads it.

A signed request is Slack's own, so this never fails in earnest. It keeps a wrong one, by whatever hand, from ending as a
stack trace somewhere deep within, and spares every listener the asking.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Required

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

Json = dict[str, Any]
# The limit is beyond any of Slack's. With one pydantic looks at the letters, too: half a pair of surrogates can't be stored.
Text = Annotated[str, Field(max_length=10_000)]


class _Named(TypedDict, total=False):
    """A person, a workspace, an organisation."""

    id: Text
    team_id: Text | None
    enterprise_id: Text | None


class _Container(TypedDict, total=False):
    message_ts: Text
    thread_ts: Text | None
    channel_id: Text
    view_id: Text
    is_ephemeral: bool


class _Message(TypedDict, total=False):
    ts: Text
    thread_ts: Text | None
    user: Text | None


class _Option(TypedDict, total=False):
    value: Text


class _Input(TypedDict, total=False):
    """What a field of a form holds."""

    type: Text
    value: Text | None
    selected_option: _Option | None
    selected_options: list[_Option] | None
    selected_user: Text | None
    selected_users: list[Text] | None
    selected_conversation: Text | None
    selected_conversations: list[Text] | None
    selected_channel: Text | None
    selected_date: Text | None
    selected_time: Text | None
    selected_date_time: int | None


class _Action(_Input, total=False):
    """What was pressed or chosen."""

    action_id: Required[Text]
    block_id: Text
    action_ts: Text


class _State(TypedDict, total=False):
    values: dict[str, dict[str, _Input]]


class _Element(TypedDict, total=False):
    action_id: Text
    value: Text


class _Block(TypedDict, total=False):
    """Of a view; only buttons carry something that is read. Rich text has elements of other kinds, without an action."""

    type: Text
    block_id: Text
    elements: list[_Element]


class _View(TypedDict, total=False):
    id: Text
    type: Required[Text]
    hash: Text | None
    callback_id: Text | None
    private_metadata: Text | None
    app_installed_team_id: Text | None
    team_id: Text | None
    blocks: list[_Block]
    state: _State | None


class _Event(TypedDict, total=False):
    type: Text
    user: Text | Json | None
    team: Text | Json | None
    channel: Text | Json | None
    tab: Text
    thread_ts: Text | None


class _Authorization(TypedDict, total=False):
    team_id: Text | None
    user_id: Text | None
    enterprise_id: Text | None


class _ResponseUrl(TypedDict, total=False):
    response_url: Text


class Payload(TypedDict, total=False):
    """An interaction or an event. What is not there is as good as what is right."""

    type: Text
    team: _Named | None
    team_id: Text | None
    enterprise: _Named | None
    enterprise_id: Text | None
    user: _Named
    channel: _Named | None
    container: _Container
    message: _Message | None
    view: _View
    actions: Annotated[list[_Action], Field(min_length=1)]
    trigger_id: Text
    response_url: Text | None
    response_urls: list[_ResponseUrl]
    callback_id: Text
    state: _State | None
    event: _Event
    event_id: Text
    authorizations: list[_Authorization] | None


_CHECKED: Final = TypeAdapter(Payload)


def check(payload: Json) -> None:
    """Raises ValueError where something is of another kind than Slack's. What is not known here may be anything."""
    _CHECKED.validate_python(payload, strict=True)
