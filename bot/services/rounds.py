"""The life of a round: planned and opened, answered, closed, learned from, reported, and the next one planned.

`RoundKeeper.advance` looks at where a project stands and takes the next step, if one is due. Each step ends in one atomic,
fenced, repeatable write, and everything before that write is computed from what is stored, with chance seeded by
project and round. So a worker may be killed anywhere: the next one takes the same step again, to the same end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot.domain import CloseReason, Project, ProjectState, Query, Round, RoundState
from bot.services import again, batching, projects, reporting, schedule
from bot.services.again import Extra, Mixed
from bot.services.by_project import Fault, each
from bot.services.changing import with_its_overlap
from bot.services.features import PoolFeatures
from bot.services.findings import Findings
from bot.services.late_learning import LateChanges
from bot.services.leases import held, project_lock
from bot.services.ports import Clock, Lease, PostIntent, Store
from bot.services.provenance import Reason, reasons
from bot.services.remarks import worded
from bot.services.standing import Standing, standing
from bot.services.training import Pool, Trainer
from learner.planning import RoundPlan


def _nobody(_: Project) -> Collection[str]:
    return ()


class RoundKeeper:
    """Advances the projects' rounds. Several keepers, in any number of processes, do no harm to each other."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        holder: str,
        features: PoolFeatures | None = None,
        leads: Callable[[Project], Collection[str]] = _nobody,
    ) -> None:
        """`leads`: who is told in private how people fared."""
        self._store, self._clock, self._holder, self._leads = store, clock, holder, leads
        self._trainer = Trainer(store, clock, features)
        self._late = LateChanges(store, clock)

    def advance_all(self, fault: Fault | None = None) -> dict[str, datetime]:
        """Takes every step that is due; project id -> when the next one will be, where that is known now. `fault` as in by_project.each."""
        return each(self._store, self._advance_fully, fault)

    def _advance_fully(self, project: Project) -> datetime | None:
        while self.advance(project):
            pass
        return self.next_due(project)

    def advance(self, project: Project) -> bool:
        """Takes one step of a project if one is due and nobody else is at it. True if there may be another."""
        if not self._is_due(project):
            self._learn_late(project)
            return False
        with held(self._store, project_lock(project.id), self._holder) as lease:
            # Looked at again under the lock: another worker may just have done it.
            project = self._store.projects.get(project.id)
            if lease is None or not self._is_due(project):
                return False
            current = self._store.rounds.current(project.id)
            if current is None or current.state is RoundState.CLOSED:
                return self._open(project, current, lease)
            if current.state is RoundState.OPEN:
                reason = self._reason_to_close(project, current)
                if reason is None:
                    return False
                current = self._store.rounds.begin_closing(
                    project.id, current.number, reason, self._clock.now(), lease.token
                )
            self._finish(project, current, lease)
            return True

    def _learn_late(self, project: Project) -> None:
        """Learns of changes that no round will learn of soon."""
        if not self._between_rounds(project):
            self._late.forget(project.id)
        elif self._late.due(project.id):
            with held(self._store, project_lock(project.id), self._holder) as lease:
                project = self._store.projects.get(project.id)
                last = self._store.rounds.current(project.id)
                if lease is None or last is None or not self._between_rounds(project) or self._is_due(project):
                    return
                now = standing(self._store, project)
                self._trainer.train(project, now, last.number, lease.token)
                self._late.learned(project.id, now.label_revision)

    def _between_rounds(self, project: Project) -> bool:
        last = self._store.rounds.current(project.id)
        return last is not None and last.state is RoundState.CLOSED

    def next_due(self, project: Project) -> datetime | None:
        """When something will have to be done even if nobody clicks: a deadline, or a scheduled round."""
        current = self._store.rounds.current(project.id)
        if current is not None and current.state is RoundState.OPEN:
            return current.deadline
        return schedule.opens_at(project, current)

    def _is_due(self, project: Project) -> bool:
        current = self._store.rounds.current(project.id)
        if current is not None and current.state is RoundState.CLOSING:
            return True
        if current is not None and current.state is RoundState.OPEN:
            return self._reason_to_close(project, current) is not None
        if project.state is not ProjectState.ACTIVE or self._nothing_to_ask(project):
            return False
        if current is None and self._store.imports.busy(project.id):
            return False  # the first batch is drawn from the whole pool, not from the part that has come so far
        number = current.number + 1 if current is not None else 1
        if batching.audit_wanted(project, number):
            return True
        if project.max_rounds is not None and number > project.max_rounds:
            return False
        moment = schedule.opens_at(project, current)
        return moment is None or moment <= self._clock.now()

    def _nothing_to_ask(self, project: Project) -> bool:
        labelled = sum(self._store.votes.label_counts(project.id).values())
        return self._store.items.count(project.id) <= labelled

    def _reason_to_close(self, project: Project, current: Round) -> CloseReason | None:
        if current.answered >= current.total:
            return CloseReason.COMPLETE
        if self._store.rounds.close_wish(project.id, current.number) is not None:
            return CloseReason.LEAD
        if current.deadline is not None and current.deadline <= self._clock.now():
            return CloseReason.DEADLINE
        return None

    def _open(self, project: Project, last: Round | None, lease: Lease) -> bool:
        """Plans the next batch and opens its round. False if there turned out to be nothing to ask."""
        project = with_its_overlap(self._store, project)
        number = last.number + 1 if last else 1
        now = standing(self._store, project)
        trained = self._trainer.train(project, now, number - 1, lease.token, opening=True)
        version, model = trained if trained is not None else (None, None)
        pool = self._trainer.pool(project)
        batch = batching.plan(self._store, project, number, now, pool, model)
        if not batch.plan.queries:
            return False
        version_id = version.id if version else None
        mixed = again.mixed_in(self._store, project, number, now, pool, model, batch.plan.queries)
        told = reasons(self._store, project, pool, model, [planned.index for planned in mixed.queries])
        queries = _queries(project, number, mixed, pool, version_id, told)
        self._store.rounds.open_round(
            self._round(project, number, batch.plan, pool, version_id, total=len(queries)),
            queries,
            _posts(project, number, queries),
            lease.token,
            audit_rates=batch.rates,
        )
        return True

    def _round(
        self, project: Project, number: int, plan: RoundPlan, pool: Pool, version_id: str | None, *, total: int
    ) -> Round:
        now = self._clock.now()
        minutes = project.deadline_minutes
        return Round(
            project_id=project.id,
            number=number,
            state=RoundState.OPEN,
            total=total,
            model_version=version_id,
            retired=tuple(pool.ids[row] for row in plan.retired),
            opened_at=now,
            deadline=now + timedelta(minutes=minutes) if minutes is not None else None,
        )

    def _finish(self, project: Project, current: Round, lease: Lease) -> None:
        """Learns from a closing round, reports, and closes it."""
        project = self._paused_if_nobody_came(project, current)
        now: Standing = standing(self._store, project)
        trained = self._trainer.train(project, now, current.number, lease.token)
        version, model = trained if trained is not None else (None, None)
        rates = batching.kept_rates(self._store, project)
        findings = Findings(project, current, now, self._trainer.pool(project), version, model, rates)
        # The moment of closing, not the present one: a repeated step must tell the same story.
        made_at = current.closing_at or self._clock.now()
        report = reporting.build(self._store, findings, made_at)
        posts = [PostIntent(f"report:{project.id}:{current.number}", project.id, project.channel_id, None)]
        if project.lead_notes and report.people:
            posts += [
                PostIntent(f"people:{project.id}:{current.number}:{user}", project.id, user, None)
                for user in sorted(self._leads(project))
            ]
        touch = [f"round:{project.id}:{current.number}"]
        touch += [f"query:{query.id}" for query in now.queries.get(current.number, ())]
        touch += again.records_to_renew(now, current.number)
        self._store.rounds.finish(report, posts, touch, self._clock.now(), lease.token)

    def _paused_if_nobody_came(self, project: Project, current: Round) -> Project:
        """A deadline that passed without a single answer pauses a project without a schedule.

        Or it would ask the same items again and again, over a weekend for instance.
        """
        deserted = (
            current.close_reason is CloseReason.DEADLINE
            and project.schedule is None
            and not self._store.rounds.answers_by_person(project.id, current.number)
        )
        if not deserted or project.state is ProjectState.PAUSED:
            return project
        return projects.pause_for_silence(self._store, self._clock, project.id)


