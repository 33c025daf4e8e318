"""Slack's limits, checked over plain dicts before anything is sent.

One place for all sizes, because slack_sdk's models check their own objects only (never dicts) and miss several limits:
50 blocks per message, uniqueness of ids, 2,000-character fields, tables, charts. Faults are worded as Slack words them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
TEXT: Final = 4_000  # top-level text; longer is msg_too_long on update
SECTION_TEXT: Final = 3_000
FIELDS: Final = 10
FIELD_TEXT: Final = 2_000
HEADER_TEXT: Final = 150
ACTIONS: Final = 25
CONTEXT_ELEMENTS: Final = 10
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
ID: Final = 255
OPTIONS: Final = 100
OVERFLOW_OPTIONS: Final = 5
CHOICES: Final = 10  # radio buttons, checkboxes
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
MODAL_TITLE: Final = 24
PRIVATE_METADATA: Final = 3_000
ALT_TEXT: Final = 2_000
URL: Final = 3_000
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLE_CHARACTERS: Final = 10_000
CHARTS: Final = 2
CHART_TITLE: Final = 50
CHART_SERIES: Final = 12
CHART_POINTS: Final = 20


class Fault(NamedTuple):
    """One limit that is broken: what Slack would say, and where (a JSON pointer)."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


class LimitsError(ValueError):
    """Something that Slack would refuse was about to be sent."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


Faults = Iterator[Fault]
Json = Mapping[str, Any]


def check_message(message: Json) -> list[Fault]:
    """Faults of a message's `text` and `blocks`; empty: Slack takes it."""
    faults = list(_length(message.get("text", ""), TEXT, "/text", least=0))
    blocks = message.get("blocks") or []
    faults += _blocks(blocks, MESSAGE_BLOCKS, "/blocks", home=False)
    charts = sum(block.get("type") == "data_visualization" for block in blocks)
    if charts > CHARTS:
        faults.append(Fault(f"no more than {CHARTS} data_visualization blocks allowed", "/blocks"))
    return faults


def check_view(view: Json) -> list[Fault]:
    """Faults of a modal or of App Home."""
    home = view.get("type") == "home"
    faults = [] if home else [*_text(view.get("title"), MODAL_TITLE, "/view/title", plain=True)]
    for part in ("submit", "close"):
        if part in view:
            faults += _text(view[part], MODAL_TITLE, f"/view/{part}", plain=True)
    faults += _length(view.get("private_metadata", ""), PRIVATE_METADATA, "/view/private_metadata", least=0)
    faults += _length(view.get("callback_id", ""), ID, "/view/callback_id", least=0)
    faults += _blocks(view.get("blocks") or [], VIEW_BLOCKS, "/view/blocks", home=home)
    return faults


def enforce_message(message: Json) -> None:
    """Raises LimitsError if Slack would refuse the message."""
    if faults := check_message(message):
        raise LimitsError(faults)


def enforce_view(view: Json) -> None:
    """Raises LimitsError if Slack would refuse the view."""
    if faults := check_view(view):
        raise LimitsError(faults)


def _length(value: Any, limit: int, at: str, *, least: int = 1) -> Faults:
    if not isinstance(value, str):
        yield Fault("must provide a string", at)
    elif len(value) < least:
        yield Fault("must be more than 0 characters", at)
    elif len(value) > limit:
        yield Fault(f"must be less than {limit + 1} characters", at)


def _count(items: Any, limit: int, at: str, *, least: int = 1) -> Faults:
    if not isinstance(items, (list, tuple)):
        yield Fault("must provide an array", at)
    elif len(items) < least:
        yield Fault(f"no less than {least} items allowed" if least > 1 else "must provide at least 1 item", at)
    elif len(items) > limit:
        yield Fault(f"no more than {limit} items allowed", at)


def _text(value: Any, limit: int, at: str, *, plain: bool = False) -> Faults:
    """A text object."""
    if not isinstance(value, Mapping):
        yield Fault("must provide an object", at)
        return
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if value.get("type") not in kinds:
        yield Fault(f"must be one of {', '.join(kinds)}", f"{at}/type")
    yield from _length(value.get("text"), limit, f"{at}/text")


def _blocks(blocks: Sequence[Json], limit: int, at: str, *, home: bool) -> Faults:
    yield from _count(blocks, limit, at, least=0)
    block_ids: set[str] = set()
    for number, block in enumerate(blocks):
        here = f"{at}/{number}"
        yield from _unique(block, "block_id", block_ids, here)
        kind = block.get("type")
        check = _BLOCKS.get(str(kind))
        if check is None or (home and kind == "data_visualization"):
            yield Fault(f"unsupported type: {kind}", f"{here}/type")
        else:
            yield from check(block, here)


def _unique(part: Json, key: str, seen: set[str], at: str) -> Faults:
    value = part.get(key)
    if value is None:
        return
    yield from _length(value, ID, f"{at}/{key}")
    if value in seen:
        yield Fault(f'`{key}` "{value}" already exists', f"{at}/{key}")
    seen.add(value)


