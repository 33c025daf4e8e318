"""What commands, imports and leads' windows say in German, within Slack's limits; and what is wrong with a file or a row."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from slack_world import T0, a_project, a_view, open_round
from test_slack_imports import RESULT, asking
from test_slack_leading import a_model

from bot.domain import Act, ActKind, ConflictError, ImportState, Label, NotFoundError, RoundState
from bot.services import exports, rollback, tabular
from bot.services.clock import SystemClock
from bot.services.intake import ImportStoppedError, import_file
from bot.services.ports import Store
from bot.services.tabular import TableError
from bot.slack.blocks import leading
from bot.slack.blocks.imports import import_message, rejects_file
from bot.slack.blocks.message import Message
from bot.slack.limits import check_message, check_view
from bot.words import say, speaking

NAME = "Markensicherheit " + "x" * 60


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": ImportState.LOOKING, "size": 5_000_000}, "pool.csv (4,8 MB): Ich sehe sie mir an."),
        ({"state": ImportState.RUNNING}, "wird in Brand safety importiert: gerade begonnen."),
        ({"state": ImportState.RUNNING, "size": 100, "done": 50, "rows": 1_007}, "1.007 Zeilen bisher."),
        ({"state": ImportState.DROPPED}, "pool.csv wurde nicht importiert."),
        ({"state": ImportState.DROPPED, "chosen_by": "U1"}, "nicht importiert; so entschieden hat <@U1>."),
        ({"state": ImportState.FAILED, "error": "Zeile 3."}, "konnte nicht importiert werden. Zeile 3."),
        (
            {"state": ImportState.DONE, "result": RESULT},
            "pool.csv ist in Brand safety: 1.200 Einträge neu, 4 schon da, 10 Dubletten weggelassen, 20 Zeilen abgelehnt, "
            "von 1.234 Zeilen. 500 Einträge kamen mit einem Label. 3 Zeilen hatten ein anderes Label, als der Eintrag schon hat; "
            "das des Eintrags bleibt. Abgelehnt: leerer Text (20). In der angehängten Datei steht jede mit Zeile und Grund.",
        ),
        (
            {"sample": "Guten Tag", "confirm": True},
            "Soll ich sie in Brand safety importieren? Wähle, in welcher Spalte",
        ),
    ],
)
def test_imports(store: Store, changes: dict[str, Any], words: str) -> None:
    with speaking("de"):
        message = import_message(asking(store, **changes), a_project())
        long = import_message(
            asking(store, id="F2.C1", **changes, name="n" * 200), a_project(name=NAME), [a_project()] * 2
        )
    assert words in message.text
    assert not check_message(message.payload()) and not check_message(long.payload())


def test_every_reason_for_a_refused_row_has_its_words() -> None:
    services = Path(tabular.__file__).parent
    code = "".join((services / name).read_text("utf-8") for name in ("tabular.py", "rows.py", "intake.py"))
    reasons = set(
        re.findall(r'(?:BadRecord\([\w.]+|_RowError\(), ?"([a-z-]+)"', code.replace("_RowError(", "_RowError(, "))
    )
    assert {"columns", "unknown-label", "repeated-id", "json"} <= reasons
    for language in ("en", "de"):
        with speaking(language):
            told = {reason: say("imports-refused-reason", reason=reason, other="?", rows=1) for reason in reasons}
            assert "?" not in "".join(told.values()), told
            assert say("imports-refused-reason", reason="new", other="new", rows=1_000)[:5] == "new ("


def test_the_question_of_an_import_has_german_menus_and_buttons(store: Store) -> None:
    with speaking("de"):
        blocks = json.dumps(import_message(asking(store, confirm=True), a_project()).blocks, ensure_ascii=False)
        rejects = rejects_file(asking(store, id="F3.C1"), "x")
    for words in (
        "Spalte der Texte",
        "Spalte der Labels",
        "kein Label",
        "Importieren",
        "Nicht importieren",
        "Die erste Zeile: „",
    ):
        assert f'"{words}' in blocks
    assert "Was importiert ist, lässt sich nicht wieder herausnehmen." in blocks
    assert (rejects.title, "Verbessere sie" in rejects.comment) == ("Abgelehnte Zeilen aus pool.csv", True)


def test_the_log_why_and_earlier_models(store: Store) -> None:
    open_round(store, ["a"])
    made = [a_model(store, number) for number in (1, 2)]
    for number in range(2):
        store.acts.append("brand", Act(kind=ActKind.PAUSE, by="U1" if number else None, at=T0))
    project, current = store.projects.get("brand"), store.models.current("brand")
    closed = a_view(
        "ein Text",
        round_state=RoundState.CLOSED,
        votes={"U1": "other"},
        label=Label(item_id="i0", value="other", votes={}, decided_by="majority"),
    )
    with speaking("de"):
        messages: list[tuple[Message, str]] = [
            (leading.log_message(project, []), "Protokoll von Brand safety: noch nichts."),
            (leading.log_message(project, store.acts.latest("brand")), "Protokoll von Brand safety: <!date^"),
            (leading.versions_message(project, None, []), "Es gibt noch kein Modell."),
            (
                leading.versions_message(project, current, rollback.choices(store, "brand")),
                "Frühere: `m1-1`  nach Runde 1, 50 Labels",
            ),
            (
                leading.why_message(a_view("ein Text")),
                "Warum nach „ein Text“ gefragt wurde. Noch hat niemand geantwortet.",
            ),
            (
                leading.why_message(a_view("ein Text", votes={"U1": "other"})),
                "Geantwortet hat schon: <@U1>. Wie, steht hier,",
            ),
            (leading.why_message(closed), "Antworten: <@U1>: other. Label: other."),
        ]
        views = [
            leading.measure_view(a_project(name=NAME), 30),
            leading.measure_view(project, 0),
            leading.export_view(a_project(name=NAME)),
            leading.rollback_view(project, current, rollback.choices(store, "brand")),
            leading.rollback_view(project, None, []),
        ]
        asked = exports.asked("brand:votes.1772442000000.U1")
        comment = leading.export_file(asked, "Marke", b"", 1_234).comment
    assert made
    for message, words in messages:
        assert words in message.text and not check_message(message.payload()), message.text
    assert [view["title"]["text"] for view in views] == [
        "Messen",
        "Messen",
        "Export",
        "Frühere Modelle",
        "Frühere Modelle",
    ]
    assert not [fault for view in views for fault in check_view(view)]
    assert comment == "Die Antworten von Marke: 1.234 Zeilen. Nur du siehst diese Datei."


FAULTS = [
    ("text,label\na,gut\n", "'gut' ist keines der Labels negative, other"),
    ("text,id\na, 1\n", "die ID ' 1' enthält Steuerzeichen oder ist von Leerraum umgeben"),
    ("text,id\na,1\nb,1\n", "die ID '1' steht schon in Zeile 2"),
    ("text,url\na,ftp://x\n", "die Adresse 'ftp://x' ist keine http- oder https-Adresse von höchstens 3000 Zeichen"),
    ("text,b\na\n", "1 statt 2 Spalten"),
    ('text\n"a\n', "ein Anführungszeichen, das hier beginnt, endet nie"),
    (f"text\n{'a' * 1_101}\n", "der Text hat 1.101 Zeichen; höchstens 1.000 werden angenommen"),
    ('{"text": 5}\n', "'text' ist eine Zahl, kein Text"),
    ('{"text": \n', "kein JSON (an Stelle 1: Expecting value)"),
    ("[]\n", "kein JSON-Objekt"),
    ("a;b\n1;2\n", "Zeile 1: keine Kommas zwischen den Spalten"),
    ("a,b\n1,2\n", "Zeile 1: die Spalte 'text' gibt es nicht; es gibt 'a', 'b'"),
    ("", "die Datei ist leer"),
]


@pytest.mark.parametrize(("content", "words"), FAULTS)
def test_what_is_wrong_with_a_file_or_a_row(store: Store, tmp_path: Path, content: str, words: str) -> None:
    store.projects.add(a_project())
    path = tmp_path / ("a.jsonl" if content.startswith(("{", "[")) else "a.csv")
    path.write_text(content, encoding="utf-8")
    with speaking("de"), pytest.raises((ImportStoppedError, TableError)) as caught:
        import_file(store, SystemClock(), "brand", path, max_text_length=1_000, strict=True)
    assert words in str(caught.value)


def test_what_the_store_has_not_is_said_in_german_whoever_found_it(store: Store) -> None:
    """By Python or by a script on the server: a project, a round, an item, a model, an import, a message."""
    open_round(store, ["a"])
    version = a_model(store, 1)
    act = Act(kind=ActKind.ROLLBACK, by="U1", at=T0)
    cases: list[tuple[Any, str]] = [
        (lambda: store.projects.get("weg"), "Das Projekt weg gibt es nicht"),
        (lambda: store.items.get("brand", "i 9"), "Im Projekt brand gibt es keinen Eintrag i 9."),
        (lambda: store.rounds.round_view("brand", 9), "Das Projekt brand hat keine Runde 9."),
        (lambda: store.rounds.ask_to_close("brand", 9, "U1", T0, act), "Das Projekt brand hat keine Runde 9."),
        (
            lambda: store.models.roll_back("brand", "brand:m9-9", act),
            "Das Modell brand:m9-9 ist nicht (mehr) aufbewahrt.",
        ),
        (lambda: store.models.roll_back("brand", version, act), "brand:m1-1 ist schon das aktuelle Modell."),
        (lambda: store.models.blob("brand:m9-9"), "Das Modell brand:m9-9 gibt es nicht."),
        (lambda: store.acts.append("weg", act), "Das Projekt weg gibt es nicht."),
        (lambda: store.imports.get("F9"), "Es gibt keinen Import F9."),
        (lambda: store.imports.rejects("F9"), "Vom Import F9 sind keine abgelehnten Zeilen aufbewahrt."),
        (lambda: store.outbox.begin("query:x y", 1), "Die Nachricht query:x y gibt es nicht."),
        (lambda: exports.what_of("geheim"), "Von „geheim“ gibt es keinen Export"),
    ]
    with speaking("de"):
        for call, words in cases:
            with pytest.raises((NotFoundError, ConflictError)) as caught:
                call()
            assert words in str(caught.value)
