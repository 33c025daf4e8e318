"""How projects stand: `/roundtable status`, App Home, help and short notices."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bot.domain import ProjectState, Report, RoundState, Status
from bot.slack.blocks import curve
from bot.slack.blocks.decisions import waiting_line
from bot.slack.blocks.message import Message
from bot.slack.blocks.rounds import bar, people_line
from bot.slack.blocks.setup import CHANGE, NEW
from bot.slack.blocks.text import (
    Block,
    clip,
    context,
    count,
    doer,
    escape,
    header,
    literal,
    moment,
    plain,
    preformatted,
    rich,
    section,
)
from bot.slack.limits import VIEW_BLOCKS

HELP: Final = (
    ("status [project]", "how labelling stands: round, people, model, what comes next"),
    ("report [n] [project]", "the report of the last round, or of round n"),
    ("people [project]", "for leads: who answered how much, how right, and what is worth another look"),
    ("new", "set up a project, in a form"),
    ("config [project]", "for leads: change a project's settings"),
    (
        "import address [project]",
        "for leads: items from a CSV, TSV or JSONL file on the web (or drop the file into the channel)",
    ),
    ("start [project]", "for leads: begin the next round now, even if the schedule is later"),
    ("audit n [project]", "for leads: the next round spends n labels on measuring alone"),
    ("why item [project]", "why an item was asked, by its id or a link to its message"),
    ("log [project]", "for leads: who did what to the project"),
    ("export labels|votes|log [project]", "for leads: a CSV file, to you alone"),
    ("rollback [version] [project]", "for leads: go back to an earlier model; without a version, which there are"),
    ("pause [project]", "no new round until it is resumed; the open one can still be answered"),
    ("resume [project]", "rounds go on"),
    ("close-round [project]", "close the open round now, with the answers there are"),
    ("help", "this list"),
)
HOME_DO: Final = "home_do_"  # action_id of App Home's buttons: "home_do_<what>"
MODAL_CHUNK: Final = 2_900
FULL_TEXT_VIEW: Final = "full_text"


def status_message(status: Status, failures: Sequence[str] = ()) -> Message:
    """One project, for the one who asked. `failures`: what could not be sent, and why."""
    lines = status_lines(status, failures)
    blocks: list[Block] = [section(f"*{escape(status.project.name)}*\n" + "\n".join(lines))]
    if status.people:
        blocks.append(context(people_line(status.people)))
    return Message(f"{escape(status.project.name)}: {' '.join(lines)}".replace("*", ""), blocks)


def status_lines(status: Status, failures: Sequence[str] = ()) -> list[str]:
    """Round, labels, model, what comes next, what is stuck (mrkdwn)."""
    lines = [_round_line(status)]
    share = f", {status.positives:,} of them {escape(status.project.positive)}"
    lines.append(f"{count(status.labels, 'label')}{share}; {count(status.pool_size, 'item')} left in the pool.")
    if status.by_label:
        carried = ", ".join(f"{escape(label)} {number:,}" for label, number in status.by_label.items())
        lines.append(f"Items by label: {clip(carried, 1_000)}.")
    if status.last_report is not None:
        lines.append(_report_line(status.last_report))
    if status.project.state is ProjectState.PAUSED:
        by = f" by {doer(status.project.state_by)}" if status.project.state_by else ""
        when = f" {moment(status.project.state_at)}" if status.project.state_at else ""
        lines.append(f"Paused{by}{when}: no new round until `/roundtable resume`.")
    elif status.next_round_at is not None:
        lines.append(f"Next round: {moment(status.next_round_at)}.")
    if status.disputes:
        lines.append(waiting_line(status.disputes))
    if status.pending_messages:
        lines.append(f"{count(status.pending_messages, 'message')} waiting to be sent.")
    if failures:
        lines.append(f"Not sent: {escape(clip('; '.join(failures[:3]), 600))}.")
    return lines


def _round_line(status: Status) -> str:
    round_ = status.round
    if round_ is None:
        return "No round yet."
    progress = f"`{bar(round_.answered, round_.total)}` {round_.answered} of {round_.total} answered"
    if round_.state is RoundState.OPEN:
        deadline = f", open until {moment(round_.deadline)}" if round_.deadline else ""
        return f"Round {round_.number} is open: {progress}{deadline}."
    return f"Round {round_.number} is {round_.state.value}: {progress}."


def _report_line(report: Report) -> str:
    estimate = report.estimate
    threshold = "no model yet" if report.threshold is None else f"threshold {report.threshold:.3f}"
    by_label = [
        f"{escape(figures.label)} {figures.threshold:.3f}"
        for figures in estimate.classes
        if figures.threshold is not None
    ]
    threshold = f"thresholds {clip(', '.join(by_label), 1_000)}" if by_label else threshold
    return (
        f"After round {report.round}: precision {curve.interval(estimate.precision)}, "
        f"recall {curve.interval(estimate.recall)}, F1 {curve.interval(estimate.f1)}, {threshold}."
    )


def help_message(intro: str = "") -> Message:
    """The commands, after an optional sentence (mrkdwn)."""
    width = max(len(usage) for usage, _ in HELP)
    listing = "\n".join(f"/roundtable {usage:<{width}}  {what}" for usage, what in HELP)
    spoken = "; ".join(f"/roundtable {usage}: {what}" for usage, what in HELP)
    blocks = [*([section(intro)] if intro else []), preformatted(listing)]
    return Message(f"{intro} {spoken}".strip(), blocks)


def notice(text: str) -> Message:
    """One sentence (mrkdwn: escape what is untrusted)."""
    return Message(text, [section(text)])


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
    if may_create:
        new = {"type": "button", "action_id": NEW, "text": plain("New project")}
        blocks.append({"type": "actions", "block_id": "home-new", "elements": [new]})
    if not statuses:
        blocks.append(section("No project yet. `/roundtable new` makes one."))
    for number, status in enumerate(statuses):
        part = _home_part(number, status, unsent.get(status.project.id, ()), may_lead=status.project.id in leading)
        part += decide.get(status.project.id, ())
        if len(blocks) + len(part) > VIEW_BLOCKS - 1:
            blocks.append(context(f"and {len(statuses) - number} more; ask `/roundtable status` in their channels"))
            break
        blocks += part
    return {"type": "home", "blocks": blocks}


def _home_part(number: int, status: Status, failures: Sequence[str], *, may_lead: bool) -> list[Block]:
    project = status.project
    text = f"*{escape(project.name)}* in <#{project.channel_id}>\n" + "\n".join(status_lines(status, failures))
    part: list[Block] = [{"type": "divider"}, section(text)]
    if status.people:
        part.append(context(people_line(status.people)))
    if may_lead:
        if status.last_report is not None and status.last_report.contested:
            doubted = count(len(status.last_report.contested), "known answer")
            part.append(
                context(
                    f"{doubted} may be wrong: `/roundtable people {project.id}` says which, and what people answer."
                )
            )
        what = [("Resume", "resume") if project.state is ProjectState.PAUSED else ("Pause", "pause")]
        if status.round is not None and status.round.state is RoundState.OPEN:
            what.append(("Close round", "close"))
        elif project.state is ProjectState.ACTIVE and (status.round is None or status.round.state is RoundState.CLOSED):
            what.append(("Start round", "start"))
        what.append(("Measure", "measure"))
        buttons = [
            {
                "type": "button",
                "action_id": f"{HOME_DO}{do}",
                "text": plain(text),
                "value": json.dumps({"project": project.id}),
                "accessibility_label": clip(f"{text}: {project.name}", 75),
            }
            for text, do in what
        ]
        buttons.append({**buttons[0], "action_id": CHANGE, "text": plain("Change")})
        buttons[-1]["accessibility_label"] = clip(f"Change: {project.name}", 75)
        part.append(
            {"type": "actions", "block_id": f"home-{number}", "elements": [*buttons, _more(status, may_lead=True)]}
        )
    elif status.last_report is not None:
        part.append({"type": "actions", "block_id": f"home-{number}", "elements": [_more(status, may_lead=False)]})
    return part


def _more(status: Status, *, may_lead: bool) -> Block:
    """What is done less often, as a menu."""
    choices = [("Last report", "report")] if status.last_report is not None else []
    if may_lead:
        choices += [("People", "people")] if status.last_report is not None else []
        choices += [("Export", "export"), ("Earlier models", "models"), ("Log", "log")]
    options = [
        {"text": plain(text), "value": json.dumps({"project": status.project.id, "do": do})} for text, do in choices
    ]
    return {"type": "overflow", "action_id": f"{HOME_DO}more", "options": options}


def full_text_view(text: str, url: str | None = None) -> Block:
    """A modal with the whole text of an item, in pieces that Slack takes."""
    pieces = [text[start : start + MODAL_CHUNK] for start in range(0, len(text), MODAL_CHUNK)][: VIEW_BLOCKS - 2]
    blocks = [rich(literal(piece)) for piece in pieces]
    if sum(map(len, pieces)) < len(text):
        blocks.append(context("The rest is longer than Slack can show."))
    if url:
        blocks.append(rich(literal(clip(url, MODAL_CHUNK))))
    return {
        "type": "modal",
        "callback_id": FULL_TEXT_VIEW,
        "title": plain("Full text"),
        "close": plain("Close"),
        "blocks": blocks,
    }
