"""Items that may carry several labels: boxes to tick and a button to save, in the channel and in the queue."""

from __future__ import annotations

import json
from typing import Any

import responses
from queue_world import Person, elements, new_trigger, send, texts
from slack_world import (
    RESPONSE_URL,
    Bench,
    a_project,
    a_report,
    a_view,
    an_estimate,
    an_interval,
    click,
    open_round,
    until,
)

from bot.domain import ClassFigures, Label, RoundState, Status, VoteKind
from bot.services import queue
from bot.services.ports import QueueState, Store
from bot.slack.blocks.choices import picked
from bot.slack.blocks.items import item_message
from bot.slack.blocks.leading import why_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.queue import Trail, item_view
from bot.slack.blocks.reports import report_message
from bot.slack.blocks.standing import status_message
from bot.slack.limits import check_message, check_view

LABELS = ("spam", "abuse", "off topic")
MANY = tuple(f"label {n}" for n in range(30))
Json = dict[str, Any]


def state_of(query: str, *labels: str, prefix: str = "label_") -> Json:
    """What Slack sends along when these boxes are ticked."""
    options = [{"value": json.dumps({"q": query, "l": label})} for label in labels]
    return {"values": {f"pick-{query}": {f"{prefix}pick": {"type": "checkboxes", "selected_options": options}}}}


def votes(store: Store) -> list[tuple[str, VoteKind, str | None]]:
    return [(vote.user_id, vote.kind, vote.label) for vote in store.votes.log("brand")]


def spoken(message: Message) -> str:
    assert check_message(message.payload()) == []
    return message.text


def test_up_to_ten_labels_are_boxes_and_more_a_menu() -> None:
    few = item_message(a_view(project=a_project(labels=LABELS, multi_label=True, positive="spam")))
    assert "Choose all that fit: spam, abuse, off topic; or None of these, Unsure, or Skip." in spoken(few)
    boxes = next(block for block in few.blocks if block.get("block_id") == "pick-brand:1:0")
    assert boxes["elements"][0]["type"] == "checkboxes"
    words = [
        each["text"]["text"]
        for block in few.blocks
        for each in block.get("elements", [])
        if each.get("type") == "button"
    ]
    assert words == ["Save", "None of these", "Skip", "Unsure"]
    many = item_message(a_view(project=a_project(labels=MANY, multi_label=True, positive=MANY[0])))
    spoken(many)
    menu = next(block["accessory"] for block in many.blocks if block.get("block_id") == "pick-brand:1:0")
    assert (menu["type"], len(menu["options"])) == ("multi_static_select", 30)


def test_a_record_says_the_labels() -> None:
    project = a_project(labels=LABELS, multi_label=True, positive="spam")
    label = Label(item_id="i0", value='["spam","abuse"]', votes={'["spam","abuse"]': 1})
    closed = item_message(
        a_view(project=project, round_state=RoundState.CLOSED, votes={"U1": label.value}, label=label)
    )
    assert "closed: spam, abuse." in spoken(closed)
    assert "spam, abuse: <@U1>" in closed.text
    why = why_message(a_view(project=project, round_state=RoundState.CLOSED, votes={"U1": label.value}, label=label))
    assert why.text.endswith("Answers: <@U1>: spam, abuse. Label: spam, abuse.")
    none = Label(item_id="i0", value="[]", votes={"[]": 1})
    assert "closed: none of these." in spoken(
        item_message(a_view(project=project, round_state=RoundState.CLOSED, label=none))
    )


def test_why_says_the_labels_and_takes_an_import_for_nobody() -> None:
    project = a_project(labels=LABELS, multi_label=True, positive="spam")
    answers = {"U0ANA": '["spam","abuse"]', "import": "[]"}
    label = Label(item_id="i0", value='["spam","abuse"]', votes={'["spam","abuse"]': 1})
    closed = why_message(a_view(project=project, votes=answers, label=label, round_state=RoundState.CLOSED))
    assert f"Answers: <@U0ANA>: {project.said(answers['U0ANA'])}. Label: {project.said(label.value)}." in spoken(closed)
    running = spoken(why_message(a_view(project=project, votes=answers)))
    assert "Answered by <@U0ANA>; what they said" in running
    assert "[" not in closed.text + running
    assert "import" not in item_message(a_view(project=project, votes={"import": "[]"})).text


