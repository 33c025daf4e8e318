"""Values to and from what Redis holds: JSON text and hashes of text."""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from pydantic import ValidationError

from bot.domain import (
    Decision,
    DecisionKind,
    Frozen,
    Label,
    LoggedDecision,
    LoggedVote,
    Note,
    Project,
    Query,
    Round,
    RoundState,
    StoreUnavailableError,
    Via,
    Vote,
    VoteKind,
)
from bot.services.ports import MessageRecord, PostIntent
from bot.store.replay import winner

V = TypeVar("V", bound=Frozen)
T = TypeVar("T")
P = ParamSpec("P")


def stored_value(kind: type[V], text: str | bytes) -> V:
    """A value from its JSON.

    Fields that this version doesn't know are passed over: during a rolling update a newer one writes them already.
    Raises StoreUnavailableError if it can't be read all the same."""
    try:
        return kind.model_validate_json(text, extra="ignore")
    except ValidationError as error:
        raise _unreadable(kind.__name__, error) from None


def _unreadable(what: str, error: ValueError | KeyError) -> StoreUnavailableError:
    """Names the fields, and never what is in them: that may be people's texts."""
    if isinstance(error, ValidationError):
        faults = [f"{'.'.join(map(str, fault['loc'])) or 'all of it'}: {fault['msg']}" for fault in error.errors()[:3]]
    else:
        faults = [f"{error} is missing" if isinstance(error, KeyError) else str(error)]
    return StoreUnavailableError(
        f"This version of Roundtable can't read a stored {what.lower()} ({'; '.join(faults)});"
        " install the version that wrote it, or a newer one."
    )


