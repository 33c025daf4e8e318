"""What cannot be meant, in every command, button, menu and form of those who lead: each is told what to do, in English and in German."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import responses
from queue_world import at_home, in_modal, texts
from queue_world import send as send_payload
from slack_world import RESPONSE_URL, T0, Bench, a_project, bench, open_round, until
from test_slack_imports import asking
from test_slack_imports import press as press_import
from test_slack_leading import EXPORT, LEAD, MEASURE, MODELS, a_model, ask, close, log_of, sent

from bot.domain import ImportState, Item, StoreUnavailableError
from bot.localslack.mrkdwn import notifies
from bot.services.export import What
from bot.services.ports import NewItem, Store
from bot.slack.blocks.leading import measure_view
from bot.slack.errors import RefusedError, UncertainError
from bot.slack.limits import LimitsError, check_message
from bot.slack.listeners.acts import PLAIN
from bot.slack.listeners.commands import COMMANDS
from bot.slack.listeners.leading import OPENS
from bot.words import say, speaking

Cases = list[tuple[str, str, str]]  # what is typed, and what it is answered with (a part), in English and in German

NOWHERE = ("There is no project 'nowhere'; there are: brand.", "Das Projekt „nowhere“ gibt es nicht; es gibt: brand.")
TOO_MUCH = (
    "Brand safety is a project, but 'if you can' behind it is too much; leave it out.",
    "Brand safety ist ein Projekt, aber „if you can“ dahinter ist zu viel; lass es weg.",
)


def with_project(usage: str) -> Cases:
    """What goes wrong with the project that stands behind a command."""
    return [(f"{usage} nowhere", *NOWHERE), (f"{usage} brand if you can", *TOO_MUCH)]


HOW_MANY = (
    "Say how many labels to spend on measuring, a whole number from 1 to 500.",
    "Sag, wie viele Labels zum Messen verwendet werden sollen: eine ganze Zahl von 1 bis 500.",
)
NO_ADDRESS = ("That is no web address; give one that begins with", "Das ist keine Webadresse; gib eine an, die mit")
WHICH_ROUND = (
    "Say which round, by its number: /roundtable report 3",
    "Sag, welche Runde, mit ihrer Nummer: /roundtable report 3",
)
NO_REPORT = (
    "There is no report yet; the first one comes when the first round closes.",
    "Es gibt noch keinen Bericht; der erste kommt, wenn die erste Runde abgeschlossen ist.",
)
ADDRESS = "https://data.example/a.csv"

COMMAND_CASES: dict[str, Cases] = {
    "status": [*with_project("status"), ("status " + "x " * 1_500, "There is no project 'x x", "Das Projekt „x x")],
    "report": [
        *with_project("report"),
        *with_project("report 1"),
        ("report", *NO_REPORT),
        (
            "report 99",
            "Round 99 has no report; `/roundtable status` shows where",
            "Runde 99 hat keinen Bericht; `/roundtable status` zeigt",
        ),
        ("report -1", *WHICH_ROUND),
        ("report 1.5", *WHICH_ROUND),
        ("report 99999999999999999999 brand", *WHICH_ROUND),
    ],
    "start": [
        *with_project("start"),
        ("start", "Round 1 of Brand safety is open; the next one", "Runde 1 von Brand safety ist noch offen; danach"),
    ],
    "pause": with_project("pause"),
    "resume": with_project("resume"),
    "close-round": with_project("close-round"),
    "audit": [
        *with_project("audit 30"),
        *((f"audit {wrong}", *HOW_MANY) for wrong in ("", "many", "3.5", "-1", "9" * 20, "²", "<!channel>", "brand")),
        ("audit 0", "An audit takes 1 to 500 labels, not 0.", "Eine Messung braucht 1 bis 500 Labels, nicht 0."),
        ("audit 501", "An audit takes 1 to 500 labels, not 501.", "Eine Messung braucht 1 bis 500 Labels, nicht 501."),
    ],
    "config": [*with_project("config"), *with_project("config show")],
    "people": [*with_project("people"), ("people", *NO_REPORT)],
    "export": [
        *with_project("export labels"),
        (
            "export",
            "Say of what: `export votes` or `export labels` or `export log`.",
            "Sag, wovon: `export votes`, `export labels` oder `export log`.",
        ),
        (
            "export everything",
            "There is no export of 'everything'; say `export",
            "Von „everything“ gibt es keinen Export;",
        ),
        ("export <!here>", "There is no export of '&lt;!here&gt;'", "Von „&lt;!here&gt;“ gibt es keinen Export"),
    ],
    "rollback": [
        *with_project("rollback"),
        *with_project("rollback m1-1"),
        (
            "rollback m9-9",
            "There is no model version 'm9-9' to go back to; there are m1-1.",
            "Ein Modell „m9-9“, zu dem du zurückkannst, gibt es nicht; es gibt m1-1.",
        ),
        ("rollback other:m1-1", "There is no model version 'other:m1-1'", "Ein Modell „other:m1-1“, zu dem"),
        ("rollback m2-2", "m2-2 is the current model already.", "m2-2 ist schon das aktuelle Modell."),
        ("rollback latest", "There is no project 'latest'", "Das Projekt „latest“ gibt es nicht"),
    ],
    "why": [
        (
            "why",
            "Say which item: /roundtable why ITEM, with its id",
            "Sag, welcher Eintrag: /roundtable why EINTRAG, mit",
        ),
        (
            "why i9",
            "Brand safety has no item 'i9'. Say which item",
            "In Brand safety gibt es keinen Eintrag „i9“. Sag,",
        ),
        ("why " + "i" * 3_000, "has no item 'iii", "gibt es keinen Eintrag „iii"),
        (
            "why <https://x.slack.com/archives/C1/p1700000000000999>",
            "That link leads to no item of Roundtable's; copy the link",
            "Dieser Link führt zu keinem Eintrag von Roundtable; kopiere",
        ),
        (
            "why spare",
            "The item spare of Brand safety has not been asked about yet.",
            "Nach dem Eintrag spare von Brand safety wurde noch nicht gefragt.",
        ),
        ("why i0 nowhere", "has no item 'i0 nowhere'", "gibt es keinen Eintrag „i0 nowhere“"),
    ],
    "log": with_project("log"),
    "new": [],  # takes nothing; its form has tests of its own
    "import": [
        *with_project(f"import {ADDRESS}"),
        ("import", "Say from where: /roundtable import https:", "Sag, woher: /roundtable import https:"),
        *((f"import {wrong}", *NO_ADDRESS) for wrong in ("pool.csv", "ftp://a.example/a.csv", "https://[::1", "brand")),
        ("import https://ana:pw@a.example/a.csv", "give one without", "gib eine ohne an"),
        ("import <https://a.example:25/a.csv>", "Port 25 is not for files", "Port 25 ist nicht für Dateien"),
    ],
    "help": [],  # whatever follows is no harm
}
MISSPELT: Cases = [
    *((typed, f"Did you mean `/roundtable {meant}`?", f"Meintest du `/roundtable {meant}`?") for typed, meant in (
        ("exprt labels", "export"), ("rolback", "rollback"), ("strat", "start"), ("aduit 30", "audit"), ("STATSU", "status"),
        ("close round", "close-round"), ("confg", "config"), ("pepole", "people"), ("imprt x", "import"), ("hlep", "help"),
    )),
    ("xyzzy", "There is no `/roundtable xyzzy`. /roundtable status", "Den Befehl `/roundtable xyzzy` gibt es nicht. /round"),
    ("<!channel>", "There is no `/roundtable &lt;!channel&gt;`", "Den Befehl `/roundtable &lt;!channel&gt;` gibt es"),
    ("x" * 3_000, f"There is no `/roundtable {'x' * 40}`.", f"Den Befehl `/roundtable {'x' * 40}` gibt es nicht."),
]  # fmt: skip


@pytest.fixture
def led(store: Store, hooks: responses.RequestsMock) -> Iterator[Bench]:
    hooks.post(RESPONSE_URL, body="ok")
    made = bench(store, leads=(LEAD,))
    yield made
    made.close()


@pytest.fixture
def brand(store: Store) -> None:
    """A round open, an item that is not in it, two models."""
    open_round(store, ["a"])
    spare = Item(id="spare", text="never asked", text_hash="spare")
    store.items.add_many("brand", [NewItem(spare, None, 9)], T0)
    for number in (1, 2):
        a_model(store, number)


def in_german(store: Store) -> None:
    store.projects.update("brand", {"language": "de"})


def test_the_table_has_every_command() -> None:
    assert sorted(COMMAND_CASES) == sorted(COMMANDS)


@pytest.mark.parametrize("name", [*COMMANDS, "misspelt"])
def test_a_command_that_cannot_be_meant_says_what_to_do(led: Bench, store: Store, brand: None, name: str) -> None:
    cases = COMMAND_CASES.get(name, MISSPELT)
    before = store.projects.get("brand")
    for typed, english, _ in cases:
        check(ask(led, typed), english)
    assert store.projects.get("brand") == before
    in_german(store)
    for typed, _, german in cases:
        check(ask(led, typed), german)
    assert log_of(store) == [] and not store.imports.open(), "nothing was done"


def check(answer: dict[str, Any], says: str) -> None:
    assert says in answer["text"], answer["text"][:300]
    assert answer["response_type"] == "ephemeral"
    assert check_message({name: answer[name] for name in ("text", "blocks")}) == []
    assert notifies(answer) == []


@pytest.mark.parametrize("usage", ["report", "report 1", "people", "start", "pause", "resume", "close-round", "audit 30",
                                   "config", "config show", "export labels", "rollback", "log", f"import {ADDRESS}"])  # fmt: skip
def test_with_several_projects_or_none_it_is_said_how_to_name_one(led: Bench, store: Store, usage: str) -> None:
    assert "This channel has no project; `/roundtable new` makes one." in ask(led, usage)["text"]
    for number, name in enumerate(("brand", "second")):
        store.projects.add(a_project(id=name, name=name.title(), channel_id="C1", language="de" if number else "en"))
    typed = usage.replace("report 1", "report").replace("audit 30", "audit N").replace(ADDRESS, "ADDRESS")
    said = ask(led, usage)["text"]
    assert f"This channel has 2 projects (brand, second); say which: /roundtable {typed} PROJECT" in said
    assert "This channel has no project; name one: brand, second." in ask(led, usage, channel="C9")["text"]
    store.projects.update("brand", {"language": "de"})
    said = ask(led, usage)["text"]
    assert "Dieser Kanal hat 2 Projekte (brand, second); sag, welches: /roundtable" in said and "PROJEKT" in said


def test_status_and_help_need_no_project(led: Bench, store: Store) -> None:
    assert "This channel has no project; `/roundtable new` makes one." in ask(led, "status")["text"]
    assert (
        "This channel has no project yet: `/roundtable new` makes one."
        in ask(led, "help")["text"]
        == ask(led, "help me please")["text"]
    )
    for name, language in (("brand", "en"), ("second", "de")):
        store.projects.add(a_project(id=name, name=name.title(), language=language))
    both = ask(led, "status")["text"]
    assert "None of the projects here (Brand, Second) has an item 'i9'." in ask(led, "why i9")["text"]
    assert "In Second gibt es keinen Eintrag „i 9“." in ask(led, "why i 9 Second")["text"]
    assert "/roundtable export votes PROJECT" in ask(led, "export votes")["text"]
    assert "Brand has no items yet" in ask(led, "audit 30 brand")["text"]
    assert "Brand: No round yet." in both and "Second: Noch keine Runde." in both, "each in its own language"
    assert "This channel has 2 projects." in ask(led, "help")["text"]


def test_the_answer_is_in_the_language_of_the_project_that_is_meant(led: Bench, store: Store) -> None:
    store.projects.add(a_project())
    store.projects.add(a_project(id="zweites", name="Zweites", language="de"))
    assert ask(led, "pause brand")["text"] == "Brand safety is paused: no new round until `/roundtable resume`."
    assert ask(led, "pause zweites")["text"] == "Zweites macht Pause: keine neue Runde bis `/roundtable resume`."
    assert "Nur wer Zweites leitet" in ask(led, "resume Zweites", user="U0ANA")["text"]
    assert "Only leads of Brand safety" in ask(led, "resume brand", user="U0ANA")["text"]


def test_a_store_that_is_away_is_said_in_words(led: Bench, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.projects.add(a_project(language="de"))

    def away(*_: object, **__: object) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(store.projects, "update", away)
    assert "Roundtable erreicht seinen Speicher gerade nicht. Es wurde nichts geändert" in ask(led, "pause")["text"]


# --- forms and menus

CHOOSE = ("Say which model version to go back to; there are m1-1.", "Sag, zu welchem Modell; es gibt m1-1.")
FIELD_CASES: list[tuple[dict[str, Any], Any, str, str]] = [
    *((MEASURE, wrong, *HOW_MANY) for wrong in ("", None, "ten", "1.5", "-3", " ", "9" * 30)),
    (MEASURE, "0", "An audit takes 1 to 500 labels, not 0.", "Eine Messung braucht 1 bis 500 Labels, nicht 0."),
    (MEASURE, "501", "An audit takes 1 to 500 labels, not 501.", "Eine Messung braucht 1 bis 500 Labels, nicht 501."),
    (MODELS, None, *CHOOSE),
    (MODELS, {"value": ""}, *CHOOSE),
    (MODELS, {"value": "m7-7"}, "There is no model version 'm7-7' to go back to", "Ein Modell „m7-7“, zu dem"),
    (MODELS, {"value": "m2-2"}, "m2-2 is the current model already.", "m2-2 ist schon das aktuelle Modell."),
    (EXPORT, None, "Say of what: `export votes`", "Sag, wovon: `export votes`"),
    (EXPORT, {"value": "secrets"}, "There is no export of 'secrets'", "Von „secrets“ gibt es keinen Export"),
]  # fmt: skip
GONE = [{**view, "private_metadata": '{"project": "gone"}'} for view in (MEASURE, MODELS, EXPORT)]


def test_a_wrong_field_is_told_at_the_field(led: Bench, store: Store, brand: None) -> None:
    for german in (False, True):
        for view, value, in_english, said_in_german in FIELD_CASES:
            answer = sent(led, view, value)
            says = said_in_german if german else in_english
            assert answer["response_action"] == "errors" and says in answer["errors"]["value"], (value, answer)
        in_german(store)
    assert log_of(store) == []


@pytest.mark.parametrize("view", GONE)
def test_a_form_of_a_project_that_is_not_there(led: Bench, store: Store, brand: None, view: dict[str, Any]) -> None:
    assert "There is no project gone; there are: brand." in sent(led, view, "5")["errors"]["value"]


def test_an_export_that_is_refused_names_all_there_are() -> None:
    for language in ("en", "de"):
        with speaking(language):
            said = say("leads-export-which") + say("leads-export-unknown", what="x")
        assert all(said.count(f"`export {what}`") == 2 for what in What)


@pytest.mark.parametrize(
    ("menus", "english", "german"),
    [
        ({}, "Choose the column of the texts first.", "Wähle zuerst die Spalte der Texte."),
        ({"import_text": "7"}, "Choose the column of the texts first.", "Wähle zuerst die Spalte der Texte."),
        ({"import_text": "-1"}, "Choose the column of the texts first.", "Wähle zuerst die Spalte der Texte."),
        (
            {"import_text": "1", "import_label": "1"},
            "The text and the label can't be the same column; choose another one, or no label.",
            "Text und Label können nicht dieselbe Spalte sein; wähle eine andere oder kein Label.",
        ),
        (
            {"import_text": "1", "import_project": "elsewhere"},
            "That project is not in this channel; choose one of those in the menu.",
            "Dieses Projekt ist nicht in diesem Kanal; wähle eines aus dem Menü.",
        ),
        (
            {"import_text": "1", "import_project": "nothing"},
            "There is no project nothing",
            "Das Projekt nothing gibt es",
        ),
    ],
)
def test_menus_of_an_import(
    led: Bench, store: Store, hooks: responses.RequestsMock, menus: dict[str, str], english: str, german: str
) -> None:
    store.projects.add(a_project())
    store.projects.add(a_project(id="elsewhere", channel_id="C2"))
    job = asking(store, user_id=LEAD)
    for says in (english, german):
        assert says in told(hooks, lambda: press_import(led, "import_start", job, menus, user=LEAD))
        in_german(store)
    assert store.imports.get(job.id) == job


@pytest.mark.parametrize("action", ["import_start", "import_drop"])
def test_an_import_that_is_not_there_or_waits_no_more(
    led: Bench, store: Store, hooks: responses.RequestsMock, action: str
) -> None:
    store.projects.add(a_project(language="de"))
    job = asking(store, user_id=LEAD, text_column="tweet", state=ImportState.FAILED, error="x")
    assert (
        told(hooks, lambda: press_import(led, action, job, user=LEAD)) == "pool.csv wartet nicht mehr auf eine Antwort."
    )
    gone = job.model_copy(update={"id": "F9.C1"})
    assert told(hooks, lambda: press_import(led, action, gone, user=LEAD)) == "Es gibt keinen Import F9.C1."


def told(hooks: responses.RequestsMock, press: Callable[[], int]) -> str:
    """What a press is answered with, to the person alone."""
    before = len(hooks.calls)
    assert press() == 200
    until(lambda: len(hooks.calls) > before)
    return str(json.loads(hooks.calls[-1].request.body)["text"])


def home_after(led: Bench, action_id: str, value: dict[str, str]) -> str:
    led.gateway.homes.clear()
    send_payload(led, at_home(action_id, value, LEAD))
    return texts(until(lambda: led.gateway.homes.get(LEAD)))


@pytest.mark.parametrize("action_id", ["home_do_nonsense", "home_do_more", "of_another_version"])
def test_a_button_of_another_version_is_explained_where_it_was(
    led: Bench, store: Store, brand: None, action_id: str
) -> None:
    in_german(store)
    value = {"project": "brand", "do": "nonsense"}
    assert "Dieser Knopf ist aus einer früheren Fassung von Roundtable" in home_after(led, action_id, value)
    store.projects.add(
        a_project(id="second", name="Second", channel_id="C2", language="en")
    )  # so that not all are German
    assert "This button is from an earlier version of Roundtable" in home_after(led, action_id, {"do": "log"})
    with speaking("de"):
        shown = measure_view(store.projects.get("brand"), 5)
    send_payload(led, in_modal(shown, action_id, value, LEAD))
    assert "Dieser Knopf ist aus" in texts(until(lambda: led.gateway.views[-1:])[0]["view"])


@pytest.mark.parametrize("do", [*OPENS, *PLAIN])
def test_a_button_of_a_project_that_is_gone_says_which_there_are(
    led: Bench, store: Store, brand: None, do: str
) -> None:
    action_id = "home_do_more" if do in ("export", "models", "log", "people", "settings") else f"home_do_{do}"
    assert "There is no project gone; there are: brand." in home_after(led, action_id, {"project": "gone", "do": do})


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (UncertainError("late"), "Das hat für Slack zu lange gedauert."),
        (RefusedError("expired_trigger_id"), "Das hat für Slack zu lange gedauert."),
        (RefusedError("missing_scope"), "Der App fehlt eine Berechtigung (Scope)"),
        (LimitsError([]), "Das ließ sich nicht öffnen"),
        (StoreUnavailableError("Redis can't be reached: redis.internal:6379"), "Das ließ sich nicht öffnen"),
    ],
)
def test_why_a_window_did_not_open_is_said_without_secrets_or_codes(
    led: Bench, store: Store, brand: None, fault: Exception, says: str
) -> None:
    in_german(store)
    led.gateway.before = [fault]
    assert says in home_after(led, "home_do_measure", {"project": "brand"})


def test_a_window_that_opens_too_late_is_said_in_app_home(led: Bench, store: Store, brand: None) -> None:
    in_german(store)
    close(store)
    for do in OPENS:
        led.gateway.before = [UncertainError("late")]
        home = home_after(led, "home_do_more", {"project": "brand", "do": do})
        assert "Das hat für Slack zu lange gedauert." in home, do
    assert led.gateway.views == []
