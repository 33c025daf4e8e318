"""Settings: one sentence per fault, no secret ever shown, and the papers that list them agree with the class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import settings as module
from bot.settings import Settings, SettingsError, table, variable_of

ROOT = Path(module.__file__).parents[1]
VARIABLES = [variable_of(name, field) for name, field in Settings.model_fields.items()]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the person who runs the tests, and no .env."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)


def faults(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def test_all_defaults_are_sound() -> None:
    settings = Settings.load()
    assert settings.redis_url is None
    assert settings.port == 3000
    assert not settings.socket_mode
    assert not settings.has_slack


def test_environment_and_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nROUNDTABLE_PORT=4000\nROUNDTABLE_LEADS=U1, U2,\n", "utf-8")
    monkeypatch.setenv("ROUNDTABLE_PORT", "5000")
    settings = Settings.load()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-file"
    assert settings.port == 5000, "the environment wins over the file"
    assert settings.leads == ("U1", "U2")


def test_empty_values_are_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, "")
    assert Settings.load() == Settings(_env_file=None)


def test_every_fault_is_told_at_once_and_no_secret_is(monkeypatch: pytest.MonkeyPatch) -> None:
    found = faults(
        monkeypatch,
        SLACK_BOT_TOKEN="xapp-topsecret",
        SLACK_APP_TOKEN="topsecret",
        SLACK_SIGNING_SECRET="top secret topsecret",
        SLACK_API_URL="ftp://topsecret",
        REDIS_URL="redis://:topsecret@host:port",
        ROUNDTABLE_PORT="http",
        ROUNDTABLE_TIMEZONE="Mars/Olympus",
        ROUNDTABLE_LEADS="U1,topsecret",
        ROUNDTABLE_LOG_LEVEL="LOUD",
        ROUNDTABLE_POST_INTERVAL="-1",
    )
    assert [fault.split(":")[0] for fault in found] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_URL",
        "REDIS_URL",
        "ROUNDTABLE_PORT",
        "ROUNDTABLE_TIMEZONE",
        "ROUNDTABLE_POST_INTERVAL",
        "ROUNDTABLE_LEADS",
        "ROUNDTABLE_LOG_LEVEL",
    ]
    assert "topsecret" not in str(found)
    assert "\n" not in "".join(found)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "belongs in SLACK_APP_TOKEN"),
        ("SLACK_APP_TOKEN", "xoxb-1", "belongs in SLACK_BOT_TOKEN"),
        ("SLACK_BOT_TOKEN", "xoxb-1 ", "no spaces"),
        ("SLACK_SIGNING_SECRET", "xoxb-1", "Signing Secret"),
        ("SLACK_API_URL", "slack.com/api", "must begin with https:// or http://"),
        ("SLACK_API_URL", "https://", "names no host"),
        ("REDIS_URL", "http://localhost", "redis:// or rediss:// or unix://"),
        ("REDIS_URL", "unix://", "names no socket file"),
        ("ROUNDTABLE_DATA_DIR", __file__, "names a file"),
        ("ROUNDTABLE_PORT", "70000", "less than or equal to 65535"),
        ("ROUNDTABLE_LISTENER_THREADS", "0", "greater than or equal to 1"),
        ("ROUNDTABLE_LEADS", "@ana", "entry 1 is no user id"),
        ("ROUNDTABLE_MAX_TEXT_LENGHT", "5", "did you mean ROUNDTABLE_MAX_TEXT_LENGTH?"),
    ],
)
def test_what_to_do(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str) -> None:
    (fault,) = faults(monkeypatch, **{variable: value})
    assert fault.startswith(f"{variable}: ")
    assert said in fault


def test_a_misspelt_name_in_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ROUNDTABLE_LOG_LEVL=DEBUG\nROUNDTABLE_SOMEBODY_ELSES=1\nOTHER=1\n", "utf-8")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert caught.value.faults == ["ROUNDTABLE_LOG_LEVL: is no setting; did you mean ROUNDTABLE_LOG_LEVEL?"]
    assert Settings(_env_file=None).log_level == "INFO"


def test_an_env_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        Settings.load()


def test_secrets_stay_out_of_every_text() -> None:
    settings = Settings(
        slack_bot_token="xoxb-topsecret",
        slack_app_token="xapp-topsecret",
        slack_signing_secret="topsecret",
        redis_url="redis://:topsecret@localhost/0",
    )
    assert "topsecret" not in f"{settings} {settings!r} {settings.require_slack()!r}"


def test_what_web_and_worker_need() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().require_slack()
    assert len(caught.value.faults) == 2
    with pytest.raises(SettingsError) as caught:
        Settings().require_slack(receiving=False)
    assert len(caught.value.faults) == 1
    assert Settings(slack_bot_token="xoxb-1").require_slack(receiving=False).api_url == "https://slack.com/api/"
    assert Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1").socket_mode
    over_http = Settings(slack_bot_token="xoxb-1", slack_signing_secret="s").require_slack()
    assert over_http.app_token is None


def test_api_url_ends_with_a_slash() -> None:
    assert Settings(slack_api_url="http://127.0.0.1:8930/api").slack_api_url == "http://127.0.0.1:8930/api/"


def test_env_example_lists_every_setting_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    listed = dict(re.findall(r"^#([A-Z_]+)=(.*)$", example, re.MULTILINE))
    assert sorted(listed) == sorted(VARIABLES)
    for name, field in Settings.model_fields.items():
        if field.default not in (None, ()):
            assert listed[variable_of(name, field)] == str(field.default)
    blocks = [block for block in example.split("\n\n") if "=" in block]
    assert all(block.lstrip("\n").startswith("# ") for block in blocks), "each setting has a comment above it"


def test_table_has_a_row_with_a_meaning_for_every_setting() -> None:
    rows = [line.split(" | ") for line in table().splitlines()[2:]]
    assert [row[0].strip("| `") for row in rows] == VARIABLES
    assert all(len(row[2]) > 20 for row in rows)
