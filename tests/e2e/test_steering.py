"""A round that wants two answers per item, and a lead who steers by slash commands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from e2e_data import button, items, truth
from e2e_rig import ANA, BEN, CHI, LEAD, Rig, spoken, until

from bot.domain import CloseReason, Project

pytestmark = pytest.mark.e2e
BATCH = 4


def test_overlap_and_slash_commands(make_rig: Callable[..., Rig]) -> None:
    rig = make_rig(ROUNDTABLE_LEADS=LEAD)
    project = rig.project(items(60, seeds=20), batch_size=BATCH, audit_per_round=1, overlap=2)
    rig.start("worker", "web")
    queries = rig.wait_items(project, 1, BATCH)
    _answers_stay_hidden_until_the_label_stands(rig, project, queries[0])
    _commands_answer(rig, project)
    _nothing_new_while_paused(rig, project, queries)
    _goes_on_when_resumed_and_closes_on_demand(rig, project)
    assert rig.store.rebuild(project.id, write=False) == []


def _answers_stay_hidden_until_the_label_stands(rig: Rig, project: Project, query_id: str) -> None:
    def shown() -> str:
        return spoken(rig.message(f"query:{query_id}") or {})

    assert rig.press(ANA, query_id, "label_0").acknowledged
    until(lambda: f"answered by <@{ANA}> (1 of 2 wanted)" in shown(), lambda: f"who answered, in {shown()!r}")
    until(lambda: any("negative" in text for text in rig.private(ANA)), "Ana sees her own choice")
    assert not any("negative" in text for text in rig.private(BEN))
    assert rig.press(BEN, query_id, "label_1").acknowledged  # a tie: no label yet
    until(lambda: f"<@{BEN}>" in shown(), "Ben is named, too")
    assert "label: " not in shown()
    current = rig.round(project)
    assert current is not None and current.answered == 0
    assert rig.press(CHI, query_id, "label_0").acknowledged
    until(lambda: "label: negative" in shown(), lambda: f"the label, in {shown()!r}")


def _commands_answer(rig: Rig, project: Project) -> None:
    assert "1 of 4" in rig.command(ANA, "/roundtable status")
    assert "close-round" in rig.command(ANA, "/roundtable help")
    assert "Did you mean" in rig.command(ANA, "/roundtable staus")
    assert "no report yet" in rig.command(ANA, "/roundtable report").lower()
    assert "Only leads" in rig.command(ANA, "/roundtable pause")
    assert "is paused" in rig.command(LEAD, "/roundtable pause")
    assert "paused" in rig.command(LEAD, "/roundtable status").lower()


def _nothing_new_while_paused(rig: Rig, project: Project, queries: list[str]) -> None:
    """The open round is finished and reported, as its answers are there; the next one waits."""
    for query_id in queries[1:]:
        label = truth(rig.store.rounds.query(query_id).item_id)
        for user in (ANA, BEN):
            assert rig.press(user, query_id, button(label)).acknowledged
    report = spoken(rig.wait_message(f"report:{project.id}:1"))
    agreement = rig.store.rounds.report(project.id, 1)
    assert agreement is not None and agreement.agreement.items == BATCH and "Agreement" in report
    until(lambda: rig.store.outbox.pending_count(project.id) == 0, "all messages sent")
    assert rig.round_closed(project, 1) and rig.messages("round:").keys() == {f"round:{project.id}:1"}


def _goes_on_when_resumed_and_closes_on_demand(rig: Rig, project: Project) -> None:
    assert "goes on" in rig.command(LEAD, "/roundtable resume")
    queries = rig.wait_items(project, 2, BATCH)
    assert rig.press(ANA, queries[0], "label_1").acknowledged
    assert "Only leads" in rig.command(BEN, "/roundtable close-round")
    assert "Round 2" in rig.command(LEAD, "/roundtable close-round")
    rig.wait_message(f"report:{project.id}:2")
    report = rig.store.rounds.report(project.id, 2)
    assert report is not None and (report.close_reason, report.unanswered) == (CloseReason.LEAD, BATCH)
    assert f"{project.name}, round 2: report" in rig.command(BEN, "/roundtable report")
    rig.wait_items(project, 3, BATCH)
