"""Block Kit's rules, each just within and just beyond."""

from __future__ import annotations

from typing import Any

import pytest
from localslack_world import button, item_blocks, modal

from bot.localslack.rules import check_message, check_view
from bot.slack import limits

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str = "v", text: str = "t") -> Json:
    return {"text": plain(text), "value": value}


def select(count: int, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option(str(n)) for n in range(count)], **more}


def chart(kind: str = "line", **more: Any) -> Json:
    data = [{"label": "r1", "value": 0.5}, {"label": "r2", "value": 0.6}]
    body = {"type": kind, "series": [{"name": "precision", "data": data}], "axis_config": {"categories": ["r1", "r2"]}}
    return {"type": "data_visualization", "title": "Curve", "chart": {**body, **more}}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def table(rows: int, columns: int, text: str = "x") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns for _ in range(rows)]}


def data_table(**more: Any) -> Json:
    head = [{"type": "raw_text", "text": "Round"}, {"type": "raw_text", "text": "F1"}]
    row = [{"type": "raw_number", "value": 1}, {"type": "raw_number", "value": 0.5, "text": "50%"}]
    return {"type": "data_table", "caption": "Rounds", "rows": [head, row], **more}


IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
GOOD: list[list[Json]] = [
    item_blocks(),
    [section() for _ in range(50)],
    [section("x" * 3000)],
    [{"type": "section", "fields": [plain("x" * 2000)] * 10}],
    [{"type": "header", "text": plain("x" * 150)}],
    [actions(*[button(str(n)) for n in range(25)])],
    [actions(button("a" * 255, "v" * 2000, "t" * 75), block_id="b" * 255)],
    [actions(select(100))],
    [section(accessory={"type": "overflow", "action_id": "o", "options": [option(str(n)) for n in range(5)]})],
    [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 9 + [IMAGE]}],
    [IMAGE, {**IMAGE, "title": plain("t")}, {"type": "divider"}],
    [
        rich(
            {"type": "text", "text": "<!channel>", "style": {"bold": True}},
            {"type": "link", "url": "https://a.example"},
        )
    ],
    [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": rich({"type": "text", "text": "x"})["elements"],
                }
            ],
        }
    ],
    [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [{"type": "emoji", "name": "eyes"}]}]}],
    [table(100, 20)],
    [data_table(page_size=100, row_header_column_index=1)],
    [chart(), chart("bar")],
    [chart("pie") | {"chart": {"type": "pie", "segments": [{"label": "a", "value": 1}]}}],
    [{"type": "markdown", "text": "x" * 12_000}],
    [{"type": "card", "title": plain("t")}, {"type": "container", "title": plain("t"), "child_blocks": [section()]}],
    [{"type": "input", "label": plain("l"), "element": {"type": "plain_text_input", "action_id": "a"}}],
]


@pytest.mark.parametrize("blocks", GOOD, ids=range(len(GOOD)))
def test_accepted(blocks: list[Json]) -> None:
    assert check_message(blocks) == []


