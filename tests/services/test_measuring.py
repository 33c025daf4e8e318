"""What reports measure beside precision and recall of the one class, on a real store."""

from __future__ import annotations

from bot.domain import Estimate, Item, Report, Via, VoteKind
from bot.services import projects, voting
from bot.services.clock import ManualClock
from bot.services.ports import NewItem, Store
from bot.services.rounds import RoundKeeper
from bot.services.rows import text_hash

WORDS = {
    "praise": ("lovely", "great", "friendly", "prompt"),
    "blame": ("terrible", "awful", "rude", "late"),
    "question": ("where", "when", "how", "which"),
}


def play(store: Store, clock: ManualClock, labels: list[str], rounds: int = 2) -> list[Report]:
    """A project in which somebody answers everything rightly."""
    project = projects.create(
        store, clock, name="Three", channel_id="C1", channel_name="c", labels=labels, batch_size=25, audit_per_round=12
    )
    truth = {f"i{n}": labels[n % 7 % len(labels)] for n in range(300)}
    new = []
    for n, (name, label) in enumerate(truth.items()):
        # every fifth uses another class's words, so that no model is perfect
        words = WORDS[labels[(labels.index(label) + (n % 5 == 0)) % len(labels)]]
        text = f"{words[n % 4]} {words[(n // 3) % 4]} visit {n}"
        new.append(NewItem(Item(id=name, text=text, text_hash=text_hash(text)), label if n < 60 else None, n))
    store.items.add_many(project.id, new, clock.now())
    keeper = RoundKeeper(store, clock, "one")
    for _ in range(rounds):
        keeper.advance_all()
        current = store.rounds.current(project.id)
        assert current is not None
        for query in store.rounds.queries(project.id, current.number):
            voting.cast_vote(
                store,
                clock,
                query_id=query.id,
                user_id="UA",
                label=truth[query.item_id],
                kind=VoteKind.VOTE,
                via=Via.BUTTON,
                action_id=query.id,
                message_ts=None,
            )
    keeper.advance_all()
    return [projects.report(store, project.id, number) for number in range(1, rounds + 1)]


def test_three_labels_have_figures_each_and_their_means(store: Store, clock: ManualClock) -> None:
    last = play(store, clock, ["praise", "blame", "question"])[-1].estimate
    assert [figures.label for figures in last.classes] == ["praise", "blame", "question"]
    assert last.macro is not None
    for figures in (*last.classes, last.macro):
        for found in (figures.precision, figures.recall, figures.f1):
            assert 0.0 <= found.low <= found.high <= 1.0
    assert last.macro.f1.point is not None and last.macro.f1.point > 0.4


def test_two_labels_have_none_and_all_know_what_would_narrow_them(store: Store, clock: ManualClock) -> None:
    for report in play(store, clock, ["praise", "blame"]):
        assert report.estimate.classes == () and report.estimate.macro is None
        assert report.estimate.more is not None
        assert report.estimate.more.recall is None or report.estimate.more.recall >= 0


def test_the_learning_curve_carries_the_three_figures_only(store: Store, clock: ManualClock) -> None:
    last = play(store, clock, ["praise", "blame", "question"])[-1]
    for point in last.curve:
        assert point.estimate.classes == () and point.estimate.more is None
    assert last.curve[-1].estimate.precision == last.estimate.precision


def test_an_estimate_of_earlier_days_is_still_read(store: Store, clock: ManualClock) -> None:
    value = play(store, clock, ["praise", "blame"], rounds=1)[0].estimate
    kept = value.model_dump(mode="json", exclude={"more", "classes", "macro"})
    assert Estimate.model_validate(kept).precision == value.precision
