"""Reaching Slack at the start: patience with networks, none with wrong tokens."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from slack_world import until

from bot.domain import RoundtableError
from bot.slack.connecting import LONGEST_PAUSE, Connecting
from bot.slack.errors import RateLimitedError, UncertainError


def attempts(*outcomes: Exception | None) -> Callable[[], None]:
    """Raises these one after the other; None: done."""
    left = list(outcomes)

    def attempt() -> None:
        outcome = left.pop(0)
        if outcome is not None:
            raise outcome

    return attempt


def no_call() -> None:
    raise AssertionError("nothing was refused")


def test_at_once_where_slack_answers() -> None:
    connecting = Connecting(attempts(None))
    connecting.start(no_call)
    connecting.stop()
    assert connecting.trouble == ""


def test_pauses_grow_to_a_limit_and_are_as_long_as_slack_wants() -> None:
    away = UncertainError("URLError")
    pauses: list[float] = []
    connecting = Connecting(attempts(*[away] * 7, RateLimitedError(40), away, None), pause=pauses.append)
    connecting.start(no_call)
    until(lambda: len(pauses) == 9 and not connecting.trouble)
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, 40, LONGEST_PAUSE]
    connecting.stop()


def test_the_reason_is_there_while_it_waits_and_the_end_interrupts_it() -> None:
    connecting = Connecting(attempts(UncertainError("URLError")))
    connecting.start(no_call)
    assert "Slack can't be reached (URLError)" in connecting.trouble
    connecting.stop()


def test_a_refusal_is_final_at_the_start_and_later() -> None:
    wrong = RoundtableError("Slack refuses SLACK_APP_TOKEN (invalid_auth)")
    with pytest.raises(RoundtableError, match="invalid_auth"):
        Connecting(attempts(wrong)).start(no_call)
    told = threading.Event()
    later = Connecting(attempts(UncertainError("URLError"), wrong), pause=lambda _: None)
    later.start(told.set)
    assert told.wait(10)
    assert later.refusal is wrong
    later.stop()
