"""Routes of the page: the document itself and its static files, both under a strict Content-Security-Policy."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates
from starlette.types import Message, Receive, Scope, Send

HERE = Path(__file__).parent

# Nothing inline, nothing from another host: what a message says can neither run nor load anything.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class PageFiles(StaticFiles):
    """Static files with the page's headers; the browser asks each time (a 304 on this machine costs nothing)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = {**HEADERS, "Cache-Control": "no-cache"}
                message["headers"] = [
                    *message["headers"],
                    *((name.lower().encode(), value.encode()) for name, value in extra.items()),
                ]
            await send(message)

        await super().__call__(scope, receive, send_with_headers)


def page_routes(title: str = "Local workspace", first_person: str = "U0ANA") -> list[BaseRoute]:
    """`first_person`: as whom a new visitor acts. The page at `/` and at message permalinks (`/archives/C.../p...`), and `/static/...`."""
    templates = Jinja2Templates(directory=str(HERE / "templates"))

    async def page(request: Request) -> Response:
        headers = {**HEADERS, "Cache-Control": "no-store"}
        return templates.TemplateResponse(
            request, "page.html", {"title": title, "first_person": first_person}, headers=headers
        )

    return [
        Route("/", page, name="page"),
        Route("/archives/{channel}", page, name="page-channel"),
        Route("/archives/{channel}/{message}", page, name="page-message"),
        Mount("/static", PageFiles(directory=str(HERE / "static")), name="static"),
    ]
