"""An import's message: what was found in the file, the question which column is what, progress, and what came of it."""

from __future__ import annotations

import re
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
    escape,
    excerpt,
    literal,
    mention,
    one_line,
    plain,
    rich,
    section,
)
from bot.words import figure, say

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
    name, into = escape(clip(one_line(job.name), SHOWN)), escape(project.name)
    if job.state is ImportState.ASKING:
        return _question(job, name, project, others)
    if job.state is ImportState.DONE:
        return _done(job, name, project)
    if job.state is ImportState.LOOKING:
        text = _looking(job, name)
    elif job.state is ImportState.RUNNING:
        text = _running(job, name, into)
    elif job.state is ImportState.FAILED:
        text = say("imports-failed", file=name, why=escape(_why(job)))
    elif job.chosen_by:
        text = say("imports-dropped-by", file=name, person=mention(job.chosen_by))
    else:
        text = say("imports-dropped", file=name)
    return Message(text.replace("*", "").replace("`", ""), [section(text)])


def _why(job: ImportJob) -> str:
    """What is wrong, as a sentence: what is said of a table begins with the file's name, which stands before it already."""
    why = job.error.removeprefix(f"{job.name}:").removeprefix(f"{job.name},").strip()
    return why[:1].upper() + why[1:] + ("" if why.endswith((".", "!", "?")) else ".")


def _looking(job: ImportJob, name: str) -> str:
    if not job.size or job.size < MEGABYTE / 10:
        return say("imports-looking", file=name)
    return say("imports-looking-size", file=name, size=figure(job.size / MEGABYTE, ",.1f"))


def _running(job: ImportJob, name: str, into: str) -> str:
    if not job.size or not job.done:
        return say("imports-begun", file=name, project=into)
    return say("imports-running", file=name, project=into, bar=f"`{bar(job.done, job.size)}`", rows=job.rows)


def _question(job: ImportJob, name: str, project: Project, others: Sequence[Project]) -> Message:
    labels = escape(", ".join(project.labels))
    if len(others) > 1:
        asked = say("imports-question-which", file=name, labels=labels)
    else:
        asked = say("imports-question", file=name, project=escape(project.name), labels=labels)
    first = excerpt(one_line(job.sample), 150)[0]
    sample = [rich(literal(say("imports-first-row", text=first)))] if first else []
    value = {"job": job.id}
    start = {**button(say("imports-start"), START, value), "style": "primary"}
    buttons = [start, button(say("imports-drop"), DROP, value)]
    blocks: list[Block] = [
        section(asked),
        *sample,
        {"type": "actions", "block_id": CHOICE, "elements": _menus(job, project, others)},
        {"type": "actions", "block_id": "import_do", "elements": buttons},
    ]
    if job.confirm and len(others) < 2:
        blocks.append(context(say("imports-for-good")))
    spoken = f"{asked} {say('imports-columns', columns=_listed(job.columns))}"
    return Message(spoken.replace("*", ""), blocks)


def _menus(job: ImportJob, project: Project, others: Sequence[Project]) -> list[Block]:
    columns = [_option(_column(name, n), str(n)) for n, name in enumerate(job.columns)]
    none = _option(say("imports-no-label"), NONE)
    menus = [
        _menu(TEXT, say("imports-text-column"), columns, _at(job.columns, job.text_column)),
        # A menu has 100 options at most.
        _menu(LABEL, say("imports-label-column"), [none, *columns][:100], _at(job.columns, job.label_column) or NONE),
    ]
    if len(others) > 1:
        options = [_option(clip(one_line(each.name), 75), each.id) for each in others[:100]]
        menus.insert(0, _menu(PROJECT, say("imports-project"), options, project.id))
    return menus


def _menu(action_id: str, what: str, options: list[Block], chosen: str | None) -> Block:
    initial = next((option for option in options if option["value"] == chosen), None)
    menu: Block = {"type": "static_select", "action_id": action_id, "placeholder": plain(what), "options": options}
    return menu | ({"initial_option": initial} if initial else {})


def _option(text: str, value: str) -> Block:
    return {"text": plain(text), "value": value}


def _column(name: str, place: int) -> str:
    return clip(one_line(name), 75) or say("imports-column", place=str(place + 1))


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
    rejected = sum(result.rejected.values())
    parts = [say("imports-added", items=result.added)]
    parts += [say("imports-known", items=result.known)] if result.known else []
    parts += [say("imports-duplicates", items=result.duplicates)] if result.duplicates else []
    parts += [say("imports-rejected", rows=rejected)] if rejected else []
    text = say("imports-done", file=name, project=escape(project.name), parts=", ".join(parts), rows=result.rows)
    more = _more(result)
    spoken = f"{text} {' '.join(more)}".replace("*", "").strip()
    return Message(spoken, [section(text), *([context(" ".join(more))] if more else [])])


def _more(result: ImportResult) -> list[str]:
    more = [say("imports-labelled", items=result.labelled)] if result.labelled else []
    more += [say("imports-conflicts", rows=result.label_conflicts)] if result.label_conflicts else []
    if result.rejected:
        reasons = [
            say("imports-refused-reason", reason=reason, other=escape(reason), rows=number)
            for reason, number in result.rejected.items()
        ]
        more.append(say("imports-refused", reasons=", ".join(reasons)))
    return more


def rejects_file(job: ImportJob, text: str) -> Attachment:
    """The refused rows, to be mended and dropped in again."""
    name = clip(one_line(job.name), SHOWN)
    title, comment = say("imports-rejects-title", file=name), say("imports-rejects", file=escape(name))
    return Attachment(rejects_name(job), title, comment, text.encode())


def rejects_name(job: ImportJob) -> str:
    """The same each time, and another for each import: what the file is found again by."""
    stem = re.sub(r"[^\w-]+", "-", job.name.rpartition(".")[0] or job.name).strip("-")[:60]
    at = f"{job.created_at:%Y-%m-%d-%H%M%S}-{job.created_at.microsecond // 1000:03}"
    return "-".join(filter(None, ("refused", stem, at))) + ".csv"