def _reads(what: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For what is read from hashes: the same error as `stored_value`."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(function)
        def read(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return function(*args, **kwargs)
            except (ValueError, KeyError) as error:
                raise _unreadable(what, error) from None

        return read

    return decorate


def millis(at: datetime) -> int:
    """Milliseconds since 1970, as scores of sorted sets hold them."""
    return int(at.timestamp() * 1000)


def compact(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def vote_fields(vote: Vote, *, overlap: int, affects: int | None) -> dict[str, str]:
    """The fields of a log entry. `affects` is the round whose progress the vote moves."""
    fields = {
        "kind": vote.kind.value,
        "item": vote.item_id,
        "user": vote.user_id,
        "label": vote.label,
        "via": vote.via.value,
        "action": vote.action_id,
        "at": vote.at.isoformat(),
        "query": vote.query_id,
        "ts": vote.message_ts,
        "model": vote.model_version,
        "reason": vote.reason or None,
        "overlap": str(overlap),
        "round": None if affects is None else str(affects),
    }
    return {name: value for name, value in fields.items() if value is not None}


@_reads("vote")
def logged_vote(project_id: str, seq: str, fields: Mapping[str, str]) -> LoggedVote:
    """A log entry as the domain's value."""
    return LoggedVote(
        seq=seq,
        kind=VoteKind(fields["kind"]),
        project_id=project_id,
        item_id=fields["item"],
        user_id=fields["user"],
        label=fields.get("label"),
        via=fields["via"],
        action_id=fields["action"],
        at=fields["at"],
        query_id=fields.get("query"),
        message_ts=fields.get("ts"),
        model_version=fields.get("model"),
        reason=fields.get("reason", ""),
    )


def decision_fields(decision: Decision, *, overlap: int) -> dict[str, str]:
    """The fields of a log entry that is no answer."""
    fields = {
        "kind": decision.kind.value,
        "item": decision.item_id,
        "user": decision.user_id,
        "label": decision.label,
        "reason": decision.reason,
        "via": decision.via.value,
        "action": decision.action_id,
        "at": decision.at.isoformat(),
        "query": decision.query_id,
        "overlap": str(overlap),
    }
    return {name: value for name, value in fields.items() if value is not None}


@_reads("decision")
def logged_decision(project_id: str, seq: str, fields: Mapping[str, str]) -> LoggedDecision:
    """A log entry as the domain's value. Overrides of old have neither person nor reason."""
    return LoggedDecision(
        seq=seq,
        kind=DecisionKind(fields["kind"]),
        project_id=project_id,
        item_id=fields["item"],
        user_id=fields.get("user", ""),
        label=fields.get("label"),
        reason=fields.get("reason", ""),
        via=Via(fields.get("via", Via.API)),
        action_id=fields.get("action", ""),
        at=datetime.fromisoformat(fields["at"]),
        query_id=fields.get("query"),
    )


@_reads("note")
def notes_value(text: str) -> tuple[Note, ...]:
    """What was said about one item, oldest first."""
    notes = [
        Note(
            kind=name.partition("|")[0],
            user_id=note.get("user", name.partition("|")[2]),
            label=note.get("label"),
            reason=note.get("reason", ""),
            at=note["at"],
            settled=note.get("settled", False),
        )
        for name, note in json.loads(text).items()
    ]
    return tuple(sorted(notes, key=lambda note: (note.at, note.kind, note.user_id)))


def open_flags(text: str) -> tuple[str, ...]:
    """Users whose flag nobody has answered yet."""
    return tuple(sorted(note.user_id for note in notes_value(text) if note.kind == "flag" and not note.settled))


@_reads("label")
def label_value(item_id: str, text: str) -> Label:
    """A label from its JSON."""
    data = json.loads(text)
    return Label(item_id=item_id, value=data["value"], votes=data["votes"], decided_by=data["decided_by"])


def present_votes(text: str) -> dict[str, str]:
    """user -> present label, of one item's answers."""
    return {user: answer[0] for user, answer in json.loads(text).items() if answer[0] is not False}


def blind(query: Query, project: Project, state: RoundState, answers: str, label: str) -> tuple[str, str]:
    """Answers and label of an item as its message may show them (JSON texts).

    One that is asked again looks like one that was never answered: only what was said in its round, and the label that follows."""
    if query.again is None:
        return answers, label
    given = {user: answer for user, answer in json.loads(answers).items() if answer[1] == query.round}
    if state is not RoundState.OPEN:
        return compact(given), label
    votes = Counter(answer[0] for answer in given.values() if answer[0] is not False)
    value = winner(votes, project.labels if project.multi_label else None)
    if votes.total() < project.overlap or value is None:
        return compact(given), ""
    return compact(given), compact({"value": value, "votes": votes, "decided_by": "majority"})


def as_before(query: Query, project: Project, answers: str, label: str) -> tuple[str, str]:
    """Answers and label (JSON texts) of an item that a later round is asking again, as they were before it asked.

    Its old record would else tell what others have answered there, or that it is asked at all."""
    given = {user: answer for user, answer in json.loads(answers).items() if answer[1] <= query.round}
    decided = json.loads(label)["decided_by"] if label else "majority"
    if decided != "majority":
        return compact(given), label  # no vote changed it
    votes = Counter(answer[0] for user, answer in given.items() if answer[0] is not False and user != "import")
    value = winner(votes, project.labels if project.multi_label else None)
    if votes.total() >= project.overlap and value is not None:
        return compact(given), compact({"value": value, "votes": votes, "decided_by": "majority"})
    imported = given.get("import")
    return compact(given), compact({"value": imported[0], "votes": votes, "decided_by": "import"}) if imported else ""


def present_skips(text: str, round_number: int) -> tuple[str, ...]:
    """Users who skipped the item in that round."""
    return tuple(sorted(user for user, answer in json.loads(text).items() if answer == [False, round_number]))


def skippers(text: str) -> list[str]:
    """Users whose present answer to the item is a skip, in whatever round."""
    return [user for user, answer in json.loads(text).items() if answer[0] is False and answer[2:] != ["unsure"]]


def present_unsure(text: str) -> tuple[str, ...]:
    """Users who could not say, in whatever round."""
    return tuple(sorted(user for user, answer in json.loads(text).items() if answer[2:] == ["unsure"]))


ROUND_MOVES = ("state", "answered", "closing_at", "closed_at", "close_reason")  # what changes in a round's life


def round_fields(round_: Round) -> dict[str, str]:
    """The hash of a round: what stays as JSON, what scripts move as fields of their own."""
    fixed = round_.model_dump_json(exclude=set(ROUND_MOVES))
    return {"fixed": fixed, "state": round_.state.value, "total": str(round_.total)}


@_reads("round")
def round_value(project_id: str, fields: Mapping[str, str]) -> Round:
    """A round from its hash."""
    moves = {name: fields[name] for name in ROUND_MOVES if name in fields}
    return Round.model_validate({**json.loads(fields["fixed"]), "project_id": project_id, **moves}, extra="ignore")


def posts_json(posts: Iterable[PostIntent]) -> str:
    """Intents for the scripts."""
    return compact([[p.key, p.project_id, p.channel_id, p.thread_key or "", p.kind] for p in posts])


@_reads("message")
def message_record(key: str, fields: Mapping[str, str]) -> MessageRecord:
    """A message of the outbox from its hash."""
    return MessageRecord(
        key=key,
        project_id=fields["project"],
        channel_id=fields["channel"],
        thread_key=fields.get("thread") or None,
        kind=fields["kind"],
        state=fields["state"],
        ts=fields.get("ts") or None,
        attempts=int(fields.get("attempts", 0)),
        error=fields.get("error") or None,
        revision=int(fields.get("revision", 0)),
        link=fields.get("link"),
    )


def split_query_id(query_id: str) -> tuple[str, int, int] | None:
    """Project, round and position of a query id; None if it isn't one."""
    project, _, rest = query_id.partition(":")
    number, _, position = rest.partition(":")
    if not (project and number.isdecimal() and position.isdecimal()):
        return None
    return project, int(number), int(position)
