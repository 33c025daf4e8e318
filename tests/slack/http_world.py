"""The web app, driven without a server."""

from __future__ import annotations

from functools import partial
from typing import Any

import anyio.from_thread
import httpx
from fastapi import FastAPI


class Web:
    """The app, driven from a thread without a server."""

    def __init__(self, app: FastAPI, portal: anyio.from_thread.BlockingPortal) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://web")
        self._portal = portal

    def get(self, path: str) -> httpx.Response:
        return self._portal.call(self._client.get, path)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self._portal.call(partial(self._client.post, path, **more))
