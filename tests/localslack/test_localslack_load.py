"""The load driver, against a Bolt app behind plain HTTP."""

from __future__ import annotations

import math
from typing import Any

import pytest
from localslack_world import SECRET, client_of, http_door, item_blocks, new_app

from bot.localslack.load import Click, percentile, run_closed, run_open
from bot.localslack.server import WorkspaceServer


@pytest.fixture
def message(slack: WorkspaceServer) -> dict[str, Any]:
    return dict(client_of(slack).chat_postMessage(channel="C0BRAND", text="a", blocks=item_blocks())["message"])


def test_open_loop_clicks_are_signed_counted_and_unique(slack: WorkspaceServer, message: dict[str, Any]) -> None:
    with http_door() as (url, place):
        app = place["app"] = new_app(slack)
        seen: list[tuple[str, str, str]] = []

        @app.action("label_0")
        def clicked(ack: Any, body: dict[str, Any], respond: Any) -> None:
            action = body["actions"][0]
            seen.append((body["user"]["id"], body["container"]["message_ts"], action["action_ts"]))
            ack()
            respond(text="done", replace_original=True)

        click = Click("C0BRAND", message, "answer", "label_0")
        result = run_open(
            lambda n: click, url, signing_secret=SECRET, people=5, per_second=50, seconds=1, ack_seconds=60
        )
    assert (result.sent, result.acknowledged, result.errors) == (50, 50, {})
    assert sorted((c.user, c.message_ts, c.action_ts) for c in result.clicks) == sorted(seen)
    assert len(set(seen)) == 50 and {user for user, _, _ in seen} == {f"U0LOAD{n:04d}" for n in range(5)}
    assert 0 < result.p50_ms <= result.p95_ms <= result.p99_ms <= result.max_ms
    assert (result.response_url_uses, result.response_url_refused) == (50, 0)


def test_errors_are_counted_by_kind(slack: WorkspaceServer, message: dict[str, Any]) -> None:
    click = Click("C0BRAND", message, "answer", "label_0")
    with http_door() as (url, place):
        place["app"] = new_app(slack)
        wrong = run_open([click] * 5, url, signing_secret="another secret", per_second=100, seconds=1)
        assert (wrong.sent, wrong.acknowledged, wrong.errors) == (5, 0, {"http 401": 5})
        assert math.isnan(wrong.p99_ms)
    nobody = run_open([click] * 3, url, signing_secret=SECRET, per_second=100, seconds=1)
    assert nobody.errors == {"connection": 3}
    with pytest.raises(ValueError, match="no clicks"):
        run_open([], url, signing_secret=SECRET)


def test_closed_loop_goes_as_fast_as_it_can(slack: WorkspaceServer, message: dict[str, Any]) -> None:
    with http_door() as (url, place):
        app = place["app"] = new_app(slack)

        @app.action("more")
        def chosen(ack: Any) -> None:
            ack()

        click = Click("C0BRAND", message, "answer", "more", user="U0ANA", selected="undo")
        result = run_closed([click] * 60, url, signing_secret=SECRET, connections=3, seconds=60, ack_seconds=60)
    assert result.sent == result.acknowledged == 60 and result.connections == 3 and result.per_second > 0
    assert {c.user for c in result.clicks} == {"U0ANA"}


def test_percentiles_are_nearest_rank() -> None:
    values = [n / 1000 for n in range(1, 101)]
    assert [percentile(values, p) for p in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert percentile([0.003], 99) == 3 and math.isnan(percentile([], 50))
