"""The one reader of the environment. `python -m bot.settings` prints the table of all settings for the README."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot.domain import RoundtableError

PREFIX = "ROUNDTABLE_"
_USER_ID = re.compile(r"^[UW][A-Z0-9]+$")
_TOKEN_KINDS = {
    "xoxb-": ("a bot token", "SLACK_BOT_TOKEN"),
    "xapp-": ("an app-level token", "SLACK_APP_TOKEN"),
}


class SettingsError(RoundtableError):
    """The environment is wrong. Its text has one line per fault: the variable and what to do, never a secret's value."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class SlackSettings(NamedTuple):
    """What is needed to talk to Slack, known to be there."""

    bot_token: SecretStr
    app_token: SecretStr | None
    signing_secret: SecretStr | None
    api_url: str


class Settings(BaseSettings):
    """All settings: environment variables, or lines of a `.env` file in the working directory (the environment wins).

    Raises SettingsError, never pydantic's own error, which would print values.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    slack_bot_token: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_BOT_TOKEN",
        description="The bot's token, `xoxb-…` (OAuth & Permissions). Needed by `web` and `worker`.",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_APP_TOKEN",
        description="App-level token, `xapp-…`, with `connections:write`. When it is set, `web` uses Socket Mode.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="Proves that requests come from Slack (Basic Information). Needed over HTTP, without an app token.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="Where Slack's Web API is; the local workspace prints its own.",
    )
    redis_url: str | None = Field(
        default=None,
        repr=False,  # may hold a password
        validation_alias="REDIS_URL",
        description="`redis://`, `rediss://` (TLS) or `unix://` address of Redis >= 6.2 or Valkey. "
        "Unset: an embedded server keeps its files in the data folder.",
    )
    data_dir: Path = Field(
        default=Path("data"), description="Folder of the embedded server's files and of the feature cache."
    )
    feature_cache_mb: int = Field(
        default=4096,
        ge=0,
        description="Megabytes that the feature cache in the data folder may take (a million short texts: about 3,000); 0: no cache.",
    )
    embeddings_model: Path | None = Field(
        default=None,
        description="Folder of a sentence embedding model (`model.onnx`, `tokenizer.json`), for projects with `--features embeddings`.",
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="Address that `web` listens on; `0.0.0.0` for all interfaces."
    )
    port: int = Field(default=3000, ge=0, le=65535, description="Port that `web` listens on; 0 takes any free one.")
    timezone: str = Field(
        default="UTC", description="Time zone of new projects that name none, such as `Europe/Berlin`."
    )
    language: Literal["en", "de"] = Field(
        default="en",
        description="Language of new projects that name none, and of the app's Home among projects of several: `en` or `de`.",
    )
    post_interval: float = Field(
        default=1.0,
        ge=0,
        le=60,
        description="Seconds between two new messages in one channel (Slack allows about one a second).",
    )
    update_interval: float = Field(
        default=3.0,
        ge=0,
        le=300,
        description="Seconds between two updates of the same message; what lies between is left out.",
    )
    updates_per_minute: int = Field(
        default=45,
        ge=1,
        le=1000,
        description="Message updates a minute in the whole workspace (Slack allows about 50).",
    )
    listener_threads: int = Field(
        default=20, ge=1, le=500, description="Threads of `web` that answer Slack's requests."
    )
    max_text_length: int = Field(
        default=20_000,
        ge=1,
        le=1_000_000,
        description="Longest text of an item, in characters; longer ones are refused by `import`.",
    )
    max_import_mb: int = Field(
        default=100,
        ge=1,
        le=10_000,
        description="Largest file that is imported by way of Slack (dropped into a channel, or by its web address), in megabytes.",
    )
    leads: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Slack user ids, separated by commas, of those who lead every project: who may pause, close rounds, import and the "
        "like. A project's own leads and the workspace's admins may, too. Nobody named: everyone may.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`."
    )

    def __init__(self, **values: Any) -> None:
        """Reads environment, `.env` and `values` (which win). Raises SettingsError."""
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsError([_sentence(fault) for fault in error.errors(include_url=False)]) from None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError([f".env: cannot be read ({error.__class__.__name__}); save it as UTF-8 text"]) from None
        file = DotEnvSettingsSource(type(self), env_file=values.get("_env_file", self.model_config["env_file"]))
        misspelt = _misspelt({*os.environ, *(name.upper() for name in file.env_vars)})
        if misspelt:
            raise SettingsError(misspelt)

    @classmethod
    def load(cls) -> Self:
        """The settings of this process. Raises SettingsError."""
        return cls()

    @property
    def socket_mode(self) -> bool:
        """True: `web` connects to Slack (Socket Mode); false: Slack calls `web` over HTTP."""
        return self.slack_app_token is not None

    @property
    def has_slack(self) -> bool:
        """Whether Slack can be called at all."""
        return self.slack_bot_token is not None

    def require_slack(self, *, receiving: bool = True) -> SlackSettings:
        """What Slack needs, for `web`, and with `receiving=False` for `worker`, which only sends. Raises SettingsError."""
        faults = []
        if self.slack_bot_token is None:
            faults.append(
                "SLACK_BOT_TOKEN: is not set; copy the Bot User OAuth Token (xoxb-...) from the app's OAuth & Permissions page"
            )
        if receiving and self.slack_app_token is None and self.slack_signing_secret is None:
            faults.append(
                "SLACK_APP_TOKEN, SLACK_SIGNING_SECRET: neither is set; "
                "set the first for Socket Mode or the second to receive Slack's requests over HTTP"
            )
        if faults or self.slack_bot_token is None:
            raise SettingsError(faults)
        return SlackSettings(self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.slack_api_url)

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        return _token(value, "xoxb-")

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, value: SecretStr | None) -> SecretStr | None:
        return _token(value, "xapp-")

    @field_validator("slack_signing_secret")
    @classmethod
    def _signing_secret(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value is not None else "ok"
        if text.startswith(tuple(_TOKEN_KINDS)):
            raise ValueError("is a token; copy the Signing Secret from the app's Basic Information page")
        if not text or re.search(r"\s", text):
            raise ValueError(
                "is empty or has a space or line break in it; copy it again from the app's Basic Information page"
            )
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        url = _url(value, ("https", "http"))
        return url if url.endswith("/") else url + "/"

    @field_validator("redis_url")
    @classmethod
    def _redis_url(cls, value: str | None) -> str | None:
        return value if value is None else _url(value, ("redis", "rediss", "unix"))

    @field_validator("data_dir")
    @classmethod
    def _data_dir(cls, value: Path) -> Path:
        path = value.expanduser()
        if path.exists() and not path.is_dir():
            raise ValueError("names a file; name a folder (it is made when it is not there)")
        return path

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("is no time zone; write it as Europe/Berlin or UTC") from None
        return value

    @field_validator("leads", mode="before")
    @classmethod
    def _leads(cls, value: object) -> object:
        people = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
        if not isinstance(people, list | tuple):
            return people
        for place, person in enumerate(people, start=1):
            if person and not _USER_ID.match(str(person)):
                raise ValueError(
                    f"entry {place} is no user id; copy the member ID (U...) from the person's Slack profile"
                )
        return tuple(dict.fromkeys(person for person in people if person))

    @field_validator("log_level", mode="before")
    @classmethod
    def _log_level(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def _token(value: SecretStr | None, prefix: str) -> SecretStr | None:
    if value is None:
        return None
    text = value.get_secret_value()
    if text.startswith(prefix) and not re.search(r"\s", text):
        return value
    for other, (kind, variable) in _TOKEN_KINDS.items():
        if other != prefix and text.startswith(other):
            raise ValueError(
                f"holds {kind} ({other}...), which belongs in {variable}; put one that begins with {prefix} here"
            )
    raise ValueError(f"must begin with {prefix} and have no spaces; copy it again from the app's settings page")


def _url(value: str, schemes: tuple[str, ...]) -> str:
    """`value` if it is an address of one of `schemes`. The message never shows it: it may hold a password."""
    wanted = " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError(
            f"is no address (its host or port is wrong); write {wanted} followed by host and port"
        ) from None
    if parts.scheme not in schemes:
        raise ValueError(f"must begin with {wanted}")
    if not (parts.path if parts.scheme == "unix" else parts.hostname) or port == 0:
        raise ValueError(
            "names no host" if parts.scheme != "unix" else "names no socket file; write unix:///path/to/redis.sock"
        )
    return value


def variable_of(name: str, field: FieldInfo) -> str:
    """The environment variable of a field."""
    return field.validation_alias if isinstance(field.validation_alias, str) else PREFIX + name.upper()


def _sentence(fault: Any) -> str:
    """One fault of pydantic's as "VARIABLE: what is wrong; what to do". Only plain numbers and words are shown, never secrets."""
    place = str(fault["loc"][0]) if fault["loc"] else "?"
    names = {variable_of(name, field): name for name, field in Settings.model_fields.items()}
    variable = place if place in names else variable_of(place, Settings.model_fields[place])
    message = fault["msg"].removeprefix("Value error, ")
    if fault["type"] != "value_error":
        message = f"{message[:1].lower()}{message[1:]}; set it to another value or remove it"
    return f"{variable}: {message}"


def _misspelt(names: Iterable[str]) -> list[str]:
    """A slip of the finger in a name would otherwise be passed over in silence; names unlike any setting are somebody else's."""
    known = [variable_of(name, field) for name, field in Settings.model_fields.items()]
    known += [PREFIX + name.upper() for name in Settings.model_fields]
    faults = []
    for name in sorted(names):
        if not name.startswith(PREFIX) or name in known:
            continue
        close = difflib.get_close_matches(name, [k for k in known if k.startswith(PREFIX)], n=1, cutoff=0.9)
        if close:
            faults.append(f"{name}: is no setting; did you mean {close[0]}?")
    return faults


def table() -> str:
    """All settings as a Markdown table."""
    lines = ["| Variable | Default | Meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, ()) else f"`{field.default}`"
        lines.append(f"| `{variable_of(name, field)}` | {default} | {field.description} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