def _queries(
    project: Project, number: int, mixed: Mixed, pool: Pool, version_id: str | None, told: dict[int, Reason]
) -> list[Query]:
    nothing = Extra(None, "", ())
    return [
        Query(
            id=f"{project.id}:{number}:{position}",
            project_id=project.id,
            round=number,
            position=position,
            item_id=pool.ids[planned.index],
            strategy=planned.strategy,
            score=planned.score,
            rank=planned.rank,
            audit=planned.audit,
            inclusion_probability=planned.inclusion_probability,
            model_version=version_id,
            note=mixed.extras.get(planned.index, nothing).note or worded(planned.remarks),
            words=told[planned.index].words,
            model_score=told[planned.index].score,
            suggestion=told[planned.index].suggestion,
            again=mixed.extras.get(planned.index, nothing).why,
            earlier=mixed.extras.get(planned.index, nothing).earlier,
        )
        for position, planned in enumerate(mixed.queries)
    ]


def _posts(project: Project, number: int, queries: list[Query]) -> list[PostIntent]:
    """The round's message first, then its items, in its thread or in the channel as the project chooses."""
    head = f"round:{project.id}:{number}"
    parent = head if project.items_in == "thread" else None
    items = [PostIntent(f"query:{query.id}", project.id, project.channel_id, parent) for query in queries]
    return [PostIntent(head, project.id, project.channel_id, None), *items]