def test_votes_by_boxes_in_the_channel(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, ["a text"], labels=LABELS, multi_label=True, positive="spam")
    hooks.post(RESPONSE_URL, body="ok")

    def press(action: str, *labels: str, user: str = "U0ANA") -> Json:
        before = len(hooks.calls)
        payload = click(action, {"q": query}, user=user) | {"state": state_of(query, *labels)}
        assert send(desk, payload).status == 200
        until(lambda: len(hooks.calls) > before)
        return json.loads(hooks.calls[-1].request.body)

    tick = click("label_pick", None) | {"state": state_of(query, "abuse")}
    assert send(desk, tick).status == 200 and votes(store) == []  # nothing happens before Save
    assert "Tick all labels that fit" in press("label_save")["text"] and votes(store) == []
    shown = press("label_save", "off topic", "spam")
    assert votes(store) == [("U0ANA", VoteKind.VOTE, '["spam","off topic"]')]
    assert "<@U0ANA>: spam, off topic" in shown["text"]
    assert "<@U0ANA>: none of these" in press("label_none", "abuse")["text"]
    assert store.votes.labels("brand")["i0"].value == "[]"
    assert "'rude' is no longer a label of Brand safety" in press("label_save", "rude")["text"]
    payload = click("undo", {"q": query})
    assert send(desk, payload).status == 200
    assert [kind for _, kind, _ in votes(store)] == [VoteKind.VOTE, VoteKind.VOTE, VoteKind.UNDO]
    assert store.rebuild("brand", write=False) == []


def test_with_several_people_each_sees_their_own_choice(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["a text"], labels=LABELS, multi_label=True, positive="spam", overlap=2)
    hooks.post(RESPONSE_URL, body="ok")
    payload = click("label_save", {"q": query}) | {"state": state_of(query, "spam", "abuse")}
    again = send(desk, payload), send(desk, payload)  # delivered twice
    assert [each.status for each in again] == [200, 200] and len(votes(store)) == 1
    until(lambda: any("You answered spam, abuse." in str(call.request.body) for call in hooks.calls))
    send(desk, click("label_save", {"q": query}, user="U0BEN") | {"state": state_of(query, "spam")})
    assert store.votes.labels("brand") == {}  # half and half on abuse
    send(desk, click("label_none", {"q": query}, user="U0CHI"))
    assert store.votes.labels("brand")["i0"].value == '["spam"]'


def test_whether_others_decided_goes_label_by_label() -> None:
    project = a_project(labels=LABELS, multi_label=True, positive="spam", overlap=2)

    def decided(*said: str) -> bool:
        votes = {f"U{n}": value for n, value in enumerate(said)} | {"U0ANA": "[]"}
        return queue.others_decided(QueueState(project=project, last_votes=votes), "U0ANA")

    assert decided('["spam"]', '["spam","abuse"]', '["abuse"]'), "two of three say each label"
    assert not decided('["spam"]', '["spam"]', '["spam","abuse"]', '["abuse"]'), "half and half on abuse"


class Ticking(Person):
    """At the queue, with boxes."""

    def tick(self, *labels: str) -> None:
        assert self.shown is not None and self.asks is not None
        assert check_view(self.shown) == []
        self.shown |= {"state": state_of(self.asks, *labels, prefix="queue_label_")}

    @property
    def ticked(self) -> list[str]:
        assert self.shown is not None
        boxes = next(each for each in elements(self.shown) if each["action_id"] == "queue_label_pick")
        return [option["text"]["text"] for option in boxes.get("initial_options", [])]

    @property
    def asks(self) -> str | None:
        saves = [each for each in elements(self.shown or {"blocks": []}) if each["action_id"] == "queue_label_save"]
        return json.loads(saves[0]["value"])["q"] if saves else None


