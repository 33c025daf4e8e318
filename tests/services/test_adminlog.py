"""The administrative log, starting a round by hand, and going back to an earlier model."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from test_rounds import Game

from bot.domain import Act, ActKind, ConflictError, NotFoundError, RoundState, RoundtableError
from bot.services import adminlog, changing, exports, projects, rollback
from bot.services.clock import ManualClock
from bot.services.export import What
from bot.services.ports import Store
from bot.services.rounds import RoundKeeper


def test_each_act_is_logged_once_with_who_and_what_it_was_before(store: Store, clock: ManualClock) -> None:
    made = projects.create(store, clock, name="Brand", channel_id="C1", channel_name="c", labels=["a", "b"], by="U1")
    clock.advance(timedelta(minutes=1))
    projects.pause(store, clock, made.id, "U2")
    projects.pause(store, clock, made.id, "U3")  # it was paused already
    projects.resume(store, clock, made.id, "U2")
    store.projects.update(made.id, {"batch_size": 20}, _act(ActKind.CONFIG, clock))
    store.projects.update(made.id, {"batch_size": 20}, _act(ActKind.CONFIG, clock))  # changes nothing
    store.projects.update(made.id, {"leads": ("U1", "S2")}, _act(adminlog.kind_of({"leads"}), clock))
    adminlog.record(store, clock, made.id, ActKind.EXPORT, "U4", "labels")
    acts = adminlog.latest(store, made.id)
    assert [(act.by, adminlog.told(act)) for act in acts] == [
        ("U4", "exported: labels"),
        ("U9", "changed who leads, labels or watches: who leads (nobody by name → U1, S2)"),
        ("U9", "changed the settings: items in a round (50 → 20)"),
        ("U2", "resumed it"),
        ("U2", "paused it"),
        ("U1", "made the project"),
    ]
    assert acts[0].at == clock.now() and acts[-1].at == clock.now() - timedelta(minutes=1)
    assert [act.kind for act in adminlog.latest(store, made.id, 2)] == [ActKind.EXPORT, ActKind.RIGHTS]
    with pytest.raises(NotFoundError):
        adminlog.latest(store, "gone")
    with pytest.raises(NotFoundError):
        adminlog.record(store, clock, "gone", ActKind.EXPORT, "U4", "labels")


def test_an_export_that_will_be_sent_is_logged_whatever_becomes_of_the_process(
    store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = projects.create(store, clock, name="Brand", channel_id="C1", channel_name="c", labels=["a", "b"])
    intend = store.outbox.intend

    def killed(*arguments: Any, **more: Any) -> None:
        intend(*arguments, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(store.outbox, "intend", killed)
    with pytest.raises(KeyboardInterrupt):
        exports.ask(store, clock, made.id, What.VOTES, "U4")
    assert [record.channel_id for record in store.outbox.pending(9)] == ["U4"]
    monkeypatch.undo()
    exports.ask(store, clock, made.id, What.VOTES, "U4")  # the same again, at the same moment
    assert [adminlog.told(act) for act in adminlog.latest(store, made.id)] == ["exported: votes", "made the project"]


def _act(kind: ActKind, clock: ManualClock) -> Act:
    return Act(kind=kind, by="U9", at=clock.now())


def test_the_first_wish_to_close_a_round_is_logged_and_audits_are(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock)
    game.keeper.advance_all()
    projects.close_round(store, clock, game.project.id, "U1")
    projects.close_round(store, clock, game.project.id, "U2")
    projects.audit(store, clock, game.project.id, 30, "U3")
    told = [(act.by, adminlog.told(act)) for act in adminlog.latest(store, game.project.id)]
    assert told[:2] == [("U3", "asked for an audit: 30 labels in round 2"), ("U1", "closed a round: round 1")]


def test_a_round_begins_by_hand_before_its_time(store: Store, clock: ManualClock) -> None:
    game = Game(store, clock, schedule="0 9 * * 1")
    game.keeper.advance_all()
    assert store.rounds.current(game.project.id) is None
    assert projects.status(store, clock, game.project.id).next_round_at is not None
    assert projects.start(store, clock, game.project.id, "U1") == 1
    assert projects.status(store, clock, game.project.id).next_round_at is None
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.OPEN)
    with pytest.raises(ConflictError, match=r"Round 1 of .* is open"):
        projects.start(store, clock, game.project.id, "U1")
    game.answer(1)
    game.keeper.advance_all()
    assert game.current() == (1, RoundState.CLOSED), "the next one keeps to the schedule"
    assert adminlog.told(adminlog.latest(store, game.project.id, 1)[0]) == "began a round: round 1"


@pytest.mark.parametrize(
    ("how", "says"),
    [("paused", "paused; resume it first"), ("ended", "ends after 1 round;"), ("empty", "no items yet")],
)
def test_a_round_that_cannot_begin_says_why(store: Store, clock: ManualClock, how: str, says: str) -> None:
    if how == "empty":
        project = projects.create(store, clock, name="E", channel_id="C1", channel_name="c", labels=["a", "b"]).id
    else:
        game = Game(store, clock, max_rounds=1)
        project = game.project.id
        game.keeper.advance_all()
        game.answer(1)
        game.keeper.advance_all()
        if how == "paused":
            projects.pause(store, clock, project, "U1")
    with pytest.raises(RoundtableError, match=says):
        projects.start(store, clock, project, "U1")


# --- going back


def after_two_rounds(store: Store, clock: ManualClock) -> Game:
    """Two rounds answered; the third waits for its schedule."""
    game = Game(store, clock, schedule="0 9 * * 1")
    for number in (1, 2):
        projects.start(store, clock, game.project.id, "U1")
        game.keeper.advance_all()
        game.answer(number)
        game.keeper.advance_all()
    return game


def test_an_earlier_model_plans_until_labels_move(store: Store, clock: ManualClock) -> None:
    game = after_two_rounds(store, clock)
    project = game.project.id
    newest = store.models.current(project)
    earlier = rollback.choices(store, project)[0]
    assert newest is not None and earlier.round == 1 and newest.round == 2
    assert rollback.go_back(store, clock, project, rollback.short(earlier.id), "U1") == earlier
    assert store.models.current(project) == earlier
    told = adminlog.told(adminlog.latest(store, project, 1)[0])
    assert told == f"went back to an earlier model: {rollback.short(newest.id)} -> {rollback.short(earlier.id)}"
    projects.start(store, clock, project, "U1")
    RoundKeeper(store, clock, "another worker").advance_all()
    round_ = store.rounds.current(project)
    assert round_ is not None and (round_.number, round_.model_version) == (3, earlier.id)
    assert {query.model_version for query in store.rounds.queries(project, 3)} == {earlier.id}
    assert store.models.current(project) == earlier, "nothing was trained over it"
    game.answer(3)
    game.keeper.advance_all()
    after = store.models.current(project)
    assert after is not None and after.round == 3, "new labels, a new model"
    assert store.models.held(project) is None
    assert store.rebuild(project, write=False) == []


def test_going_back_on_the_same_labels_and_forth_again(store: Store, clock: ManualClock) -> None:
    game = after_two_rounds(store, clock)
    project = game.project.id
    newest = store.models.current(project)
    assert newest is not None
    earlier = rollback.choices(store, project)[-1]
    rollback.go_back(store, clock, project, earlier.id, "U1")
    # A worker that was training on these very labels meanwhile does not undo it.
    lease = store.locks.acquire(f"project:{project}", "late", 60)
    assert lease is not None
    late = newest.model_copy(update={"id": f"{newest.id}-late"})
    store.models.save(late, store.models.blob(newest.id), lease.token)
    store.locks.release(lease)
    assert store.models.current(project) == earlier
    rollback.go_back(store, clock, project, newest.id, "U1")
    assert store.models.current(project) == newest


def test_a_version_that_cannot_be_is_refused_and_the_others_named(store: Store, clock: ManualClock) -> None:
    game = after_two_rounds(store, clock)
    project = game.project.id
    current = store.models.current(project)
    assert current is not None
    there = rollback.short(rollback.choices(store, project)[0].id)
    for wrong in ("", "m9", "x" * 500, f"other:{there}"):
        with pytest.raises(NotFoundError, match=f"to go back to; there are {there}"):
            rollback.go_back(store, clock, project, wrong, "U1")
    with pytest.raises(ConflictError, match="is the current model already"):
        rollback.go_back(store, clock, project, rollback.short(current.id), "U1")


def test_a_model_for_other_labels_is_let_go(store: Store, clock: ManualClock) -> None:
    game = after_two_rounds(store, clock)
    project = game.project.id
    rollback.go_back(store, clock, project, rollback.choices(store, project)[0].id, "U1")
    store.projects.update(project, {"labels": (*game.project.labels, "third")})
    projects.start(store, clock, project, "U1")
    game.keeper.advance_all()
    round_ = store.rounds.current(project)
    assert round_ is not None and round_.model_version == f"{project}:m2-{store.votes.label_revision(project)}"


def test_old_models_bytes_are_pruned_and_what_they_were_stays_known(store: Store, clock: ManualClock) -> None:
    game = after_two_rounds(store, clock)
    project = game.project.id
    versions = store.models.versions(project)
    rollback.go_back(store, clock, project, versions[0].id, "U1")
    assert store.models.prune(project, 1) == len(versions) - 2
    assert store.models.versions(project) == versions
    assert store.models.kept(project) == [versions[0], versions[-1]], "the current one and the newest"
    with pytest.raises(NotFoundError):
        store.models.blob(versions[1].id)
    with pytest.raises(NotFoundError, match="to go back to"):
        rollback.go_back(store, clock, project, versions[1].id, "U1")


def test_a_form_that_changes_settings_is_logged_by_who_sent_it(store: Store, clock: ManualClock) -> None:
    made = projects.create(store, clock, name="Brand", channel_id="C1", channel_name="c", labels=["a", "b"], by="U1")
    changing.change(store, clock, made.id, {"batch_size": 20}, changing.fingerprint(made), "U2")
    changing.change(store, clock, made.id, {"leads": ("U1",)}, changing.fingerprint(store.projects.get(made.id)), "U3")
    told = [(act.by, adminlog.told(act)) for act in adminlog.latest(store, made.id, 2)]
    assert told == [
        ("U3", "changed who leads, labels or watches: who leads (nobody by name → U1)"),
        ("U2", "changed the settings: items in a round (50 → 20)"),
    ]
