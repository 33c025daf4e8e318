"""A file from a web address that a person gave, fetched so that it can't be used to reach into this machine's network.

The name is resolved once, every address it has is checked, and the connection goes to one of those very addresses, so an
answer of the name server that changes a moment later (DNS rebinding) changes nothing. Each redirect is checked anew.
TLS goes by the name, as ever. Proxies and ~/.netrc of the environment are not used: a proxy would do its own resolving.
"""

from __future__ import annotations

import socket
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urljoin

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from bot.domain import ImportJob
from bot.services.download import BY_TYPE, FetchError, FetchLaterError, check_answer, check_url, harmless, keep
from bot.services.imports import is_table
from bot.services.ports import Clock
from bot.sources.addresses import Resolver
from bot.words import say

TIMEOUT: Final = (5.0, 20.0)  # seconds to connect, between two reads
HOPS: Final = 5
BLOCK: Final = 1 << 16
HEADERS: Final = {"Accept-Encoding": "identity", "User-Agent": "Roundtable", "Accept": "text/csv, */*;q=0.5"}


class WebFiles:
    """Fetches files for imports from the public internet. Implements `ports.Fetches`."""

    def __init__(self, clock: Clock, *, limit: int, resolver: Resolver | None = None) -> None:
        self._clock, self._limit, self._resolver = clock, limit, resolver or Resolver()

    def fetch(self, job: ImportJob, folder: Path) -> Path:
        """Follows redirects, checks the answer, and keeps the file. Raises FetchError, FetchLaterError."""
        address = job.url or ""
        with requests.Session() as session:
            session.trust_env = False
            session.mount("https://", _Checked(self._resolver))
            session.mount("http://", _Checked(self._resolver))
            for _ in range(HOPS + 1):
                parts = check_url(address)
                following = self._one(session, address, parts, job, folder)
                if isinstance(following, Path):
                    return following
                address = _next(address, parts, following)
        raise FetchError(say("fetch-redirects", host=str(parts.hostname), times=str(HOPS)))

    def _one(
        self, session: requests.Session, address: str, parts: SplitResult, job: ImportJob, folder: Path
    ) -> Path | str:
        """The file, or where the server says that it is."""
        host = str(parts.hostname)
        self._resolver.addresses(host, parts.port or (443 if parts.scheme == "https" else 80))  # for a clear word early
        try:
            with session.get(address, headers=HEADERS, timeout=TIMEOUT, stream=True, allow_redirects=False) as answer:
                location = answer.headers.get("location")
                if answer.is_redirect and location:
                    return location
                headers = {name.lower(): value for name, value in answer.headers.items()}
                check_answer(host, answer.status_code, headers, self._limit)
                path = folder / _name(job.name, parts, headers)
                keep(answer.iter_content(BLOCK), path, self._clock, limit=self._limit)
                return path
        except requests.exceptions.SSLError as error:
            raise FetchError(say("fetch-certificate", host=host)) from error
        except (requests.RequestException, OSError) as error:
            raise FetchLaterError(say("fetch-broken", host=host, why=type(error).__name__)) from error


def _next(address: str, parts: SplitResult, location: str) -> str:
    following = urljoin(address, location)
    if parts.scheme == "https" and check_url(following).scheme != "https":
        raise FetchError(say("fetch-to-http", host=str(parts.hostname)))
    return following


def _name(wanted: str, parts: SplitResult, headers: dict[str, str]) -> str:
    """The file's name: its suffix says what it is; where the address has none, the content type does."""
    for name in (wanted, PurePosixPath(unquote(parts.path)).name):
        if is_table(name):
            return harmless(name)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in BY_TYPE:
        raise FetchError(say("fetch-no-kind", host=str(parts.hostname)))
    return harmless(wanted) + BY_TYPE[kind]


class _Checked(HTTPAdapter):
    """requests' adapter with connections that are checked when they are made."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        """requests' hook: the pools whose connections these are."""
        resolver = self._resolver

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return _connected(self, resolver)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return _connected(self, resolver)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def _connected(connection: HTTPConnection, resolver: Resolver) -> socket.socket:
    """A socket to one of the host's addresses, after all of them were found fit."""
    trouble: OSError | None = None
    for family, kind, protocol, _, address in resolver.addresses(connection.host, connection.port or 80):
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(TIMEOUT[0])
            made.connect(address)
        except OSError as error:
            made.close()
            trouble = error
        else:
            made.settimeout(TIMEOUT[1])
            return made
    raise NewConnectionError(connection, f"{connection.host}: unreachable") from trouble
