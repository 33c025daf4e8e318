"""Events: App Home opened. Bolt acknowledges them itself; what takes time runs in the background."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import Final

from slack_bolt import Ack, BoltResponse

from bot.domain import Project, RoundtableError, StoreUnavailableError
from bot.services.decisions import decided
from bot.services.ports import DirectoryError
from bot.services.projects import status
from bot.services.queue import overview
from bot.slack.blocks import decisions as decision_blocks
from bot.slack.blocks.queue import home_blocks
from bot.slack.blocks.reminders import home_off
from bot.slack.blocks.standing import home_view, word_view
from bot.slack.desk import Desk, Json
from bot.slack.errors import SlackError
from bot.slack.failures import failures
from bot.slack.limits import LimitsError
from bot.words import shared, speaking

log = logging.getLogger("roundtable.listeners")

SEEN_SECONDS: Final = 3_600  # Slack retries an event at once, after 1 and after 5 minutes


def app_home_opened(ack: Ack, body: Json, event: Json, desk: Desk) -> BoltResponse:
    """Publishes App Home for whoever opened it."""
    if event.get("tab", "home") == "home" and desk.store.guard.first_time(
        f"event:{body.get('event_id')}", SEEN_SECONDS
    ):
        desk.background.submit(publish_home, desk, str(event["user"]))
    return ack()


def ignore(ack: Ack) -> BoltResponse:
    """Events that nobody here asked for: acknowledged, lest Slack send them again."""
    return ack()


def publish_home(desk: Desk, user_id: str, word: str = "") -> None:
    """In the background: reads how all projects stand, and this person's queue, and publishes. `word`: what has to be said (mrkdwn)."""
    try:
        projects = desk.store.projects.all()
        # Whatever project's button was pressed: Home shows them all.
        with speaking(shared(project.language for project in projects)):
            _publish_home(desk, projects, user_id, word)
    except StoreUnavailableError as error:
        log.warning("App Home could not be published: %s", error)
        with speaking(None):
            _publish_word(desk, user_id, word)
    except (RoundtableError, SlackError, LimitsError) as error:
        log.warning("App Home could not be published: %s", error)


def _publish_home(desk: Desk, projects: Sequence[Project], user_id: str, word: str) -> None:
    own = home_blocks(*overview(desk.store, desk.clock, user_id, partial(_has_queue, desk, user_id)), user_id, word)
    own += home_off() if desk.store.reminders.is_never(user_id) else []
    statuses = [status(desk.store, desk.clock, project.id) for project in projects]
    unsent = {status.project.id: failures(desk.store, status) for status in statuses}
    leading = frozenset(status.project.id for status in statuses if desk.shows_lead(status.project, user_id))
    decide = {
        each.project.id: decision_blocks.home_blocks(each.project, each.disputes, decided(desk.store, each.project.id))
        for each in statuses
        if each.project.id in leading and in_channel(desk, user_id, each.project)
    }
    may_create = desk.shows_create(user_id)
    home = home_view(statuses, leading=leading, failures=unsent, own=own, adjudication=decide, may_create=may_create)
    desk.gateway.publish_home(user_id, home)


def _publish_word(desk: Desk, user_id: str, word: str) -> None:
    """While the store can't say how things stand: what has to be said, and nothing else. Without it, what is on screen stays."""
    if not word:
        return
    try:
        desk.gateway.publish_home(user_id, word_view(word))
    except (SlackError, LimitsError) as error:
        log.warning("App Home could not be published: %s", error)


def _has_queue(desk: Desk, user_id: str, project: Project) -> bool:
    """In the project's channel, and one of those who answer."""
    try:
        return in_channel(desk, user_id, project) and desk.rights.may_vote(project, user_id)
    except DirectoryError as error:
        log.warning("the queue of %s is left out of App Home, as its people are not known: %s", project.id, error)
        return False


def in_channel(desk: Desk, user_id: str, project: Project) -> bool:
    """Nobody else is shown the project's items."""
    try:
        return desk.members.has(project.channel_id, user_id)
    except SlackError as error:
        log.warning("items of %s are left out of App Home, as its members are not known: %s", project.id, error)
        return False
