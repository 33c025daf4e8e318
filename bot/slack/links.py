"""Links to messages: asked of Slack once, then kept with the message."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

from bot.domain import Disputed, NotFoundError, Report
from bot.services.ports import MessageRecord, Store
from bot.slack.blocks.disputes import Dispute
from bot.slack.errors import RateLimitedError, SlackError

log = logging.getLogger("roundtable.links")


class Permalinks(Protocol):
    """What can be asked for a message's address."""

    def permalink(self, channel: str, ts: str) -> str | None: ...


class Links:
    """Addresses of messages. Without `slack` only those that are known already: for answers that can't wait."""

    def __init__(self, store: Store, slack: Permalinks | None = None) -> None:
        self._store, self._slack = store, slack

    def of(self, keys: Sequence[str]) -> dict[str, str]:
        """key -> address, where there is one. Raises RateLimitedError if Slack wants to be asked later."""
        found = {record.key: self._of(record) for record in self._store.outbox.get_many(keys)}
        return {key: link for key, link in found.items() if link}

    def _of(self, record: MessageRecord) -> str | None:
        if record.link or self._slack is None or record.ts is None:
            return record.link
        try:
            link = self._slack.permalink(record.channel_id, record.ts)
        except RateLimitedError:
            raise
        except SlackError as error:  # a report without a link is better than none
            log.info("%s: no link: %s", record.key, error)
            return None
        if link:
            self._store.outbox.link(record.key, link)
        return link


def disputes(store: Store, links: Links, report: Report) -> list[Dispute]:
    """A report's disputed items as they are shown."""
    return _shown(store, links, report, report.disputed)


def contested(store: Store, links: Links, report: Report) -> list[Dispute]:
    """A report's known answers that may be wrong, as leads are shown them."""
    return _shown(store, links, report, report.contested)


def _shown(store: Store, links: Links, report: Report, items: Sequence[Disputed]) -> list[Dispute]:
    known = links.of([f"query:{found.query_id}" for found in items])
    shown = []
    for found in items:
        try:
            text = store.items.get(report.project_id, found.item_id).text
        except NotFoundError:  # taken away since
            continue
        shown.append(Dispute(text, found, known.get(f"query:{found.query_id}")))
    return shown
