"""The Bolt app: built from parts, nothing read from the environment, quick to its acknowledgement.

Listeners run in the thread that received the request (`process_before_response`): an acknowledgement means that the work
is done, events that fail are answered with an error, so that Slack sends them again, and the thread hop and 10 ms poll of
Bolt's default are saved.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Final

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient

from bot.domain import StoreUnavailableError
from bot.services.ports import Clock, Directory, Store
from bot.services.rights import Rights
from bot.slack import listeners
from bot.slack.blocks import queue
from bot.slack.blocks.items import LABEL, MORE, SKIP, UNDO, UNSURE
from bot.slack.desk import Desk
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import TIMEOUT, Gateway
from bot.slack.interpreter import Interpreter, SpeakingApp
from bot.slack.listeners.trouble import unavailable
from bot.slack.membership import Members
from bot.slack.questions import remembering
from bot.slack.responder import Responder
from bot.slack.screens import Screens
from bot.words import Carrying

log = logging.getLogger("roundtable.app")

REPLAY_SECONDS: Final = 600  # twice the 300 s for which Slack's signature is good, for clocks that differ
# The vote script knows an action that it has seen, in whatever process: a second delivery of these changes nothing and is
# acknowledged like the first, which may have been the one that got lost.
IDEMPOTENT: Final = frozenset({SKIP, UNSURE, UNDO, MORE, queue.SKIP, queue.UNSURE})


class Doorkeeper(Middleware):
    """Hands every listener the desk, and refuses a signed request that comes a second time (votes know by themselves)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt passes it by name
        next: Callable[[], BoltResponse],
    ) -> BoltResponse | None:
        """Bolt's hook, behind signature and authorisation."""
        req.context["desk"] = self._desk
        signature = req.headers.get("x-slack-signature", [""])[0]  # none in Socket Mode
        if not signature or _is_vote(req):
            return next()
        try:
            fresh = self._first_time(signature) and self._desk.store.guard.first_time(
                f"signature:{signature}", REPLAY_SECONDS
            )
        except StoreUnavailableError:
            return unavailable(req.body, self._desk)
        if fresh:
            return next()
        log.warning("a signed request came a second time and was refused")
        return BoltResponse(status=401, body={"error": "replayed_request"})

    def _first_time(self, signature: str) -> bool:
        """In this process; bounded, oldest out first."""
        now = self._desk.clock.now().timestamp()
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < now - REPLAY_SECONDS:
                self._seen.popitem(last=False)
            if signature in self._seen:
                return False
            self._seen[signature] = now
        return True


def _is_vote(req: BoltRequest) -> bool:
    actions = req.body.get("actions") or [] if req.body.get("type") == "block_actions" else []
    return bool(actions) and all(
        str(action.get("action_id")).startswith((LABEL, queue.LABEL)) or action.get("action_id") in IDEMPOTENT
        for action in actions
    )


def build_app(
    *,
    store: Store,
    clock: Clock,
    gateway: Gateway,
    token: str,
    signing_secret: str | None,
    api_url: str,
    responder: Responder,
    executor: Executor,
    leads: frozenset[str] = frozenset(),
    directory: Directory | None = None,
) -> App:
    """The app with all its listeners. `signing_secret` None: Socket Mode only, HTTP requests are all refused.

    `leads` lead every project; `directory` says who is in which group, None: as `gateway` knows it.
    """
    desk = Desk(
        store=store,
        ballots=remembering(store, clock),
        clock=clock,
        responder=responder,
        gateway=gateway,
        background=Carrying(executor),
        screens=Screens(gateway, clock),
        members=Members(gateway, clock),
        rights=Rights(directory or SlackDirectory(gateway, clock, executor), leads),
    )
    # Nothing here asks who the app is, so the answer is constant and SLACK_CLIENT_ID in the environment, which makes
    # Bolt build an OAuth flow, changes nothing: an authorisation that is passed in goes first.
    identity = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)
    logger = logging.getLogger("roundtable.bolt")
    logger.setLevel(
        logging.ERROR
    )  # its warnings are about the environment's token, which is not used, and print requests
    app = SpeakingApp(
        name="roundtable.bolt",  # also the name of a logger that Bolt sets up as it likes
        logger=logger,
        client=WebClient(base_url=api_url, timeout=TIMEOUT),
        # A secret that nobody knows, where there is none: nothing can be signed with it.
        signing_secret=signing_secret or secrets.token_hex(32),
        authorize=lambda: identity,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        listener_executor=executor,
        ssl_check_enabled=False,  # an unsigned way in that Slack no longer uses
        ignoring_self_events_enabled=False,  # no event is subscribed that the app itself causes
        attaching_function_token_enabled=False,
    )
    app.use(Doorkeeper(desk))
    app.use(Interpreter(desk.ballots.projects))
    app.error(_failed)
    listeners.register(app)
    return app


def _failed(error: Exception, request: BoltRequest) -> BoltResponse:
    """A listener's fault: logged without the request, which holds secrets (response_url, trigger_id)."""
    if isinstance(error, BoltUnhandledRequestError):
        log.info("an unknown kind of request (%s) was refused", str(request.body.get("type"))[:40])
        return BoltResponse(status=404, body={"error": "unhandled_request"})
    if isinstance(error, StoreUnavailableError):
        log.warning("not done: %s", error)
        return unavailable(request.body, request.context["desk"])
    log.error("a listener failed", exc_info=error)
    return BoltResponse(status=500, body="")
