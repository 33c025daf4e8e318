"""An import's message: what was found in the file, the question which column is what, progress, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.domain import ImportJob, ImportResult, ImportState, Project
from bot.slack.blocks.choices import button
from bot.slack.blocks.message import Attachment, Message
from bot.slack.blocks.rounds import bar
from bot.slack.blocks.text import (
    Block,
    clip,
    context,
    count,
    escape,
    excerpt,
    literal,
    mention,
    one_line,
    plain,
    rich,
    section,
)

START: Final = "import_start"
DROP: Final = "import_drop"
TEXT: Final = "import_text"  # the menus; what they say counts when Import is pressed
LABEL: Final = "import_label"
PROJECT: Final = "import_project"
CHOICE: Final = "import_choice"  # block_id of the menus
NONE: Final = "none"
MEGABYTE: Final = 1024 * 1024
SHOWN: Final = 60  # characters of a file's name, and of a column's


def import_message(job: ImportJob, project: Project, others: Sequence[Project] = ()) -> Message:
    """`others`: the channel's projects, where there are several to choose from."""
    name = escape(clip(one_line(job.name), SHOWN))
    if job.state is ImportState.ASKING:
        return _question(job, name, project, others)
    if job.state is ImportState.LOOKING:
        text = f"*{name}*{_size(job)}: I am having a look at it."
    elif job.state is ImportState.RUNNING:
        done = f"`{bar(job.done, job.size)}` {count(job.rows, 'row')} so far" if job.size and job.done else "just begun"
        text = f"*{name}* is being imported into {escape(project.name)}: {done}."
    elif job.state is ImportState.DROPPED:
        by = f" by {mention(job.chosen_by)}" if job.chosen_by else ""
        text = f"*{name}* was not imported: left out{by}."
    elif job.state is ImportState.FAILED:
        text = f"*{name}* could not be imported. {escape(job.error)}"
    else:
        return _done(job, name, project)
    return Message(text.replace("*", "").replace("`", ""), [section(text)])


def _size(job: ImportJob) -> str:
    return f" ({job.size / MEGABYTE:,.1f} MB)" if job.size and job.size >= MEGABYTE / 10 else ""


def _question(job: ImportJob, name: str, project: Project, others: Sequence[Project]) -> Message:
    into = "" if len(others) > 1 else f" into {escape(project.name)}"
    asked = f"*{name}*: shall I import it{into}? Choose which column holds the texts"
    labels = f", and which one known labels ({escape(', '.join(project.labels))}), if any."
    first = excerpt(one_line(job.sample), 150)[0]
    sample = [rich(literal("The first row: "), literal(f"“{first}”"))] if first else []
    value = {"job": job.id}
    start = {**button("Import", START, value), "style": "primary"}
    blocks: list[Block] = [
        section(asked + labels),
        *sample,
        {"type": "actions", "block_id": CHOICE, "elements": _menus(job, project, others)},
        {"type": "actions", "block_id": "import_do", "elements": [start, button("Don't import", DROP, value)]},
    ]
    if job.confirm and len(others) < 2:
        blocks.append(context("The project has items already. What is imported can't be taken out again."))
    return Message(f"{asked}{labels} The file has the columns {_listed(job.columns)}.".replace("*", ""), blocks)


def _menus(job: ImportJob, project: Project, others: Sequence[Project]) -> list[Block]:
    columns = [_option(_column(name, n), str(n)) for n, name in enumerate(job.columns)]
    none = _option("no label", NONE)
    menus = [
        _menu(TEXT, "Column of the texts", columns, _at(job.columns, job.text_column)),
        # A menu has 100 options at most.
        _menu(LABEL, "Column of the labels", [none, *columns][:100], _at(job.columns, job.label_column) or NONE),
    ]
    if len(others) > 1:
        options = [_option(clip(one_line(each.name), 75), each.id) for each in others[:100]]
        menus.insert(0, _menu(PROJECT, "Project", options, project.id))
    return menus


def _menu(action_id: str, what: str, options: list[Block], chosen: str | None) -> Block:
    initial = next((option for option in options if option["value"] == chosen), None)
    menu: Block = {"type": "static_select", "action_id": action_id, "placeholder": plain(what), "options": options}
    return menu | ({"initial_option": initial} if initial else {})


def _option(text: str, value: str) -> Block:
    return {"text": plain(text), "value": value}


def _column(name: str, place: int) -> str:
    return clip(one_line(name), 75) or f"column {place + 1}"


def _at(columns: Sequence[str], name: str | None) -> str | None:
    return str(columns.index(name)) if name is not None and name in columns else None


def _listed(columns: Sequence[str]) -> str:
    return escape(clip(", ".join(_column(name, n) for n, name in enumerate(columns)), 400))


def chosen(values: Mapping[str, Any], job: ImportJob) -> tuple[str | None, str | None, str]:
    """Text column, label column and project id as the menus say; what was found, where they say nothing."""
    menus = values.get(CHOICE) or {}

    def picked(action_id: str) -> str | None:
        option = (menus.get(action_id) or {}).get("selected_option") or {}
        return option.get("value") if isinstance(option, dict) else None

    def column(value: str | None, found: str | None) -> str | None:
        if value is None:
            return found
        at = int(value) if value.isdecimal() else len(job.columns)
        return job.columns[at] if at < len(job.columns) else None

    return (
        column(picked(TEXT), job.text_column),
        column(picked(LABEL), job.label_column),
        picked(PROJECT) or job.project_id,
    )


def _done(job: ImportJob, name: str, project: Project) -> Message:
    result = job.result
    assert result is not None  # noqa: S101 - done means that there is one
    parts = [f"{count(result.added, 'item')} added"]
    parts += [f"{result.known:,} there already"] if result.known else []
    parts += [f"{count(result.duplicates, 'duplicate')} left out"] if result.duplicates else []
    rejected = sum(result.rejected.values())
    parts += [f"{count(rejected, 'row')} refused"] if rejected else []
    text = f"*{name}* is in {escape(project.name)}: {', '.join(parts)}, of {count(result.rows, 'row')}."
    more = _more(result)
    spoken = f"{text} {' '.join(more)}".replace("*", "").strip()
    return Message(spoken, [section(text), *([context(" ".join(more))] if more else [])])


def _more(result: ImportResult) -> list[str]:
    more = [f"{count(result.labelled, 'item')} came with a label."] if result.labelled else []
    if result.label_conflicts:
        more.append(
            f"{count(result.label_conflicts, 'row')} had another label than the item has already; the item's stands."
        )
    if result.rejected:
        reasons = ", ".join(f"{escape(reason)} {number:,}" for reason, number in result.rejected.items())
        more.append(f"Refused: {reasons}. The attached file has each with its line and reason.")
    return more


def rejects_file(job: ImportJob, text: str) -> Attachment:
    """The refused rows, to be mended and dropped in again."""
    return Attachment(
        rejects_name(job),
        f"Refused rows of {clip(one_line(job.name), SHOWN)}",
        f"Rows of {escape(clip(one_line(job.name), SHOWN))} that could not be imported, by line. Mend them, and drop the mended file here.",
        text.encode(),
    )


def rejects_name(job: ImportJob) -> str:
    """The same each time, and another for each import: what the file is found again by."""
    return f"refused-{job.id}.csv"
