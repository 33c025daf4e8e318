"""Votes by emoji: a reaction on an item's message is the vote that the project says it is, and taking it away takes the vote back."""

from __future__ import annotations

import re
from typing import Final

from bot.domain import NotFoundError, Project, Via, VoteKind, VoteOutcome
from bot.services.ports import Clock, Store
from bot.services.rights import BY_ID, Rights
from bot.services.voting import cast_vote

NAME: Final = re.compile(r"^[a-z0-9_+'-]{1,100}$")
QUERY: Final = "query:"  # a message key begins so if it is an item's


def plain_name(emoji: str) -> str:
    """Without colons and skin tone: ":+1::skin-tone-3:" is "+1"; Slack's second names for thumbs are made one."""
    name = emoji.strip(":").partition("::")[0].lower()
    return {"thumbsup": "+1", "thumbsdown": "-1"}.get(name, name)


def label_of(project: Project, emoji: str) -> str | None:
    """The label that an emoji stands for; None: it is only an emoji."""
    wanted = plain_name(emoji)
    return next((label for name, label in project.reactions.items() if plain_name(name) == wanted), None)


def react(
    store: Store,
    clock: Clock,
    *,
    message_key: str,
    user_id: str,
    emoji: str,
    added: bool,
    event_ts: str,
    message_ts: str,
    rights: Rights = BY_ID,
) -> VoteOutcome | None:
    """Records what a reaction says; None if it says nothing: no item, no label. NOTHING if the vote that it was is another by now.

    When this returns an outcome, it is on disk. Raises what `cast_vote` raises.
    """
    if not message_key.startswith(QUERY):
        return None
    query_id = message_key.removeprefix(QUERY)
    try:
        view = store.rounds.query_view(query_id)
    except NotFoundError:
        return None
    label = label_of(view.project, emoji)
    if label is None:
        return None
    return cast_vote(
        store,
        clock,
        query_id=query_id,
        user_id=user_id,
        label=label if added else None,
        kind=VoteKind.VOTE if added else VoteKind.UNDO,
        via=Via.REACTION,
        action_id=f"reaction:{event_ts}",
        message_ts=message_ts,
        rights=rights,
        # Whoever put two different ones means the last: to take the first away changes nothing.
        only=None if added else label,
    )
