"""From the last vote of a round to the next round's first message, with 10,000 items, without Slack's own pacing.

A real worker, the embedded server and the local workspace. Prints the way from the one to the other, by the moments that
the store and the workspace recorded.

    python -m benchmarks.handover [--items 10000] [--seeds 500] [--rounds 3]
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from benchmarks.processes import started
from bot.domain import Item, Project, Via, VoteKind
from bot.localslack.server import WorkspaceConfig, WorkspaceServer
from bot.services.clock import SystemClock
from bot.services.ports import NewItem, Store
from bot.services.voting import cast_vote
from bot.store import connect

PROJECT, CHANNEL, BATCH = "handover", "C0BRAND", 50
TARGET_SECONDS, PATIENCE_SECONDS = 3.0, 120.0
STEPS = ("close", "train", "report", "plan", "post")
WORDS = 4_000


def main() -> int:
    """Prints the breakdown; 0 if the median is within the target."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--items", type=int, default=10_000)
    options.add_argument("--seeds", type=int, default=500)
    options.add_argument("--rounds", type=int, default=3, help="handovers to measure")
    args = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rt-bench-")))
        store = connect(None, data_dir=folder / "data")
        stack.callback(store.close)
        truth = _import(store, args.items, args.seeds)
        workspace = stack.enter_context(WorkspaceServer(WorkspaceConfig(enforce_rates=False)))
        environment = {
            "SLACK_BOT_TOKEN": workspace.config.bot_token,
            "SLACK_API_URL": workspace.api_url,
            "ROUNDTABLE_DATA_DIR": str(folder / "data"),
            "ROUNDTABLE_POST_INTERVAL": "0",
            "ROUNDTABLE_LOG_LEVEL": "WARNING",
        }
        stack.enter_context(started(["-m", "bot.cli", "worker"], folder, environment, None))
        print(f"{args.items:,} items, {args.seeds} seed labels, batches of {BATCH}; seconds from the last vote on:\n")
        print(f"{'round':>7}" + "".join(f"{step:>9}" for step in STEPS) + f"{'in all':>9}")
        totals = []
        for number in range(1, args.rounds + 1):
            moments = _handover(store, workspace, truth, number)
            steps = [after - before for before, after in pairwise(moments)]
            totals.append(moments[-1] - moments[0])
            print(
                f"{number:>4} ->{number + 1:>2}" + "".join(f"{s:9.2f}" for s in steps) + f"{totals[-1]:9.2f}",
                flush=True,
            )
        median = statistics.median(totals)
    print(f"\nMedian: {median:.2f} s (target: under {TARGET_SECONDS:g} s)")
    return 0 if median < TARGET_SECONDS else 1


def _handover(store: Store, workspace: WorkspaceServer, truth: dict[str, str], number: int) -> Sequence[float]:
    """Answers round `number`; the moments of: last vote, closing, trained, reported, next round planned, its first message."""
    _wait(lambda: _posted(workspace, f"query:{PROJECT}:{number}:{BATCH - 1}"), f"round {number}")
    for query in store.rounds.queries(PROJECT, number):
        cast_vote(
            store,
            SystemClock(),
            query_id=query.id,
            user_id="U0ANA",
            label=truth[query.item_id],
            kind=VoteKind.VOTE,
            via=Via.BUTTON,
            action_id=str(time.time_ns()),
            message_ts=None,
        )
    last_vote = time.time()
    first_message = _wait(lambda: _posted(workspace, f"round:{PROJECT}:{number + 1}"), f"round {number + 1}")
    closed = store.rounds.get(PROJECT, number)
    model = next(version for version in store.models.versions(PROJECT) if version.round == number)
    opened = store.rounds.get(PROJECT, number + 1)
    assert closed.closing_at is not None and closed.closed_at is not None
    recorded = (closed.closing_at, model.trained_at, closed.closed_at, opened.opened_at)
    return [last_vote, *(moment.timestamp() for moment in recorded), first_message]


def _posted(workspace: WorkspaceServer, key: str) -> float | None:
    """When a message of that key came to the channel: its ts."""
    for message in reversed(list(workspace.state.channels[CHANNEL].messages.values())):
        if (message.get("metadata") or {}).get("event_payload", {}).get("key") == key:
            return float(message["ts"])
    return None


def _wait(condition: Callable[[], float | None], what: str) -> float:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (value := condition()) is None:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come within {PATIENCE_SECONDS:.0f} s")
        time.sleep(0.005)
    return value


def _import(store: Store, count: int, seeds: int) -> dict[str, str]:
    """Texts of about tweet length over a vocabulary with a long tail; one in 13 is positive and says so in some words."""
    chance = random.Random(0)
    words = [f"w{chance.getrandbits(40):x}" for _ in range(WORDS)]
    weights = [1 / (rank + 3) for rank in range(WORDS)]
    now = datetime.now(UTC)
    store.projects.add(
        Project(
            id=PROJECT,
            name="Handover",
            channel_id=CHANNEL,
            channel_name="brand-safety",
            labels=("negative", "other"),
            positive="negative",
            batch_size=BATCH,
            created_at=now,
        )
    )
    truth, new = {}, []
    for number in range(count):
        positive = number % 13 == 0
        chosen = chance.choices(words, weights, k=14) + (chance.sample(words[:40], 3) if positive else [])
        item_id, text = f"i{number}", f"{' '.join(chosen)} {number}"
        truth[item_id] = "negative" if positive else "other"
        new.append(
            NewItem(Item(id=item_id, text=text, text_hash=item_id), truth[item_id] if number < seeds else None, number)
        )
    for start in range(0, count, 500):
        store.items.add_many(PROJECT, new[start : start + 500], now)
    return truth


if __name__ == "__main__":
    sys.exit(main())
