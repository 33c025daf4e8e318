"""People's figures: for leads' eyes only. Advice, noise and effort: in everybody's report, briefly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import responses
from slack_bolt import BoltRequest
from slack_world import HOSTILE, Bench, a_project, a_report, an_interval, bench, command, open_round, signed

from bot.domain import Advice, CloseReason, Disputed, Effort, Item, ModelVersion, Noise, PersonFigures, Report
from bot.services.ports import Store
from bot.slack.blocks.people import people_message
from bot.slack.blocks.reports import report_message
from bot.slack.limits import check_message

PEOPLE = (
    PersonFigures(user_id="U0ANA", answers=120, judged=85, accuracy=an_interval(0.91, 0.96, 0.99)),
    PersonFigures(user_id="U0NEW", answers=3, judged=0, accuracy=None),
)


def insightful(**more: Any) -> Report:
    fields: dict[str, Any] = {
        "alpha": an_interval(0.6, 0.71, 0.8),
        "noise": Noise(disputed=an_interval(0.1, 0.14, 0.2), ceiling=an_interval(0.7, 0.82, 0.9), items=60),
        "people": PEOPLE,
        "ask_again": ("i1",),
        "effort": Effort(times=an_interval(1.6, 3.1, 100.0), chosen_labels=180),
        "advice": Advice(rule="go-on", text="Go on: the model still changes."),
    }
    return a_report(**(fields | more))


@pytest.fixture
def led(store: Store) -> Iterator[Bench]:
    with responses.RequestsMock(assert_all_requests_are_fired=False):
        made = bench(store, leads=("U0LEAD",))
        yield made
        made.close()


def ask(desk: Bench, text: str, user: str) -> dict[str, Any]:
    body, headers = signed(command(text, user=user))
    answer = desk.app.dispatch(BoltRequest(body=body, headers=dict(headers)))
    assert answer.status == 200
    return dict(json.loads(answer.body))


def close(store: Store, report: Report) -> None:
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    store.rounds.begin_closing("brand", report.round, CloseReason.LEAD, report.made_at, lease.token)
    store.rounds.finish(report, [], [], report.made_at, lease.token)


def test_a_lead_alone_sees_peoples_figures(store: Store, led: Bench) -> None:
    open_round(store, ["first", HOSTILE])
    assert "There is no report yet" in ask(led, "people", "U0LEAD")["text"]
    close(store, insightful(number=1))
    answer = ask(led, "people", "U0LEAD")
    assert answer["response_type"] == "ephemeral"
    assert "<@U0ANA>: 120 answers; right in about 96% (91% to 99%), judged by 85 of them" in answer["text"]
    assert "<@U0NEW>: 3 answers; accuracy not known" in answer["text"]
    assert "<!channel>" not in answer["text"]  # the excerpt of i1
    assert any(block["type"] == "rich_text" for block in answer["blocks"])
    refused = ask(led, "people", "U0ANA")
    assert "Ask <@U0LEAD>" in refused["text"]
    assert "120 answers" not in json.dumps(refused)


def test_the_report_in_the_channel_names_nobody() -> None:
    message = report_message(a_project(), insightful())
    assert check_message(message.payload()) == check_message(message.payload(plain=True)) == []
    everything = message.text + json.dumps(message.blocks) + json.dumps(message.plain_blocks)
    assert "U0ANA" not in everything
    assert "U0NEW" not in everything


def test_the_report_says_what_to_do_and_how_far_to_trust_it() -> None:
    blocks = json.dumps(report_message(a_project(), insightful()).blocks)
    assert "*Advice* Go on: the model still changes." in blocks
    assert "90% on 10 items; alpha 0.71 (0.60 to 0.80)" in blocks
    assert "Two people differ on 14% of 60 items" in blocks
    assert "one person's F1 is 82% (70% to 90%)" in blocks
    assert "An estimate: for each chosen label, random ones would have needed about 3.1 (1.6 to over 100)." in blocks
    silent = Effort(times=None, chosen_labels=40, reason="8 positive audit answers are needed, there are 3")
    assert "can't be said yet (8 positive audit answers are needed, there are 3)" in json.dumps(
        report_message(a_project(), insightful(effort=silent)).blocks
    )


def test_a_report_without_insights_says_nothing_of_them() -> None:
    blocks = json.dumps(report_message(a_project(), a_report()).blocks)
    for word in ("Advice", "alpha", "differ", "random"):
        assert word not in blocks


def test_hundreds_of_people_and_hostile_items_fit() -> None:
    people = tuple(PEOPLE[0].model_copy(update={"user_id": f"U{n:010d}"}) for n in range(300))
    items = [Item(id=f"i{n}", text=HOSTILE * 200, text_hash="h") for n in range(5)]
    message = people_message(a_project(), insightful(people=people), items)
    assert check_message(message.payload()) == []
    assert "and 270 more" in json.dumps(message.blocks)
    assert "<!channel>" not in message.text
    assert "Worth another look: people differ here" in message.text or not items, (
        "who hears it knows why they are there"
    )
    nobody = people_message(a_project(), a_report(), [])
    assert "Nobody has answered anything yet" in nobody.text
    assert check_message(nobody.payload()) == []


MEASURED = PEOPLE[0].model_copy(update={"gold_answers": 12, "gold": an_interval(0.62, 0.83, 0.95)})
CONTESTED = Disputed(item_id="i0", query_id="brand:1:0", votes={"other": 2}, label="negative")


def test_leads_read_how_people_do_on_known_answers_and_which_of_these_may_be_wrong(store: Store, led: Bench) -> None:
    open_round(store, [HOSTILE, "second"])
    close(store, insightful(number=1, people=(MEASURED,), contested=(CONTESTED,), rechecked=3))
    answer = ask(led, "people", "U0LEAD")
    assert "of 12 known answers mixed in 83% right (62% to 95%)" in answer["text"]
    assert "Known answers that may be wrong: “" in answer["text"]
    assert "(2 other; now negative)" in answer["text"]
    assert "<!channel>" not in answer["text"]
    listed = json.dumps(answer["blocks"])
    assert "most people say otherwise" in listed and "until a lead overrides them" in listed


def test_the_channel_hears_nothing_of_known_answers() -> None:
    report = insightful(people=(MEASURED,), contested=(CONTESTED,), rechecked=3)
    message = report_message(a_project(), report)
    assert check_message(message.payload()) == []
    said = message.text + json.dumps(message.blocks)
    assert "3 answers to items that had a label before, which are no new labels" in said
    assert "known answer" not in said


def test_status_and_report_say_that_the_model_is_newer_than_the_figures(store: Store, led: Bench) -> None:
    open_round(store, ["a", "b"])
    report = a_report(1, model_version="brand:m1-3")
    close(store, report)
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    said: list[str] = []
    for name, moment in (("brand:m1-3", report.made_at), ("brand:m1-5", report.made_at + timedelta(minutes=5))):
        version = ModelVersion(
            id=name, project_id="brand", round=1, algorithm="a", parameters={}, label_revision=int(name[-1]),
            data_fingerprint="f", training_labels=9, training_positives=2, threshold=0.4125, trained_at=moment,
        )  # fmt: skip
        store.models.save(version, b"", lease.token)
        said += [ask(led, text, "U0ANA")["text"] for text in ("status", "report")]
    line = "Since then the model has learned of later changes (`m1-5`, "
    assert [line in text for text in said] == [False, False, True, True]
    assert "threshold 0.412; these figures are from before." in said[2]
