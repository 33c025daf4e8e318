"""All parts of one workspace, put together."""

from __future__ import annotations

from typing import Any

from bot.localslack.bus import Bus
from bot.localslack.calls import CallLog
from bot.localslack.clock import Clock
from bot.localslack.config import WorkspaceConfig
from bot.localslack.delivery import Delivery, Transport
from bot.localslack.emoji import Emoji
from bot.localslack.events import Events
from bot.localslack.faults import Faults
from bot.localslack.files import Files
from bot.localslack.hooks import Hooks
from bot.localslack.interactions import Interactions, Parts
from bot.localslack.modals import Modals
from bot.localslack.payloads import Payloads
from bot.localslack.rates import Rates
from bot.localslack.signed import SignedHttp
from bot.localslack.socketmode import SocketMode
from bot.localslack.state import Channel, State
from bot.localslack.triggers import Triggers

Json = dict[str, Any]


class Workspace:
    """The workspace without its HTTP surface. To be used from the server's loop, but for `log` and `faults`."""

    def __init__(self, config: WorkspaceConfig, clock: Clock, url: str) -> None:
        self.config = config
        self.clock = clock
        self.url = url
        self.bus = Bus()
        self.log = CallLog()
        self.faults = Faults(config.faults, config.seed)
        self.rates = Rates(clock, enforce=config.enforce_rates)
        self.state = State(config, clock, self.bus)
        self.files = Files(self.state, url)
        self.triggers = Triggers(clock, self.state.ids, self.faults)
        self.hooks = Hooks(self.state, clock, self.faults)
        self.hooks.base_url = url
        self.modals = Modals(config, self.state.ids, self.bus)
        self.sockets = SocketMode(config.app_id, self.state.ids)
        self.payloads = Payloads(config)
        transport: Transport = self.sockets
        if config.request_url is not None:
            transport = SignedHttp(config.request_url, config.signing_secret, clock)
        self._transport = transport
        self.delivery = Delivery(transport, clock, self.faults, self.log, config.ack_seconds)
        self.events = Events(config, clock, self.state.ids, self.payloads, self.delivery)
        self.emoji = Emoji(self.state, self.events, config.bot_user_id)
        self.interactions = Interactions(
            Parts(
                self.state,
                self.bus,
                self.modals,
                self.triggers,
                self.hooks,
                self.payloads,
                self.delivery,
                self.events,
            )
        )

    def join(self, channel: Channel, user: str, inviter: str | None = None) -> None:
        """Makes somebody a member; the app hears of it if it is in the channel."""
        channel.members.add(user)
        if self.config.bot_user_id in channel.members:
            event = {
                "type": "member_joined_channel",
                "user": user,
                "channel": channel.id,
                "channel_type": "G" if channel.is_private else "C",
                "team": self.config.team.id,
            }
            self.events.emit({**event, "inviter": inviter} if inviter else event)

    def share(
        self, wanted: list[Json], channel: Channel, thread_ts: str | None, content: Json, author: Json | None = None
    ) -> list[Json]:
        """Shares uploaded files [{id, title}] in one message; the app hears of each if it is in the channel.

        Raises ApiError file_not_found."""
        files = self.files.complete(wanted, channel, thread_ts, content, author)
        if self.config.bot_user_id in channel.members:
            for info in files:
                self.events.emit(
                    {
                        "type": "file_shared",
                        "channel_id": channel.id,
                        "file_id": info["id"],
                        "user_id": info["user"],
                        "file": {"id": info["id"]},
                    }
                )
        return files

    async def close(self) -> None:
        """Ends streams, retries and connections."""
        self.bus.close()
        await self.events.close()
        await self.sockets.close()
        await self._transport.close()