def test_the_queue_by_boxes(desk: Bench, store: Store) -> None:
    open_round(store, [f"text {n}" for n in range(4)], labels=LABELS, multi_label=True, positive="spam")
    ana = Ticking(desk)
    ana.start()
    ana.tick("abuse", "spam")
    ana.press("Save")
    assert ana.asks == "brand:1:1" and "last answer: spam, abuse" in texts(ana.shown or {})
    ana.press("Save")
    assert ana.asks == "brand:1:1" and "Tick all labels that fit" in texts(ana.shown or {})
    ana.tick("off topic")
    ana.submit()  # Next saves what is ticked
    assert ana.asks == "brand:1:2"
    ana.press("None of these")
    ana.press("Back")
    assert ana.asks == "brand:1:2" and ana.ticked == []
    ana.press("Back")
    assert ana.asks == "brand:1:1" and ana.ticked == ["off topic"]
    ana.tick("spam")
    ana.press("Save")
    assert ana.asks == "brand:1:3"
    assert "Choose a label, Unsure, or Skip." in texts(ana.submit())  # nothing ticked
    found = {item: label.value for item, label in store.votes.labels("brand").items()}
    assert found == {"i0": '["spam","abuse"]', "i1": '["spam"]', "i2": "[]"}


def test_a_submission_that_comes_twice_is_one_vote(desk: Bench, store: Store) -> None:
    open_round(store, ["a", "b"], labels=LABELS, multi_label=True, positive="spam")
    ana = Ticking(desk)
    ana.start()
    ana.tick("spam")
    view = {"id": "VU0ANA", "hash": "h1", **(ana.shown or {})}
    payload = {
        "type": "view_submission", "trigger_id": new_trigger(), "user": {"id": "U0ANA"}, "team": {"id": "T1"}, "view": view,
    }  # fmt: skip
    bodies = [json.loads(send(desk, payload | {"retry": n}).body) for n in range(2)]
    assert len(votes(store)) == 1
    assert all("round 1, item 2" in texts(body["view"]).lower() for body in bodies)


def test_what_is_ticked_is_read_for_its_own_question_only() -> None:
    state = state_of("brand:1:0", "spam")
    assert picked(state, "brand:1:0") == ("spam",)
    assert picked(state, "brand:1:1") == picked(None, "brand:1:0") == picked({"values": {}}, "brand:1:0") == ()


def test_reports_and_status_have_each_labels_threshold() -> None:
    one = an_interval(0.3, 0.5, 0.7)
    figures = [
        ClassFigures(label=label, precision=one, recall=one, f1=one, threshold=0.1 + n / 10)
        for n, label in enumerate(LABELS)
    ]
    macro = ClassFigures(label="macro", precision=one, recall=one, f1=one)
    estimate = an_estimate().model_copy(update={"classes": tuple(figures), "macro": macro})
    project = a_project(labels=LABELS, multi_label=True, positive="spam")
    report = a_report(estimate=estimate)
    message = report_message(project, report)
    table = next(text for block in message.blocks if "mean of labels" in (text := json.dumps(block)))
    assert "Threshold" in table and "0.300" in table
    assert "F1 by label: spam" in spoken(message)
    status = Status(
        project=project, round=None, labels=9, positives=4, by_label={"spam": 4, "abuse": 2, "off topic": 0}, pool_size=1,
        people={}, last_report=report, next_round_at=None, pending_messages=0,
    )  # fmt: skip
    said = spoken(status_message(status))
    assert "Items by label: spam 4, abuse 2, off topic 0." in said
    assert "thresholds spam 0.100, abuse 0.200, off topic 0.300." in said


def test_many_long_answers_fit_into_every_message() -> None:
    labels = tuple(f"{'long label ' * 6}{n}" for n in range(100))
    project = a_project(labels=labels, multi_label=True, positive=labels[0], overlap=10)
    votes = {f"U{n}": json.dumps(list(labels[n:]), separators=(",", ":")) for n in range(20)}
    label = Label(item_id="i0", value=votes["U0"], votes=dict.fromkeys(votes.values(), 1))
    for state in (RoundState.OPEN, RoundState.CLOSED):
        for overlap in (1, 10):
            one = project.model_copy(update={"overlap": overlap})
            spoken(item_message(a_view(project=one, round_state=state, votes=votes, label=label)))
    shown = item_view(a_view(project=project, votes=votes, label=label), Trail("brand", 1), "U3")
    assert check_view(shown) == []
