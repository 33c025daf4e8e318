"""What a report shows of trend, plan and disputed items; links are asked for once and kept."""

from __future__ import annotations

import json

import pytest
from slack_world import HOSTILE, Bench, RecordingGateway, a_project, a_report, an_estimate, an_interval, open_round
from test_slack_people import ask, close

from bot.domain import CurvePoint, Disputed
from bot.services.ports import Store
from bot.slack.blocks import curve, disputes, trend
from bot.slack.blocks.disputes import Dispute
from bot.slack.blocks.reports import report_message
from bot.slack.errors import RateLimitedError, UncertainError
from bot.slack.limits import check_message
from bot.slack.links import Links
from bot.slack.links import disputes as shown
from bot.slack.render import Renderer

TIE = Disputed(item_id="i0", query_id="brand:1:0", votes={"negative": 1, "other": 1}, label=None)
WON = Disputed(item_id="i1", query_id="brand:1:1", votes={"other": 1, "negative": 2}, label="negative")


def points(*values: float | None, width: float = 0.05) -> list[CurvePoint]:
    made = []
    for number, value in enumerate(values, 1):
        middle = 0.5 if value is None else value
        one = an_interval(middle - width, value, middle + width)
        estimate = an_estimate().model_copy(update={"recall": one})
        made.append(CurvePoint(round=number, labels=50 * number, estimate=estimate))
    return made


@pytest.mark.parametrize(
    ("values", "width", "says"),
    [
        ((0.2, 0.4, 0.6), 0.05, "20% → 40% → 60%: rising"),
        ((0.6, 0.4), 0.05, "60% → 40%: falling"),
        ((0.5, 0.53, 0.55), 0.1, "50% → 53% → 55%: no clear change"),
        ((0.1, 0.2, 0.3, 0.4, 0.5), 0.01, "20% → 30% → 40% → 50%: rising"),
        ((None, 0.3, None, 0.6), 0.05, "30% → 60%: rising"),
        ((None, 0.3), 0.05, ""),
        ((), 0.05, ""),
    ],
)
def test_a_trend_looks_back_four_rounds_and_calls_chance_by_its_name(
    values: tuple[float | None, ...], width: float, says: str
) -> None:
    assert trend.line(points(*values, width=width), lambda estimate: estimate.recall) == says


def test_the_report_tells_trend_and_plan() -> None:
    rising = points(0.2, 0.4, 0.6)
    report = a_report(curve=rising, estimate=rising[-1].estimate, spent=150, planned=500)
    blocks = json.dumps(report_message(a_project(), report).blocks, ensure_ascii=False)
    assert r"*Recall*\n60% (55% to 65%)\n20% → 40% → 60%: rising" in blocks
    assert r"*Labels*\n650 (+50)\n150 of 500 planned (30%)" in blocks
    over = json.dumps(report_message(a_project(), a_report(spent=600, planned=500)).blocks)
    assert "600 of 500 planned (120%, 100 over it)" in over
    assert "planned" not in json.dumps(report_message(a_project(), a_report(spent=150)).blocks)


def test_disputed_items_are_told_without_names_and_mention_nobody() -> None:
    told = [Dispute(HOSTILE * 30, TIE, "https://slack.example/C1/1"), Dispute("plain", WON)]
    message = report_message(a_project(), a_report(), told)
    assert check_message(message.payload()) == check_message(message.payload(plain=True)) == []
    listed = next(block for block in message.blocks if block["type"] == "rich_text")["elements"][0]["elements"]
    assert len(listed) == 2
    assert listed[0]["elements"][-1] == {"type": "link", "url": "https://slack.example/C1/1", "text": "go to it"}
    assert all(part["type"] == "text" for part in listed[1]["elements"]), "nothing in an item's text is parsed"
    assert "(1 negative, 1 other; still open)" in message.text
    assert "“plain” (2 negative, 1 other; now negative)" in message.text
    assert "<!channel>" not in message.text
    assert disputes.blocks([]) == []
    assert disputes.spoken([]) == ""


def post_all(store: Store) -> None:
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    for number, record in enumerate(store.outbox.pending(10)):
        store.outbox.posted(record.key, f"{number}.000", lease.token)


def test_links_are_asked_for_once_and_then_known_to_everybody(store: Store, desk: Bench) -> None:
    open_round(store, ["first", "second"])
    post_all(store)
    report = a_report(1, disputed=(TIE, WON), curve=[])
    close(store, report)
    assert "slack.example" not in json.dumps(ask(desk, "report", "U1")), "a command does not wait for Slack"
    slack = RecordingGateway()
    message = Renderer(store, Links(store, slack)).render("report:brand:1")
    assert "https://slack.example/C1/1.000" in json.dumps(getattr(message, "blocks", None))
    answer = json.dumps(ask(desk, "report", "U1"))
    assert "https://slack.example/C1/1.000" in answer
    assert "https://slack.example/C1/2.000" in answer


class Grumpy:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def permalink(self, channel: str, ts: str) -> str | None:
        raise self.error


def test_a_report_without_links_is_better_than_none(store: Store) -> None:
    open_round(store, ["first", "second"])
    post_all(store)
    gone = TIE.model_copy(update={"item_id": "i9"})
    report = a_report(1, disputed=(TIE, gone))
    found = shown(store, Links(store, Grumpy(UncertainError("no answer"))), report)
    assert [(dispute.text, dispute.link) for dispute in found] == [("first", None)], "an item that is gone is left out"
    with pytest.raises(RateLimitedError):
        Links(store, Grumpy(RateLimitedError(3))).of(["query:brand:1:0"])


def test_series_are_the_three_figures() -> None:
    assert [name for name, _ in curve.series()] == ["Precision", "Recall", "F1"]
