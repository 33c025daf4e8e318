"""A hundred texts of people who mean no good, all the way: file, channel, votes, report, record, export.

Nobody is mentioned, nothing is linked, no block is refused, and each text comes out as it went in.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from queue_kit import CHANNEL, bot_in
from slack_world import until

from bot.domain import RoundState, VoteKind
from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services import export, projects
from bot.services.clock import SystemClock
from bot.services.export import Format, What
from bot.services.intake import import_file
from bot.services.ports import Store
from bot.services.rounds import RoundKeeper
from bot.slack.gateway import OUTBOX_TIMEOUT, SlackGateway
from bot.slack.outbox import OutboxSender
from bot.slack.pacing import Pace
from bot.slack.render import Renderer

Json = dict[str, Any]
FAST = Pace(post_interval=0, update_interval=0, updates_per_minute=10_000)
LONGEST = 40_000

ATTACKS = [
    "<!channel> all of you",
    "<!here> <!everyone> <!subteam^S0REVIEW>",
    "<@U0BEN> and <@U0ANA|ana> and @channel @here",
    "<#C0BRAND|brand> <#C0GENERAL>",
    "<https://evil.example/login|Your bank>",
    "https://evil.example/?a=1&b=2 http://127.0.0.1/admin www.evil.example mailto:a@evil.example",
    "<javascript:alert(1)|run> <data:text/html,x|data> <slack://open>",
    "<!date^1^{date}|never>",
    "&lt;!channel&gt; &amp;lt;@U0BEN&amp;gt;",
    "*bold* _italic_ ~struck~ `code` ```pre``` > quote\n> quote\n1. list\n- list",
    ":tada: :smile: :+1::skin-tone-6: ::::",
    "<script>document.title='owned'</script><img src=x onerror=alert(1)>",
    "<b>bold</b> <a href='https://evil.example'>x</a> <!-- --> ]]> <![CDATA[x",
    "\u202egnp.exe \u202c\u2066isolated\u2069 \u200fright\u200e",
    "שלום <!channel> مرحبا\u061c 123",
    "z\u200be\u200br\u200co\u200d \ufeffwidth\u2060 <\u200b!channel>",
    "\u0001\u0002\u0007\u0008\u000b\u000c\u001b[31mred\u001b[0m\u007f\u0085\u009b",
    "Z̷̡̛̗͇̦̪̈́̃̎͝ä̶̢́l̴̰̓g̷o" + "\u0301" * 300,
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇩 \U0001f3fb \ufe0f \u200d\u200d ✊🏿",
    "\U000e0041\U000e0042\U000e007f tags \U0010ffff \ufffe\ufffd",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7} %s %d {0} {user}",
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1) -2+3 \t=1",
    "'; DROP TABLE votes; -- \" ' ` \\ \\\\ \\n \\u0041",
    '{"q":"brand:1:0","l":"other"} {"text":"x"}',
    "a" * LONGEST,
    ("word <!channel> " * 4_000)[:LONGEST],
    "\u2028line\u2029paragraph\r\nreturn\rold mac\n\n\n\nempty",
    "   leading and trailing \u00a0\u3000 ",
    "//////////////// ---------------- ================ ________",
    "query:brand:1:0 round:brand:1 label_0",
    "Ω≈ç√∫˜µ≤≥÷ ﷽ ꧅ 𒐫 ﷺ" * 20,
    "\n<!channel>\n",
]
WRAPS = ["{}", "I bought this. {} Never again!", "<{}>"]
TEXTS = list(dict.fromkeys(wrap.replace("{}", text)[:LONGEST] for wrap, text in itertools.product(WRAPS, ATTACKS)))[
    :100
]
REFUSED = [json.dumps({"text": "before\x00after"}), '{"text": "half a pair: \\ud83d"}']


def walk(part: Any) -> Iterator[Json]:
    """Every object in a message's blocks."""
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from walk(value)
    elif isinstance(part, list):
        for value in part:
            yield from walk(value)


@pytest.fixture
def workspace() -> Iterator[WorkspaceServer]:
    with WorkspaceServer(WorkspaceConfig(enforce_rates=False)) as server:
        yield server


