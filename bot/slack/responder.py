"""What a person sees right after a click: sent to the click's own response_url, behind the acknowledgement.

It costs no chat.update, of which the whole workspace has 50 a minute. The latest state of a message wins; when too much
is waiting or Slack does not take it, the message's dirty mark stays in the store and the outbox updates it.
A response_url is a secret: it is never logged, nor is an exception's text, which may hold it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any, Final

import requests

from bot.domain import QueryView, RoundtableError
from bot.services.ports import Store
from bot.slack.blocks.items import item_message, own_choice
from bot.slack.blocks.message import Message
from bot.slack.gateway import METADATA_TYPE
from bot.slack.limits import LimitsError, enforce_message
from bot.words import speaking

log = logging.getLogger("roundtable.responses")

TIMEOUT: Final = (3.05, 5.0)  # seconds to connect, to answer
WAITING: Final = 500  # messages; beyond that the outbox does it
NOTICES: Final = 1_000
AGAIN_SECONDS: Final = 0.3  # until the same message is shown anew: a click on a quiet one is shown at once
# Of one processor's time, for showing messages. Under load the latest states are what counts, and the votes come first.
SHARE: Final = 0.05
USUAL_SECONDS: Final = 0.001  # of processor time per message, until it is known
COMPLAIN_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person clicked: what an answer needs to get there."""

    response_url: str | None = field(repr=False)
    user_id: str
    message_ts: str | None = None
    thread_ts: str | None = None
    ephemeral: bool = False


@dataclass(slots=True)
class _Show:
    """Bring a query's message up to date; `voters` are those who shall see their own choice."""

    place: Place
    voters: list[Place]


