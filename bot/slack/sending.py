"""The sending half, put together for the worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from pydantic import SecretStr

from bot.domain import RoundtableError
from bot.services.ports import Clock, Store
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import OUTBOX_TIMEOUT, SlackGateway
from bot.slack.links import Links
from bot.slack.outbox import OutboxSender
from bot.slack.pacing import Pace
from bot.slack.render import Renderer


class SendingSettings(Protocol):
    """The settings that sending needs."""

    @property
    def slack_bot_token(self) -> SecretStr | None: ...
    @property
    def slack_api_url(self) -> str: ...
    @property
    def post_interval(self) -> float: ...
    @property
    def update_interval(self) -> float: ...
    @property
    def updates_per_minute(self) -> int: ...


class SendingParts(Protocol):
    """The parts of the container that sending needs."""

    @property
    def store(self) -> Store: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def settings(self) -> SendingSettings: ...


def build_gateway(settings: SendingSettings, *, timeout: int) -> SlackGateway:
    """The gateway for the token of the settings. Raises RoundtableError if there is none."""
    if settings.slack_bot_token is None:
        raise RoundtableError("SLACK_BOT_TOKEN is not set: nothing can be sent to Slack.")
    return SlackGateway(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, timeout=timeout)


def build_directory(parts: SendingParts) -> SlackDirectory:
    """Who is who, for a process that can wait for Slack. Raises RoundtableError without a bot token."""
    gateway = build_gateway(parts.settings, timeout=OUTBOX_TIMEOUT)
    return SlackDirectory(gateway, parts.clock, ThreadPoolExecutor(1, thread_name_prefix="directory"))


def build_sender(parts: SendingParts, holder: str) -> OutboxSender:
    """The outbox's sender; `holder` names this process in the lease. Raises RoundtableError without a bot token."""
    settings = parts.settings
    pace = Pace(settings.post_interval, settings.update_interval, settings.updates_per_minute)
    gateway = build_gateway(settings, timeout=OUTBOX_TIMEOUT)
    renderer = Renderer(parts.store, Links(parts.store, gateway), parts.clock)
    return OutboxSender(parts.store, gateway, renderer, parts.clock, pace, holder)
