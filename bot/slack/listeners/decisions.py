"""Flags and corrections: from an item's menu, the queue, App Home, and the shortcut on any message."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, BoltResponse

from bot.domain import (
    Case,
    ConflictError,
    NotFoundError,
    Project,
    RoundtableError,
    StoreUnavailableError,
    Via,
    VoteStatus,
)
from bot.services import decisions
from bot.services.decisions import By, Corrected, DecisionError, Meant
from bot.slack.blocks import decisions as blocks
from bot.slack.blocks import fields
from bot.slack.blocks.fields import Entered
from bot.slack.blocks.text import SAID, Block, clip, escape
from bot.slack.desk import Desk, Json, click_id, place_of, said, said_in_field, value_of
from bot.slack.errors import SlackError
from bot.slack.limits import LimitsError, enforce_view
from bot.slack.listeners.actions import outdated
from bot.slack.listeners.events import publish_home
from bot.slack.listeners.trouble import not_opened, tell
from bot.slack.membership import in_time
from bot.slack.responder import Place
from bot.words import say

log = logging.getLogger("roundtable.listeners")

Open = Callable[[str, Block], None]


def flag(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Flag, in an item's menu: asks what is wrong."""
    return _open_flag(ack, body, action, desk, desk.gateway.open_view)


def flag_in_queue(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Flag, in the queue: the same, on top of its modal."""
    return _open_flag(ack, body, action, desk, desk.gateway.push_view)


def _open_flag(ack: Ack, body: Json, action: Json, desk: Desk, show: Open) -> BoltResponse:
    asked = (value_of(action) or {}).get("q")
    if asked is None:
        return outdated(ack, body, desk)
    user_id = place_of(body).user_id
    return _open(ack, body, desk, show, lambda: blocks.flag_view(decisions.case_of(desk.store, asked), asked, user_id))


def flagged(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """A flag, submitted: recorded, then acknowledged with what became of it."""
    view, asked = body["view"], _remembered(body).get("q")
    if asked is None:
        return ack(response_action="clear")

    def record(case: Case, user_id: str) -> Block:
        given = fields.entered(case.project, view)
        decisions.flag(desk.store, desk.clock, asked, by_modal(user_id, view, given), given.reason)
        return blocks.flagged_view(asked)

    return _submit(ack, body, desk, asked, record)


def unflag(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Take my flag back."""
    asked, view, user_id = (value_of(action) or {}).get("q"), body.get("view") or {}, place_of(body).user_id
    if asked is None:
        return outdated(ack, body, desk)
    saved = True
    try:
        status = decisions.unflag(desk.store, desk.clock, asked, By(user_id, click_id(action, body)))
        shown = blocks.unflagged_view(there_was_one=status is not VoteStatus.NOTHING)
    except RoundtableError as error:
        saved = not isinstance(error, StoreUnavailableError)
        shown = blocks.told_view(say("flag-title"), said(error) if saved else say("not-saved"))
    desk.background.submit(desk.screens.update, str(view.get("id")), str(view.get("hash") or ""), lambda _: shown)
    return ack() if saved else BoltResponse(status=503, body="")  # what is not on disk is not acknowledged


def correct(ack: Ack, body: Json, action: Json, desk: Desk) -> BoltResponse:
    """Change my answer, in the menu of a closed item."""
    asked = (value_of(action) or {}).get("q")
    if asked is None:
        return outdated(ack, body, desk)
    user_id = place_of(body).user_id
    return _open(ack, body, desk, desk.gateway.open_view, lambda: correction(desk, asked, user_id, Via.MODAL))


def shortcut(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """Correct this prediction, in a message's menu: finds the item by the message, or by the thread that it is in."""
    message, channel = body.get("message") or {}, str((body.get("channel") or {}).get("id") or "")
    user_id = place_of(body).user_id

    def render() -> Block:
        for ts in (message.get("ts"), message.get("thread_ts")):
            kind, _, asked = (desk.store.outbox.key_of(channel, str(ts)) or "").partition(":") if ts else ("", "", "")
            if kind == "query":
                return correction(desk, asked, user_id, Via.SHORTCUT)
        raise NotFoundError(say("correct-no-item"))

    return _open(ack, body, desk, desk.gateway.open_view, render)


def correction(desk: Desk, query_id: str, user_id: str, via: Via) -> Block:
    """The modal in which a person says what is right. Raises NotFoundError, ConflictError for whom the item is not to be shown."""
    case = decisions.case_of(desk.store, query_id)
    in_channel(desk, case.project, user_id)
    late, may_vote = decisions.is_late(desk.store, case), desk.rights.may_vote(case.project, user_id)
    return blocks.correct_view(case, query_id, user_id, via, late=late, may_vote=may_vote)


def corrected(ack: Ack, body: Json, desk: Desk) -> BoltResponse:
    """A correction, submitted: recorded, then acknowledged with what became of it."""
    view, remembered = body["view"], _remembered(body)
    asked, via = remembered.get("q"), remembered.get("via")
    if asked is None or via not in (Via.MODAL, Via.SHORTCUT):
        return ack(response_action="clear")

    def record(case: Case, user_id: str) -> Block:
        given = fields.entered(case.project, view)
        by = by_modal(user_id, view, given)._replace(via=Via(via))
        done = decisions.correct(desk.store, desk.clock, desk.rights, asked, by, label=given.label, reason=given.reason)
        return blocks.told_view(say("correct-title"), _answer(case, done, given.label))

    return _submit(ack, body, desk, asked, record, votes=True)


def by_modal(user_id: str, view: Json, given: Entered) -> By:
    """Who decides, in a modal. A delivery twice is the same decision; another item that the modal came to show, or other words after
    a trouble with saving, make another one."""
    told = json.dumps([view.get("private_metadata"), given])
    return By(user_id, f"{view.get('id')}|{hashlib.blake2b(told.encode(), digest_size=8).hexdigest()}")


def refuse(ack: Ack, view: Json, error: RoundtableError) -> BoltResponse:
    """Answers a submission with what is wrong, beside the field to mend. Nobody can be mentioned there."""
    field = error.field if isinstance(error, DecisionError) else fields.REASON
    words = say("not-saved") if isinstance(error, StoreUnavailableError) else said_in_field(error)
    return ack(response_action="errors", errors={fields.block_of(view, field): clip(words, 1_000)})


def _answer(case: Case, done: Corrected, label: str) -> str:
    answer = escape(clip(case.project.said(label), SAID))
    if done.meant is Meant.CORRECTION:
        return say("correct-noted", label=answer)
    if done.status is VoteStatus.UNCHANGED:
        return say("correct-unchanged", label=answer)
    if done.same:
        return say("correct-reason-noted", label=answer)
    if case.label is not None and case.label.decided_by == "override":
        return say("correct-overridden", label=answer)
    return say("correct-late" if done.meant is Meant.LATE else "correct-voted", label=answer)


def in_channel(desk: Desk, project: Project, user_id: str) -> None:
    """Raises ConflictError for whom the project's items are not to be shown."""
    try:
        if desk.members.has(project.channel_id, user_id):
            return
    except SlackError as error:
        log.warning("the members of %s are not known: %s", project.id, error)
        raise ConflictError(say("trouble-channel")) from None
    raise ConflictError(say("trouble-not-in-channel"))


def _ask(desk: Desk, project: Project, user_id: str, *, votes: bool) -> None:
    """All that Slack has to be asked for this person. Whether their answers count is remembered, for who asks it again at once."""
    in_channel(desk, project, user_id)
    if votes:
        desk.rights.may_vote(project, user_id)


def _remembered(body: Json) -> dict[str, Any]:
    try:
        found = json.loads(str((body.get("view") or {}).get("private_metadata") or ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _submit(
    ack: Ack, body: Json, desk: Desk, query_id: str, record: Callable[[Case, str], Block], *, votes: bool = False
) -> BoltResponse:
    """Records what was submitted; what can't be stands beside its field. `votes`: it may be an answer of the person's own."""
    view, user_id = body["view"], place_of(body).user_id
    try:
        case = decisions.case_of(desk.store, query_id)
        in_time(desk.background, lambda: _ask(desk, case.project, user_id, votes=votes))
        shown = record(case, user_id)
    except RoundtableError as error:
        return refuse(ack, view, error)
    enforce_view(shown)
    desk.background.submit(publish_home, desk, user_id)
    return ack(response_action="update", view=shown)


def _open(ack: Ack, body: Json, desk: Desk, show: Open, render: Callable[[], Block]) -> BoltResponse:
    """Opens a modal in the background, within the 3 s of the trigger."""
    trigger = body.get("trigger_id")
    if not trigger:
        return outdated(ack, body, desk)
    desk.background.submit(_show, desk, place_of(body), str(trigger), show, render)
    return ack()


def _show(desk: Desk, place: Place, trigger_id: str, show: Open, render: Callable[[], Block]) -> None:
    """What goes wrong is said where the person clicked: beside the message, or in App Home."""
    try:
        show(trigger_id, render())
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("a modal could not be opened: %s", error)
        tell(desk, place, not_opened(error))
