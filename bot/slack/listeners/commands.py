"""`/roundtable ...`, answered inside the acknowledgement, to the one who asked."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import RoundtableError, StoreUnavailableError
from bot.slack.blocks.message import Message
from bot.slack.blocks.standing import help_message, notice
from bot.slack.blocks.text import escape
from bot.slack.desk import Desk, Json, ack_message, said
from bot.slack.listeners import acts
from bot.slack.listeners import command_reading as reading
from bot.slack.listeners import command_steering as steering
from bot.words import say


def roundtable(ack: Ack, command: Json, desk: Desk) -> BoltResponse:
    """Finds the subcommand and answers; whatever goes wrong is said in one sentence."""
    words = str(command.get("text") or "").split()
    name = words[0].casefold() if words else "help"
    run = COMMANDS.get(name)
    if run is None:
        return ack_message(ack, _unknown(name))
    try:
        answer = run(desk, command, words[1:])
        if answer is None:  # a form opens
            return ack()
    except StoreUnavailableError:
        answer = notice(say("commands-unreachable"))
    except RoundtableError as error:
        answer = notice(said(error))
    return ack_message(ack, answer)


def _unknown(name: str) -> Message:
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    shown = escape(name[:40])
    return help_message(
        say("commands-unknown-near", name=shown, near=near[0]) if near else say("commands-unknown", name=shown)
    )


COMMANDS: Final[dict[str, Callable[[Desk, Json, list[str]], Message | None]]] = {
    "status": reading.status,
    "report": reading.report,
    "start": steering.plain("start", acts.start),
    "pause": steering.plain("pause", acts.pause),
    "resume": steering.plain("resume", acts.resume),
    "close-round": steering.plain("close-round", acts.close_round),
    "audit": steering.audit,
    "people": reading.people,
    "why": reading.why,
    "log": reading.log,
    "export": steering.export,
    "rollback": steering.go_back,
    "new": steering.new,
    "config": steering.config,
    "import": steering.import_,
    "help": reading.help_,
}
