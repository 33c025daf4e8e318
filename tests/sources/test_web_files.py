"""Files from web addresses: real servers on this machine, allowed to the test alone, and every way of reaching inward refused."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from bot.domain import ImportJob
from bot.services.clock import ManualClock
from bot.services.download import FetchError, FetchLaterError, check_url, harmless
from bot.sources.addresses import Resolver, public
from bot.sources.web import WebFiles

LIMIT = 10_000


@dataclass
class Site:
    """A web server: path -> (status, headers, body); what it was asked, with its headers."""

    port: int = 0
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "files.example") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, headers, body = made.answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def entry(address: str, port: int) -> tuple[Any, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_STREAM, 6, "", (address, port))


class Names:
    """A name server: names -> addresses, one list after the other where they change."""

    def __init__(self, **names: list[str]) -> None:
        self.names = {"files.example": ["127.0.0.1"], **{name.replace("_", "."): to for name, to in names.items()}}
        self.changes: list[list[str]] = []

    def __call__(self, host: str, port: int) -> list[tuple[Any, ...]]:
        if self.changes:
            return [entry(address, port) for address in self.changes.pop(0)]
        if host not in self.names:
            raise socket.gaierror(-2, "Name or service not known")
        return [entry(address, port) for address in self.names[host]]


def fetch(tmp_path: Path, url: str, names: Names | None = None, clock: ManualClock | None = None) -> Path:
    clock = clock or ManualClock(datetime(2026, 3, 2, tzinfo=UTC))
    resolver = Resolver(allowed=("127.0.0.1/32",), resolve=names or Names())
    job = ImportJob(
        id="web-1", project_id="p", channel_id="C1", user_id="U1", name="file", url=url, created_at=clock.now()
    )
    return WebFiles(clock, limit=LIMIT, resolver=resolver).fetch(job, tmp_path)


def test_a_file_is_fetched_and_nothing_of_the_environment_goes_along(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine files.example login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.answers["/deep/pool.csv?x=1"] = (200, {"Content-Type": "text/csv; charset=utf-8"}, b"text\nhello\n")
    path = fetch(tmp_path, site.url("/deep/pool.csv?x=1"))
    assert (path.name, path.read_text()) == ("pool.csv", "text\nhello\n")
    ((_, headers),) = site.asked
    assert headers["accept-encoding"] == "identity" and headers["host"] == f"files.example:{site.port}"
    assert not {"authorization", "cookie"} & headers.keys()


@pytest.mark.parametrize(("kind", "suffix"), [("text/csv", ".csv"), ("application/x-ndjson", ".jsonl")])
def test_where_the_address_has_no_suffix_the_content_type_says_what_it_is(
    site: Site, tmp_path: Path, kind: str, suffix: str
) -> None:
    site.answers["/export"] = (200, {"Content-Type": kind}, b"text\nhello\n")
    assert fetch(tmp_path, site.url("/export")).suffix == suffix


def test_redirects_are_followed_and_each_is_checked(site: Site, tmp_path: Path) -> None:
    site.answers["/a"] = (302, {"Location": "/b.csv"}, b"")
    site.answers["/b.csv"] = (200, {}, b"text\nhello\n")
    assert fetch(tmp_path, site.url("/a")).name == "b.csv"
    names = Names(inside_example=["10.0.0.7"])
    names.names["169.254.169.254"] = ["169.254.169.254"]
    for location in (
        "http://inside.example/x.csv",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "//u:p@files.example/",
    ):
        site.answers["/out"] = (302, {"Location": location}, b"")
        with pytest.raises(FetchError):
            fetch(tmp_path, site.url("/out"), names)
    site.answers["/round"] = (302, {"Location": "/round"}, b"")
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch(tmp_path, site.url("/round"))


def test_an_answer_of_the_name_server_that_changes_opens_nothing(site: Site, tmp_path: Path) -> None:
    """DNS rebinding: the first look-up is fit, the one at the connection leads inward."""
    names = Names()
    names.changes = [["127.0.0.1"], ["10.0.0.1"]]
    site.answers["/a.csv"] = (200, {}, b"text\nhello\n")
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch(tmp_path, site.url("/a.csv"), names)
    assert not site.asked
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch(tmp_path, site.url("/a.csv", "both.example"), Names(both_example=["127.0.0.1", "192.168.1.1"]))


@pytest.mark.parametrize(
    ("status", "headers", "body", "error", "said"),
    [
        (404, {}, b"", FetchError, "HTTP 404"),
        (403, {}, b"", FetchError, "asks for a log-in"),
        (503, {}, b"", FetchLaterError, "just now"),
        (429, {}, b"", FetchLaterError, "just now"),
        (200, {"Content-Type": "text/html"}, b"<html>", FetchError, "text/html"),
        (200, {"Content-Type": "image/png"}, b"x", FetchError, "image/png"),
        (
            200,
            {"Content-Type": "text/csv", "Content-Encoding": "gzip"},
            gzip.compress(b"0" * 10**7),
            FetchError,
            "compressed",
        ),
        (200, {"Content-Type": "text/csv", "Content-Length": "20000"}, b"", FetchError, "MB"),
        (200, {"Content-Type": "text/csv"}, b"x" * (LIMIT + 1), FetchError, "MB"),
        (200, {"Content-Type": "text/csv"}, b"", FetchError, "empty"),
        (200, {"Content-Type": "text/csv", "Content-Length": "500"}, b"broken off", FetchLaterError, "breaks off"),
        (200, {"Content-Type": "text/plain"}, b"text\nhello\n", FetchError, "can't be told"),
        (204, {}, b"", FetchError, "HTTP 204"),
    ],
)
def test_answers_that_are_no_table(
    site: Site, tmp_path: Path, status: int, headers: dict[str, str], body: bytes, error: type[Exception], said: str
) -> None:
    site.answers["/x"] = (status, headers, body)
    with pytest.raises(error, match=said):
        fetch(tmp_path, site.url("/x"))


def test_a_server_that_never_ends_is_left(site: Site, tmp_path: Path) -> None:
    class Slow(ManualClock):
        def now(self) -> datetime:
            self.advance(timedelta(minutes=6))
            return super().now()

    site.answers["/a.csv"] = (200, {}, b"text\nhello\n")
    with pytest.raises(FetchLaterError, match="had not come whole"):
        fetch(tmp_path, site.url("/a.csv"), clock=Slow(datetime(2026, 3, 2, tzinfo=UTC)))


def test_who_does_not_answer(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(FetchLaterError, match="can't be reached"):
        fetch(tmp_path, f"http://files.example:{port}/a.csv")
    with pytest.raises(FetchLaterError, match="can't be found"):
        fetch(tmp_path, "http://nowhere.example/a.csv")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "pool.csv",
        "file:///etc/passwd",
        "ftp://files.example/a.csv",
        "gopher://files.example/",
        "javascript:alert(1)",
        "http://",
        "http:///a.csv",
        "http://user@files.example/a.csv",
        "http://user:password@files.example/a.csv",
        "http://files.example:22/a.csv",
        "http://files.example:99999/a.csv",
        "http://files.example/a b.csv",
        "http://files.example/a\r\nX: y",
        "http://[::1/a.csv",
        "http://files.example/" + "a" * 2_000,
    ],
)
def test_addresses_that_are_refused_at_sight(url: str) -> None:
    with pytest.raises(FetchError):
        check_url(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:0:0:0:0:f5ff:fffe", "2001:db8::1",
        "fec0::1",
    ],
)  # fmt: skip
def test_addresses_within_are_not_public(address: str) -> None:
    assert not public(ip_address(address))
    with pytest.raises(FetchError, match="not on the public internet"):
        Resolver(resolve=lambda host, port: [entry(address, port)]).addresses("files.example", 80)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert public(ip_address(address))
    assert Resolver(resolve=lambda host, port: [entry(address, port)]).addresses("files.example", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "0"])
def test_this_machine_is_not_reached_however_it_is_written(site: Site, tmp_path: Path, host: str) -> None:
    """As it is in production: no network is allowed, names are really looked up."""
    job = ImportJob(
        id="web-1", project_id="p", channel_id="C1", user_id="U1", name="f", url=site.url("/a.csv", host),
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    site.answers["/a.csv"] = (200, {}, b"text\nhello\n")
    with pytest.raises((FetchError, FetchLaterError)):
        WebFiles(ManualClock(datetime(2026, 3, 2, tzinfo=UTC)), limit=LIMIT).fetch(job, tmp_path)
    assert not site.asked


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\x\\pool.csv", "pool.csv"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".jsonl", "x" * 74 + ".jsonl"),
        ("Bewertungen März (2).csv", "Bewertungen März (2).csv"),
    ],
)
def test_names_of_files_stay_in_their_folder(name: str, kept: str) -> None:
    assert harmless(name) == kept
