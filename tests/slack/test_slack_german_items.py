"""Items, the queue and the help while labelling, in German: their words, within Slack's limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from queue_world import texts
from slack_world import HOSTILE, a_project, a_query, a_view

from bot.domain import Again, Label, Project, QueryView, RoundState
from bot.services.ports import QueueState
from bot.slack.blocks.guidance import LOOKS_FOR, guidelines_view, looks_for, why_view
from bot.slack.blocks.items import item_message, own_choice
from bot.slack.blocks.message import Message
from bot.slack.blocks.queue import Trail, changed_view, end_view, item_view
from bot.slack.blocks.text import doer, mentions
from bot.slack.limits import check_message, check_view
from bot.words import speaking

SEVERAL = a_project(multi_label=True, language="de")
MANY = a_project(labels=tuple(f"Label {n}" for n in range(40)), positive="Label 0", overlap=3)
DECIDED = Label(item_id="i0", value="other", votes={"other": 1, "negative": 1}, decided_by="override")
SPLIT = {"U1": "negative", "U2": "other"}


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with speaking("de"):
        yield


def read(part: Any) -> str:
    """All that is written somewhere within, one after the other."""
    if isinstance(part, list):
        return "".join(map(read, part))
    if not isinstance(part, dict):
        return ""
    own = part["text"] if isinstance(part.get("text"), str) else ""
    return own + "".join(map(read, part.values()))


def closed(**more: Any) -> QueryView:
    return a_view("Nie wieder", round_state=RoundState.CLOSED, **more)


def asked(over: bool, **query: Any) -> QueryView:
    made = a_query().model_copy(update={"words": (("frech", 1.3), ("sehr", -0.2), ("gut", -0.5))} | query)
    view = closed() if over else a_view("Nie wieder", project=a_project(gold_per_round=2))
    return view.model_copy(update={"query": made})


MESSAGES = {
    "a question": (a_view("Nie wieder"), "Brand safety, Runde 1, Eintrag 1: „Nie wieder“ Zur Wahl: negative, other, "),
    "one vote": (a_view("x", votes={"U1": "other"}), "Überspringen. Bisher <@U1>: other."),
    "some of three": (a_view("x", project=MANY, votes=SPLIT), "beantwortet von <@U1>, <@U2> (2 von 3 gewünschten)"),
    "declined": (
        a_view("x", skipped=("U1",), unsure=("U2",), flags=("U3",)),
        "übersprungen von <@U1>, unsicher: <@U2>",
    ),
    "flagged": (a_view("x", flags=("U3",)), "Bisher gemeldet von <@U3>."),
    "several labels": (a_view("x", project=SEVERAL), "Wähle alles, was passt: negative, other; oder Keins davon, Unsi"),
    "suggested": (
        a_view("x", project=a_project(suggestions=True)).model_copy(
            update={"query": a_query().model_copy(update={"suggestion": "other"})}
        ),
        "Das Modell würde sagen: other. Stimmt das?",
    ),
    "a record": (
        closed(label=DECIDED, votes=SPLIT),
        "abgeschlossen: other. „Nie wieder“ negative: <@U1> · other: <@U2>",
    ),
    "decided": (closed(label=DECIDED), "von der Leitung entschieden"),
    "unlabelled": (closed(), "abgeschlossen: kein Label."),
    "hostile": (a_view(HOSTILE * 20, project=MANY, votes={f"U{n}": "Label 1" for n in range(30)}), "und 10 weitere"),
}


@pytest.mark.parametrize(("view", "said"), MESSAGES.values(), ids=MESSAGES)
def test_an_items_message(view: QueryView, said: str) -> None:
    message = item_message(view)
    assert check_message(message.payload()) == []
    assert said in message.text


def buttons(message: Message) -> list[str]:
    """What stands on the buttons by which one answers, and beside the boxes to tick."""
    elements = [element for block in message.blocks for element in block.get("elements", [])]
    ticks = [option["text"]["text"] for each in elements if each["type"] == "checkboxes" for option in each["options"]]
    return ticks + [each["text"]["text"] for each in elements if each["type"] == "button"]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("project", [a_project(), SEVERAL, a_project(labels=tuple("abcdefghij"), positive="a")])
def test_the_text_alone_lets_one_answer(language: str, project: Project) -> None:
    with speaking(language):
        message = item_message(a_view("Nie wieder bei euch gekauft", project=project))
    assert "Nie wieder bei euch gekauft" in message.text
    needed = [words for words in buttons(message) if words not in ("Save", "Speichern")]
    assert len(needed) >= len(project.labels) + 2
    assert not [words for words in needed if words not in message.text]


def test_ones_own_choice() -> None:
    message = own_choice("brand:1:0", "other")
    assert check_message(message.payload()) == []
    assert message.text == "Deine Antwort: other. Niemand sieht sie, bevor dieser Eintrag sein Label hat."
    assert message.blocks[1]["elements"][0]["text"]["text"] == "Zurücknehmen"


def test_the_menus_of_a_question_and_of_a_record() -> None:
    question = item_message(a_view("x", project=a_project(guidelines={"other": "y"}))).blocks[1]["elements"][-1]
    record = item_message(closed()).blocks[0]["accessory"]
    assert [[option["text"]["text"] for option in menu["options"]] for menu in (question, record)] == [
        ["Ganzer Text", "Meine Antwort zurücknehmen", "Melden …", "Warum werde ich gefragt?", "Leitfaden"],
        ["Meine Antwort ändern", "Ganzer Text", "Warum wurde ich gefragt?", "Melden …"],
    ]


REASONS = {
    "open": (asked(False), "zufällig gezogen sind, um zu messen, wie gut das Modell ist, und nach einigen, mit denen"),
    "open, words": (asked(False), "gut spricht gegen negative"),
    "open, judge": (asked(False), "Es zählt dein eigenes Urteil."),
    "audit": (asked(True, audit=True, inclusion_probability=0.02), "Chance von 2,00\u00a0%, gezogen zu werden"),
    "chosen": (
        asked(True, strategy="entropy", rank=1_012),
        "Gefragt war nach Einträgen, bei denen das Modell am wenig",
    ),
    "rank": (asked(True, strategy="entropy", rank=1_012), "Nummer 1.012 auf der Liste der lohnendsten Einträge"),
    "so": (asked(True, strategy="representative", note="noch kein Modell"), "typisch sind (noch kein Modell)."),
    "known": (asked(True, again=Again.GOLD), "Die Antwort war schon bekannt."),
    "again": (asked(True, again=Again.REASK, note="Meinungen gehen auseinander"), "noch eine Meinung (Meinungen gehen"),
    "words": (
        asked(True, model_score=0.41),
        "frech spricht deutlich für negative\nsehr spricht ein wenig gegen negative",
    ),
    "score": (asked(True, model_score=0.41), "*Wert des Modells für negative:* 0,41"),
    "model": (asked(True, model_version="brand:m1-2"), "Runde 1, Eintrag 1 · Modell brand:m1-2"),
}


@pytest.mark.parametrize(("view", "said"), REASONS.values(), ids=REASONS)
def test_why_an_item_is_asked(view: QueryView, said: str) -> None:
    shown = why_view(view)
    assert check_view(shown) == []
    over = view.round_state is RoundState.CLOSED
    assert shown["title"]["text"] == ("Warum wurde ich gefragt?" if over else "Warum werde ich gefragt?")
    assert said in read(shown["blocks"])


@pytest.mark.parametrize("strategy", [*LOOKS_FOR, "own"])
def test_what_each_strategy_looks_for_stands_behind_nach(strategy: str) -> None:
    assert looks_for(strategy).split()[0] in {"Einträgen,", "Einträgen", "einer", "zufällig", "dem,"}


def test_guidelines() -> None:
    assert guidelines_view(a_project())["title"]["text"] == "Leitfaden"
    assert "noch keinen Leitfaden" in texts(guidelines_view(a_project()))


def a_state(**more: Any) -> QueueState:
    fields = {"project": a_project(), "round": 1, "round_state": RoundState.OPEN, "total": 3, "own": 1, "answered": 2}
    return QueueState.model_validate({**fields, **more})


def test_every_view_of_the_queue_is_within_slacks_limits() -> None:
    trail = Trail("brand", 1, (0, 1))
    views = [
        item_view(a_view("x" * 3_000, project=MANY), trail, "U1", state=a_state(), word="Ein Wort"),
        item_view(a_view("x", project=SEVERAL, votes={"U1": "[]"}), trail, "U1"),
        end_view(a_state(), trail),
        end_view(a_state(busy=1), trail),
        end_view(a_state(round_state=RoundState.CLOSED), trail),
        changed_view(a_view("x", votes={"U1": "other"}), "U1", trail),
    ]
    assert [check_view(view) for view in views] == [[]] * len(views)
    assert "Das war alles für dich" in json.dumps(views[2], ensure_ascii=False)


def test_people_and_who_did_something() -> None:
    assert mentions([f"U{n}" for n in range(3)], limit=2) == "<@U0>, <@U1> und 1 weitere"
    assert doer("cli") == "jemand auf dem Server"
