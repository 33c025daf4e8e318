"""One answer from one person: recorded, or refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import NotFoundError, Project, RoundtableError, Via, Vote, VoteKind, VoteOutcome, VoteStatus, labelsets
from bot.services.ports import Clock, Store
from bot.services.rights import BY_ID, Rights
from bot.words import say


class UnknownLabelError(RoundtableError):
    """The button's label isn't one of the project's any more."""


def cast_vote(
    store: Store,
    clock: Clock,
    *,
    query_id: str,
    user_id: str,
    label: str | None,
    kind: VoteKind,
    via: Via,
    action_id: str,
    message_ts: str | None,
    rights: Rights = BY_ID,
    chosen: Sequence[str] | None = None,
    only: str | None = None,
) -> VoteOutcome:
    """Records a vote, an undo, a skip or "unsure". When this returns, it is on disk. `chosen`, instead of `label`: all labels that
    the person ticked, none of them being an answer, too. `only`: the label that an undo takes back, if that still is the answer.

    A query that is not there is UNKNOWN. Raises UnknownLabelError (label not in the project), NotAllowedError (not this person's to
    answer; what one has answered one may take back), DirectoryError (nobody can say), StoreUnavailableError (not saved).
    """
    try:
        query = store.rounds.query(query_id)
    except NotFoundError:
        return VoteOutcome(status=VoteStatus.UNKNOWN, query_id=query_id)
    project = store.projects.get(query.project_id)
    if kind is not VoteKind.UNDO:
        rights.require_vote(project, user_id)
    if chosen is not None:
        label = _ticked(project, chosen)
    _check_label(project, label, kind)
    return store.votes.cast(
        Vote(
            kind=kind,
            project_id=project.id,
            item_id=query.item_id,
            user_id=user_id,
            label=label,
            via=via,
            action_id=action_id,
            at=clock.now(),
            query_id=query_id,
            message_ts=message_ts,
            model_version=query.model_version,
        ),
        overlap=project.overlap,
        only=only,
    )


def _ticked(project: Project, chosen: Sequence[str]) -> str:
    if not project.multi_label:
        raise UnknownLabelError(say("vote-one-label", project=project.name))
    gone = sorted(set(chosen).difference(project.labels))
    if gone:
        raise _gone(project, gone[0])
    return labelsets.encode(chosen, project.labels)


def _check_label(project: Project, label: str | None, kind: VoteKind) -> None:
    if kind is not VoteKind.VOTE:
        if label is not None:
            raise ValueError(f"{kind} takes no label")
    elif label is None or not project.takes(label):
        raise _gone(project, label or "")


def _gone(project: Project, label: str) -> UnknownLabelError:
    return UnknownLabelError(
        say("vote-label-gone", label=label, project=project.name, labels=", ".join(project.labels))
    )