BAD: list[tuple[list[Json], str]] = [
    ([section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([{"text": "x"}], "missing required field: type [json-pointer:/blocks/0]"),
    ([{"type": "nonsense"}], "unsupported type: nonsense [json-pointer:/blocks/0/type]"),
    ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([{"type": "section"}], "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    ([section(colour="red")], "invalid additional property: colour [json-pointer:/blocks/0]"),
    ([{"type": "section", "text": "bare"}], "must provide an object [json-pointer:/blocks/0/text]"),
    (
        [{"type": "section", "fields": [plain("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        [{"type": "section", "fields": [plain("x" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    ([actions()], "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        [actions(*[button(str(n)) for n in range(26)])],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ([actions(button(text="t" * 76))], "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"),
    (
        [actions(button(value="v" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    ([actions(button("a" * 256))], "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"),
    (
        [actions(button("a"), button("a"))],
        "`action_id` a already exists in this block [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    ([actions({**button(), "style": "green"})], "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"),
    (
        [actions({**button(), "url": "javascript:alert(1)"})],
        "must be a valid URL [json-pointer:/blocks/0/elements/0/url]",
    ),
    ([actions({"type": "image", "alt_text": "x"})], "unsupported type: image [json-pointer:/blocks/0/elements/0/type]"),
    ([section(block_id="b"), section(block_id="b")], "`block_id` b already exists [json-pointer:/blocks/1/block_id]"),
    ([section(block_id="b" * 256)], "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
    ([actions(select(101))], "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"),
    (
        [actions(select(1, option_groups=[]))],
        "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/option_groups]",
    ),
    (
        [actions(select(1, initial_option=option("other")))],
        "initial option is not one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        [actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]})],
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        [actions({"type": "radio_buttons", "options": [option(str(n)) for n in range(11)]})],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        [actions({"type": "overflow", "options": [option("v" * 151)]})],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        [{"type": "context", "elements": [plain("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        [{"type": "context", "elements": [button()]}],
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    ([{"type": "image", "alt_text": "a"}], "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]"),
    (
        [rich({"type": "text", "text": ""})],
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    (
        [rich({"type": "blink", "text": "x"})],
        "unsupported type: blink [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    ([table(101, 1)], "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    ([table(1, 21)], "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    ([table(2, 1, "x" * 5001)], "must be less than 10001 characters in all cells [json-pointer:/blocks/0/rows]"),
    ([table(1, 1), table(1, 1)], "no more than 1 blocks of type table allowed [json-pointer:/blocks]"),
    ([data_table(page_size=101)], "must be between 1 and 100 [json-pointer:/blocks/0/page_size]"),
    ([data_table(rows=data_table()["rows"][:1])], "no fewer than 2 items allowed [json-pointer:/blocks/0/rows]"),
    (
        [data_table(rows=[*data_table()["rows"], [{"type": "raw_text", "text": "x"}]])],
        "must have 2 cells like the first row [json-pointer:/blocks/0/rows/2]",
    ),
    (
        [data_table(row_header_column_index=2)],
        "must be the index of a column [json-pointer:/blocks/0/row_header_column_index]",
    ),
    ([chart(), chart(), chart()], "no more than 2 blocks of type data_visualization allowed [json-pointer:/blocks]"),
    (
        [chart(axis_config={"categories": ["r1", "r3"]})],
        "every series must have one value for every category [json-pointer:/blocks/0/chart/series/0/data]",
    ),
    (
        [chart(axis_config={"categories": ["r1", "r1"]})],
        "categories must be unique [json-pointer:/blocks/0/chart/axis_config/categories]",
    ),
    (
        [chart(series=chart()["chart"]["series"] * 13)],
        "no more than 12 items allowed [json-pointer:/blocks/0/chart/series]",
    ),
    (
        [chart(series=chart()["chart"]["series"] * 2)],
        "series names must be unique [json-pointer:/blocks/0/chart/series]",
    ),
    (
        [chart(axis_config={"categories": [str(n) for n in range(21)]})],
        "no more than 20 items allowed [json-pointer:/blocks/0/chart/axis_config/categories]",
    ),
    ([chart("radar")], "unsupported type: radar [json-pointer:/blocks/0/chart/type]"),
    ([{**chart(), "title": "t" * 51}], "must be less than 51 characters [json-pointer:/blocks/0/title]"),
    (
        [
            chart(
                series=[{"name": "p", "data": [{"label": "r1", "value": float("nan")}, {"label": "r2", "value": True}]}]
            )
        ],
        "must provide a number [json-pointer:/blocks/0/chart/series/0/data/0/value]",
    ),
    (
        [{"type": "markdown", "text": "x" * 7000}] * 2,
        "must be less than 12001 characters in all markdown blocks [json-pointer:/blocks]",
    ),
    (
        [{"type": "input", "label": plain("l"), "element": {"type": "file_input"}}],
        "unsupported type: file_input [json-pointer:/blocks/0/element/type]",
    ),
    (
        [{"type": "input", "label": plain("l"), "element": button()}],
        "unsupported type: button [json-pointer:/blocks/0/element/type]",
    ),
    ([{"type": "alert", "text": plain("x")}], "unsupported type: alert [json-pointer:/blocks/0/type]"),
    ([{"type": "card"}], "must define either `hero_image` or `title` or `actions` or `body` [json-pointer:/blocks/0]"),
]


@pytest.mark.parametrize(("blocks", "problem"), BAD, ids=[problem[:60] for _, problem in BAD])
def test_refused(blocks: list[Json], problem: str) -> None:
    assert problem in check_message(blocks)


# Apps keep limits of their own; Roundtable's must know every size that the workspace (and Slack) enforces.
_NOT_SENT = ("data_table", "markdown", "card")
SIZES = [
    (blocks, problem)
    for blocks, problem in BAD
    if ("items allowed" in problem or "must be less than" in problem)
    and not any(block.get("type") in _NOT_SENT for block in blocks)
    and "option_groups" not in problem
]


@pytest.mark.parametrize(("blocks", "problem"), SIZES, ids=[problem[:60] for _, problem in SIZES])
def test_the_bots_own_limits_know_every_size(blocks: list[Json], problem: str) -> None:
    assert limits.check_message({"text": "x", "blocks": blocks}), problem


def test_every_problem_is_named() -> None:
    problems = check_message([section("x" * 3001), {"type": "header", "text": plain("")}, {"type": "nonsense"}])
    assert [problem.partition("[json-pointer:")[2][:9] for problem in problems] == [
        "/blocks/0",
        "/blocks/1",
        "/blocks/2",
    ]


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
        (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (modal(blocks=[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(blocks="none"), "must provide an array [json-pointer:/view/blocks]"),
        (modal(colour="red"), "invalid additional property: colour [json-pointer:/view]"),
        (modal(blocks=[chart()]), "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]"),
        ({**modal(), "type": "drawer"}, "unsupported type: drawer [json-pointer:/view/type]"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        (
            {"type": "home", "blocks": [], "title": plain("x")},
            "invalid additional property: title [json-pointer:/view]",
        ),
        (
            {name: value for name, value in modal().items() if name != "submit"},
            "missing required field: submit (there are input blocks) [json-pointer:/view]",
        ),
    ],
)
def test_views_refused(view: Json, problem: str) -> None:
    assert problem in check_view(view)


def test_views_accepted() -> None:
    assert check_view(modal()) == []
    assert check_view(modal(title=plain("x" * 24), blocks=[section() for _ in range(100)])) == []
    assert check_view({"type": "home", "blocks": [section(), actions(button()), data_table()]}) == []
