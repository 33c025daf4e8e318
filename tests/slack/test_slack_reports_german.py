"""Reports, scheduled reports, rounds, pictures and the client's page in German: whole, within Slack's limits, columns in line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

import pytest
from slack_world import T0, a_project, a_report, an_estimate, an_interval
from test_slack_blocks import a_round_view
from test_slack_pictures import SCORES, Tags, page_of, pictured

from bot.domain import (
    Advice,
    Agreement,
    Bulletin,
    ClassFigures,
    CloseReason,
    Effort,
    Estimate,
    Figures,
    MoreLabels,
    RoundState,
    TargetNote,
)
from bot.slack.blocks import advice, curve, estimates
from bot.slack.blocks.bulletins import bulletin_message
from bot.slack.blocks.message import Picture
from bot.slack.blocks.reports import plain_sentence, report_message, target_notes, target_words
from bot.slack.blocks.rounds import round_message
from bot.slack.limits import check_message
from bot.slack.pictures import matrix, spread, style
from bot.slack.pictures.files import Files
from bot.words import speaking

NARROW, WIDE, UNKNOWN = an_interval(0.5, 0.62, 0.7), an_interval(0.0, 0.0, 0.95), an_interval(0.0, None, 1.0)
ADVICE = (
    Advice(rule="found", values={"share": 0.95}),
    Advice(rule="recall", values={"share": 0.8, "settled": 0.0}),
    Advice(rule="recall", values={"share": 0.8, "settled": 1.0}),
    Advice(rule="none-flagged"),
    Advice(rule="stable", values={"kappa": 0.99}),
    Advice(rule="gain", values={"low": -0.004, "high": 0.006}),
    Advice(rule="go-on", values={"now": 0.93, "kappa": 0.99}),
)


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with speaking("de"):
        yield


def flat(text: str) -> str:
    return text.replace("\u00a0", " ")


def judged(precision: Any, recall: Any) -> Estimate:
    return Estimate(precision=precision, recall=recall, f1=WIDE, audit_labels=10, population=5_000)


@pytest.mark.parametrize(
    ("precision", "recall", "starts"),
    [
        (
            NARROW,
            NARROW,
            "Von den Einträgen, die das Modell markiert, sind etwa 62 % (zwischen 50 % und 70 %) *negative*",
        ),
        (NARROW, WIDE, "Von den Einträgen, die das Modell markiert, sind etwa 62 %"),
        (WIDE, NARROW, "Welcher Anteil der Einträge, die das Modell markiert, *negative* ist, ist noch sehr unsicher"),
        (WIDE, WIDE, "Wie gut das Modell *negative* findet, lässt sich noch nicht sagen"),
        (UNKNOWN, UNKNOWN, "Noch zu wenige Messantworten (10)"),
    ],
)
def test_the_plain_sentence(precision: Any, recall: Any, starts: str) -> None:
    said = plain_sentence(a_project(), a_report(estimate=judged(precision, recall)))
    assert flat(said).startswith(starts)


def test_a_report_has_all_its_figures_in_german_marks() -> None:
    classes = tuple(ClassFigures(label=label, precision=NARROW, recall=WIDE, f1=UNKNOWN) for label in ("a", "b", "c"))
    estimate = an_estimate(0.62).model_copy(
        update={"more": MoreLabels(precision=43, recall=None, f1=None), "classes": classes, "macro": classes[0]}
    )
    report = a_report(
        estimate=estimate,
        spent=1_200,
        planned=1_000,
        suggested=Agreement(share=0.5, items=4),
        rechecked=2,
        unanswered=1,
        hard=3,
        target="cost:2.5",
        target_notes=(TargetNote(why="few-labels", labels=3),),
        advice=ADVICE[-1],
    )
    message = report_message(a_project(), report)
    said = flat(json.dumps(message.blocks, ensure_ascii=False))
    for part in (
        "Runde 3: Bericht",
        "*Präzision*\\n62 % (30 % bis 70 %)",
        "*Schwelle*\\n0,314, für die geringsten Kosten, wenn ein übersehener Fall 2,5 Fehlalarme aufwiegt",
        "1.200 von 1.000 geplanten (120 %, 200 darüber)",
        "700 von 9.350",
        "90 % bei 10 Einträgen",
        "Präzision um 7 Punkte auf 62 % gestiegen",
        "Schwelle von 0,290 auf 0,314",
        "Für ±10 Punkte bräuchte es etwa 43 weitere Messantworten zur Präzision und über 5.000 weitere Messantworten",
        "nur 3 Labels auf einer Seite: zu wenige, um eine Schwelle zu wählen, also gilt 0,5",
        "*Empfehlung* Weitermachen: Das Modell ändert sich noch von Runde zu Runde (Übereinstimmung mit der Runde davor 0,93 von 1;",
        "Beginn von Runde 4: <!date^",
        '"title": "Lernkurve"',
        '"x_label": "Runde (Labels)"',
    ):
        assert part in said, part
    for plain in (False, True):
        assert check_message(message.payload(plain=plain)) == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_columns_stand_in_line_in_each_language(language: str) -> None:
    full = an_interval(1.0, 1.0, 1.0)
    points = [
        point.model_copy(update={"estimate": judged(first, second)})
        for point, (first, second) in zip(
            a_report().curve, [(full, UNKNOWN), (UNKNOWN, full), (NARROW, WIDE)], strict=True
        )
    ]
    wide = ClassFigures(label="x" * 40, precision=full, recall=UNKNOWN, f1=full, threshold=0.5)
    value = an_estimate().model_copy(
        update={"classes": (wide, wide), "macro": wide.model_copy(update={"threshold": None})}
    )
    with speaking(language):
        blocks = estimates.classes_block(value)
        assert blocks is not None
        for table in (curve.table(points), blocks["elements"][0]["elements"][0]["text"]):
            head, *rows = table.splitlines()
            starts = [head.index(name) for name, _ in curve.series()]
            for row in rows:
                # Each figure fills at most its column, and a blank stands before the next.
                assert all(row[start - 1] == " " for start in starts)
                assert [len(row[start : start + curve.COLUMN].strip()) > 0 for start in starts] == [True] * 3
                assert all("(" in row[start : start + curve.COLUMN] for start in starts)


@pytest.mark.parametrize("kept", ADVICE, ids=lambda kept: kept.rule)
def test_advice_is_one_german_sentence(kept: Advice) -> None:
    said = flat(advice.sentence(a_project(), a_report(advice=kept)))
    assert said.endswith(".") and ". " not in said
    assert not set(said.split()) & {"the", "you", "more"}


def test_advice_of_an_earlier_version_stays_as_it_was_said() -> None:
    report = a_report(advice=Advice.model_validate({"rule": "stable", "text": "They have settled."}))
    assert advice.sentence(a_project(), report) == "They have settled."
    assert advice.why_no_effort(Effort(times=None, chosen_labels=3, reason="too few")) == "too few"
    assert target_notes(a_report(target_note="f1 can't be reached yet")) == ["f1 can't be reached yet"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_rule_target_and_reason_has_its_text(language: str) -> None:
    with speaking(language):
        for why in get_args(get_args(Effort.model_fields["why"].annotation)[0]):
            assert advice.why_no_effort(Effort(times=None, chosen_labels=9, why=why, needed=8, there=1))
        for why in get_args(TargetNote.model_fields["why"].annotation):
            note = TargetNote(why=why, label="spam", labels=2)
            assert target_notes(a_report(target="precision>=0.9", target_notes=(note,)))[0].startswith("spam: ")
        for target in ("f1", "precision>=0.9", "recall>=0.8", "cost:5"):
            assert target_words(target)
        for reason in CloseReason:
            assert report_message(a_project(), a_report(close_reason=reason))
            assert round_message(a_round_view(state=RoundState.CLOSED, close_reason=reason, closed_at=T0))
        assert {kept.rule for kept in ADVICE} == set(get_args(Advice.model_fields["rule"].annotation))


def test_rounds_and_scheduled_reports() -> None:
    message = round_message(a_round_view(deadline=T0 + timedelta(hours=1)))
    assert message.text.startswith("Brand safety, Runde 2: 12 von 50 Einträgen beantwortet. Offen bis <!date^")
    now = Figures(
        at=T0, labels=650, positives=61, pool_size=9_350, round=3, round_state=RoundState.OPEN, answered=5, total=50,
        paused=True, report=2, estimate=an_estimate(),
    )  # fmt: skip
    before = now.model_copy(update={"labels": 649, "report": 1, "estimate": an_estimate(0.5)})
    said = bulletin_message(a_project(), Bulletin(project_id="brand", due=T0, now=now, before=before))
    for part in (
        "Runde 3 ist offen:",
        "5 von 50 beantwortet. Das Projekt macht Pause.",
        "650 Labels, davon 61 negative; noch 9.350 Einträge im Bestand.",
        "1 neues Label, davon 0 negative; 1 Runde abgeschlossen; Präzision ",
    ):
        assert part in flat(said.text), part
    assert "░" not in said.text, "who hears it is told the figures alone"
    for made in (message, said, bulletin_message(a_project(), Bulletin(project_id="b", due=T0, now=now, before=None))):
        assert check_message(made.payload()) == []


def test_the_clients_page_is_german_for_browsers_and_readers() -> None:
    page = page_of(a_project(), pictured(advice=ADVICE[0]))
    assert ("html", {"lang": "de"}) in Tags(page).seen
    for part in (
        "Wie es steht",
        "<td>150 von 500 geplanten (30 %)</td>",
        "610 (520 bis 700)",
        "Trefferquote: wie viel",
    ):
        assert part in flat(page), part
    assert not [word for word in ("Where ", "Labels in", "flags", "Round ") if word in page.split("</style>")[1]]


def test_pictures_are_told_in_german() -> None:
    assert flat(curve.alt_text(a_report())).endswith(
        "Präzision 30 % bis 50 %; Trefferquote 30 % bis 50 %; F1 30 % bis 50 %."
    )
    assert "weder markiert noch negative 7.900 (7.600 bis 8.010)" in matrix.words(a_project(), pictured())
    assert spread.words(pictured(), SCORES, 0.65).startswith("Werte und Schwelle nach Runde 3: Von 9.350 Einträgen")


def test_where_items_carry_several_labels_pictures_say_which_one_they_are_of() -> None:
    pytest.importorskip("matplotlib")
    project = a_project(multi_label=True)
    picture = Files().make("scores", project, pictured())
    assert isinstance(picture, Picture) and picture.alt_text.startswith("Nur negative. Werte")
    assert style.subject(project) == "Brand safety, nur negative"
    assert "Bilder gelten nur für negative" in str(report_message(project, a_report()).blocks)
    assert style.subject(a_project()) == "Brand safety" and style.alone(a_project(), "x") == "x"
