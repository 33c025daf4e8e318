"""A signed payload in; what was stored, acknowledged and sent out. Real store, real Bolt."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import responses
from slack_bolt import BoltRequest, BoltResponse
from slack_world import HOSTILE, RESPONSE_URL, Bench, a_project, bench, click, command, form, open_round, signed, until

from bot.domain import ProjectState, StoreUnavailableError, VoteKind
from bot.services.ports import Store
from bot.slack.errors import UncertainError


def send(desk: Bench, body: str) -> BoltResponse:
    text, headers = signed(body)
    return desk.app.dispatch(BoltRequest(body=text, headers=dict(headers)))


def press(desk: Bench, action_id: str, value: Any, **more: Any) -> BoltResponse:
    return send(desk, form(click(action_id, value, **more)))


def ask(desk: Bench, text: str, **more: Any) -> str:
    """The text of a command's answer."""
    answer = send(desk, command(text, **more))
    assert answer.status == 200
    body = json.loads(answer.body)
    assert body["response_type"] == "ephemeral"
    return str(body["text"])


def shown(hooks: responses.RequestsMock) -> list[dict[str, Any]]:
    return [json.loads(call.request.body) for call in hooks.calls]


def kinds(store: Store) -> list[tuple[VoteKind, str | None]]:
    return [(vote.kind, vote.label) for vote in store.votes.log("brand")]


def test_a_click_is_stored_before_it_is_acknowledged_and_shown_through_its_response_url(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["a text"])
    hooks.post(RESPONSE_URL, body="ok")
    assert press(desk, "label_0", {"q": query, "l": "negative"}).status == 200
    (vote,) = store.votes.log("brand")
    assert (vote.label, vote.user_id, vote.message_ts, vote.via) == ("negative", "U0ANA", "1.000", "button")
    until(lambda: hooks.calls)
    body = shown(hooks)[0]
    assert body["replace_original"] is True
    assert "<@U0ANA>: negative" in body["text"]
    assert body["metadata"]["event_payload"] == {"key": f"query:{query}"}


def test_a_shown_message_needs_no_update_any_more(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, ["a text"])
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    store.outbox.posted(f"query:{query}", "1.000", lease.token)
    hooks.post(RESPONSE_URL, body="ok")
    press(desk, "label_0", {"q": query, "l": "negative"})

    def due() -> list[str]:
        far = desk.clock.now().replace(year=desk.clock.now().year + 1)
        return [record.key for record in store.outbox.due_updates(far, 10)]

    until(lambda: hooks.calls)
    until(lambda: due() == [])


def test_a_response_url_that_is_used_up_leaves_the_update_to_the_outbox(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["a text"])
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    store.outbox.posted(f"query:{query}", "1.000", lease.token)
    hooks.post(RESPONSE_URL, status=404)
    press(desk, "label_0", {"q": query, "l": "negative"})
    until(lambda: hooks.calls)
    desk.responder.stop()
    far = desk.clock.now().replace(year=desk.clock.now().year + 1)
    assert [record.key for record in store.outbox.due_updates(far, 10)] == [f"query:{query}"]


def test_changing_skipping_and_undoing(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, ["a text"])
    hooks.post(RESPONSE_URL, body="ok")
    press(desk, "label_0", {"q": query, "l": "negative"})
    press(desk, "label_1", {"q": query, "l": "other"})
    assert store.votes.labels("brand")["i0"].value == "other"
    press(desk, "more", {"q": query, "do": "undo"}, selected=True)
    assert store.votes.labels("brand") == {}
    press(desk, "skip", {"q": query})
    assert kinds(store) == [
        (VoteKind.VOTE, "negative"),
        (VoteKind.VOTE, "other"),
        (VoteKind.UNDO, None),
        (VoteKind.SKIP, None),
    ]


def test_the_same_click_delivered_twice_counts_once(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, ["a text"])
    hooks.post(RESPONSE_URL, body="ok")
    payload = form(click("label_0", {"q": query, "l": "negative"}))
    change = form(click("label_1", {"q": query, "l": "other"}))
    for body in (payload, payload, change, payload, payload + "&x=1"):
        assert send(desk, body).status == 200, "also the copy: the first answer may have got lost"
    assert kinds(store) == [(VoteKind.VOTE, "negative"), (VoteKind.VOTE, "other")], "a replay undoes no change of mind"


