"""A German project from the question to the record, beside an English one in the same process: by signed payloads."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import responses
from queue_world import Person, inner, send
from slack_world import RESPONSE_URL, T0, Bench, a_report, click, open_round, until
from spoken import words_of

from bot.domain import CloseReason
from bot.services.ports import Store
from bot.slack.blocks.message import Message
from bot.slack.errors import RateLimitedError, RefusedError
from bot.slack.limits import check_message
from bot.slack.render import Renderer
from bot.slack.screens import Screens
from bot.words import say, speaking, use_by_default

TEXTS = ["Nie wieder", "Gern wieder " * 60, "Na ja", "Geht so"]
GERMAN: dict[str, Any] = {
    **{"id": "marke", "name": "Markenschutz", "channel_id": "C2", "language": "de", "overlap": 2, "suggestions": True},
    **{"guidelines": {"negative": "Beschwerden, auch ironische."}},
}
Json = dict[str, Any]


def english(payload: Any) -> list[str]:
    return words_of("en", payload, but="de")


def german(payload: Any) -> list[str]:
    return words_of("de", payload, but="en")


@pytest.fixture
def asked(store: Store) -> list[str]:
    """Queries of a German project; there is an English one, too."""
    open_round(store, TEXTS)
    return open_round(store, TEXTS, **GERMAN)


@pytest.fixture
def german_deployment() -> Iterator[None]:
    use_by_default("de")
    yield
    use_by_default("en")


def press(desk: Bench, action_id: str, value: Json, **more: Any) -> None:
    payload = click(action_id, value, **more) | {"channel": {"id": "C2", "name": "marke"}}
    assert send(desk, payload).status == 200


def shown(hooks: responses.RequestsMock) -> list[Json]:
    return [json.loads(call.request.body) for call in hooks.calls]


def close(store: Store, project: str) -> None:
    lease = store.locks.acquire(f"project:{project}", "test", 60)
    assert lease is not None
    store.rounds.begin_closing(project, 1, CloseReason.LEAD, T0, lease.token)
    store.rounds.finish(a_report(1, project_id=project), [], [], T0, lease.token)


def message(store: Store, key: str) -> Json:
    made = Renderer(store).render(key)
    assert isinstance(made, Message)
    payload = made.payload()
    assert check_message(payload) == []
    return payload


def test_items_in_the_channel(desk: Bench, store: Store, asked: list[str], hooks: responses.RequestsMock) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    question = message(store, f"query:{asked[1]}")
    assert english(question) == [] and "Markenschutz, Runde 1, Eintrag 2" in question["text"]
    value = {"q": asked[0]}
    steps: list[tuple[str, Json, str]] = [
        ("label_0", {**value, "l": "negative"}, "beantwortet von <@U0ANA> (1 von 2 gewünschten)"),
        ("skip", value, "übersprungen von <@U0ANA>"),
        ("unsure", value, "unsicher: <@U0ANA>"),
        ("undo", value, "Zur Wahl: negative, other, Unsicher oder Überspringen."),
        ("undo", value, "Es gab keine Antwort von dir, die man zurücknehmen könnte."),
        ("label_9", {**value, "l": "weg"}, "„weg“ ist kein Label von Markenschutz mehr"),
        ("label_9", {"q": "marke:1:99", "l": "other"}, "Nach diesem Eintrag wird nicht mehr gefragt"),
        ("gone", {"q": asked[0]}, "Dieser Knopf ist aus einer früheren Fassung"),
    ]
    for action_id, value, said in steps:
        press(desk, action_id, value)
        until(lambda said=said: any(said in body["text"] for body in shown(hooks)))
    assert "Deine Antwort: negative." in " ".join(body["text"] for body in shown(hooks)), "to the person alone"
    press(desk, "undo", {"q": asked[0]}, ephemeral=True)
    until(lambda: any("Es gab keine Antwort" in body["text"] for body in shown(hooks)))
    assert [body for body in shown(hooks) if english(body) or check_message(body)] == []


def test_what_is_read_about_an_item(desk: Bench, asked: list[str], hooks: responses.RequestsMock) -> None:
    for number, (do, title) in enumerate([("why", "Warum werde ich gefragt?"), ("guidelines", "Leitfaden")], start=1):
        press(desk, "more", {"q": asked[0], "do": do}, selected=True)
        until(lambda number=number: len(desk.gateway.views) == number)
        view = desk.gateway.views[-1]["view"]
        assert view["title"]["text"] == title and english(view) == []
    hooks.post(RESPONSE_URL, body="ok")
    desk.gateway.before = [RefusedError("expired_trigger_id")]
    press(desk, "read_all", {"q": asked[1]})
    assert "hat für Slack zu lange gedauert" in until(lambda: shown(hooks))[0]["text"]


def test_a_closed_item(desk: Bench, store: Store, asked: list[str], hooks: responses.RequestsMock) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    press(desk, "label_0", {"q": asked[0], "l": "negative"})
    close(store, "marke")
    record = message(store, f"query:{asked[0]}")
    assert english(record) == [] and "abgeschlossen: kein Label." in record["text"]
    press(desk, "label_0", {"q": asked[0], "l": "other"})
    until(lambda: any("Diese Runde ist abgeschlossen" in body["text"] for body in shown(hooks)))
    press(desk, "more", {"q": asked[0], "do": "why"}, selected=True)
    why = until(lambda: desk.gateway.views)[-1]["view"]
    assert english(why) == [] and "Dieser Eintrag wurde zum Lernen ausgewählt." in json.dumps(why, ensure_ascii=False)


def test_the_queue_to_its_end(desk: Bench, store: Store, asked: list[str]) -> None:
    ana = Person(desk, project="marke")
    ana.start()
    ana.submit()
    for words in ("negative", "Zurück", "other", "Alles lesen", "Warum?", "Leitfaden", "Überspringen", "Unsicher"):
        before = ana.shown
        ana.press(words)
        if words in ("Alles lesen", "Warum?", "Leitfaden"):
            ana.shown = before  # what lay on top of it
    ana.press("negative")
    assert english([sent["view"] for sent in desk.gateway.views]) == []
    assert "Das war alles für dich in dieser Runde." in json.dumps(ana.shown, ensure_ascii=False)
    ben = Person(desk, user="U0BEN", project="marke")
    ben.start()
    ben.press("negative")
    close(store, "marke")
    ben.press("other")
    assert "darum zählt deine letzte Antwort nicht" in json.dumps(ben.shown, ensure_ascii=False)
    assert english(ben.submit()) == []


def test_an_english_project_in_the_same_process_is_english(desk: Bench, asked: list[str]) -> None:
    people = [Person(desk, user="U0ANA", project="marke"), Person(desk, user="U0BEN", project="brand")]
    for person in people:
        person.start()
    for _ in TEXTS:
        for person in people:
            person.press("negative")
    for person, wrong, words in zip(people, (english, german), ("Das war alles", "That was all"), strict=True):
        own = [sent["view"] for sent in desk.gateway.views if sent.get("view_id") == f"V{person.user}"]
        assert len(own) == len(TEXTS) and wrong(own) == []
        assert words in json.dumps(own[-1], ensure_ascii=False)


def home_of(desk: Bench, user: str) -> Json:
    return until(lambda: desk.gateway.homes.get(user))


def test_among_projects_of_two_languages_home_speaks_the_deployments_whatever_button_was_pressed(
    desk: Bench, asked: list[str]
) -> None:
    ana = Person(desk, project="marke")
    ana.start()
    ana.close()
    home = json.dumps(home_of(desk, "U0ANA"), ensure_ascii=False)
    assert '"Label next"' in home and "Weiter labeln" not in home


def test_where_all_projects_speak_one_language_home_and_what_is_about_none_speak_it_too(
    desk: Bench, asked: list[str], hooks: responses.RequestsMock
) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    desk.store.projects.update("brand", {"language": "de"})
    ben = Person(desk, user="U0BEN", project="brand")
    ben.start()
    ben.close()
    assert '"Weiter labeln"' in json.dumps(home_of(desk, "U0BEN"), ensure_ascii=False)
    assert send(desk, click("gone", None) | {"channel": {"id": "C9", "name": "elsewhere"}}).status == 200
    assert "Dieser Knopf ist aus einer früheren Fassung" in until(lambda: shown(hooks))[0]["text"]


def test_a_german_deployments_home_and_an_english_project(
    desk: Bench, asked: list[str], german_deployment: None
) -> None:
    ben = Person(desk, user="U0BEN", project="brand")
    assert german(ben.start()) == []
    ben.close()
    assert '"Weiter labeln"' in json.dumps(home_of(desk, "U0BEN"), ensure_ascii=False)


def test_what_is_about_no_project_speaks_the_deployments_language(
    desk: Bench, asked: list[str], hooks: responses.RequestsMock, german_deployment: None
) -> None:
    hooks.post(RESPONSE_URL, body="ok")
    payload = click("gone", None) | {"channel": {"id": "C9", "name": "elsewhere"}}
    assert send(desk, payload).status == 200
    assert "Dieser Knopf ist aus einer früheren Fassung" in until(lambda: shown(hooks))[0]["text"]
    payload = click("gone", None)  # in the English project's channel
    assert send(desk, payload).status == 200
    assert "This button is from an earlier version" in until(lambda: shown(hooks)[1:])[0]["text"]


def test_work_in_the_background_keeps_the_language(desk: Bench, asked: list[str]) -> None:
    said: list[str] = []
    with speaking("de"):
        inner(desk).background.submit(lambda: said.append(say("queue-next"))).result(5)
    inner(desk).background.submit(lambda: said.append(say("queue-next"))).result(5)
    assert said == ["Weiter", "Next"]


def test_a_modal_that_waits_its_turn_comes_in_its_language(desk: Bench) -> None:
    later: list[Callable[[], None]] = []
    screens = Screens(desk.gateway, desk.clock, lambda _, call: later.append(call))
    desk.gateway.before = [RateLimitedError(1.0)]
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
    with speaking("de"):
        screens.update("V1", "h1", lambda _: view | {"close": {"type": "plain_text", "text": say("button-close")}})
    thread = threading.Thread(target=later[0])  # as a timer's: it begins with no language
    thread.start()
    thread.join(5)
    assert desk.gateway.views[-1]["view"]["close"]["text"] == "Schließen"
