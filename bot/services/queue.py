"""The labelling queue: one item at a time to one person, how far they are, what they answered last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from bot.domain import Frozen, NotFoundError, Project, QueryView, labelsets
from bot.services import schedule
from bot.services.ports import Answered, Clock, QueueState, Store

RECENT = 10


class Overview(Frozen):
    """One person's queue in one project. `today` counts from midnight in the project's time zone."""

    state: QueueState
    today: int


def next_item(store: Store, clock: Clock, project_id: str, user_id: str, *, last: str | None = None) -> QueueState:
    """Hands this person the next item, or the one that they hold. `last` is the query that they answered before.

    Raises NotFoundError, StoreUnavailableError."""
    return store.queue.lease_next(project_id, user_id, clock.now(), last=last)


def leave(store: Store, project_id: str, number: int, user_id: str) -> None:
    """This person is done for now: what they hold may go to others at once."""
    store.queue.release(project_id, number, user_id)


def others_decided(state: QueueState, user_id: str) -> bool:
    """Whether others alone had decided the item that this person saw last: enough votes, and a majority among them."""
    votes = state.last_votes or {}
    others = Counter(label for user, label in votes.items() if user not in (user_id, "import"))
    if others.total() < state.project.overlap:
        return False
    if state.project.multi_label:
        return labelsets.majority(others, state.project.labels) is not None
    ranked = [count for _, count in others.most_common(2)]
    return len(ranked) == 1 or ranked[0] > ranked[1]


def overview(
    store: Store, clock: Clock, user_id: str, may_see: Callable[[Project], bool]
) -> tuple[list[Overview], list[QueryView]]:
    """This person's queue in each project that they may see and that has had a round, and their last votes there, newest first."""
    now = clock.now()
    overviews: list[Overview] = []
    answered: list[Answered] = []
    for project in filter(may_see, store.projects.all()):
        state = store.queue.standing(project.id, user_id, now)
        if state.round is None:
            continue
        votes, today = store.queue.recent(project.id, user_id, midnight(now, project.timezone))
        overviews.append(Overview(state=state, today=today))
        answered += votes
    newest = sorted(answered, key=lambda vote: vote.at, reverse=True)[:RECENT]
    views = (_view(store, vote.query_id) for vote in newest)
    return overviews, [view for view in views if view is not None and user_id in view.votes]


def midnight(now: datetime, timezone: str) -> datetime:
    """When the day of `now` began in that time zone."""
    return now.astimezone(schedule.zone(timezone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _view(store: Store, query_id: str) -> QueryView | None:
    try:
        return store.rounds.query_view(query_id)
    except NotFoundError:
        return None
