"""Settings that answers depend on: a label that is taken away while people answer; a project that begins with all that belongs to it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from store_world import T0, World, an_item

from bot.domain import Act, ActKind, ConflictError, DecisionKind, ImportJob, Project, VoteKind, VoteStatus
from bot.services import changing
from bot.services.clock import ManualClock
from bot.services.ports import FirstItems, PostIntent, Store
from bot.services.project_rules import ProjectError

LABELS = ("negative", "other", "odd")


def without(store: Store, *labels: str) -> Project:
    """Labels are taken away; what was said before is not looked at."""
    return store.projects.update("brand", {"labels": labels}, looked_at=store.votes.log_end("brand"))


def test_who_was_just_choosing_a_label_that_goes_is_refused(store: Store) -> None:
    world = World(store).create(labels=LABELS)
    first, second = world.open(["i0", "i1"])
    world.answer(first, "other", "U1", action="kept")
    without(store, "negative", "other")
    ways: list[Callable[[], object]] = [
        lambda: world.answer(second, "odd", "U1"),
        lambda: world.decide("i1", label="odd"),
        lambda: world.decide("i1", DecisionKind.CORRECTION, label="odd", user="U2"),
        lambda: store.items.add_many("brand", [an_item(20, "other"), an_item(21, "odd")], T0),
    ]
    end = store.votes.log_end("brand")
    for way in ways:
        with pytest.raises(ConflictError, match="that label was just taken away"):
            way()
    assert store.votes.log_end("brand") == end and store.items.count("brand") == 10
    assert world.answer(first, "other", "U1", action="kept").status is VoteStatus.DUPLICATE
    assert world.answer(second, "negative", "U1").status is VoteStatus.RECORDED
    assert world.answer(second, None, "U2", kind=VoteKind.SKIP).status is VoteStatus.RECORDED
    world.close()
    with pytest.raises(ConflictError, match="taken away"):
        world.late(second, "odd")
    without(store, *LABELS)
    assert world.late(second, "odd").status is VoteStatus.CHANGED, "it is back"


def test_nor_is_it_taken_within_a_set_of_labels(store: Store) -> None:
    world = World(store).create(labels=LABELS, multi_label=True)
    (query,) = world.open(["i0"])
    without(store, "negative", "other")
    with pytest.raises(ConflictError, match="taken away"):
        world.answer(query, json.dumps(["negative", "odd"]))
    assert world.answer(query, json.dumps(["negative", "other"])).status is VoteStatus.RECORDED
    assert world.answer(query, "[]").status is VoteStatus.CHANGED


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("kind", ["vote", "correction", "override", "import"])
def test_an_answer_between_looking_and_writing_keeps_its_label(
    store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, kind: str, several: bool
) -> None:
    world = World(store).create(labels=LABELS, multi_label=several)
    (query,) = world.open(["i0"])
    label = json.dumps(["odd"]) if several else "odd"
    said: dict[str, Callable[[], object]] = {
        "vote": lambda: world.answer(query, label),
        "correction": lambda: world.decide("i0", DecisionKind.CORRECTION, label=label),
        "override": lambda: world.decide("i0", label=label),
        "import": lambda: store.items.add_many("brand", [an_item(30, label)], T0),
    }
    update, late = store.projects.update, [said[kind]]

    def interrupted(*given: object, **more: object) -> Project:
        if late:
            late.pop()()
        return update(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(store.projects, "update", interrupted)
    with pytest.raises(ProjectError, match="'odd' has been used already"):
        changing.change(store, clock, "brand", {"labels": LABELS[:2], "guidelines": {}}, None, "ULEAD")
    assert not late and store.projects.get("brand").labels == LABELS


def test_other_answers_meanwhile_hold_nothing_up(store: Store, clock: ManualClock) -> None:
    world = World(store).create(labels=LABELS)
    first, second = world.open(["i0", "i1"])
    before = store.votes.log_end("brand")
    assert before == "0-0"
    world.answer(first, "odd")
    world.answer(first, "other")  # a change of mind: nobody says it any more
    end = store.votes.log_end("brand")
    with pytest.raises(ConflictError, match="changed by somebody else"):
        store.projects.update("brand", {"labels": LABELS[:2]}, looked_at=before)
    world.answer(second, "negative")
    assert store.projects.update("brand", {"labels": LABELS[:2]}, looked_at=end).labels == LABELS[:2]
    changed = changing.change(store, clock, "brand", {"labels": ("negative", "other", "new")}, None, "ULEAD")
    assert changed.project.labels == ("negative", "other", "new")


# --- beginning


def a_beginning(store: Store, name: str = "Brand safety", request: str = "r1") -> Project:
    project = Project(
        id="brand", name=name, channel_id="C1", channel_name="b", labels=LABELS, positive="odd", created_at=T0
    )
    job = ImportJob(
        id=f"web-{request}", project_id="brand", channel_id="C1", user_id="U1", name="a.csv",
        url="https://x.example/a.csv", created_at=T0,
    )  # fmt: skip
    first = FirstItems(job, (PostIntent(f"import:{job.id}", "brand", "C1", None),))
    welcome = PostIntent("welcome:brand", "brand", "C1", None)
    store.projects.begin(project, Act(kind=ActKind.CREATE, by="U1", at=T0), [welcome], request, first)
    return project


def test_a_project_begins_with_its_message_and_its_import_or_not_at_all(store: Store) -> None:
    made = a_beginning(store)
    a_beginning(store)  # the same request once more
    assert store.projects.get("brand") == made
    assert [job.id for job in store.imports.open()] == ["web-r1"]
    assert [record.key for record in store.outbox.pending(9)] == ["welcome:brand", "import:web-r1"]
    assert [act.kind for act in store.acts.latest("brand")] == [ActKind.CREATE]
    with pytest.raises(ConflictError, match="There is a project brand already"):
        a_beginning(store, request="r2")
    assert [job.id for job in store.imports.open()] == ["web-r1"], "what is refused leaves nothing behind"
