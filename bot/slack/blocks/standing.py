"""How projects stand: `/roundtable status`, App Home, help and short notices."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bot.domain import ModelVersion, Project, ProjectState, Report, RoundState, Status
from bot.slack.blocks import curve
from bot.slack.blocks.choices import button
from bot.slack.blocks.decisions import waiting_line
from bot.slack.blocks.message import Message
from bot.slack.blocks.rounds import bar, people_line, without_bar
from bot.slack.blocks.setup import CHANGE, NEW
from bot.slack.blocks.text import (
    Block,
    clip,
    context,
    doer,
    escape,
    header,
    literal,
    moment,
    plain,
    rich,
    section,
)
from bot.slack.limits import VIEW_BLOCKS
from bot.words import figure, say

_COMMANDS: Final = (  # its name, what is typed behind it, and the text that says what comes of it
    ("status", "[project]", "help-status"),
    ("report", "[n] [project]", "help-report"),
    ("people", "[project]", "help-people"),
    ("new", "", "help-new"),
    ("config", "[show] [project]", "help-config"),
    ("import", "address [project]", "help-import"),
    ("start", "[project]", "help-start"),
    ("audit", "n [project]", "help-audit"),
    ("why", "item [project]", "help-why"),
    ("log", "[project]", "help-log"),
    ("export", "labels|votes|log [project]", "help-export"),
    ("rollback", "[version] [project]", "help-rollback"),
    ("pause", "[project]", "help-pause"),
    ("resume", "[project]", "help-resume"),
    ("close-round", "[project]", "help-close-round"),
    ("help", "", "help-help"),
)
HELP: Final = tuple((f"{name} {more}".rstrip(), text) for name, more, text in _COMMANDS)
HOME_DO: Final = "home_do_"  # action_id of App Home's buttons: "home_do_<what>"
_REPORT: Final = ("home-last-report", f"{HOME_DO}report")
ASK_WHY: Final = "home_why"  # action_ids of what concerns no project
HELP_BUTTON: Final = "home_help"
MODAL_CHUNK: Final = 2_900
FULL_TEXT_VIEW: Final = "full_text"


def status_message(status: Status, failures: Sequence[str] = ()) -> Message:
    """One project, for the one who asked. `failures`: what could not be sent, and why."""
    lines = status_lines(status, failures)
    blocks: list[Block] = [section(f"*{escape(status.project.name)}*\n" + "\n".join(lines))]
    if status.people:
        blocks.append(context(people_line(status.people)))
    spoken = without_bar(f"{escape(status.project.name)}: {' '.join(lines)}".replace("*", ""))
    return Message(spoken, blocks)


def status_lines(status: Status, failures: Sequence[str] = ()) -> list[str]:
    """Round, labels, model, what comes next, what is stuck (mrkdwn)."""
    lines = [_round_line(status)]
    positive, left = escape(status.project.positive), status.pool_size
    lines.append(say("status-labels", labels=status.labels, positives=status.positives, positive=positive, left=left))
    if status.round is None and not status.labels and not status.pool_size:
        lines.append(say("status-no-items"))
    if status.by_label:
        carried = ", ".join(f"{escape(label)} {figure(number, ',')}" for label, number in status.by_label.items())
        lines.append(say("status-by-label", listed=clip(carried, 1_000)))
    if status.last_report is not None:
        lines.append(_report_line(status.last_report))
    if status.learned_since is not None:
        lines.append(learned_line(status.learned_since))
    if status.project.state is ProjectState.PAUSED:
        lines.append(_paused_line(status.project))
    elif status.next_round_at is not None:
        lines.append(say("status-next-round", when=moment(status.next_round_at)))
    if status.disputes:
        lines.append(waiting_line(status.disputes))
    if status.pending_messages:
        lines.append(say("status-messages", messages=status.pending_messages))
    if failures:
        lines.append(say("status-not-sent", reasons=escape(clip("; ".join(failures[:3]), 600))))
    return lines


def _paused_line(project: Project) -> str:
    who = doer(project.state_by) if project.state_by else ""
    when = moment(project.state_at) if project.state_at is not None else ""
    known = ("who" if who else "") + ("when" if when else "")
    return say("status-paused", known=known, who=who, when=when)


def _round_line(status: Status) -> str:
    round_ = status.round
    if round_ is None:
        return say("status-no-round")
    progress = {
        "round": str(round_.number),
        "bar": bar(round_.answered, round_.total),
        "answered": str(round_.answered),
        "total": str(round_.total),
    }
    if round_.state is not RoundState.OPEN:
        return say("status-round-over", **progress, state=round_.state.value)
    if round_.deadline is None:
        return say("status-round-open", **progress)
    return say("status-round-open-until", **progress, until=moment(round_.deadline))


def _report_line(report: Report) -> str:
    estimate = report.estimate
    by_label = {each.label: each.threshold for each in estimate.classes if each.threshold is not None}
    if not estimate.says_something:
        threshold = _threshold(report.threshold, by_label)
        return say("status-report-unmeasured", round=str(report.round), threshold=threshold)
    return say(
        "status-report",
        round=str(report.round),
        precision=curve.interval(estimate.precision),
        recall=curve.interval(estimate.recall),
        f1=curve.interval(estimate.f1),
        threshold=_threshold(report.threshold, by_label),
    )


def learned_line(version: ModelVersion) -> str:
    """That the model is newer than the report beside which this stands (mrkdwn)."""
    threshold = _threshold(version.threshold, version.thresholds)
    name = version.id.partition(":")[2]
    return say("status-learned", version=name, when=moment(version.trained_at), threshold=threshold)


def _threshold(threshold: float | None, by_label: Mapping[str, float]) -> str:
    if by_label:
        listed = ", ".join(f"{escape(label)} {figure(value, '.3f')}" for label, value in by_label.items())
        return say("status-thresholds", listed=clip(listed, 1_000))
    if threshold is None:
        return say("status-no-model")
    return say("status-threshold", threshold=figure(threshold, ".3f"))


def help_message(intro: str = "") -> Message:
    """The commands, after an optional sentence (mrkdwn)."""
    listing = "\n".join(f"`/roundtable {usage}` {escape(say(what))}" for usage, what in HELP)
    spoken = "; ".join(f"/roundtable {usage}: {say(what)}" for usage, what in HELP)
    blocks = [*([section(intro)] if intro else []), section(listing)]
    return Message(f"{intro} {spoken}".strip(), blocks)


def notice(text: str) -> Message:
    """One sentence (mrkdwn: escape what is untrusted)."""
    return Message(clip(text, 4_000), [section(text)])


def home_view(
    statuses: Sequence[Status],
    *,
    leading: Collection[str],
    failures: Mapping[str, Sequence[str]] | None = None,
    own: Sequence[Block] = (),
    adjudication: Mapping[str, Sequence[Block]] | None = None,
    may_create: bool = False,
) -> Block:
    """App Home: the person's `own` part, every project with its status, and buttons for those who may use them.

    `leading`: ids of the projects that the person leads; `failures` and `adjudication`, what there is to decide, by project id."""
    unsent, decide = failures or {}, adjudication or {}
    blocks: list[Block] = [header("Roundtable"), *own]
    general = [(NEW, "home-new")] if may_create else []
    general += [(ASK_WHY, "home-why"), (HELP_BUTTON, "home-help")]
    elements = [{"type": "button", "action_id": action, "text": plain(say(text))} for action, text in general]
    blocks.append({"type": "actions", "block_id": "home-new", "elements": elements})
    if not statuses:
        blocks.append(section(say("home-no-project")))
    for number, status in enumerate(statuses):
        part = _home_part(number, status, unsent.get(status.project.id, ()), may_lead=status.project.id in leading)
        part += decide.get(status.project.id, ())
        if len(blocks) + len(part) > VIEW_BLOCKS - 1:
            blocks.append(context(say("home-more", projects=len(statuses) - number)))
            break
        blocks += part
    return {"type": "home", "blocks": blocks}


def word_view(word: str) -> Block:
    """App Home while nothing is known but what has to be said (mrkdwn)."""
    return {"type": "home", "blocks": [header("Roundtable"), section(word), context(say("home-away"))]}


def _home_part(number: int, status: Status, failures: Sequence[str], *, may_lead: bool) -> list[Block]:
    project = status.project
    title = say("home-project", project=escape(project.name), channel=f"<#{project.channel_id}>")
    part: list[Block] = [{"type": "divider"}, section("\n".join([title, *status_lines(status, failures)]))]
    if status.people:
        part.append(context(people_line(status.people)))
    if may_lead:
        if status.last_report is not None and status.last_report.contested:
            contested = len(status.last_report.contested)
            part.append(context(say("home-contested", answers=contested, project=project.id)))
        elements = [*_buttons(project, _for_leads(status)), _more(status)]
        part.append({"type": "actions", "block_id": f"home-{number}", "elements": elements})
    elif status.last_report is not None:
        part.append({"type": "actions", "block_id": f"home-{number}", "elements": _buttons(project, [_REPORT])})
    return part


def _for_leads(status: Status) -> list[tuple[str, str]]:
    """What whoever leads may do now: the names of texts, and actions."""
    project, round_ = status.project, status.round
    paused = project.state is ProjectState.PAUSED
    what = [("home-resume", f"{HOME_DO}resume") if paused else ("home-pause", f"{HOME_DO}pause")]
    if round_ is not None and round_.state is RoundState.OPEN:
        what.append(("home-close", f"{HOME_DO}close"))
    elif project.state is ProjectState.ACTIVE and (round_ is None or round_.state is RoundState.CLOSED):
        what.append(("home-start", f"{HOME_DO}start"))
    what += [("home-measure", f"{HOME_DO}measure"), ("home-import", f"{HOME_DO}import"), ("home-change", CHANGE)]
    return [*what, *([_REPORT] if status.last_report is not None else [])]


def _buttons(project: Project, what: Sequence[tuple[str, str]]) -> list[Block]:
    return [
        {
            **button(text, action_id, {"project": project.id}),
            "accessibility_label": clip(say("home-button-of", button=text, project=project.name), 75),
        }
        for text, action_id in ((say(name), action) for name, action in what)
    ]


def _more(status: Status) -> Block:
    """What leads do less often, as a menu: no more than five."""
    choices = [(say("home-people"), "people")] if status.last_report is not None else []
    choices += [(say("home-export"), "export"), (say("home-models"), "models"), (say("home-log"), "log")]
    choices += [(say("home-settings"), "settings")]
    options = [
        {"text": plain(text), "value": json.dumps({"project": status.project.id, "do": do})} for text, do in choices
    ]
    return {"type": "overflow", "action_id": f"{HOME_DO}more", "options": options}


def full_text_view(text: str, url: str | None = None) -> Block:
    """A modal with the whole text of an item, in pieces that Slack takes."""
    pieces = [text[start : start + MODAL_CHUNK] for start in range(0, len(text), MODAL_CHUNK)][: VIEW_BLOCKS - 2]
    blocks = [rich(literal(piece)) for piece in pieces]
    if sum(map(len, pieces)) < len(text):
        blocks.append(context(say("full-text-cut")))
    if url:
        blocks.append(rich(literal(clip(url, MODAL_CHUNK))))
    return {
        "type": "modal",
        "callback_id": FULL_TEXT_VIEW,
        "title": plain(say("full-text-title")),
        "close": plain(say("button-close")),
        "blocks": blocks,
    }
