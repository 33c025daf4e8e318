"""The limits, each just kept and just broken."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack import limits


def text(length: int, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": kind, "text": "x" * length}


def section(length: int = 1) -> dict[str, Any]:
    return {"type": "section", "text": text(length)}


def buttons(count: int, **more: Any) -> dict[str, Any]:
    elements = [{"type": "button", "action_id": f"a{n}", "text": text(5, "plain_text"), **more} for n in range(count)]
    return {"type": "actions", "elements": elements}


def options(count: int, kind: str = "overflow") -> dict[str, Any]:
    choices = [{"text": text(3, "plain_text"), "value": str(n)} for n in range(count)]
    return {"type": "actions", "elements": [{"type": kind, "action_id": "a", "options": choices}]}


def chart(points: int = 3, series: int = 1, title: int = 10) -> dict[str, Any]:
    categories = [str(n) for n in range(points)]
    data = [{"label": label, "value": 1} for label in categories]
    return {
        "type": "data_visualization",
        "title": "x" * title,
        "chart": {
            "type": "line",
            "series": [{"name": f"s{n}", "data": data} for n in range(series)],
            "axis_config": {"categories": categories},
        },
    }


def table(rows: int = 2, columns: int = 2, characters: int = 1) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * characters}] * columns] * rows}


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ([section(3_000)], [section(3_001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        ([section()] * 50, [section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([section(1)], [section(0)], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        (
            [{"type": "section", "fields": [text(2_000)] * 10}],
            [{"type": "section", "fields": [text(2_001)] * 11}],
            "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
        ),
        (
            [{"type": "header", "text": text(150, "plain_text")}],
            [{"type": "header", "text": text(151, "plain_text")}],
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        ([buttons(25)], [buttons(26)], "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
        (
            [buttons(1, value="x" * 2_000)],
            [buttons(1, value="x" * 2_001)],
            "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
        ),
        (
            [buttons(1, action_id="x" * 255)],
            [buttons(1, action_id="x" * 256)],
            "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
        ),
        (
            [buttons(1, text=text(75, "plain_text"))],
            [buttons(1, text=text(76, "plain_text"))],
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
        ),
        (
            [{"type": "context", "elements": [text(1)] * 10}],
            [{"type": "context", "elements": [text(1)] * 11}],
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
        ),
        ([options(5)], [options(6)], "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"),
        (
            [options(10, "radio_buttons")],
            [options(11, "radio_buttons")],
            "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
        ),
        (
            [options(100, "static_select")],
            [options(101, "static_select")],
            "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
        ),
        (
            [chart(20)],
            [chart(21)],
            "no more than 20 items allowed [json-pointer:/blocks/0/chart/axis_config/categories]",
        ),
        ([chart(3, 12)], [chart(3, 13)], "no more than 12 items allowed [json-pointer:/blocks/0/chart/series]"),
        ([chart()] * 2, [chart()] * 3, "no more than 2 data_visualization blocks allowed [json-pointer:/blocks]"),
        ([table(100, 20)], [table(101)], "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
        ([table(2, 20)], [table(2, 21)], "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
        (
            [table(10, 10, 100)],
            [table(10, 10, 101)],
            "must be less than 10001 characters in all cells [json-pointer:/blocks/0/rows]",
        ),
    ],
)
def test_each_size_just_kept_and_just_broken(good: list[Any], bad: list[Any], fault: str) -> None:
    assert limits.check_message({"text": "", "blocks": good}) == []
    assert fault in map(str, limits.check_message({"text": "", "blocks": bad}))


def test_ids_must_be_unique_and_types_known() -> None:
    row = buttons(2)
    row["elements"][1]["action_id"] = "a0"
    twice = [{**section(), "block_id": "b"}, {**section(), "block_id": "b"}, row, {"type": "hologram"}]
    faults = [str(fault) for fault in limits.check_message({"text": "t", "blocks": twice})]
    assert faults == [
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
        '`action_id` "a0" already exists [json-pointer:/blocks/2/elements/1/action_id]',
        "unsupported type: hologram [json-pointer:/blocks/3/type]",
    ]


def test_every_series_needs_every_category() -> None:
    broken = chart(3)
    broken["chart"]["series"][0]["data"].pop()
    assert [fault.pointer for fault in limits.check_message({"text": "t", "blocks": [broken]})] == [
        "/blocks/0/chart/series/0/data"
    ]


def test_text_of_an_update_ends_at_4000() -> None:
    assert limits.check_message({"text": "x" * 4_000}) == []
    with pytest.raises(limits.LimitsError, match="4001 characters"):
        limits.enforce_message({"text": "x" * 4_001})


def test_views() -> None:
    modal = {"type": "modal", "title": text(24, "plain_text"), "blocks": [section()] * 100}
    assert limits.check_view(modal) == []
    assert limits.check_view({"type": "home", "blocks": [section()] * 100}) == []
    worse = modal | {
        "title": text(25, "plain_text"),
        "blocks": [section()] * 101,
        "private_metadata": "x" * 3_001,
        "callback_id": "x" * 256,
    }
    assert [fault.pointer for fault in limits.check_view(worse)] == [
        "/view/title/text",
        "/view/private_metadata",
        "/view/callback_id",
        "/view/blocks",
    ]
    with pytest.raises(limits.LimitsError):
        limits.enforce_view({"type": "home", "blocks": [chart()]})
