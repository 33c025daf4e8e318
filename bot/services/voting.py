"""One answer from one person: recorded, or refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import Project, RoundtableError, Via, Vote, VoteKind, VoteOutcome, labelsets
from bot.services.ports import Clock, Store
from bot.services.rights import BY_ID, Rights


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
) -> VoteOutcome:
    """Records a vote, an undo, a skip or "unsure". When this returns, it is on disk. `chosen`, instead of `label`: all labels that
    the person ticked, none of them being an answer, too.

    Raises NotFoundError (no such query), UnknownLabelError (label not in the project), NotAllowedError (not this person's to
    answer; what one has answered one may take back), DirectoryError (nobody can say), StoreUnavailableError (not saved).
    """
    query = store.rounds.query(query_id)
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
    )


def _ticked(project: Project, chosen: Sequence[str]) -> str:
    if not project.multi_label:
        raise UnknownLabelError(
            f"{project.name} takes one label an item now; the newest message has the right buttons."
        )
    try:
        return labelsets.encode(chosen, project.labels)
    except ValueError as fault:
        raise UnknownLabelError(f"{fault} of {project.name}; the newest message has the right ones.") from fault


def _check_label(project: Project, label: str | None, kind: VoteKind) -> None:
    if kind is not VoteKind.VOTE:
        if label is not None:
            raise UnknownLabelError(f"{kind} takes no label.")
    elif label is None or not project.takes(label):
        raise UnknownLabelError(
            f"'{label}' is no longer a label of {project.name}; its labels are {', '.join(project.labels)}."
        )
