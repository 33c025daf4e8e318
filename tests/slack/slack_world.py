"""Helpers of the Slack tests: a small project, signed payloads, a Slack that records."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

from bot.domain import Estimate, Interval, Item, Project, Query, QueryView, Report, Round, RoundState
from bot.services.clock import SystemClock
from bot.services.ports import Clock, NewItem, PostIntent, Store
from bot.slack.app import build_app
from bot.slack.blocks.message import Attachment, Message, Picture
from bot.slack.errors import RefusedError
from bot.slack.gateway import Posted
from bot.slack.limits import enforce_message, enforce_view
from bot.slack.responder import Responder

SECRET = "a-signing-secret"
TOKEN = "xoxb-test"
RESPONSE_URL = "https://hooks.slack.example/actions/T1/1/secret"
T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOSTILE = "<!channel> <@U1> <https://evil.example|click> & *bold* :tada: `x`\n<#C1> \u202egnp.exe"
_numbers = itertools.count(1)


def until(condition: Callable[[], Any], seconds: float = 10.0) -> Any:
    """The first true value of `condition`; fails after a deadline."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "the condition never came true"
        time.sleep(0.005)
    return value


def a_project(**more: Any) -> Project:
    fields: dict[str, Any] = {
        "id": "brand",
        "name": "Brand safety",
        "channel_id": "C1",
        "channel_name": "brand",
        "labels": ("negative", "other"),
        "positive": "negative",
        "created_at": T0,
    }
    return Project.model_validate(fields | more)


def a_query(position: int = 0, project: str = "brand", round_: int = 1) -> Query:
    return Query(
        id=f"{project}:{round_}:{position}",
        project_id=project,
        round=round_,
        position=position,
        item_id=f"i{position}",
        strategy="random",
        score=None,
        rank=None,
        audit=False,
        inclusion_probability=None,
        model_version=None,
    )


def a_view(text: str = "some text", *, project: Project | None = None, **more: Any) -> QueryView:
    fields: dict[str, Any] = {
        "project": project or a_project(),
        "query": a_query(),
        "item": Item(id="i0", text=text, text_hash="h"),
        "round_state": RoundState.OPEN,
        "votes": {},
        "skipped": (),
        "label": None,
        "revision": 0,
    }
    return QueryView.model_validate(fields | more)


def an_interval(low: float, point: float | None, high: float) -> Interval:
    return Interval(low=low, point=point, high=high)


def an_estimate(point: float | None = 0.5, labels: int = 50) -> Estimate:
    one = an_interval(0.3, point, 0.7)
    return Estimate(precision=one, recall=one, f1=one, audit_labels=labels, population=9_000)


def a_report(number: int = 3, **more: Any) -> Report:
    curve = [{"round": n, "labels": 500 + 50 * n, "estimate": an_estimate(0.1 * n + 0.2)} for n in range(1, number + 1)]
    fields: dict[str, Any] = {
        "project_id": "brand",
        "round": number,
        "close_reason": "complete",
        "made_at": T0,
        "model_version": f"brand:m{number}-9",
        "strategy": "entropy",
        "labels": 650,
        "positives": 61,
        "new_labels": 50,
        "new_positives": 12,
        "unanswered": 0,
        "threshold": 0.314,
        "estimate": an_estimate(0.62),
        "previous": an_estimate(0.55),
        "previous_threshold": 0.290,
        "agreement": {"share": 0.9, "items": 10},
        "curve": curve,
        "pool_flagged": 700,
        "pool_size": 9_350,
        "next_round": number + 1,
        "next_round_at": T0,
    }
    return Report.model_validate(fields | more)


def open_round(store: Store, texts: list[str], *, number: int = 1, posts: bool = True, **project: Any) -> list[str]:
    """A project with these items, all asked in one round. Returns the queries' ids."""
    made = a_project(**project)
    store.projects.add(made)
    items = [Item(id=f"i{n}", text=text, text_hash=f"h{made.id}{n}", source=f"f:{n}") for n, text in enumerate(texts)]
    store.items.add_many(made.id, [NewItem(item, None, n) for n, item in enumerate(items)], T0)
    queries = [a_query(n, made.id, number) for n in range(len(texts))]
    head = f"round:{made.id}:{number}"
    intents = [PostIntent(head, made.id, made.channel_id, None)]
    intents += [PostIntent(f"query:{query.id}", made.id, made.channel_id, head) for query in queries]
    lease = store.locks.acquire(f"project:{made.id}", "test", 60)
    assert lease is not None
    round_ = Round(
        project_id=made.id, number=number, state=RoundState.OPEN, total=len(texts), model_version=None, opened_at=T0
    )
    store.rounds.open_round(round_, queries, intents if posts else [], lease.token)
    return [query.id for query in queries]


