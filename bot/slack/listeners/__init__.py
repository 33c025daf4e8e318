"""All listeners by kind, and their registration. manifest.yml is compared with these tables by a test."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from slack_bolt import App, BoltResponse

from bot.slack.blocks import decisions as decision_blocks
from bot.slack.blocks import imports, items, standing
from bot.slack.blocks import leading as leading_blocks
from bot.slack.blocks import queue as queue_blocks
from bot.slack.blocks import reminders as reminder_blocks
from bot.slack.blocks import setup as setup_blocks
from bot.slack.blocks.choices import MENU, NONE, PICK, SAVE
from bot.slack.listeners import (
    actions,
    adjudication,
    commands,
    decisions,
    events,
    files,
    leading,
    menu,
    queue,
    reactions,
    reading,
    reminders,
    setup,
    views,
)

Listener = Callable[..., BoltResponse]

# The first that matches is run: the label buttons, which come most, stand first, the catch-all last.
ACTIONS: Final[tuple[tuple[str | re.Pattern[str], Listener], ...]] = (
    (re.compile(rf"^{items.LABEL}(\d+|{MENU})$"), actions.label),
    (re.compile(rf"^{queue_blocks.LABEL}(\d+|{MENU})$"), queue.label),
    (items.LABEL + SAVE, actions.save),
    (items.LABEL + NONE, actions.none),
    (queue_blocks.LABEL + SAVE, queue.save),
    (queue_blocks.LABEL + NONE, queue.none),
    (re.compile(rf"^({items.LABEL}|{queue_blocks.LABEL}){PICK}$"), actions.pick),
    (items.SKIP, actions.skip),
    (items.UNSURE, actions.unsure),
    (queue_blocks.SKIP, queue.skip),
    (queue_blocks.UNSURE, queue.unsure),
    (queue_blocks.BACK, queue.back),
    (queue_blocks.READ, reading.read_all),
    (queue_blocks.FLAG, decisions.flag_in_queue),
    (queue_blocks.GUIDELINES, reading.guidelines),
    (queue_blocks.WHY, reading.why),
    (queue_blocks.START, queue.start),
    (queue_blocks.CHANGE, queue.change),
    (decision_blocks.UNFLAG, decisions.unflag),
    (decision_blocks.START, adjudication.start),
    (decision_blocks.AGAIN, adjudication.again),
    (decision_blocks.LATER, adjudication.later),
    (items.MORE, menu.more),
    (items.READ_ALL, reading.read_all),
    (items.UNDO, actions.undo),
    (re.compile(rf"^{standing.HOME_DO}"), leading.pressed),
    (standing.ASK_WHY, leading.asked_why),
    (standing.HELP_BUTTON, leading.asked_help),
    (setup_blocks.NEW, setup.new_pressed),
    (setup_blocks.CHANGE, setup.change_pressed),
    (reminder_blocks.NOT_TODAY, reminders.not_today),
    (reminder_blocks.NEVER, reminders.never),
    (reminder_blocks.AGAIN, reminders.again),
    (imports.START, files.start),
    (imports.DROP, files.drop),
    (re.compile(rf"^({imports.TEXT}|{imports.LABEL}|{imports.PROJECT})$"), files.menu),
    (re.compile(r".*"), actions.outdated),
)
COMMANDS: Final[dict[str, Listener]] = {"/roundtable": commands.roundtable}
EVENTS: Final[dict[str, Listener]] = {
    "app_home_opened": events.app_home_opened,
    "file_shared": files.file_shared,
    "reaction_added": reactions.reaction_added,
    "reaction_removed": reactions.reaction_removed,
}
SHORTCUTS: Final[dict[str, Listener]] = {"correct": decisions.shortcut}
SUBMISSIONS: Final[dict[str, Listener]] = {
    decision_blocks.FLAG: decisions.flagged,
    decision_blocks.CORRECT: decisions.corrected,
    decision_blocks.DECIDE: adjudication.decided,
    setup_blocks.NEW_VIEW: setup.create,
    setup_blocks.CHANGE_VIEW: setup.save,
    leading_blocks.MEASURE_VIEW: leading.measured,
    leading_blocks.ROLLBACK_VIEW: leading.gone_back,
    leading_blocks.EXPORT_VIEW: leading.exported,
    leading_blocks.IMPORT_VIEW: leading.imported,
    leading_blocks.WHY_VIEW: leading.told_why,
}


def register(app: App) -> None:
    """Registers all of them, each kind with a catch-all at its end."""
    for action_id, listener in ACTIONS:
        app.action(action_id)(listener)
    for name, listener in COMMANDS.items():
        app.command(name)(listener)
    for name, listener in EVENTS.items():
        app.event(name)(listener)
    app.event(re.compile(r".*"))(events.ignore)
    for callback_id, listener in SHORTCUTS.items():
        app.shortcut(callback_id)(listener)
    app.shortcut(re.compile(r".*"))(events.ignore)
    for callback_id, listener in SUBMISSIONS.items():
        app.view_submission(callback_id)(listener)
    app.view_submission(queue_blocks.VIEW)(queue.next_item)
    app.view_closed(queue_blocks.VIEW)(queue.closed)
    app.view_submission(re.compile(r".*"))(views.outdated_view)
    app.view_closed(re.compile(r".*"))(views.closed)