def test_replays_are_refused_in_this_process_and_in_another(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    store.projects.add(a_project())
    text, headers = signed(command("pause"))

    def deliver(to: Bench) -> int:
        return to.app.dispatch(BoltRequest(body=text, headers=dict(headers))).status

    assert deliver(desk) == 200
    assert deliver(desk) == 401
    other = bench(store)
    assert deliver(other) == 401
    other.close()


def test_a_wrong_signature_is_refused(desk: Bench, store: Store) -> None:
    (query,) = open_round(store, ["a text"])
    text, headers = signed(form(click("label_0", {"q": query, "l": "negative"})))
    headers["x-slack-signature"] = "v0=" + "0" * 64
    assert desk.app.dispatch(BoltRequest(body=text, headers=dict(headers))).status == 401
    assert list(store.votes.log("brand")) == []


def test_a_vote_that_is_not_saved_is_not_acknowledged_and_the_person_is_told(
    desk: Bench, store: Store, hooks: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (query,) = open_round(store, ["a text"])
    hooks.post(RESPONSE_URL, body="ok")

    def unavailable(*_: object, **__: object) -> None:
        raise StoreUnavailableError("Redis can't be reached")

    monkeypatch.setattr(store.votes, "cast", unavailable)
    assert press(desk, "label_0", {"q": query, "l": "negative"}).status == 503
    until(lambda: hooks.calls)
    (body,) = shown(hooks)
    assert (body["text"], body["response_type"], body["replace_original"]) == (
        "Not saved, please try again.",
        "ephemeral",
        False,
    )
    assert "Redis" not in json.dumps(body)


def test_with_more_votes_wanted_the_choice_is_shown_to_the_voter_alone(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["a text"], overlap=2)
    hooks.post(RESPONSE_URL, body="ok")
    press(desk, "label_0", {"q": query, "l": "negative"})
    until(lambda: len(hooks.calls) == 2)
    shared, own = shown(hooks)
    assert shared["replace_original"] and "negative" not in shared["text"].split("So far")[1]
    assert own["response_type"] == "ephemeral" and own["thread_ts"] == "0.500"
    assert own["text"].startswith("You answered negative")
    undo = own["blocks"][1]["elements"][0]
    assert press(desk, undo["action_id"], undo["value"], ephemeral=True).status == 200
    until(lambda: len(hooks.calls) == 3)
    assert shown(hooks)[2]["replace_original"] and "taken back" in shown(hooks)[2]["text"]
    assert store.rounds.query_view(query).votes == {}


def test_clicks_on_a_closed_round_and_on_nothing_are_explained(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["a text"])
    lease = store.locks.acquire("project:brand", "test", 60)
    assert lease is not None
    from bot.domain import CloseReason

    store.rounds.begin_closing("brand", 1, CloseReason.LEAD, desk.clock.now(), lease.token)
    hooks.post(RESPONSE_URL, body="ok")
    assert press(desk, "label_0", {"q": query, "l": "negative"}).status == 200
    until(lambda: any("This round is closed" in body["text"] for body in shown(hooks)))
    assert press(desk, "label_0", {"q": "brand:7:7", "l": "negative"}).status == 200
    until(lambda: any("This item is no longer asked" in body["text"] for body in shown(hooks)))
    assert press(desk, "label_0", {"q": query, "l": "<!channel>"}).status == 200
    until(lambda: any("is no longer a label" in body["text"] for body in shown(hooks)))
    assert not any("<!channel>" in body["text"] for body in shown(hooks))
    assert list(store.votes.log("brand")) == []


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("label_0", "old-value"),
        ("label_0", None),
        ("label_0", "[1]"),
        ("label_0", '{"q": 1, "l": "x"}'),
        ("skip", "{}"),
        ("more", '{"q": "x", "do": "fly"}'),
        ("vote_v1", "positive"),
        ("home_do_fly", '{"project": "brand"}'),
    ],
)
def test_unknown_and_outdated_buttons_are_acknowledged_and_explained(
    desk: Bench, store: Store, hooks: responses.RequestsMock, action_id: str, value: str | None
) -> None:
    open_round(store, ["a text"])
    hooks.post(RESPONSE_URL, body="ok")
    assert press(desk, action_id, value).status == 200
    until(lambda: hooks.calls)
    assert "from an earlier version" in shown(hooks)[0]["text"]