class _Everybody(frozenset[str]):
    def __contains__(self, user: object) -> bool:
        return True


@dataclass
class RecordingGateway:
    """A Slack in memory: what was sent, and faults to come (an exception raised, or run before the call is answered)."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[str, str, str]] = field(default_factory=list)  # channel, person, words
    views: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    finds: list[str] = field(default_factory=list)
    before: list[Exception | None] = field(default_factory=list)  # raised instead of the next calls
    after: list[Exception | None] = field(default_factory=list)  # raised although it was done
    zones: dict[str, str] = field(default_factory=dict)
    direct_faults: list[Exception | None] = field(default_factory=list)
    find_faults: list[Exception] = field(default_factory=list)
    refuses_charts: bool = False
    people: dict[str, frozenset[str]] = field(default_factory=dict)  # of a channel; everybody where it is not named
    members_fault: Exception | None = None
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)  # what conversations.info knows
    timezones: dict[str, str] = field(default_factory=dict)
    called: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    call_faults: dict[str, Exception] = field(default_factory=dict)  # method -> raised
    file_faults: list[Exception | None] = field(default_factory=list)
    slack_files: dict[str, dict[str, Any]] = field(default_factory=dict)  # what files.info knows
    admins: set[str] = field(default_factory=set)
    groups: dict[str, frozenset[str]] = field(default_factory=dict)
    directory_fault: Exception | None = None
    directory_asked: list[str] = field(default_factory=list)

    def post(self, channel: str, message: Message, key: str, thread_ts: str | None) -> Posted:
        _raise_next(self.before)
        enforce_message(message.payload())
        plain = self.refuses_charts and message.plain_blocks is not None
        ts = f"{len(self.posts) + 1}.000"
        sent = {"channel": channel, "key": key, "thread_ts": thread_ts, "ts": ts, **message.payload(plain=plain)}
        self.posts.append(sent)
        _raise_next(self.after)
        return Posted(ts, plain)

    def update(self, channel: str, ts: str, message: Message, key: str) -> None:
        _raise_next(self.before)
        enforce_message(message.payload())
        self.updates.append({"channel": channel, "ts": ts, "key": key, **message.payload()})

    def tell(self, channel: str, user_id: str, text: str) -> None:
        _raise_next(self.before)
        self.told.append((channel, user_id, text))

    def upload(self, channel: str, file: Picture | Attachment, thread_ts: str | None) -> str:
        _raise_next(self.before)
        self.files.append({"channel": channel, "thread_ts": thread_ts, "picture": file})
        _raise_next(self.after)
        return f"F{len(self.files)}"

    def find(self, channel: str, key: str, thread_ts: str | None, filename: str | None) -> str | None:
        self.finds.append(key)
        if self.find_faults:
            raise self.find_faults.pop(0)
        if filename is not None:
            return "F1" if any(sent["picture"].filename == filename for sent in self.files) else None
        return next((sent["ts"] for sent in self.posts if sent["key"] == key), None)

    def direct(self, user_id: str) -> str:
        _raise_next(self.direct_faults)
        return "D" + user_id.removeprefix("U")

    def permalink(self, channel: str, ts: str) -> str | None:
        return f"https://slack.example/{channel}/{ts}"

    def call(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        self.called.append((method, arguments))
        if method in self.call_faults:
            raise self.call_faults[method]
        if method == "users.info":
            return {"user": {"tz": self.timezones.get(arguments["user"], "Europe/Berlin")}}
        if arguments["channel"] not in self.channels:
            raise RefusedError("channel_not_found")
        return {"channel": self.channels[arguments["channel"]]}

    def file(self, file_id: str) -> dict[str, Any]:
        _raise_next(self.file_faults)
        if file_id not in self.slack_files:
            raise RefusedError("file_not_found")
        return self.slack_files[file_id]

    def members(self, channel: str) -> frozenset[str]:
        if self.members_fault is not None:
            raise self.members_fault
        return self.people.get(channel, _Everybody())

    def is_admin(self, user_id: str) -> bool:
        self.directory_asked.append(user_id)
        if self.directory_fault is not None:
            raise self.directory_fault
        return user_id in self.admins

    def timezone(self, user_id: str) -> str:
        if self.directory_fault is not None:
            raise self.directory_fault
        return self.zones.get(user_id, "Europe/Berlin")

    def group(self, group_id: str) -> frozenset[str]:
        self.directory_asked.append(group_id)
        if self.directory_fault is not None:
            raise self.directory_fault
        if group_id not in self.groups:
            raise RefusedError("no_such_subteam")
        return self.groups[group_id]

    def open_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        _raise_next(self.before)
        enforce_view(view)
        self.views.append({"trigger_id": trigger_id, "view": view})

    def push_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        self.open_view(trigger_id, view)

    def update_view(self, view_id: str, view: dict[str, Any], view_hash: str) -> None:
        _raise_next(self.before)
        enforce_view(view)
        self.views.append({"view_id": view_id, "hash": view_hash, "view": view})

    def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        enforce_view(view)
        self.homes[user_id] = view


def _raise_next(faults: list[Exception | None]) -> None:
    fault = faults.pop(0) if faults else None
    if fault is not None:
        raise fault


@dataclass
class Bench:
    """A Bolt app on a real store, and the hands to click."""

    store: Store
    clock: Clock
    gateway: RecordingGateway
    responder: Responder
    executor: ThreadPoolExecutor
    app: App

    def close(self) -> None:
        self.responder.stop()
        self.executor.shutdown(wait=True)


def bench(store: Store, *, leads: tuple[str, ...] = (), clock: Clock | None = None) -> Bench:
    gateway = RecordingGateway()
    responder = Responder(store, threads=2)
    executor = ThreadPoolExecutor(4)
    clock = clock or SystemClock()
    app = build_app(
        store=store,
        clock=clock,
        gateway=gateway,
        token=TOKEN,
        signing_secret=SECRET,
        api_url="http://127.0.0.1:1/api/",
        responder=responder,
        executor=executor,
        leads=frozenset(leads),
    )
    return Bench(store, clock, gateway, responder, executor, app)


def signed(body: str, *, timestamp: str | None = None, content_type: str | None = None) -> tuple[str, dict[str, str]]:
    """Body and headers as Slack sends them."""
    timestamp = timestamp or str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=body) or ""
    return body, {
        "content-type": content_type or "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }


def click(
    action_id: str,
    value: dict[str, str] | str | None,
    *,
    user: str = "U0ANA",
    ts: str = "1.000",
    action_ts: str | None = None,
    ephemeral: bool = False,
    selected: bool = False,
    url: str = RESPONSE_URL,
) -> dict[str, Any]:
    """A block_actions payload."""
    raw = json.dumps(value) if isinstance(value, dict) else value
    action: dict[str, Any] = {
        "type": "overflow" if selected else "button",
        "block_id": "answer",
        "action_id": action_id,
        "action_ts": action_ts or f"{time.time():.3f}{next(_numbers)}",
    }
    action |= {"selected_option": {"value": raw}} if selected else {"value": raw}
    return {
        "type": "block_actions",
        "user": {"id": user, "username": "ana", "team_id": "T1"},
        "team": {"id": "T1", "domain": "test"},
        "channel": {"id": "C1", "name": "brand"},
        "container": {"type": "message", "message_ts": ts, "channel_id": "C1", "is_ephemeral": ephemeral},
        "message": {"ts": ts, "thread_ts": "0.500", "text": "…"},
        "trigger_id": f"trigger.{next(_numbers)}",
        "response_url": url,
        "actions": [action],
    }


def form(payload: dict[str, Any]) -> str:
    """An interaction as Slack's form."""
    return urlencode({"payload": json.dumps(payload)})


def command(text: str, *, user: str = "U0ANA", channel: str = "C1") -> str:
    """A slash command as Slack's form."""
    return urlencode(
        {
            "command": "/roundtable",
            "text": text,
            "user_id": user,
            "channel_id": channel,
            "team_id": "T1",
            "trigger_id": f"trigger.{next(_numbers)}",
            "response_url": RESPONSE_URL,
        }
    )
