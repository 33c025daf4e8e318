"""What could not be sent, as leads see it."""

from __future__ import annotations

import pytest
from slack_world import open_round

from bot.services import projects
from bot.services.clock import ManualClock
from bot.services.ports import Store
from bot.slack.errors import REASONS, RateLimitedError, RefusedError, SlackError, UncertainError, reason
from bot.slack.failures import failures
from bot.words import speaking


def test_each_reason_once_in_one_round_trip(store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    queries = open_round(store, [f"text {n}" for n in range(40)])
    lease = store.locks.acquire("outbox", "test", 60)
    assert lease is not None
    status = projects.status(store, clock, "brand")
    assert failures(store, status) == []
    reasons = [str(RefusedError("msg_too_long", "100,000")), "is_archived", "msg_too_long", "new_to_us: odd", ""]
    for query, why in zip(queries, reasons, strict=False):
        store.outbox.begin(f"query:{query}", lease.token)
        store.outbox.failed(f"query:{query}", why, lease.token)
    monkeypatch.setattr(store.outbox, "get", lambda key: pytest.fail(f"{key} was read on its own"))
    assert failures(store, status) == [
        "the message is longer than Slack takes (2 messages)",
        "the channel is archived (1 message)",
        "new_to_us: odd (1 message)",
        "unknown (1 message)",
    ]
    with speaking("de"):
        assert failures(store, status)[:2] == [
            "die Nachricht ist länger, als Slack erlaubt (2 Nachrichten)",
            "der Kanal ist archiviert (1 Nachricht)",
        ]


def test_without_a_round_nothing_failed(store: Store, clock: ManualClock) -> None:
    open_round(store, ["text"])
    status = projects.status(store, clock, "brand").model_copy(update={"round": None})
    assert failures(store, status) == []


@pytest.mark.parametrize(
    ("error", "log", "english", "german"),
    [
        (
            RefusedError("not_in_channel"),
            "not_in_channel: the app is not in the channel; invite it with /invite",
            "The app is not in the channel; invite it with /invite.",
            "Die App ist nicht im Kanal; lade sie mit /invite ein.",
        ),
        (
            RefusedError("new_to_us", "needed: a"),
            "new_to_us: needed: a",
            "Slack refuses it (new_to_us).",
            "Slack lehnt es ab (new_to_us).",
        ),
        (
            RateLimitedError(7),
            "rate limited for 7 s",
            "Slack has too much to do just now; please try again in a minute.",
            "Slack hat gerade zu viel zu tun; versuch es bitte in einer Minute noch einmal.",
        ),
        (
            UncertainError("views.open: no answer"),
            "views.open: no answer",
            "Slack does not answer just now; please try again in a minute.",
            "Slack antwortet gerade nicht; versuch es bitte in einer Minute noch einmal.",
        ),
    ],
)
def test_people_read_a_sentence_in_their_language_and_logs_the_code(
    error: SlackError, log: str, english: str, german: str
) -> None:
    assert (str(error), error.told()) == (log, english)
    with speaking("de"):
        assert error.told() == german


def test_logs_stay_english_and_every_reason_has_its_words() -> None:
    with speaking("de"):
        assert str(RefusedError("is_archived")) == "is_archived: the channel is archived"
        german = [reason(code) for code in REASONS]
    assert all(german) and not set(german) & {reason(code) for code in REASONS}