def _section(block: Json, at: str) -> Faults:
    if "text" in block or "fields" not in block:
        yield from _text(block.get("text"), SECTION_TEXT, f"{at}/text")
    fields = block.get("fields")
    if fields is not None:
        yield from _count(fields, FIELDS, f"{at}/fields")
        for number, field in enumerate(fields):
            yield from _text(field, FIELD_TEXT, f"{at}/fields/{number}")
    if "accessory" in block:
        yield from _element(block["accessory"], f"{at}/accessory")


def _header(block: Json, at: str) -> Faults:
    yield from _text(block.get("text"), HEADER_TEXT, f"{at}/text", plain=True)


def _context(block: Json, at: str) -> Faults:
    elements = block.get("elements") or []
    yield from _count(elements, CONTEXT_ELEMENTS, f"{at}/elements")
    for number, element in enumerate(elements):
        here = f"{at}/elements/{number}"
        if element.get("type") == "image":
            yield from _image(element, here)
        else:
            yield from _text(element, SECTION_TEXT, here)


def _actions(block: Json, at: str) -> Faults:
    elements = block.get("elements") or []
    yield from _count(elements, ACTIONS, f"{at}/elements")
    action_ids: set[str] = set()
    for number, element in enumerate(elements):
        here = f"{at}/elements/{number}"
        yield from _unique(element, "action_id", action_ids, here)
        yield from _element(element, here)


def _image(block: Json, at: str) -> Faults:
    yield from _length(block.get("alt_text"), ALT_TEXT, f"{at}/alt_text")
    if "slack_file" not in block:
        yield from _length(block.get("image_url"), URL, f"{at}/image_url")


def _input(block: Json, at: str) -> Faults:
    yield from _text(block.get("label"), FIELD_TEXT, f"{at}/label", plain=True)
    yield from _element(block.get("element") or {}, f"{at}/element")


def _rich_text(block: Json, at: str) -> Faults:
    yield from _count(block.get("elements"), OPTIONS, f"{at}/elements")


def _divider(_block: Json, _at: str) -> Faults:
    return iter(())


def _table(block: Json, at: str) -> Faults:
    rows = block.get("rows") or []
    yield from _count(rows, TABLE_ROWS, f"{at}/rows")
    characters = 0
    for number, row in enumerate(rows):
        yield from _count(row, TABLE_COLUMNS, f"{at}/rows/{number}")
        for column, cell in enumerate(row):
            if cell.get("type") not in ("raw_text", "raw_number", "rich_text"):
                yield Fault(f"unsupported type: {cell.get('type')}", f"{at}/rows/{number}/{column}/type")
            characters += len(str(cell.get("text", "")))
    if characters > TABLE_CHARACTERS:
        yield Fault(f"must be less than {TABLE_CHARACTERS + 1} characters in all cells", f"{at}/rows")


def _chart(block: Json, at: str) -> Faults:
    yield from _length(block.get("title"), CHART_TITLE, f"{at}/title")
    chart = block.get("chart") or {}
    series = chart.get("series") or []
    yield from _count(series, CHART_SERIES, f"{at}/chart/series")
    categories = (chart.get("axis_config") or {}).get("categories") or []
    yield from _count(categories, CHART_POINTS, f"{at}/chart/axis_config/categories")
    names: set[str] = set()
    for number, one in enumerate(series):
        here = f"{at}/chart/series/{number}"
        yield from _unique(one, "name", names, here)
        if [point.get("label") for point in one.get("data") or []] != list(categories):
            yield Fault("every series must have every category, in order", f"{here}/data")


def _element(element: Json, at: str) -> Faults:
    if "action_id" in element:
        yield from _length(element["action_id"], ID, f"{at}/action_id")
    kind = str(element.get("type"))
    if kind == "button":
        yield from _text(element.get("text"), BUTTON_TEXT, f"{at}/text", plain=True)
        yield from _length(element.get("value", ""), BUTTON_VALUE, f"{at}/value", least=0)
        yield from _length(element.get("url", ""), URL, f"{at}/url", least=0)
    elif kind in _OPTION_LIMITS:
        yield from _options(element.get("options") or [], _OPTION_LIMITS[kind], f"{at}/options")
    elif kind not in _OTHER_ELEMENTS:
        yield Fault(f"unsupported type: {kind}", f"{at}/type")


def _options(options: Sequence[Json], limit: int, at: str) -> Faults:
    yield from _count(options, limit, at)
    for number, option in enumerate(options):
        yield from _text(option.get("text"), OPTION_TEXT, f"{at}/{number}/text")
        yield from _length(option.get("value"), OPTION_VALUE, f"{at}/{number}/value")


_OPTION_LIMITS: Final = {
    "overflow": OVERFLOW_OPTIONS,
    "static_select": OPTIONS,
    "multi_static_select": OPTIONS,
    "radio_buttons": CHOICES,
    "checkboxes": CHOICES,
}
_OTHER_ELEMENTS: Final = frozenset(
    {
        "conversations_select",
        "datepicker",
        "image",
        "multi_users_select",
        "number_input",
        "plain_text_input",
        "users_select",
    }
)
_BLOCKS: Final[Mapping[str, Callable[[Json, str], Faults]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
    "divider": _divider,
    "table": _table,
    "data_visualization": _chart,
}
