"""Files that people drop into Slack: what is known of them, and their bytes, fetched with the bot's token."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import requests

from bot.domain import ImportJob
from bot.services.download import FetchError, FetchLaterError, check_answer, harmless, keep
from bot.services.ports import Clock
from bot.slack.errors import RefusedError, SlackError, reason
from bot.slack.gateway import SlackGateway
from bot.words import say

log = logging.getLogger("roundtable.imports")

TIMEOUT: Final = (5.0, 30.0)  # seconds to connect, between two reads
BLOCK: Final = 1 << 16
SLACK: Final = "slack.com"


class SlackFile(NamedTuple):
    """A file in Slack. `threads`: channel -> the ts to answer under."""

    id: str
    name: str
    size: int | None
    address: str
    threads: Mapping[str, str]


def read_file(info: Mapping[str, Any]) -> SlackFile:
    """A file from Slack's JSON. Of several messages that share it in one channel, the newest counts."""
    threads: dict[str, str] = {}
    for places in (info.get("shares") or {}).values():
        for channel, shares in places.items():
            newest = max(shares, key=lambda share: float(share["ts"]))
            threads[str(channel)] = str(newest.get("thread_ts") or newest["ts"])
    size = info.get("size")
    return SlackFile(
        id=str(info.get("id")),
        name=str(info.get("name") or info.get("title") or "file"),
        size=size if isinstance(size, int) else None,
        address=str(info.get("url_private_download") or info.get("url_private") or ""),
        threads=threads,
    )


class SlackFiles:
    """Fetches files for imports. Implements `ports.Fetches`."""

    def __init__(self, gateway: SlackGateway, token: str, api_url: str, clock: Clock, *, limit: int) -> None:
        self._gateway, self._token, self._api, self._clock, self._limit = (
            gateway,
            token,
            urlsplit(api_url),
            clock,
            limit,
        )

    def fetch(self, job: ImportJob, folder: Path) -> Path:
        """The file's bytes. The token goes to Slack and nowhere else: another host or a redirect is refused."""
        try:
            file = read_file(self._gateway.file(str(job.file_id)))
        except RefusedError as error:
            log.warning("Slack refuses the file %s: %s", job.file_id, error)
            raise FetchError(say("fetch-slack-refuses", why=reason(error.code) or error.code)) from error
        except SlackError as error:
            log.warning("the file %s could not be asked for: %s", job.file_id, error)
            raise FetchLaterError(say("fetch-slack-later")) from error
        self._check_host(file.address)
        path = folder / harmless(file.name)
        headers = {"Authorization": f"Bearer {self._token}", "Accept-Encoding": "identity"}
        try:
            with requests.Session() as session:
                session.auth = _no_netrc
                with session.get(
                    file.address, headers=headers, timeout=TIMEOUT, stream=True, allow_redirects=False
                ) as answer:
                    if answer.is_redirect or "text/html" in answer.headers.get("content-type", ""):
                        # Slack shows whoever may not read a file the way to its log-in page, and no error.
                        raise FetchError(say("fetch-slack-scopes"))
                    found = {name.lower(): value for name, value in answer.headers.items()}
                    check_answer("Slack", answer.status_code, found, self._limit)
                    keep(answer.iter_content(BLOCK), path, self._clock, limit=self._limit)
        except requests.RequestException as error:
            raise FetchLaterError(say("fetch-slack-broken", why=type(error).__name__)) from error
        return path

    def _check_host(self, address: str) -> None:
        """Raises FetchError for any address that is not Slack's (or not the local workspace's, where that is Slack)."""
        try:
            parts = urlsplit(address)
            at_slack = self._api.hostname == SLACK or str(self._api.hostname).endswith(f".{SLACK}")
            if at_slack:
                host = parts.hostname or ""
                sound = (
                    parts.scheme == "https"
                    and (host == SLACK or host.endswith(f".{SLACK}"))
                    and parts.port in (None, 443)
                )
            else:
                sound = (parts.scheme, parts.netloc) == (self._api.scheme, self._api.netloc)
        except ValueError:
            sound = False
        if not sound or "@" in parts.netloc:
            raise FetchError(say("fetch-slack-address"))


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from putting a password of ~/.netrc in the place of the token."""
    return request
