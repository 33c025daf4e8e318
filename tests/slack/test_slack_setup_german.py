"""The set-up form in German: what is said below every field, and whether Slack takes what is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from setup_world import PUBLIC, ask, configured, new_form, opened, submitted
from slack_world import HOSTILE, T0, Bench, a_project

from bot.domain import ConflictError, NotFoundError
from bot.localslack.rules import check_view as slacks_own_check
from bot.services import changing, in_words, project_rules
from bot.services.clock import ManualClock
from bot.services.costs import cost_of
from bot.services.ports import Store
from bot.services.project_rules import ProjectError
from bot.slack.blocks import setup as blocks
from bot.slack.limits import check_message, check_view
from bot.words import LANGUAGES, say, speaking, use_by_default

CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "???"}, "name", "weder Buchstaben noch Ziffern"),
    ({"name": "x" * 81}, "name", "höchstens 80 Zeichen"),
    ({"name": "Taken"}, "name", "wähle einen anderen Namen"),
    ({"labels": "eins"}, "labels", "mindestens zwei Labels"),
    ({"labels": f"a: {'lang ' * 600}\nb"}, "labels", "zeigen lassen sich 1 bis 2.900"),
    ({"positive": "nix"}, "positive", "ist keins der Labels (negative, other)"),
    ({"channel_id": None}, "channel_id", "Wähle den Kanal"),
    ({"channel_id": "C9"}, "channel_id", "Lade mich zuerst dorthin ein"),
    ({"channel_id": "COLD"}, "channel_id", "archiviert"),
    ({"language": "fr"}, "language", "Wähle eins davon"),
    ({"leads": ["ana"]}, "leads", "keine ID einer Person"),
    ({"annotators": ["ben"]}, "annotators", "keine ID einer Person"),
    ({"observers": ["U0ANA"]}, "observers", "aus einer der Listen"),
    ({"batch_size": "0"}, "batch_size", "von 1 bis 500"),
    ({"audit_per_round": "51"}, "audit_per_round", "höchstens 50 nur messen"),
    ({"overlap": "2.5"}, "overlap", "keine ganze Zahl"),
    ({"schedule": "other"}, "cron", "Sag, wann, in fünf Feldern"),
    ({"schedule": "other", "cron": "oft"}, "cron", "„oft“ ist kein Zeitplan"),
    ({"timezone": "Mars"}, "timezone", "„Mars“ ist keine Zeitzone"),
    ({"deadline_minutes": "20000"}, "deadline_minutes", "von 0,02 bis 10.000"),
    ({"deadline_minutes": "x"}, "deadline_minutes", "„x“ ist keine Zahl"),
    ({"items_in": "moon"}, "items_in", "Wähle eins davon"),
    ({"reactions": ":+1:"}, "reactions", "nennt kein Label"),
    ({"reactions": ":+1: other\n:+1: negative"}, "reactions", "steht zweimal da"),
    ({"reactions": ":+1: nix"}, "reactions", "soll für „nix“ stehen"),
    ({"reask_per_round": "51"}, "reask_per_round", "von 0 bis 50"),
    ({"gold_per_round": ""}, "gold_per_round", "von 0 bis 50"),
    ({"max_rounds": "0"}, "max_rounds", "von 1 bis 10.000"),
    ({"planned_labels": "0"}, "planned_labels", "von 1 bis 10.000.000"),
    ({"target": None}, "target", "Wähle, worauf"),
    ({"target": "recall"}, "target_value", "wie viel Trefferquote"),
    ({"target": "cost"}, "target_value", "wie viele Fehlalarme"),
    ({"strategy": "magic"}, "strategy", "Die Strategie „magic“ gibt es nicht"),
    ({"options": ["multi_label"], "strategy": "error_reduction"}, "strategy", "auf eine einzige Frage"),
    ({"report_schedule": "other"}, "report_cron", "Sag, wann, in fünf Feldern"),
    ({"report_schedule": "other", "report_cron": "* * * * *"}, "report_cron", "öfter als einmal pro Stunde"),
    ({"report_to": "moon"}, "report_to", "Wähle eins davon"),
    ({"seed_patterns": "/(/"}, "seed_patterns", "kein regulärer Ausdruck"),
    ({"url": "reviews.csv"}, "url", "keine Webadresse"),
]


@pytest.mark.parametrize(("entered", "at", "words"), CASES)
def test_what_can_not_be_is_said_in_the_language_of_the_form(
    desk: Bench, store: Store, entered: dict[str, Any], at: str, words: str
) -> None:
    store.projects.add(a_project(id="taken", name="Taken", language="de"))  # in the channel where the form is opened
    desk.gateway.channels["COLD"] = {**PUBLIC, "is_archived": True}
    answer = submitted(desk, new_form(desk, **entered))
    assert answer["response_action"] == "errors" and words in answer["errors"][at], answer


def test_there_is_a_german_case_for_every_field(desk: Bench) -> None:
    inputs = {block["block_id"] for block in new_form(desk)["blocks"] if block["type"] == "input"}
    assert {at for _, at, _ in CASES} == inputs - {"options", "tells", "schedule", "report_schedule"}


def test_a_german_form_from_its_opening_to_its_end(desk: Bench, store: Store) -> None:
    use_by_default("de")
    try:
        view = new_form(desk, strategy="error_reduction")
        assert (
            view["title"]["text"] == "Neues Projekt"
            and view["state"]["values"]["language"]["value"]["selected_option"]["value"] == "de"
        )
    finally:
        use_by_default("en")
    done = json.dumps(submitted(desk, view), ensure_ascii=False)
    assert "ist in <#C1> eingerichtet" in done and "rechnet in jeder Runde etwa 0,5 s mit 1.000 Labels und etwa" in done
    assert store.projects.get("brand-safety").language == "de"
    changed = json.dumps(submitted(desk, configured(desk, batch_size="20", overlap="2")), ensure_ascii=False)
    assert "ist geändert: Einträge pro Runde, Antworten je Eintrag" in changed
    assert "Nichts wurde geändert" in json.dumps(submitted(desk, configured(desk)), ensure_ascii=False)


def test_what_others_changed_is_said_in_german(desk: Bench, store: Store) -> None:
    store.projects.add(a_project(language="de"))
    hers, his = configured(desk, batch_size="20", leads=["U0BEN", "U0ANA"]), configured(desk, batch_size="30")
    also = configured(desk, leads=["U0ANA"])
    submitted(desk, hers)
    assert "inzwischen geändert, in: 20" in submitted(desk, his)["errors"]["batch_size"]
    assert "U0BEN" not in (said := submitted(desk, also)["errors"]["leads"]) and "inzwischen geändert" in said


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_slack_takes_what_is_shown(spoken: str) -> None:
    project = a_project(
        name=HOSTILE[:80].replace("\n", " "),
        labels=tuple(f"{n}{'ü' * 70}" for n in range(100)),
        positive=f"0{'ü' * 70}",
        guidelines={f"{n}{'ü' * 70}": "x" * 2_900 for n in range(100)},
        leads=tuple(f"U{n}" for n in range(300)),
        annotators=("S1", "S2"),
        seed_patterns=tuple(f"{n}{'w' * 150}" for n in range(50)),
        strategy="hybrid:0.6,0.3,0.1",
        target="cost:2.5",
        schedule="1 2 3 4 5",
        report_schedule="6 7 8 9 *",
        next_overlap=3,
        language=spoken,
    )
    with speaking(spoken):
        for view in (
            blocks.change_view(project, changing.fingerprint(project)),
            blocks.change_view(a_project(), changing.fingerprint(a_project())),
            blocks.new_view("C1", "U0ANA", "Europe/Berlin", spoken),
            blocks.said_view(say("setup-change"), say("setup-lost")),
        ):
            assert not check_view(view) and not slacks_own_check(view)
        for message in (
            blocks.settings_message(project),
            blocks.welcome_message(project, 0),
            blocks.welcome_message(project, 9),
        ):
            assert not check_message(message.payload())
        every = dict(in_words.settings(project))
        assert all(setting.text for group in every.values() for setting in group)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"target": "luck"}, "„luck“ ist kein Ziel"),
        ({"target": "cost:0"}, "mehr als 0 Fehlalarme"),
        ({"target": "recall>=1.5"}, "recall muss zwischen 0 und 1 liegen, nicht bei 1.5"),
        ({"strategy": "magic"}, "es gibt default, random, entropy"),
        ({"strategy": "hybrid:1,2"}, "drei Anteile, die zusammen 1 ergeben"),
        ({"strategy": "entropy:cap=0"}, "wie viele Einträge einer Gruppe"),
        ({"strategy": "error_reduction", "multi_label": True}, "eine einzige Frage"),
        ({"batch_size": 9}, "10 Messeinträge passen nicht in einen Stapel von 9"),
        ({"batch_size": 501}, "nimm höchstens 500"),
        ({"overlap": 0}, "nimm mindestens 1"),
        ({"report_to": "moon"}, "wähle channel, leads or both"),
        ({"created_at": "never"}, "created_at kann nicht „never“ sein"),
        ({"language": "fr"}, "Die Sprache fr gibt es nicht; es gibt en, de"),
        ({"schedule": "0 9 31 2 *"}, "ist kein Zeitplan"),
        ({"labels": ("a", "b\n"), "positive": "a", "multi_label": True}, "Steuerzeichen"),
    ],
)
def test_what_a_project_can_not_be_in_german(settings: dict[str, Any], words: str) -> None:
    with speaking("de"), pytest.raises(ProjectError) as caught:
        project_rules.checked(a_project().model_dump() | settings, ManualClock(T0))
    assert (words in str(caught.value) and caught.value.field == next(iter(settings))) or "passen nicht" in words


def test_a_slow_strategys_cost_in_german() -> None:
    with speaking("de"):
        assert "etwa 6 min mit 30.000 Labels in jeder" not in (said := cost_of("error_reduction", 30_000) or "")
        assert "rechnet in jeder Runde etwa" in said and "0,01 s bei 25.000" in said


def test_steering_in_german(desk: Bench, store: Store) -> None:
    with speaking("de"), pytest.raises(NotFoundError, match="gibt es nicht; es gibt noch keins"):
        store.projects.get("gone")
    store.projects.add(a_project(language="de"))
    assert "hat noch keine Einträge" in ask(desk, "start")
    assert "Es ist keine Runde offen" in ask(desk, "close-round")
    assert "1 bis 500 Labels, nicht 501" in ask(desk, "audit 501")
    assert "Das Projekt „nix“ gibt es nicht; es gibt: brand" in ask(desk, "status nix")
    with speaking("de"), pytest.raises(ConflictError, match="gibt es schon"):
        store.projects.add(a_project(name="Anders"))
    assert ask(desk, "config") == "" and opened(desk)["submit"]["text"] == "Speichern"
