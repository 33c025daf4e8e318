"""People and user groups by their ids, as somebody typed them on the server."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from bot.domain import NotFoundError
from bot.services.rights import is_group
from bot.slack.errors import RefusedError, SlackError
from bot.slack.gateway import Gateway
from bot.words import say

log = logging.getLogger("roundtable.slack")
UNKNOWN = frozenset({"user_not_found", "no_such_subteam"})


class People:
    """Looks people up in the workspace."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def check(self, ids: Iterable[str]) -> None:
        """Raises NotFoundError for the first one that Slack does not know. Where it can't be asked, the id is enough."""
        for listed in ids:
            try:
                (self._gateway.group if is_group(listed) else self._gateway.timezone)(listed)
            except RefusedError as error:
                if error.code in UNKNOWN:
                    raise NotFoundError(say("rules-unknown-person", given=listed)) from error
                log.warning("Slack could not be asked about %s: %s", listed, error)
            except SlackError as error:
                log.warning("Slack could not be asked about %s: %s", listed, error)
