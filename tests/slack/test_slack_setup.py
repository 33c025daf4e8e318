"""A project set up and changed by a form in Slack: every field with what can't be in it, rights, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
import responses
from setup_world import LABELS, PUBLIC, ask, configured, filled, new_form, opened, send, submitted
from slack_world import (
    HOSTILE,
    RESPONSE_URL,
    T0,
    Bench,
    a_project,
    bench,
    click,
    command,
    form,
    open_round,
    until,
)

from bot.domain import ImportState, Item, Project, StoreUnavailableError
from bot.localslack.rules import check_view as slacks_own_check
from bot.services import changing, in_words
from bot.services.ports import NewItem, Store
from bot.services.rounds import RoundKeeper
from bot.slack import membership
from bot.slack.blocks import setup as blocks
from bot.slack.errors import RefusedError, UncertainError
from bot.slack.limits import check_message, check_view
from bot.slack.render import Renderer
from bot.slack.setup_form import read_labels


def test_a_project_is_set_up_and_its_channel_told(desk: Bench, store: Store) -> None:
    view = new_form(
        desk,
        positive="other",
        target="recall",
        target_value="80",
        strategy="entropy",
        batch_size="20",
        audit_per_round="4",
        overlap="2",
        reask_per_round="3",
        gold_per_round="2",
        seed_patterns="refund\n\n /never|again/ ",
        reactions=":thumbsup: other\n-1  negative",
        max_rounds="9",
        planned_labels="300",
        schedule="0 9 * * 1-5",
        deadline_minutes="1.5",
        items_in="channel",
        language="de",
        report_schedule="other",
        report_cron=" 0  8 1,15 * * ",
        report_to="both",
        tells=["reminders"],
        leads=["U0ANA", "U0BEN"],
        annotators=["U0CHI"],
        observers=["U0DEE"],
        options=["suggestions"],
    )
    assert view["state"]["values"]["timezone"]["value"]["value"] == "Europe/Berlin", "the person's own"
    done = submitted(desk, view)
    assert done["response_action"] == "update" and "drop a CSV" in json.dumps(done)
    project = store.projects.get("brand-safety")
    assert project.model_dump(exclude={"created_at"}) == Project(
        id="brand-safety", name="Brand safety", channel_id="C1", channel_name="brand-safety", labels=("negative", "other"),
        guidelines={"negative": "says something bad, e.g. “broke after a day”"}, positive="other", target="recall>=0.8",
        strategy="entropy", batch_size=20, audit_per_round=4, overlap=2, schedule="0 9 * * 1-5", timezone="Europe/Berlin",
        deadline_minutes=90, items_in="channel", leads=("U0ANA", "U0BEN"), annotators=("U0CHI",), observers=("U0DEE",),
        suggestions=True, reask_per_round=3, gold_per_round=2, seed_patterns=("refund", "/never|again/"),
        reactions={"+1": "other", "-1": "negative"}, max_rounds=9, planned_labels=300, created_at=T0,
        language="de", report_schedule="0 8 1,15 * *", report_to="both", lead_notes=False, reminders=True,
    ).model_dump(exclude={"created_at"})  # fmt: skip
    assert ("conversations.join", {"channel": "C1"}) in desk.gateway.called
    (record,) = store.outbox.pending(9)
    message = Renderer(store).render(record.key)
    assert (record.channel_id, record.thread_key) == ("C1", None) and "legt eine CSV-" in message.text


def test_what_is_usual_is_filled_in_already(desk: Bench, store: Store) -> None:
    desk.gateway.channels["C1"] = {**PUBLIC, "is_member": True}
    assert submitted(desk, new_form(desk))["response_action"] == "update"
    project = store.projects.get("brand-safety")
    assert (project.positive, project.target, project.strategy, project.schedule) == ("negative", "f1", "default", None)
    assert (project.batch_size, project.audit_per_round, project.leads) == (50, 10, ("U0ANA",))
    assert (project.language, project.report_schedule, project.report_to) == ("en", None, "channel")
    assert (project.lead_notes, project.reminders, project.suggestions, project.multi_label) == (
        True,
        False,
        False,
        False,
    )
    assert not any(method == "conversations.join" for method, _ in desk.gateway.called)


BAD_IN_BOTH: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "???"}, "name", "no letter or digit"),
    ({"name": "x" * 81}, "name", "80 characters"),
    ({"labels": "only one"}, "labels", "at least two labels"),
    ({"labels": "a\n: no name"}, "labels", "none of them empty"),
    ({"labels": "A\na"}, "labels", "Two labels are the same"),
    ({"labels": f"{'x' * 76}\nb"}, "labels", "75 characters"),
    ({"labels": "negative\n" + "\n".join(f"l{n}" for n in range(100))}, "labels", "at most 100"),
    ({"labels": f"negative: {'long ' * 600}\nother"}, "labels", "can be shown"),
    ({"positive": "nothing"}, "positive", "not one of the labels"),
    ({"target": "precision"}, "target_value", "how much precision"),
    ({"target": "precision", "target_value": "100"}, "target_value", "less than 100"),
    ({"target": "recall", "target_value": "nan"}, "target_value", "not a number"),
    ({"target": "cost"}, "target_value", "false alarms"),
    ({"target": "cost", "target_value": "0"}, "target_value", "false alarms"),
    ({"target": "luck"}, "target", "Choose"),
    ({"target": None}, "target", "Choose"),
    ({"strategy": "magic"}, "strategy", "no query strategy 'magic'"),
    ({"batch_size": "0"}, "batch_size", "from 1 to 500"),
    ({"batch_size": "501"}, "batch_size", "from 1 to 500"),
    ({"batch_size": "many"}, "batch_size", "not a whole number"),
    ({"batch_size": "1e3"}, "batch_size", "not a whole number"),
    ({"gold_per_round": "51"}, "gold_per_round", "from 0 to 50"),
    ({"reask_per_round": ""}, "reask_per_round", "from 0 to 50"),
    ({"batch_size": None}, "batch_size", "from 1 to 500"),
    ({"max_rounds": "0"}, "max_rounds", "from 1 to 10"),
    ({"planned_labels": "1.5"}, "planned_labels", "not a whole number"),
    ({"seed_patterns": "/(/"}, "seed_patterns", "no regular expression"),
    ({"seed_patterns": "x" * 201}, "seed_patterns", "longer than 200"),
    ({"reactions": ":+1:"}, "reactions", "names no label"),
    ({"reactions": ":+1: nothing"}, "reactions", "none of the labels"),
    ({"reactions": ":+1: negative\n:thumbsup: other"}, "reactions", "twice"),
    ({"reactions": "Ä negative"}, "reactions", "not the name of an emoji"),
    ({"audit_per_round": "-1"}, "audit_per_round", "from 0 to 500"),
    ({"audit_per_round": "51", "batch_size": "50"}, "audit_per_round", "at most 50"),
    ({"overlap": "11"}, "overlap", "from 1 to 10"),
    ({"overlap": "2.5"}, "overlap", "not a whole number"),
    ({"schedule": "other"}, "cron", "five fields"),
    ({"schedule": "other", "cron": "whenever"}, "cron", "not a schedule"),
    ({"timezone": "Mars"}, "timezone", "not a time zone"),
    ({"timezone": "../etc/passwd"}, "timezone", "not a time zone"),
    ({"deadline_minutes": "0"}, "deadline_minutes", "hours"),
    ({"deadline_minutes": "inf"}, "deadline_minutes", "not a number"),
    ({"deadline_minutes": "20000"}, "deadline_minutes", "hours"),
    ({"items_in": "the moon"}, "items_in", "Choose one of these"),
    ({"items_in": None}, "items_in", "Choose one of these"),
    ({"observers": ["U0ANA"], "leads": ["U0ANA"]}, "observers", "out of one of the lists"),
    ({"observers": ["U0ANA"], "annotators": ["U0ANA"], "leads": []}, "observers", "out of one of the lists"),
    ({"leads": ["<!channel>"]}, "leads", "no id of a person"),
    ({"annotators": ["ben"]}, "annotators", "no id of a person"),
    ({"observers": ["C1"]}, "observers", "no id of a person"),
    ({"language": "fr"}, "language", "Choose one of these"),
    ({"language": None}, "language", "Choose one of these"),
    ({"schedule": "other", "cron": "0 0 9 * * 1"}, "cron", "five fields"),
    ({"schedule": "other", "cron": "0 0 30 2 *"}, "cron", "not a schedule"),
    ({"report_schedule": "other"}, "report_cron", "five fields"),
    ({"report_schedule": "other", "report_cron": "each morning"}, "report_cron", "not a schedule"),
    ({"report_schedule": "other", "report_cron": "* * * * *"}, "report_cron", "more often than once an hour"),
    ({"report_schedule": "other", "report_cron": "0,30 9 * * 1"}, "report_cron", "more often than once an hour"),
    ({"report_to": "everybody"}, "report_to", "Choose one of these"),
    ({"planned_labels": "0"}, "planned_labels", "from 1 to 10,000,000"),
    ({"deadline_minutes": "0.001"}, "deadline_minutes", "from 0.02 to 10,000"),
]
# Boxes can't be ticked wrongly; what a menu of times lacks is said below it, where it is written.
NEVER_WRONG = {"options", "tells", "schedule", "report_schedule"}
BAD_IN_NEW: list[tuple[dict[str, Any], str, str]] = [
    ({"channel_id": None}, "channel_id", "Choose the channel"),
    ({"channel_id": "C9"}, "channel_id", "Invite me"),
    ({"channel_id": "COLD"}, "channel_id", "archived"),
    ({"channel_id": "CSECRET"}, "channel_id", "Invite me"),
    ({"url": "reviews.csv"}, "url", "no web address"),
    ({"url": "ftp://x.example/a.csv"}, "url", "no web address"),
    ({"url": "https://me:pw@x.example/a.csv"}, "url", "password"),
    ({"name": "Taken"}, "name", "choose another name"),
    ({"options": ["multi_label"], "strategy": "error_reduction"}, "strategy", "one question only"),
]


def test_there_is_a_case_for_every_field(desk: Bench) -> None:
    view = new_form(desk)
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    assert {at for _, at, _ in BAD_IN_BOTH + BAD_IN_NEW} == inputs - NEVER_WRONG


@pytest.mark.parametrize(("entered", "at", "words"), BAD_IN_BOTH + BAD_IN_NEW)
def test_what_can_not_be_is_said_at_its_field(
    desk: Bench, store: Store, entered: dict[str, Any], at: str, words: str
) -> None:
    store.projects.add(a_project(id="taken", name="Taken", channel_id="C5"))
    desk.gateway.channels["COLD"] = {**PUBLIC, "is_archived": True}
    desk.gateway.channels["CSECRET"] = {**PUBLIC, "is_private": True, "is_member": True}
    desk.gateway.people["CSECRET"] = frozenset({"U0BEN"})
    answer = submitted(desk, new_form(desk, **entered))
    assert answer["response_action"] == "errors" and words in answer["errors"][at], answer
    assert [project.id for project in store.projects.all()] == ["taken"] and not store.imports.open()


@pytest.mark.parametrize(("entered", "at", "words"), BAD_IN_BOTH)
def test_nor_can_a_running_project_be_changed_so(
    desk: Bench, store: Store, entered: dict[str, Any], at: str, words: str
) -> None:
    store.projects.add(a_project())
    before = store.projects.get("brand")
    ask(desk, "config")
    answer = submitted(desk, filled(opened(desk), **entered))
    assert answer["response_action"] == "errors" and words in answer["errors"][at], answer
    assert store.projects.get("brand") == before


def test_a_slow_strategys_cost_is_told(desk: Bench, store: Store) -> None:
    done = submitted(desk, new_form(desk, strategy="error_reduction", planned_labels="4000"))
    assert "with 4,000 labels" in json.dumps(done)
    assert "with" not in json.dumps(submitted(desk, configured(desk, strategy="entropy")))
    assert "with 4,000 labels" in json.dumps(submitted(desk, configured(desk, strategy="error_reduction")))


def test_several_faults_are_said_at_once(desk: Bench, store: Store) -> None:
    answer = submitted(desk, new_form(desk, batch_size="x", schedule="other", channel_id="C9", target="precision"))
    assert answer["errors"].keys() == {"batch_size", "cron", "channel_id", "target_value"}


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ({"conversations.info": UncertainError("late")}, "can't be asked about this channel just now"),
        ({"conversations.info": RefusedError("missing_scope")}, "lacks a scope"),
        ({"conversations.join": RefusedError("missing_scope")}, "could not join"),
    ],
)
def test_a_channel_that_slack_does_not_let_us_into(
    desk: Bench, store: Store, faults: dict[str, Exception], words: str
) -> None:
    view = new_form(desk)
    desk.gateway.call_faults |= faults
    assert words in submitted(desk, view)["errors"]["channel_id"]
    assert not store.projects.all()


def test_a_time_zone_that_nobody_knows_is_utc(desk: Bench) -> None:
    desk.gateway.call_faults["users.info"] = UncertainError("late")
    assert new_form(desk)["state"]["values"]["timezone"]["value"]["value"] == "UTC"


def test_the_same_name_twice_and_an_address_at_once(desk: Bench, store: Store) -> None:
    done = submitted(desk, new_form(desk, url="https://data.example/reviews.csv"))
    assert "fetching the items" in json.dumps(done)
    (job,) = store.imports.open()
    assert (job.project_id, job.url, job.user_id) == ("brand-safety", "https://data.example/reviews.csv", "U0ANA")
    assert "choose another name" in submitted(desk, new_form(desk))["errors"]["name"]


def test_a_form_sent_again_finishes_what_it_began(desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begin, lost = store.projects.begin, [True]

    def answer_lost(*given: Any) -> None:
        begin(*given)
        if lost:
            lost.pop()
            raise StoreUnavailableError("Redis did not answer in time; try again.")

    monkeypatch.setattr(store.projects, "begin", answer_lost)
    view = new_form(desk, url="https://data.example/reviews.csv")
    refused = send(desk, form({"type": "view_submission", "user": {"id": "U0ANA"}, "team": {"id": "T1"}, "view": view}))
    assert "is set up" not in refused.body
    for _ in range(2):
        assert "is set up in <#C1>" in json.dumps(submitted(desk, view))
    assert len(store.imports.open()) == 1 and len(store.acts.latest("brand-safety")) == 1
    values = view["state"]["values"] | {"batch_size": {"value": {"type": "number_input", "value": "7"}}}
    other = submitted(desk, {**view, "state": {"values": values}})
    assert "choose another name" in other["errors"]["name"], "what stands there is not what is asked for now"


def test_slack_is_waited_for_no_longer_than_slack_waits(
    desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "PATIENCE", 0.05)
    view, ended, call = new_form(desk), Event(), desk.gateway.call

    def slow(method: str, arguments: dict[str, Any]) -> Any:
        ended.wait(10)
        return call(method, arguments)

    monkeypatch.setattr(desk.gateway, "call", slow)
    try:
        assert "Slack does not answer just now" in (said := submitted(desk, view))["errors"]["channel_id"], said
        assert not store.projects.all()
    finally:
        ended.set()
    monkeypatch.undo()
    assert submitted(desk, view)["response_action"] == "update"


class Slow(set[str]):
    """Says who is in it when it is too late."""

    def __init__(self, ended: Event) -> None:
        self.ended = ended

    def __contains__(self, user: object) -> bool:
        return not self.ended.wait(10)


def test_nor_is_it_for_a_change(desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(membership, "PATIENCE", 0.05)
    store.projects.add(a_project(leads=("U0ANA",)))
    view, ended = configured(desk, batch_size="7"), Event()
    monkeypatch.setattr(desk.gateway, "admins", Slow(ended))
    try:
        assert "Slack does not answer just now" in submitted(desk, view, user="U0BEN")["errors"]["name"]
    finally:
        ended.set()
    assert store.projects.get("brand").batch_size == 50


def test_only_leads_set_up_and_change(store: Store, hooks: responses.RequestsMock) -> None:
    desk = bench(store, leads=("U0LEAD",))
    try:
        desk.gateway.channels["C1"] = PUBLIC
        assert "Only leads can make a project." in ask(desk, "new")
        assert ask(desk, "new", user="U0LEAD") == ""
        view = filled(opened(desk), name="Brand", labels=LABELS, channel_id="C1")
        assert "Only leads" in submitted(desk, view)["errors"]["name"], "asked again when it is sent"
        assert submitted(desk, view, user="U0LEAD")["response_action"] == "update"
        assert "Only leads of Brand can change its settings" in ask(desk, "config brand")
        assert "Only leads of Brand can import items" in ask(desk, "import https://x.example/a.csv brand")
        assert ask(desk, "config brand", user="U0LEAD") == ""
        change = filled(opened(desk), batch_size="7")
        assert "Only leads" in submitted(desk, change)["errors"]["name"]
        assert store.projects.get("brand").batch_size == 50
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import", "drop a CSV"),
        ("import reviews.csv", "no web address"),
        ("import <https://x.example/a.csv|x.example/a.csv> nope", "There is no project 'nope'"),
        ("import <http://u:p@x.example/a.csv>", "password"),
    ],
)
def test_import_by_command_says_what_is_missing(desk: Bench, store: Store, text: str, words: str) -> None:
    store.projects.add(a_project())
    assert words in ask(desk, text) and not store.imports.open()


def test_import_by_command(desk: Bench, store: Store) -> None:
    store.projects.add(a_project())
    assert "I am fetching it for Brand safety" in ask(desk, "import <https://x.example/a.csv?a=1&amp;b=2|x>")
    (job,) = store.imports.open()
    assert (job.url, job.state, job.confirm) == ("https://x.example/a.csv?a=1&b=2", ImportState.LOOKING, False)


def test_a_form_that_could_not_be_opened_is_told(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    desk.gateway.before = [RefusedError("expired_trigger_id")]
    assert ask(desk, "new") == ""
    until(lambda: hooks.calls)
    assert "could not be opened in time" in json.loads(hooks.calls[0].request.body)["text"]


def test_home_has_the_ways_to_both_forms(desk: Bench, store: Store) -> None:
    store.projects.add(a_project())
    send(desk, form(click(blocks.NEW, None)))
    assert opened(desk)["callback_id"] == blocks.NEW_VIEW
    send(desk, form(click(blocks.CHANGE, {"project": "brand"})))
    assert opened(desk)["callback_id"] == blocks.CHANGE_VIEW
    send(desk, form(click(blocks.CHANGE, {"project": "gone"})))
    until(lambda: "There is no project gone" in json.dumps(desk.gateway.homes.get("U0ANA", {})))
    home = json.dumps(desk.gateway.homes["U0ANA"])
    assert "New project" in home and "Change: Brand safety" in home


def test_forms_are_what_slack_takes_whatever_the_project_is(store: Store) -> None:
    hard = a_project(
        name=HOSTILE[:80].replace("\n", " "),
        labels=("a: b", *(f"{n}{'ü' * 70}" for n in range(98)), "last"),
        positive="a: b",
        guidelines={"last": "x " * 50},
        target="cost:5000",
        strategy="hybrid:0.6,0.3,0.1",
        schedule="17 3 * * 2",
        seed_patterns=tuple(f"{n}{'w' * 150}" for n in range(50)),
        reactions={f"emoji_{n}": "last" for n in range(3)},
        max_rounds=30_000,
        deadline_minutes=1_000_000,
        leads=tuple(f"U{n}" for n in range(300)),
        annotators=("S1", "S2", "U1"),
    )
    for project in (hard, a_project()):
        view = blocks.change_view(project, changing.fingerprint(project))
        assert not check_view(view) and not slacks_own_check(view)
        assert not check_message(blocks.welcome_message(project, 0).payload())
    for channel in ("C1", "D1", ""):
        view = blocks.new_view(channel, "U0ANA", "Europe/Berlin", "en")
        assert not check_view(view) and not slacks_own_check(view)
        assert ("initial_conversation" in json.dumps(view)) is (channel == "C1")


# --- in words


def test_all_settings_are_told_in_words_to_leads(desk: Bench, store: Store) -> None:
    store.projects.add(
        a_project(
            name="<!channel> & co",
            leads=("U0ANA",),
            annotators=("S1",),
            guidelines={"negative": "<@U1>"},
            schedule="17 3 * * 2",
            report_schedule="0 9 * * 1",
            target="precision>=0.995",
            deadline_minutes=100,
            gold_per_round=2,
        )
    )
    answer = json.loads(send(desk, command("config show")).body)
    assert not check_message({"text": answer["text"], "blocks": answer["blocks"]})
    shown = "\n".join(block["text"]["text"] for block in answer["blocks"] if block["type"] == "section")
    for words in (
        "*&lt;!channel&gt; &amp; co*: its settings",
        "Channel: #brand",
        "Guidelines: negative: &lt;@U1&gt;",
        "Who leads: <@U0ANA>",
        "Who labels: <!subteam^S1>",
        "Who only looks: nobody",
        "Known answers mixed in: 2",
        "When rounds begin: 17 3 * * 2 (minute, hour, day, month, weekday)",
        "When a round closes: after 1.67 h, or when all is answered",
        "What the model is tuned for: precision of at least 99.5%",
        "When reports come beside those of rounds: Mondays at 9:00",
    ):
        assert words in shown
    assert "gold" not in ask(desk, "config show", user="U0BEN"), "known answers are not announced"
    assert "Only leads" in ask(desk, "config show", user="U0BEN")
    store.projects.update("brand", {"language": "de"})
    assert "Wie Einträge ausgewählt werden: Standard" in json.dumps(
        json.loads(send(desk, command("config show brand")).body), ensure_ascii=False
    )


def test_settings_behind_long_ones_are_told_too() -> None:
    labels = tuple(f"{number} {'long ' * 13}".strip() for number in range(100))
    guidelines = {label: "explained " * 200 for label in labels}
    message = blocks.settings_message(a_project(labels=labels, positive=labels[0], guidelines=guidelines))
    shown = "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")
    assert not check_message({"text": message.text, "blocks": message.blocks})
    assert "Label that you look for: 0 long" in shown and "Language: English" in shown


def test_every_setting_is_told() -> None:
    told = {name for names in in_words.GROUPS.values() for name in names}
    assert told == set(in_words.TITLES) and set(changing.CHANGEABLE) <= told


# --- changing


def test_settings_are_changed_and_named(desk: Bench, store: Store) -> None:
    made = a_project(annotators=("S1", "U0BEN"), deadline_minutes=100, strategy="hybrid:0.6,0.3,0.1", target="cost:5")
    store.projects.add(made.model_copy(update={"reactions": {"+1": "other"}, "seed_patterns": ("b", "a")}))
    before = store.projects.get("brand")
    assert "Nothing was changed" in json.dumps(submitted(desk, configured(desk)))
    assert store.projects.get("brand") == before
    answer = submitted(
        desk, configured(desk, name="Brands", batch_size="20", gold_per_round="2", annotators=["U0CHI"], target="f1")
    )
    assert "Brands" in json.dumps(answer) and "items in a round" in json.dumps(answer)
    after = store.projects.get("brand")
    assert (after.name, after.batch_size, after.target, after.gold_per_round) == ("Brands", 20, "f1", 2)
    assert after.annotators == ("U0CHI", "S1"), "a group, which no menu shows, stays"
    assert (after.strategy, after.deadline_minutes) == ("hybrid:0.6,0.3,0.1", 100)


def test_reports_and_language_are_changed_too(desk: Bench, store: Store) -> None:
    store.projects.add(a_project(report_schedule="15 7 * * *", lead_notes=False))
    view = configured(desk)
    shown = view["state"]["values"]
    assert shown["report_schedule"]["value"]["selected_option"]["value"] == "other"
    assert shown["report_cron"]["value"]["value"] == "15 7 * * *", "one that no menu has"
    assert "Nothing was changed" in json.dumps(submitted(desk, view))
    assert store.projects.get("brand").report_since is None
    done = submitted(
        desk, configured(desk, report_schedule="0 9 1 * *", report_to="leads", language="de", tells=["lead_notes"])
    )
    assert "language, when reports come beside those of rounds, where those reports go, notes to leads" in json.dumps(
        done
    )
    after = store.projects.get("brand")
    assert (after.report_schedule, after.report_to, after.language) == ("0 9 1 * *", "leads", "de")
    assert after.lead_notes and not after.reminders and after.report_since is not None, "no report for what was before"
    assert "ist geändert: wann Berichte" in json.dumps(
        submitted(desk, configured(desk, report_schedule="none")), ensure_ascii=False
    )
    assert store.projects.get("brand").report_schedule is None


def test_two_people_at_the_form_lose_nothing(desk: Bench, store: Store) -> None:
    store.projects.add(a_project())
    hers, his = configured(desk, batch_size="20"), configured(desk, batch_size="30", timezone="Europe/Berlin")
    submitted(desk, hers)
    answer = submitted(desk, his)
    assert "Somebody else changed this meanwhile, to: 20" in answer["errors"]["batch_size"]
    other = configured(desk, overlap="2")
    submitted(desk, configured(desk, timezone="Asia/Tokyo"))
    assert submitted(desk, other)["response_action"] == "update"
    after = store.projects.get("brand")
    assert (after.batch_size, after.overlap, after.timezone) == (20, 2, "Asia/Tokyo")


def test_a_change_between_reading_and_writing_is_not_lost(
    desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.projects.add(a_project(batch_size=20, audit_per_round=5))
    update: Callable[..., Project] = store.projects.update
    late = [{"audit_per_round": 15}]

    def interrupted(project_id: str, changes: dict[str, Any], **more: Any) -> Project:
        if late:
            update(project_id, late.pop())
        return update(project_id, changes, **more)

    monkeypatch.setattr(store.projects, "update", interrupted)
    answer = submitted(desk, configured(desk, batch_size="10", audit_per_round="5"))
    assert "audit" in answer["errors"]["audit_per_round"], "10 items have no room for the 15 that came in between"
    assert (store.projects.get("brand").batch_size, store.projects.get("brand").audit_per_round) == (20, 15)


def test_labels_are_added_and_only_unused_ones_go(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, ["a text"], labels=("negative", "other", "odd"))
    hooks.post(RESPONSE_URL, body="ok")
    send(desk, form(click("label_1", {"q": query, "l": "other"})))
    answer = submitted(desk, configured(desk, labels="negative\nodd"))
    assert "'other' has been used already" in answer["errors"]["labels"]
    answer = submitted(desk, configured(desk, labels="fresh: new\nother\nnegative"))
    assert answer["response_action"] == "update"
    project = store.projects.get("brand")
    assert project.labels == ("negative", "other", "fresh"), "those that were there keep their places"
    assert project.guidelines == {"fresh": "new"}
    answer = submitted(desk, configured(desk, labels="other\nfresh"))
    assert "'negative' is not one of the labels" in answer["errors"]["positive"], "it is what is looked for"
    assert submitted(desk, configured(desk, labels="other\nfresh", positive="fresh"))["response_action"] == "update"


def test_another_language_is_spoken_in_the_open_round_at_once(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a text"])
    keys = ["round:brand:1", f"query:{query}"]
    assert [record.revision for record in store.outbox.get_many(keys)] == [0, 0]
    submitted(desk, configured(desk, language="de"))
    assert [record.revision for record in store.outbox.get_many(keys)] == [1, 1], "they are brought up to date"
    shown = Renderer(store).render(f"query:{query}")
    assert shown is not None and "Überspringen" in json.dumps(shown.payload(), ensure_ascii=False)


def test_another_overlap_waits_for_the_next_round(desk: Bench, store: Store) -> None:
    open_round(store, ["a text", "another"], batch_size=2, audit_per_round=0)
    answer = submitted(desk, configured(desk, overlap="2"))
    assert "holds from the next round" in json.dumps(answer)
    assert (store.projects.get("brand").overlap, store.projects.get("brand").next_overlap) == (1, 2)
    assert "Nothing was changed" in json.dumps(submitted(desk, configured(desk))), "it is what the form shows now"
    store.locks.release(store.locks.acquire("project:brand", "test", 60))  # type: ignore[arg-type]
    store.items.add_many(
        "brand", [NewItem(Item(id=f"n{n}", text=f"new {n}", text_hash=f"n{n}"), None, n) for n in range(9)], T0
    )
    store.rounds.ask_to_close("brand", 1, "U0ANA", desk.clock.now())
    RoundKeeper(store, desk.clock, "keeper").advance_all()
    after = store.projects.get("brand")
    assert (store.rounds.current("brand").number, after.overlap, after.next_overlap) == (2, 2, None)  # type: ignore[union-attr]
    submitted(desk, configured(desk, overlap="3"))
    submitted(desk, configured(desk, overlap="2"))
    assert store.projects.get("brand").next_overlap is None, "back to what it is"


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"project": "brand"}', '{"project": "brand", "seen": []}'])
def test_a_form_of_another_version_is_told_to_be_opened_again(desk: Bench, store: Store, kept: str) -> None:
    store.projects.add(a_project())
    view = configured(desk, batch_size="7") | {"private_metadata": kept}
    assert "open it again" in json.dumps(submitted(desk, view))
    assert store.projects.get("brand").batch_size == 50


def test_what_a_forged_form_claims_to_have_seen_changes_nothing_unseen(desk: Bench, store: Store) -> None:
    store.projects.add(a_project())
    view = configured(desk, batch_size="7") | {"private_metadata": json.dumps({"project": "brand", "seen": {}})}
    assert submitted(desk, view)["response_action"] == "errors"
    assert store.projects.get("brand").batch_size == 50
    assert "There is no project gone" in json.dumps(
        submitted(desk, view | {"private_metadata": json.dumps({"project": "gone", "seen": {}})})
    )


@pytest.mark.parametrize(
    ("text", "labels", "guidelines"),
    [
        ("a\nb", ("a", "b"), {}),
        (" a : x \n\nb:", ("a", "b"), {"a": "x"}),
        ("a: one\n  two\n  - three\nb", ("a", "b"), {"a": "one\ntwo\n- three"}),
        ("a\n  only set in\nb", ("a", "b"), {"a": "only set in"}),
        ("k: n: x\nk", ("k: n", "k"), {"k: n": "x"}),
        ("時間: 営業時間 9:00\nother", ("時間", "other"), {"時間": "営業時間 9:00"}),
    ],
)
def test_labels_and_guidelines_as_people_write_them(
    text: str, labels: tuple[str, ...], guidelines: dict[str, str]
) -> None:
    assert read_labels(text, known=("k: n",)) == (labels, guidelines)


def test_labels_come_back_as_they_are_shown() -> None:
    project = a_project(labels=("a: b", "c"), positive="c", guidelines={"a: b": "one\ntwo: three", "c": "x"})
    assert read_labels(blocks.labels_text(project), project.labels) == (project.labels, project.guidelines)
