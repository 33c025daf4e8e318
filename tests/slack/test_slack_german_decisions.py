"""What people decide, how projects stand, refusals, reminders and the log, in German: their words, within Slack's limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, get_args

import pytest
import responses
from decision_world import close_round, errors, opened, submit
from queue_world import at_home, send, texts
from slack_world import HOSTILE, RESPONSE_URL, T0, Bench, a_project, a_query, a_report, bench, click, open_round, until
from spoken import words_of
from test_slack_blocks import a_status
from test_slack_people import insightful

from bot.domain import ActKind, Case, Dispute, Disputed, Item, Label, LoggedAct, ModelVersion, Note, RoundState, Why
from bot.services import adminlog
from bot.services.ports import DirectoryError, Store
from bot.services.reminders import Waiting
from bot.services.rights import NotAllowedError, Rights, What
from bot.slack import membership
from bot.slack.blocks import decisions as blocks
from bot.slack.blocks import standing
from bot.slack.blocks.decisions import Place
from bot.slack.blocks.disputes import Dispute as Shown
from bot.slack.blocks.disputes import blocks as disputed_blocks
from bot.slack.blocks.disputes import spoken
from bot.slack.blocks.message import Message
from bot.slack.blocks.people import people_message, small_print
from bot.slack.blocks.reminders import home_off, reminder_message
from bot.slack.desk import said, said_in_field
from bot.slack.directory import SlackDirectory
from bot.slack.errors import RefusedError, UncertainError
from bot.slack.limits import check_message, check_view
from bot.words import LANGUAGES, say, speaking

PROJECT = a_project(name=HOSTILE, language="de")
BRAND = a_project(name="Marke", language="de")
ITEM = Item(id="i0", text=HOSTILE, text_hash="h")
KINDS = ("flag", "correction", "override", "settle", "vote")
NOTES = tuple(
    Note(kind=kind, user_id="U1", label=None if kind in ("flag", "settle") else "other", reason="Ironie", at=T0)
    for kind in KINDS
)
CASE = Case(
    project=PROJECT,
    item=ITEM,
    query_id="brand:1:0",
    votes={"U1": "negative", "import": "other"},
    unsure=("U2",),
    label=Label(item_id="i0", value="other", votes={"other": 1}, decided_by="override"),
    notes=NOTES,
)
BARE = CASE.model_copy(update={"votes": {}, "unsure": (), "label": None, "notes": ()})
ASKED = a_query().model_copy(update={"suggestion": "other", "model_score": 0.25, "model_version": "brand:m1-7"})
PLACE = Place("brand", "i0", Why.TIE)
DISPUTED = [
    Shown(HOSTILE, Disputed(item_id="i0", query_id="q", votes={"negative": 2, "other": 1}, label="negative"), "https://x"),
    Shown("", Disputed(item_id="i1", query_id="r", votes={"negative": 1, "other": 1}, label=None)),
]  # fmt: skip
LATE = ModelVersion(
    id="brand:m2-9", project_id="brand", round=2, algorithm="a", parameters={}, label_revision=9, data_fingerprint="f",
    training_labels=9, training_positives=2, threshold=0.4125, trained_at=T0,
)  # fmt: skip
DISPUTES = tuple(Dispute(item_id=f"i{n}", why=why) for n, why in enumerate((*Why, Why.TIE)))

VIEWS: dict[str, tuple[Any, str]] = {
    "flag": (lambda: blocks.flag_view(BARE, "brand:1:0", "U1"), "Was stimmt mit diesem Eintrag nicht?"),
    "flag again": (lambda: blocks.flag_view(CASE, "brand:1:0", "U1"), "Die Leitung hat ihn sich noch nicht angesehen."),
    "flagged": (lambda: blocks.flagged_view("brand:1:0"), "*Notiert, danke.* Wer dieses Projekt leitet, liest, was du"),
    "taken back": (lambda: blocks.unflagged_view(there_was_one=True), "Deine Meldung ist zurückgenommen."),
    "no flag": (lambda: blocks.unflagged_view(there_was_one=False), "Hier gibt es keine Meldung von dir."),
    "correct": (
        lambda: blocks.correct_view(CASE, "brand:1:0", "U1", "modal", late=True, may_vote=True),
        "Deine Antwort ist negative. Die Runde ist abgeschlossen; das Modell wird aus einer Änderung lernen.",
    ),
    "correct nothing": (
        lambda: blocks.correct_view(BARE, "brand:1:0", "U1", "modal", late=False, may_vote=True),
        "Du hast noch nicht geantwortet.",
    ),
    "correct as a guest": (
        lambda: blocks.correct_view(BARE, "brand:1:0", "U1", "modal", late=True, may_vote=False),
        "Deine Antworten zählen in diesem Projekt nicht",
    ),
    "decide": (lambda: blocks.decide_view(CASE, PLACE, 1_234), "warten 1.234 Einträge auf eine Entscheidung."),
    "decide, with words": (lambda: blocks.decide_view(CASE, PLACE, 1), "hat sich für other entschieden: „Ironie“"),
    "decide, with a model": (
        lambda: blocks.decide_view(CASE, PLACE, 1, ASKED),
        "es hätte other gesagt. Sein Wert für negative war 0,25 (Modell m1-7).",
    ),
    "decide bare": (lambda: blocks.decide_view(BARE, PLACE, 1), "Noch hat niemand geantwortet."),
    "home": (
        lambda: standing.home_view(
            [a_status(project=PROJECT, disputes=DISPUTES, learned_since=LATE)],
            leading={"brand"},
            own=home_off(),
            adjudication={"brand": blocks.home_blocks(PROJECT, DISPUTES, [(ITEM, NOTES[2])])},
            may_create=True,
        ),
        "6 Einträge warten auf deine Entscheidung.",
    ),
    "empty home": (lambda: standing.home_view([], leading=()), "Noch kein Projekt. `/roundtable new` legt eins an."),
    "home without a store": (lambda: standing.word_view("Wort"), "komm in einer Minute auf diese Seite zurück."),
    "full text": (lambda: standing.full_text_view("x" * 400_000), "Der Rest ist länger, als Slack zeigen kann."),
}  # fmt: skip
MESSAGES: dict[str, tuple[Any, str]] = {
    "status": (
        lambda: standing.status_message(a_status(project=PROJECT, disputes=DISPUTES, learned_since=LATE), ["x"]),
        "9.350 Einträge noch im Bestand.",
    ),
    "late model": (
        lambda: standing.status_message(a_status(project=BRAND, learned_since=LATE)),
        "Seitdem hat das Modell aus späteren Änderungen gelernt (`m2-9`, ",
    ),
    "waiting": (
        lambda: standing.status_message(a_status(project=BRAND, disputes=DISPUTES)),
        "(1 gemeldet, 1 korrigiert, 2 unentschieden, 1 unsicher, 1 uneinig)",
    ),
    "paused": (
        lambda: standing.status_message(
            a_status(project=a_project(name="Marke", state="paused", state_by="U9"), round=None)
        ),
        "Noch keine Runde. 650 Labels, davon 61 negative; 9.350 Einträge noch im Bestand.",
    ),
    "help": (lambda: standing.help_message(), "/roundtable why item [project]: warum nach einem Eintrag gefragt wurde"),
    "people": (
        lambda: people_message(PROJECT, insightful(), [ITEM], DISPUTED),
        "<@U0ANA>: 120 Antworten; richtig bei etwa 96\u00a0% (91\u00a0% bis 99\u00a0%), beurteilt an 85 davon",
    ),
    "nobody": (lambda: people_message(PROJECT, a_report(), []), "Noch hat niemand geantwortet."),
    "small print": (
        lambda: Message("x", small_print(insightful())),
        "hätte es zufällig etwa 3,1 gebraucht (1,6 bis über 100).",
    ),
    "disputes": (lambda: Message(spoken(DISPUTED), disputed_blocks(DISPUTED)), "2 negative, 1 other; jetzt negative"),
    "reminder": (
        lambda: reminder_message([Waiting(PROJECT, a_status().round, 2)]),  # type: ignore[arg-type]
        "Knöpfe: Weiter labeln, Heute nicht, Nie.",
    ),
}


@pytest.fixture
def german() -> Iterator[None]:
    with speaking("de"):
        yield


def english(payload: Any) -> list[str]:
    return words_of("en", payload, but="de")


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("name", VIEWS)
def test_modals_and_home(name: str) -> None:
    made, words = VIEWS[name]
    view = made()
    assert check_view(view) == []
    assert words in texts(view)
    assert english(view) == []


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str) -> None:
    made, words = MESSAGES[name]
    payload = made().payload()
    assert check_message(payload) == []
    assert words in json.dumps(payload, ensure_ascii=False)
    assert english(payload) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_words_of_its_own(language: str) -> None:
    with speaking(language):
        told = [
            [say("waits-kind", why=why, items=2) for why in Why],
            [say("decide-here", why=why, left=2) for why in Why],
            [say("said-note", kind=kind, label="x") for kind in KINDS],
            [say("rights-what", what=what) for what in get_args(What)],
            [say("status-round-over", round="1", bar="", answered="1", total="2", state=state) for state in ("closing", "closed")],
            [adminlog.told(LoggedAct(kind=kind, by="U1", at=T0, seq="1")) for kind in ActKind],
        ]  # fmt: skip
    assert RoundState.CLOSING.value == "closing"
    for texts_of in told:
        assert len(set(texts_of)) == len(texts_of)


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("kind", "note", "says"),
    [
        (ActKind.START, "round 3", "hat eine Runde begonnen: Runde 3"),
        (ActKind.CLOSE_ROUND, "round 12", "hat eine Runde abgeschlossen: Runde 12"),
        (ActKind.AUDIT, "30 labels in round 2", "hat eine Messung verlangt: 30 Labels in Runde 2"),
        (ActKind.IMPORT, "a: b.csv: 1,234 added", "hat importiert: a: b.csv: 1.234 neu"),
        (ActKind.IMPORT, "b.csv: 1 item added", "hat importiert: b.csv: 1 neu"),
        (ActKind.EXPORT, "labels", "hat exportiert: labels"),
        (ActKind.ROLLBACK, "m2-9 -> m1-7", "ist zu einem früheren Modell zurückgegangen: m2-9 -> m1-7"),
        (ActKind.START, "a note of old", "hat eine Runde begonnen: a note of old"),
    ],
)
def test_a_logs_notes_are_worded_when_they_are_shown(kind: ActKind, note: str, says: str) -> None:
    assert adminlog.told(LoggedAct(kind=kind, by="U1", at=T0, seq="1", note=note)) == says


@pytest.mark.usefixtures("german")
def test_settings_that_changed_are_worded_as_in_their_form() -> None:
    changes: dict[str, tuple[Any, Any]] = {
        "leads": ([], ["U1"]),
        "target": ("f1", "precision>=0.9"),
        "schedule": (None, "0 9 * * 1"),
        "guidelines": ({}, {"spam": "Werbung", "ok": "sonst"}),
        "next_overlap": (None, 3),
        "reminders": (False, True),
        "items_in": ("thread", "garden"),
        "coffee": (None, "strong"),
    }
    act = LoggedAct(kind=ActKind.CONFIG, by="U1", at=T0, seq="1", changes=changes)
    assert adminlog.told(act).partition(": ")[2].split("; ", 3)[:3] == [
        "wer leitet (niemand namentlich → U1)",
        "worauf das Modell abgestimmt wird (bestes F1: Präzision und Trefferquote gleich wichtig → "
        "Präzision von mindestens 90\N{NO-BREAK SPACE}%)",
        "wann Runden beginnen (Sofort, wenn die vorige fertig ist → Montags um 9:00)",
    ]
    assert adminlog.told(act).endswith(
        "Leitfaden (keine → spam: Werbung; ok: sonst); Antworten je Eintrag ab der nächsten Runde (wie bisher → 3); "
        "Erinnerungen (nein → ja); wo Einträge erscheinen (Im Thread der Nachricht zur Runde → garden); coffee (keine → strong)"
    ), "what a newer version knows stands as it is"


@pytest.mark.usefixtures("german")
def test_refusals_say_who_can() -> None:
    rights = Rights(everywhere=frozenset({"U9"}))
    with pytest.raises(NotAllowedError) as lead:
        rights.require_lead(a_project(), "U1", "pause")
    assert said(lead.value) == (
        "Nur wer Brand safety leitet, kann das Projekt pausieren. Frag <@U9> oder einen Admin dieses Workspace."
    )
    assert said_in_field(lead.value).endswith("Frag die Leitung oder einen Admin dieses Workspace.")
    with pytest.raises(NotAllowedError) as observer:
        Rights().require_lead(a_project(observers=("U1",)), "U1", "start")
    assert said(observer.value) == (
        "Du schaust bei Brand safety zu: Ansehen kannst du alles, aber nicht eine Runde beginnen. "
        "Frag jemand anderen im Kanal des Projekts."
    )
    with pytest.raises(NotAllowedError) as vote:
        Rights().require_vote(a_project(annotators=("U2",)), "U1")
    assert said(vote.value).endswith("deine Antwort wurde nicht gezählt. Antworten können: <@U2>.")
    with pytest.raises(NotAllowedError, match=r"^Nur wer Projekte leitet, kann eines anlegen\."):
        rights.require_create("U1")
    with pytest.raises(DirectoryError, match="Nutzergruppe S1"):
        Rights().may_vote(a_project(annotators=("S1",)), "U1")


@pytest.mark.usefixtures("german")
def test_a_workspace_that_can_not_tell(desk: Bench) -> None:
    directory = SlackDirectory(desk.gateway, desk.clock, desk.executor)
    desk.gateway.directory_fault = UncertainError("no answer")
    with pytest.raises(
        DirectoryError, match=r"wer in diesem Workspace Admin ist; bitte versuch es in einer Minute noch einmal\.$"
    ):
        directory.is_admin("U1")
    with pytest.raises(DirectoryError, match="wo U1 lebt"):
        directory.timezone("U1")
    desk.gateway.directory_fault = RefusedError("no_such_subteam")
    with pytest.raises(DirectoryError, match=r"Nutzergruppe S1 ist.* Slacks Grund: diese Nutzergruppe gibt es nicht"):
        directory.group("S1")


def test_a_dispute_by_signed_payloads(
    store: Store, hooks: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    desk = bench(store, leads=("U0LEAD",))
    (query,) = open_round(store, ["Nie wieder"], name="Marke", language="de")
    view = opened(desk, click("more", {"q": query, "do": "flag"}, selected=True, user="U0BEN"))
    assert errors(submit(desk, view, "U0BEN", reason=" ")) == {
        "reason": "Sag in ein paar Worten, was damit nicht stimmt."
    }
    assert "*Notiert, danke.*" in texts(submit(desk, view, "U0BEN", reason="Namen")["view"])
    with monkeypatch.context() as slow:
        slow.setattr(membership, "wait", lambda *_: SimpleNamespace(done=set()))
        assert errors(submit(desk, view, "U0BEN", reason="Namen!"))["reason"].startswith("Slack antwortet gerade nicht")
    assert send(desk, at_home("decide_start", {"project": "brand"}, "U0ANA")).status == 200
    until(lambda: "U0ANA" in desk.gateway.homes)
    assert "Nur wer Marke leitet, kann strittige Einträge entscheiden." in texts(desk.gateway.homes["U0ANA"])
    decide = opened(desk, at_home("decide_start", {"project": "brand"}, "U0LEAD"))
    assert "Hier, weil jemand den Eintrag gemeldet hat. Insgesamt wartet 1 Eintrag auf" in texts(decide)
    assert english(decide) == []
    for given, words in (
        ({}, "Wähle ein Label."),
        ({"label": "other"}, "Gib einen Grund an, damit alle sehen, warum."),
        ({"label": "gone", "reason": "x"}, "„gone“ ist kein Label von Marke mehr"),
        ({"label": "other", "reason": "x" * 1_234}, "Das sind 1.234 Zeichen; 500 genügen."),
        ({"instead": ["settle", "withdraw"], "reason": "x"}, "Kreuze höchstens eines davon an."),
    ):
        assert words in json.dumps(errors(submit(desk, decide, "U0LEAD", **given)), ensure_ascii=False)
    done = submit(desk, decide, "U0LEAD", label="other", reason="Leitfaden")["view"]
    assert "*Nichts wartet auf eine Entscheidung. Danke!*" in texts(done)
    close_round(store)
    late = opened(desk, click("more", {"q": query, "do": "correct"}, selected=True))
    for answer, words in (
        ("negative", "Deine Antwort ist jetzt *negative*. Der Eintrag behält das Label"),
        ("negative", "Deine Antwort ist schon *negative*; es wurde nichts geändert."),
    ):
        assert words in texts(submit(desk, late, label=answer, reason="Ironie", view_id=words)["view"])
    desk.close()