def test_an_outdated_message_is_put_in_order(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, ["a text"])
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    store.outbox.posted(f"query:{query}", "1.000", lease.token)
    hooks.post(RESPONSE_URL, body="ok")
    press(desk, "vote_v1", "positive")
    assert [record.key for record in store.outbox.due_updates(desk.clock.now(), 10)] == [f"query:{query}"]


def test_full_text_opens_in_a_modal(desk: Bench, store: Store, hooks: responses.RequestsMock) -> None:
    (query,) = open_round(store, [HOSTILE + "x" * 10_000])
    hooks.post(RESPONSE_URL, body="ok")
    assert press(desk, "read_all", {"q": query}).status == 200
    assert press(desk, "more", {"q": query, "do": "text"}, selected=True).status == 200
    until(lambda: len(desk.gateway.views) == 2)
    view = desk.gateway.views[0]["view"]
    assert view["blocks"][0]["elements"][0]["elements"][0]["text"].startswith(HOSTILE)
    desk.gateway.before = [UncertainError("late")]
    press(desk, "read_all", {"q": query})
    until(lambda: hooks.calls)
    assert "took too long for Slack" in shown(hooks)[0]["text"]


def test_status_help_and_misspelt_commands(desk: Bench, store: Store) -> None:
    assert "This channel has no project" in ask(desk, "status")
    open_round(store, ["a text"])
    assert "Round 1 is open" in ask(desk, "status")
    assert "Round 1 is open" in ask(desk, "STATUS brand", channel="C9")
    assert "/roundtable close-round" in ask(desk, "help")
    assert "/roundtable status" in ask(desk, "")
    assert "Did you mean `/roundtable status`?" in ask(desk, "statsu")
    assert "&lt;!channel&gt;" in ask(desk, "<!channel>")
    assert "There is no project 'nope'" in ask(desk, "status nope")


def test_status_and_home_say_what_could_not_be_sent(desk: Bench, store: Store) -> None:
    open_round(store, ["a text"])
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    store.outbox.failed("round:brand:1", "not_in_channel: the app is not in the channel", lease.token)
    assert "Not sent: the app is not in the channel; invite it with /invite (1 message)" in ask(desk, "status")
    send_event(desk, event("app_home_opened", user="U0ANA", tab="home"))
    until(lambda: desk.gateway.homes)
    assert "Not sent: the app is not in the channel" in json.dumps(desk.gateway.homes["U0ANA"])


def test_several_projects_in_one_channel(desk: Bench, store: Store) -> None:
    open_round(store, ["a"])
    open_round(store, ["b"], id="tone", name="Tone")
    both = ask(desk, "status")
    assert "Brand safety" in both and "Tone" in both
    assert "say which: /roundtable pause PROJECT" in ask(desk, "pause")
    assert "Tone is paused" in ask(desk, "pause tone")
    assert store.projects.get("brand").state is ProjectState.ACTIVE


def test_pause_resume_and_close_round(desk: Bench, store: Store) -> None:
    open_round(store, ["a"])
    assert "paused" in ask(desk, "pause")
    assert store.projects.get("brand").state is ProjectState.PAUSED
    assert "goes on" in ask(desk, "resume")
    assert "Round 1 of Brand safety closes now" in ask(desk, "close-round")
    assert store.rounds.close_wish("brand", 1) == "U0ANA"
    assert "There is no report yet" in ask(desk, "report")
    assert "Round 7 has no report" in ask(desk, "report 7")


def test_only_leads_may_steer_and_the_refusal_says_who(store: Store, hooks: responses.RequestsMock) -> None:
    open_round(store, ["a"])
    led = bench(store, leads=("U0LEAD",))
    for text in ("pause", "resume", "close-round"):
        assert "Ask <@U0LEAD>" in ask(led, text)
    assert store.projects.get("brand").state is ProjectState.ACTIVE
    assert store.rounds.close_wish("brand", 1) is None
    assert "paused" in ask(led, "pause", user="U0LEAD")
    assert "Round 1 is open" in ask(led, "status"), "everybody may look"
    led.close()


def test_a_command_while_the_store_is_away_is_answered_in_words(
    desk: Bench, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: object) -> None:
        raise StoreUnavailableError("Redis can't be reached at secret-host")

    monkeypatch.setattr(store.projects, "by_channel", unavailable)
    assert ask(desk, "status") == "Roundtable can't reach its store just now. Nothing was changed; please try again."
    monkeypatch.setattr(store.guard, "first_time", unavailable)
    assert "can't reach its store" in ask(desk, "status")