class Channel:
    """The project, its worker's two halves, and Ana at the page."""

    def __init__(self, workspace: WorkspaceServer, store: Store) -> None:
        self.workspace, self.store, self.clock = workspace, store, SystemClock()
        self.project = projects.create(
            *(store, self.clock),
            **{"name": "Brand", "channel_id": CHANNEL, "channel_name": "brand", "labels": ["negative", "other"]},
            **{"batch_size": 100, "max_rounds": 1},
        )
        gateway = SlackGateway(workspace.config.bot_token, workspace.api_url, timeout=OUTBOX_TIMEOUT)
        self.keeper = RoundKeeper(store, self.clock, "one")
        self.sender = OutboxSender(store, gateway, Renderer(store), self.clock, FAST, "one")
        self.page = httpx.Client(base_url=workspace.url, timeout=60, trust_env=False)

    def send_all(self) -> None:
        """The outbox, until nothing waits."""

        def nothing_waits() -> bool:
            self.sender.step()
            due = self.store.outbox.due_updates(self.clock.now().replace(year=2100), 1)
            return not due and self.store.outbox.pending_count(self.project.id) == 0

        until(nothing_waits, 60)

    def messages(self) -> list[Json]:
        state = self.page.get("/ui/state", params={"as": "U0ANA"}).json()
        return next(channel["messages"] for channel in state["channels"] if channel["id"] == CHANNEL)

    def press(self, message: Json, label: int) -> Json:
        at = {"type": "message", "channel": CHANNEL, "ts": message["ts"]}
        asked = {"as": "U0ANA", "container": at, "block_id": "answer", "action_id": f"label_{label}"}
        answer: Json = self.page.post("/ui/action", json=asked).json()
        return answer


def test_a_hundred_hostile_texts(workspace: WorkspaceServer, store: Store, tmp_path: Path) -> None:
    assert len(TEXTS) == 100
    channel = Channel(workspace, store)
    file = tmp_path / "pool.jsonl"
    lines = [json.dumps({"id": f"h{n}", "text": text}, ensure_ascii=True) for n, text in enumerate(TEXTS)]
    file.write_text("\n".join([*lines, *REFUSED]), encoding="utf-8")
    summary = import_file(store, channel.clock, channel.project.id, file, max_text_length=LONGEST)
    assert summary.rejected == {"json": len(REFUSED)}, "what is no text is refused by line, with the reason"
    taken = {item.id: item.text for item in store.items.iter(channel.project.id)}
    assert summary.added == len(taken) > 90, "those that differ in white space alone are one"

    channel.keeper.advance_all()
    channel.send_all()
    asked = store.rounds.queries(channel.project.id, 1)
    posted = [message for message in channel.messages() if message.get("thread_ts") not in (None, message["ts"])]
    assert len(posted) == len(asked) == len(taken), "each was posted; none was refused"
    for message in channel.messages():
        harmless(message)

    with bot_in(workspace, store):
        for number, message in enumerate(posted):
            assert channel.press(message, number % 2)["acknowledged"]
        until(lambda: sum(store.votes.label_counts(channel.project.id).values()) == len(taken), 60)
    channel.keeper.advance_all()
    current = store.rounds.current(channel.project.id)
    assert current is not None and current.state is RoundState.CLOSED
    channel.send_all()
    for message in channel.messages():
        harmless(message)
    refused = [call for call in workspace.log.all() if call.method.startswith("chat.") and not call.response["ok"]]
    assert [call.response for call in refused] == []
    exported(store, channel.project.id, taken, tmp_path)


def harmless(message: Json) -> None:
    """Names nobody but who voted, and links nowhere but to the items' own messages."""
    for entry in message["_notifies"]:
        own = entry["kind"] == "link" and "/archives/" in entry["target"] and "evil" not in entry["target"]
        assert own or (entry["kind"], entry["target"]) == ("user", "U0ANA"), (entry, message["text"])
    objects = list(walk(message.get("blocks", [])))
    assert not [part for part in objects if part.get("type") == "link"]
    assert {part["user_id"] for part in objects if part.get("type") == "user"} <= {"U0ANA"}
    for part in [*objects, {"type": "mrkdwn", "text": message["text"]}]:
        if part.get("type") == "mrkdwn":
            for harm in (
                "<!channel",
                "<!here",
                "<!everyone",
                "<!subteam",
                "<@U0BEN",
                "<#",
                "<http",
                "<javascript",
                "<slack",
            ):
                assert harm not in part["text"]


def exported(store: Store, project_id: str, taken: dict[str, str], folder: Path) -> None:
    """Both forms hold every text; JSONL to the letter, CSV harmless in a spreadsheet."""
    for what in (What.VOTES, What.LABELS):
        export.export(store, project_id, what, Format.JSONL, folder / "out.jsonl")
        rows = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").split("\n") if line]
        assert {row["item_id"]: row["text"] for row in rows} == taken
        export.export(store, project_id, what, Format.CSV, folder / "out.csv")
        with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = {row["item_id"]: row["text"] for row in csv.DictReader(file)}
        assert cells.keys() == taken.keys()
        assert not [cell for cell in cells.values() if cell.lstrip()[:1] in "=+-@" and cell.strip()]
    assert {vote.kind for vote in store.votes.log(project_id)} == {VoteKind.VOTE}
