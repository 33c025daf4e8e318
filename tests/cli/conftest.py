"""The command line in this process, on a store of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli import data, doctor, project
from bot.domain import RoundtableError
from bot.settings import PREFIX, Settings, variable_of

Invoke = Callable[..., Result]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, redis_url: str) -> pytest.MonkeyPatch:
    """Only these settings: an empty store, a folder without .env."""
    for name, field in Settings.model_fields.items():
        monkeypatch.delenv(variable_of(name, field), raising=False)
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("ROUNDTABLE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return monkeypatch


@pytest.fixture
def invoke(environment: pytest.MonkeyPatch) -> Invoke:
    """Runs a command and checks its exit code. Errors that `main` would print come as `result.exception`."""
    app = typer.Typer()
    for module in (project, data, doctor):
        module.register(app)

    def invoke(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit | RoundtableError):
            raise result.exception
        assert result.exit_code == code, result.output + str(result.exception)
        return result

    return invoke


@pytest.fixture
def brand(invoke: Invoke) -> str:
    """A project."""
    invoke("project", "create", "Brand safety", "--channel", "C0BRAND", "--labels", "negative,other")
    return "brand-safety"