def event(kind: str, event_id: str = "Ev1", **more: Any) -> str:
    body = {"type": "event_callback", "event_id": event_id, "team_id": "T1", "event": {"type": kind, **more}}
    return json.dumps(body)


def send_event(desk: Bench, body: str) -> int:
    text, headers = signed(body, content_type="application/json")
    return desk.app.dispatch(BoltRequest(body=text, headers=dict(headers))).status


def test_home_is_published_once_per_event(desk: Bench, store: Store) -> None:
    open_round(store, ["a"])
    assert send_event(desk, event("app_home_opened", user="U0ANA", tab="home")) == 200
    until(lambda: desk.gateway.homes)
    assert "Brand safety" in json.dumps(desk.gateway.homes["U0ANA"])
    desk.gateway.homes.clear()
    assert send_event(desk, event("app_home_opened", user="U0ANA", tab="home") + " ") == 200, "a retry, signed anew"
    assert send_event(desk, event("app_home_opened", "Ev2", user="U0ANA", tab="messages")) == 200
    desk.executor.submit(lambda: None).result()
    assert desk.gateway.homes == {}


def test_home_buttons_do_what_commands_do_and_only_for_leads(store: Store, hooks: responses.RequestsMock) -> None:
    open_round(store, ["a"])
    led = bench(store, leads=("U0LEAD",))
    press(led, "home_do_pause", {"project": "brand"}, user="U0ANA")
    assert store.projects.get("brand").state is ProjectState.ACTIVE
    press(led, "home_do_pause", {"project": "brand"}, user="U0LEAD")
    assert store.projects.get("brand").state is ProjectState.PAUSED
    press(led, "home_do_close", {"project": "brand"}, user="U0LEAD")
    assert store.rounds.close_wish("brand", 1) == "U0LEAD"
    assert press(led, "home_do_close", {"project": "gone"}, user="U0LEAD").status == 200
    led.close()


def test_everything_else_is_answered_too(desk: Bench) -> None:
    assert send_event(desk, event("team_join")) == 200
    assert send_event(desk, json.dumps({"type": "url_verification", "challenge": "c"})) == 200
    for payload, status in (
        ({"type": "view_submission", "view": {"callback_id": "old", "type": "modal"}}, 200),
        ({"type": "view_closed", "view": {"callback_id": "old", "type": "modal"}}, 200),
        ({"type": "shortcut", "callback_id": "old"}, 200),
        ({"type": "something_new"}, 404),
    ):
        assert send(desk, form({**payload, "user": {"id": "U1"}, "team": {"id": "T1"}})).status == status, payload


def test_a_fault_in_a_listener_is_an_error_without_a_trace_or_a_secret(
    desk: Bench, store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(store.rounds, "query", broken)
    with caplog.at_level(logging.DEBUG):
        answer = press(desk, "label_0", {"q": "brand:1:0", "l": "negative"})
        send(desk, form({"type": "something_new", "response_url": RESPONSE_URL, "user": {"id": "U1"}}))
    assert answer.status == 500
    assert "RuntimeError" not in str(answer.body)
    assert RESPONSE_URL not in caplog.text
    assert "trigger." not in caplog.text


def test_client_id_in_the_environment_turns_no_oauth_on(
    store: Store, hooks: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    (query,) = open_round(store, ["a"])
    hooks.post(RESPONSE_URL, body="ok")
    made = bench(store)
    assert press(made, "label_0", {"q": query, "l": "negative"}).status == 200
    made.close()
    assert len(list(store.votes.log("brand"))) == 1


def test_fifty_clicks_on_one_message_end_with_its_latest_state(
    desk: Bench, store: Store, hooks: responses.RequestsMock
) -> None:
    (query,) = open_round(store, ["a text"])
    hooks.post(RESPONSE_URL, body="ok")
    for number in range(50):
        label = ("negative", "other")[number % 2]
        press(desk, f"label_{number % 2}", {"q": query, "l": label})
    desk.responder.stop(10)
    assert "<@U0ANA>: other" in shown(hooks)[-1]["text"]
    assert len(hooks.calls) <= 50
