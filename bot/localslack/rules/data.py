"""Tables and charts."""

from __future__ import annotations

from typing import Any

from bot.localslack.rules.elements import BUTTON
from bot.localslack.rules.objects import BLOCK_ID
from bot.localslack.rules.richtext import RICH_TEXT
from bot.localslack.rules.schema import (
    Check,
    array,
    boolean,
    by_type,
    enum,
    integer,
    number,
    record,
    say,
    string,
)

TABLE_CHARACTERS = 10_000
DATA_TABLE_CHARACTERS = 20_000
_CELLS: dict[str, Check] = {
    "raw_text": record({"text": string(TABLE_CHARACTERS)}),
    "raw_number": record({"value": number}, {"text": string(1000)}),
    "rich_text": RICH_TEXT,
}
_SETTING = record({}, {"align": enum("left", "center", "right"), "is_wrapped": boolean})


def _setting(value: Any, pointer: str, problems: list[str]) -> None:
    if value is not None:
        _SETTING(value, pointer, problems)


def _characters(node: Any) -> int:
    if isinstance(node, list):
        return sum(_characters(child) for child in node)
    if not isinstance(node, dict):
        return 0
    own = len(node["text"]) if isinstance(node.get("text"), str) else 0
    return own + sum(_characters(child) for child in node.values() if isinstance(child, dict | list))


def _at_most(characters: int) -> Check:
    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if _characters(value["rows"]) > characters:
            say(problems, f"must be less than {characters + 1} characters in all cells", f"{pointer}/rows")

    return check


def _rectangular(value: Any, pointer: str, problems: list[str]) -> None:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            say(problems, f"must have {width} cells like the first row", f"{pointer}/rows/{index}")
    if any(cell["type"] == "rich_text" for cell in value["rows"][0]):
        say(problems, "unsupported type: rich_text", f"{pointer}/rows/0")
    if value.get("row_header_column_index", 0) >= width:
        say(problems, "must be the index of a column", f"{pointer}/row_header_column_index")


TABLE = record(
    {"rows": array(array(by_type(_CELLS), 20), 100)},
    {"block_id": BLOCK_ID, "column_settings": array(_setting, 20, 0)},
    _at_most(TABLE_CHARACTERS),
)
DATA_TABLE = record(
    {
        "caption": string(1000),
        "rows": array(array(by_type({**_CELLS, "action": record({"element": BUTTON})}), 20), 201, 2),
    },
    {"block_id": BLOCK_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
    _rectangular,
    _at_most(DATA_TABLE_CHARACTERS),
)

_POINT = record({"label": string(20), "value": number})
_SERIES = record({"name": string(20), "data": array(_POINT, 20)})
_AXES = record({"categories": array(string(20), 20)}, {"x_label": string(50), "y_label": string(50)})


def _positive_segments(value: Any, pointer: str, problems: list[str]) -> None:
    for index, segment in enumerate(value["segments"]):
        if segment["value"] <= 0:
            say(problems, "must be more than 0", f"{pointer}/segments/{index}/value")


def _same_categories(value: Any, pointer: str, problems: list[str]) -> None:
    categories = value["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        say(problems, "categories must be unique", f"{pointer}/axis_config/categories")
    names = [series["name"] for series in value["series"]]
    if len(set(names)) != len(names):
        say(problems, "series names must be unique", f"{pointer}/series")
    for index, series in enumerate(value["series"]):
        labels = [point["label"] for point in series["data"]]
        if sorted(labels) != sorted(categories):
            say(problems, "every series must have one value for every category", f"{pointer}/series/{index}/data")


_XY = record({"series": array(_SERIES, 12), "axis_config": _AXES}, {}, _same_categories)
_PIE = record({"segments": array(_POINT, 12)}, {}, _positive_segments)
DATA_VISUALIZATION = record(
    {"title": string(50), "chart": by_type({"pie": _PIE, "line": _XY, "bar": _XY, "area": _XY})},
    {"block_id": BLOCK_ID},
)
