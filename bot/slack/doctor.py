"""What `roundtable doctor` checks of Slack: tokens, scopes, channels, leads. Each fault says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.domain import Check, Project
from bot.services.rights import is_group
from bot.slack.errors import RefusedError, SlackError
from bot.slack.gateway import SlackGateway

# What is needed and what for; manifest.yml is compared with it by a test.
SCOPES: Final = {
    "chat:write": "to post and update messages",
    "commands": "for /roundtable",
    "files:read": "to import files that are dropped into a project's channel",
    "files:write": "for pictures of the learning curve, and rows that an import refused",
    "users:read": "to know the admins of the workspace, and to check the leads in ROUNDTABLE_LEADS",
    "im:write": "to send exports, notes for leads and reminders to one person alone",
    "usergroups:read": "to know who is in the user groups that lead, label or watch",
    "channels:read": "to find a project's channel by its name",
    "groups:read": "the same in private channels",
    "channels:join": "to join the public channel that a new project is set up for",
    "channels:history": "to find out whether a message was posted before posting it again (public channels)",
    "groups:history": "the same in private channels",
    "reactions:read": "to take emoji for votes, where a project does",
    "im:history": "the same in conversations with one person",
}
REINSTALL: Final = "install the app again with the scopes of manifest.yml"


def check_slack(
    bot_token: str,
    api_url: str,
    *,
    projects: Iterable[Project],
    leads: Iterable[str] = (),
    app_token: str | None = None,
) -> list[Check]:
    """All checks, in the order of their importance; those that need a working token are left out without one."""
    gateway = SlackGateway(bot_token, api_url)
    try:
        me, scopes = gateway.whoami()
    except RefusedError as error:
        advice = "copy the Bot User OAuth Token from OAuth & Permissions into SLACK_BOT_TOKEN"
        return [Check(name="Slack bot token", ok=False, detail=str(error), advice=advice)]
    except SlackError as error:
        advice = f"check the network, a proxy, and SLACK_API_URL ({api_url})"
        return [Check(name="Slack reachable", ok=False, detail=str(error), advice=advice)]
    detail = f"{me.get('user', 'the app')} in {me.get('team', 'the workspace')}"
    checks = [Check(name="Slack bot token", ok=True, detail=detail), _scopes(scopes)]
    if app_token is not None:
        checks.append(_app_token(app_token, api_url))
    projects = list(projects)
    checks += _channels(gateway, projects)
    checks += _groups(gateway, projects)
    checks += _leads(gateway, leads)
    return checks


def _scopes(scopes: frozenset[str]) -> Check:
    missing = [scope for scope in SCOPES if scope not in scopes]
    if not missing:
        return Check(name="Slack scopes", ok=True, detail=", ".join(sorted(SCOPES)))
    detail = "missing: " + "; ".join(f"{scope} ({SCOPES[scope]})" for scope in missing)
    return Check(name="Slack scopes", ok=False, detail=detail, advice=REINSTALL)


def _app_token(app_token: str, api_url: str) -> Check:
    """Asks for a socket's address, as Socket Mode does; the address is not used."""
    try:
        SlackGateway(app_token, api_url).call("apps.connections.open", {})
    except SlackError as error:
        advice = "make an app-level token with connections:write (Basic Information) and set SLACK_APP_TOKEN"
        return Check(name="Slack app token", ok=False, detail=str(error), advice=advice)
    return Check(name="Slack app token", ok=True, detail="Socket Mode can connect")


def _channels(gateway: SlackGateway, projects: Iterable[Project]) -> Iterator[Check]:
    """Whether the app is in the channel of each project.

    By conversations.history, which only a member may call, and which the outbox needs as well.
    """
    for project in projects:
        name = f"channel of {project.name}"
        try:
            gateway.call("conversations.history", {"channel": project.channel_id, "limit": 1})
        except SlackError as error:
            advice = f"in #{project.channel_name}: /invite @Roundtable"
            yield Check(name=name, ok=False, detail=f"#{project.channel_name}: {error}", advice=advice)
        else:
            yield Check(name=name, ok=True, detail=f"the app is in #{project.channel_name}")


def _groups(gateway: SlackGateway, projects: Iterable[Project]) -> Iterator[Check]:
    """Whether Slack says who is in the user groups that projects name."""
    named: dict[str, str] = {}
    for project in projects:
        for listed in (*project.leads, *project.annotators, *project.observers):
            if is_group(listed):
                named.setdefault(listed, project.name)
    for group_id, project_name in named.items():
        try:
            people = gateway.group(group_id)
        except SlackError as error:
            advice = f"put another group, or people, into the settings of {project_name} (/roundtable config)"
            yield Check(name=f"user group {group_id}", ok=False, detail=str(error), advice=advice)
        else:
            yield Check(name=f"user group {group_id}", ok=True, detail=f"{len(people)} people")


def _leads(gateway: SlackGateway, leads: Iterable[str]) -> Iterator[Check]:
    for user_id in leads:
        try:
            user = gateway.call("users.info", {"user": user_id}).get("user") or {}
        except SlackError as error:
            advice = "ROUNDTABLE_LEADS takes member ids (profile, three dots, Copy member ID)"
            yield Check(name=f"lead {user_id}", ok=False, detail=str(error), advice=advice)
            continue
        gone = bool(user.get("deleted"))
        advice = "take the id out of ROUNDTABLE_LEADS" if gone else ""
        detail = "was deactivated" if gone else str(user.get("real_name") or user.get("name") or user_id)
        yield Check(name=f"lead {user_id}", ok=not gone, detail=detail, advice=advice)
