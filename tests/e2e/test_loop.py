"""The whole loop, once on each transport: import, a round, clicks of every kind, the report, the next round, export, rebuild."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import httpx
import pytest
from e2e_data import button, items, truth
from e2e_rig import ANA, BEN, CHANNEL, CHI, Rig, spoken, until, write_items

from bot.domain import CloseReason, VoteKind

pytestmark = pytest.mark.e2e
BATCH = 8


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_two_rounds_from_import_to_export(make_rig: Callable[..., Rig], http: bool) -> None:
    rig = make_rig(http=http)
    _import(rig)
    rig.start("worker", "web")
    first = rig.wait_items("brand-safety", 1, BATCH)
    _answer_in_every_way(rig, first)
    _the_round_closes_once_and_is_reported(rig, first)
    _old_buttons_explain_themselves(rig, first[0])
    second = rig.wait_items("brand-safety", 2, BATCH)
    assert rig.cli("rebuild")[0] == 0
    for number, query_id in enumerate(second):
        _vote(rig, (ANA, BEN, CHI)[number % 3], query_id)
    report = rig.wait_message("report:brand-safety:2")
    assert "last round" in spoken(report)
    _everything_is_exported(rig)
    code, said = rig.cli("rebuild")
    assert (code, "follows from the vote log" in said) == (0, True), said
    assert [rig.terminate("web"), rig.terminate("worker")] == [0, 0]


def _import(rig: Rig) -> None:
    """By the commands that a person would type."""
    file = rig.folder / "items.csv"
    write_items(file, items(90, seeds=24))
    options = f"--labels negative,other --batch-size {BATCH} --max-rounds 2".split()
    assert rig.cli("project", "create", "Brand safety", "--channel", "#brand-safety", *options)[0] == 0
    code, said = rig.cli("import", "brand-safety", str(file))
    assert code == 0 and "90 added" in said and "24 items got a label" in said


def _vote(rig: Rig, user: str, query_id: str) -> str:
    label = truth(rig.store.rounds.query(query_id).item_id)
    assert rig.press(user, query_id, button(label)).acknowledged
    return label


def _logged(rig: Rig, query_id: str) -> list[tuple[str, VoteKind, str | None]]:
    return [(v.user_id, v.kind, v.label) for v in rig.store.votes.log("brand-safety") if v.query_id == query_id]


def _answer_in_every_way(rig: Rig, queries: list[str]) -> None:
    """All but the last item: a changed mind, an undo, a skip, a delivery twice, two people on one item."""
    changed, undone, skipped, doubled, *rest = queries[:-1]
    assert rig.press(ANA, changed, "label_0").acknowledged
    _shows(rig, changed, f"<@{ANA}>: negative")
    assert rig.press(ANA, changed, "label_1").acknowledged
    _shows(rig, changed, f"<@{ANA}>: other")
    assert _logged(rig, changed) == [(ANA, VoteKind.VOTE, "negative"), (ANA, VoteKind.VOTE, "other")]

    assert rig.press(BEN, undone, "label_1").acknowledged
    assert rig.press(BEN, undone, "more", json.dumps({"q": undone, "do": "undo"})).acknowledged
    item = rig.store.rounds.query(undone).item_id
    assert item not in rig.store.votes.labels("brand-safety")
    _vote(rig, BEN, undone)

    assert rig.press(BEN, skipped, "skip").acknowledged
    _shows(rig, skipped, f"skipped by <@{BEN}>")
    _vote(rig, CHI, skipped)

    rig.workspace.faults.set("duplicate")
    _vote(rig, CHI, doubled)
    rig.workspace.faults.set("")
    assert len(_logged(rig, doubled)) == 1

    for query_id in rest:
        _vote(rig, ANA, query_id)
    assert [kind for _, kind, _ in _logged(rig, undone)] == [VoteKind.VOTE, VoteKind.UNDO, VoteKind.VOTE]
    assert [kind for _, kind, _ in _logged(rig, skipped)] == [VoteKind.SKIP, VoteKind.VOTE]


def _shows(rig: Rig, query_id: str, text: str) -> None:
    def shown() -> str:
        return spoken(rig.message(f"query:{query_id}") or {})

    until(lambda: text in shown(), lambda: f"{text!r} on {query_id}, which shows {shown()!r}")


def _the_round_closes_once_and_is_reported(rig: Rig, queries: list[str]) -> None:
    until(
        lambda: f"{BATCH - 1} of {BATCH}" in spoken(rig.message("round:brand-safety:1") or {}),
        "the round's message with live progress",
    )
    assert rig.message("report:brand-safety:1") is None
    _vote(rig, CHI, queries[-1])
    report = spoken(rig.wait_message("report:brand-safety:1"))
    stored = rig.store.rounds.report("brand-safety", 1)
    assert stored is not None and stored.close_reason is CloseReason.COMPLETE
    assert stored.labels == 24 + BATCH and stored.new_labels == BATCH and stored.threshold is not None
    for figure in ("Precision", "Recall", "F1", "Threshold", f"{stored.threshold:.3f}", "Agreement", f"{24 + BATCH}"):
        assert figure in report, f"{figure} is not in {report!r}"
    until(lambda: "Closed" in spoken(rig.message("round:brand-safety:1") or {}), "the round's message says closed")
    for query_id in queries:  # what was asked is now a record of the answer, without buttons
        _shows(rig, query_id, "closed: ")
    assert rig.store.votes.labels("brand-safety").keys() >= {rig.store.rounds.query(q).item_id for q in queries}


def _old_buttons_explain_themselves(rig: Rig, query_id: str) -> None:
    """A button of a closed round, and one that no version knows: acknowledged, explained, nothing recorded."""
    before = len(list(rig.store.votes.log("brand-safety")))
    for action_id, words in (("label_0", "round is closed"), ("from_last_year", "earlier version")):
        message = _post_button(rig, action_id, json.dumps({"q": query_id, "l": "negative"}))
        assert rig.press_on(BEN, message, "answer", action_id).acknowledged
        until(lambda words=words: any(words in text for text in rig.private(BEN)), f"a word about {action_id}")
    assert len(list(rig.store.votes.log("brand-safety"))) == before


def _post_button(rig: Rig, action_id: str, value: str) -> dict[str, str]:
    """A message with one button, posted with the app's token."""
    text = {"type": "plain_text", "text": action_id}
    button = {"type": "button", "action_id": action_id, "text": text, "value": value}
    return httpx.post(
        f"{rig.workspace.api_url}chat.postMessage",
        json={
            "channel": CHANNEL,
            "text": "an old message",
            "blocks": [{"type": "actions", "block_id": "answer", "elements": [button]}],
        },
        headers={"Authorization": f"Bearer {rig.workspace.config.bot_token}"},
        trust_env=False,
    ).json()


def _everything_is_exported(rig: Rig) -> None:
    log = list(rig.store.votes.log("brand-safety"))
    code, said = rig.cli("export", "brand-safety", "--what", "votes", "--format", "jsonl")
    assert code == 0
    lines = [json.loads(line) for line in said.splitlines() if line.strip()]
    assert len(lines) == len(log) and {line["seq"] for line in lines} == {vote.seq for vote in log}
    code, said = rig.cli("export", "brand-safety", "--what", "labels", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert (code, len(rows)) == (0, 24 + 2 * BATCH)
    expected = {item: label.value for item, label in rig.store.votes.labels("brand-safety").items()}
    assert {row["item_id"]: row["label"] for row in rows} == expected
