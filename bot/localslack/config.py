"""What the workspace consists of, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Team:
    """The workspace itself."""

    id: str = "T0LOCAL"
    name: str = "Local workspace"
    domain: str = "local"


@dataclass(frozen=True)
class Person:
    """A member. `id` begins with U; `name` is the handle, `real_name` what is shown."""

    id: str
    name: str
    real_name: str
    tz: str = "Etc/UTC"
    tz_label: str = "Coordinated Universal Time"
    tz_offset: int = 0  # seconds
    title: str = ""
    is_admin: bool = False
    is_owner: bool = False


@dataclass(frozen=True)
class UserGroup:
    """A user group. `id` begins with S; `handle` is what mentions it, `users` are user ids."""

    id: str
    name: str
    handle: str
    users: tuple[str, ...] = ()
    description: str = ""
    is_disabled: bool = False


@dataclass(frozen=True)
class ChannelSpec:
    """A channel at the start. `members` are user ids; None: everybody, the bot included."""

    id: str
    name: str
    topic: str = ""
    members: tuple[str, ...] | None = None
    is_private: bool = False
    is_archived: bool = False


@dataclass(frozen=True)
class Command:
    """A slash command of the app."""

    name: str  # with its slash
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = True  # @ana and #general come as <@U...|ana> and <#C...|general>


@dataclass(frozen=True)
class Shortcut:
    """A shortcut of the app: in a message's menu ("message") or anywhere ("global")."""

    name: str
    callback_id: str
    kind: str = "message"


DEFAULT_PEOPLE = (
    Person("U0ANA", "ana", "Ana", "Europe/Lisbon", "Western European Time", 0),
    Person("U0BEN", "ben", "Ben", "Europe/Berlin", "Central European Time", 3600),
    Person("U0CHI", "chi", "Chi", "Asia/Tokyo", "Japan Standard Time", 32400),
    Person("U0LEAD", "lea", "Lea", "America/New_York", "Eastern Standard Time", -18000, title="Lead", is_admin=True),
)
DEFAULT_CHANNELS = (
    ChannelSpec("C0BRAND", "brand-safety", "What people say about the brands"),
    ChannelSpec("C0GENERAL", "general", "Everything else"),
)
DEFAULT_USER_GROUPS = (UserGroup("S0REVIEW", "Reviewers", "reviewers", ("U0BEN", "U0CHI"), "Those who label"),)
# Those that the methods served here ask for.
ALL_SCOPES = (
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "usergroups:read",
    "users:read",
)


@dataclass(frozen=True)
class WorkspaceConfig:
    """Everything that may be chosen. The tokens are made-up values for this machine, not secrets of anybody's.

    `request_url`: where signed HTTP goes (events, interactivity and commands alike); None: Socket Mode.
    `faults`: see faults.py. `seed`: makes the faults reproducible.
    """

    port: int = 0
    host: str = "127.0.0.1"
    bot_token: str = field(default="xoxb-local-roundtable", repr=False)
    app_token: str = field(default="xapp-local-roundtable", repr=False)
    signing_secret: str = field(default="local-signing-secret", repr=False)
    request_url: str | None = None
    team: Team = Team()
    people: tuple[Person, ...] = DEFAULT_PEOPLE
    user_groups: tuple[UserGroup, ...] | None = DEFAULT_USER_GROUPS  # None: a plan that has none
    channels: tuple[ChannelSpec, ...] = DEFAULT_CHANNELS
    app_name: str = "Roundtable"
    app_id: str = "A0LOCAL"
    bot_id: str = "B0BOT"
    bot_user_id: str = "U0BOT"
    scopes: tuple[str, ...] = ALL_SCOPES
    app_scopes: tuple[str, ...] = ("connections:write",)
    commands: tuple[Command, ...] = (Command("/roundtable", "Rounds of labelling", "status | help"),)
    shortcuts: tuple[Shortcut, ...] = ()
    subscribed_events: tuple[str, ...] = (
        "app_home_opened",
        "file_shared",
        "member_joined_channel",
        "reaction_added",
        "reaction_removed",
    )
    messages_tab: bool = True  # of App Home: without it the app can't write to people
    enforce_rates: bool = True
    faults: str = ""
    seed: int = 0
    ack_seconds: float = 3.0  # Slack's own limit