class Responder:
    """A small pool of sender threads, each with its kept-alive session."""

    def __init__(self, store: Store, *, threads: int = 6) -> None:
        self._store = store
        self._shows: OrderedDict[str, _Show] = OrderedDict()
        self._notices: deque[tuple[Place, Message, bool]] = deque()
        self._busy: set[str] = set()
        self._not_before, self._cost = 0.0, USUAL_SECONDS
        self._watched = (
            False  # one thread waits for the next moment; to wake all of them costs clicks more than they do
        )
        self._unsent, self._next_complaint = 0, 0.0
        self._shown: dict[str, float] = {}  # query -> when it was last shown, if a moment ago
        self._changed = threading.Condition()
        self._ending = False
        self._threads = [
            threading.Thread(target=self._work, name=f"responses-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def show(self, query_id: str, place: Place) -> bool:
        """Replaces the clicked message by its present state. False: too much is waiting, the outbox will do it."""
        if place.response_url is None or place.ephemeral:
            return False
        with self._changed:
            known = self._shows.get(query_id)
            if known is not None:
                known.place = place
                known.voters.append(place)
            elif len(self._shows) >= WAITING:
                return False
            else:
                self._shows[query_id] = _Show(place, [place])
                if not self._watched or time.monotonic() >= self._not_before:
                    self._changed.notify()
        return True

    def tell(self, place: Place, message: Message, *, replace: bool = False) -> None:
        """A word to the person alone; `replace` puts it in place of the ephemeral message that was clicked."""
        if place.response_url is None:
            return
        with self._changed:
            if len(self._notices) < NOTICES:
                self._notices.append((place, message, replace))
                self._changed.notify()

    def stop(self, timeout: float = 3.0) -> None:
        """Sends what is waiting, then ends; what is left after `timeout` seconds is the outbox's."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout / len(self._threads))

    def _work(self) -> None:
        with requests.Session() as session:
            while True:
                with self._changed:
                    notice, taken = self._next()
                if notice is not None:
                    self._edge(lambda notice=notice: self._post_notice(session, *notice))
                elif taken is not None:
                    query_id, show = taken
                    began = time.thread_time()
                    self._edge(lambda query_id=query_id, show=show: self._post_state(session, query_id, show))
                    with self._changed:
                        self._cost += (time.thread_time() - began - self._cost) / 8
                        self._busy.discard(query_id)
                        self._shown[query_id] = time.monotonic()
                else:
                    return

    def _next(self) -> tuple[tuple[Place, Message, bool] | None, tuple[str, _Show] | None]:
        """Waits for something to send: a notice, or a message's state; neither at the end."""
        while True:
            if self._notices:
                return self._notices.popleft(), None
            now = time.monotonic()
            query_id, pause = self._choose(now)
            if query_id is not None:
                self._busy.add(query_id)
                self._not_before = now + self._cost / SHARE
                taken = self._shows.pop(query_id)
                if self._shows:
                    self._changed.notify()  # another thread watches for the next one
                return None, (query_id, taken)
            if self._ending and not self._shows:
                self._changed.notify_all()  # the end of the others, too
                return None, None
            self._wait(pause)

    def _wait(self, pause: float | None) -> None:
        """For a change; `pause` seconds at most, if no other thread is waiting for that moment."""
        if pause is None or self._watched:
            self._changed.wait()
            return
        self._watched = True
        try:
            self._changed.wait(pause)
        finally:
            self._watched = False

    def _choose(self, now: float) -> tuple[str | None, float | None]:
        """The longest waiting message that may be sent, or the seconds until one may be.

        Never one that another thread is at: two at once could arrive in the wrong order.
        """
        if now < self._not_before and not self._ending:
            return None, self._not_before - now if self._shows else None
        self._shown = {key: at for key, at in self._shown.items() if now - at < AGAIN_SECONDS}
        pauses = []
        for query_id in self._shows:
            if query_id in self._busy:
                continue
            pause = 0.0 if self._ending else self._shown.get(query_id, 0.0) + AGAIN_SECONDS - now
            if query_id not in self._shown or pause <= 0:
                return query_id, None
            pauses.append(pause)
        return None, min(pauses, default=None)

    def _edge(self, send: Any) -> None:
        try:
            send()
        except (RoundtableError, requests.RequestException, LimitsError) as error:
            self._complain(type(error).__name__)
        except Exception as error:  # noqa: BLE001 - a thread's edge: the next answers must still go out
            log.error("an answer could not be shown: unexpected %s", type(error).__name__)

    def _post_state(self, session: requests.Session, query_id: str, show: _Show) -> None:
        view = self._store.rounds.query_view(query_id)
        with speaking(view.project.language):  # this thread has none
            self._show_state(session, view, show)

    def _show_state(self, session: requests.Session, view: QueryView, show: _Show) -> None:
        message, query_id = item_message(view), view.query.id
        key = f"query:{query_id}"
        metadata = {"metadata": {"event_type": METADATA_TYPE, "event_payload": {"key": key}}}
        if self._send(session, show.place, {"replace_original": True, **message.payload(plain=True), **metadata}):
            self._store.outbox.settle(key, view.revision)
        if view.project.overlap > 1 and view.label is None:
            self._tell_own(session, view, show.voters)

    def _tell_own(self, session: requests.Session, view: QueryView, voters: list[Place]) -> None:
        for place in {place.user_id: place for place in voters}.values():
            label = view.votes.get(place.user_id)
            if label is not None:
                self._post_notice(session, place, own_choice(view.query.id, view.project.said(label)), False)

    def _post_notice(self, session: requests.Session, place: Place, message: Message, replace: bool) -> None:
        body: dict[str, Any] = {"replace_original": replace, "response_type": "ephemeral", **message.payload()}
        if place.thread_ts and not replace:
            body["thread_ts"] = place.thread_ts
        self._send(session, place, body)

    def _send(self, session: requests.Session, place: Place, body: dict[str, Any]) -> bool:
        enforce_message(body)
        url = str(place.response_url)
        if session.trust_env:
            _read_environment(session, url)
        answer = session.post(url, json=body, timeout=TIMEOUT)
        if answer.ok:
            return True
        self._complain(f"HTTP {answer.status_code}")
        return False

    def _complain(self, why: str) -> None:
        """Now and then, not for each: in trouble there are hundreds a second."""
        now = time.monotonic()
        with self._changed:
            self._unsent += 1
            if now < self._next_complaint:
                return
            count, self._unsent, self._next_complaint = self._unsent, 0, now + COMPLAIN_SECONDS
        log.warning(
            "%s answers could not be shown (the last: %s); the outbox brings their messages up to date", count, why
        )


def _read_environment(session: requests.Session, url: str) -> None:
    """Proxies and certificates of the environment, once: requests would look them up for every answer."""
    found = session.merge_environment_settings(url, {}, None, None, None)
    session.proxies.update(found["proxies"])
    session.verify = found["verify"]
    session.trust_env = False
