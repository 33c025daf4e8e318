"""An app manifest as part of the workspace's configuration: the app gets what it asks for, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bot.localslack.config import Command, Shortcut, WorkspaceConfig


class ManifestError(Exception):
    """A manifest that can't be used; the text names the file and what is wrong."""


def installed(config: WorkspaceConfig, path: Path) -> WorkspaceConfig:
    """`config` with the name, scopes, commands, shortcuts and events of the manifest at `path` (YAML or JSON).

    Raises ManifestError.
    """
    try:
        manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ManifestError(f"{path}: can't be read as a manifest: {_in_one_line(error)}") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("features"), dict):
        raise ManifestError(f"{path}: is no app manifest: it has no 'features'")
    features = manifest["features"]
    return replace(
        config,
        app_name=str(_at(manifest, "display_information", "name") or config.app_name),
        scopes=tuple(_at(manifest, "oauth_config", "scopes", "bot") or ()),
        commands=tuple(
            Command(
                name=str(entry["command"]),
                description=str(entry.get("description", "")),
                usage_hint=str(entry.get("usage_hint", "")),
                should_escape=bool(entry.get("should_escape", False)),
            )
            for entry in features.get("slash_commands") or ()
        ),
        shortcuts=tuple(
            Shortcut(str(entry["name"]), str(entry["callback_id"]), str(entry["type"]))
            for entry in features.get("shortcuts") or ()
        ),
        messages_tab=bool(_at(features, "app_home", "messages_tab_enabled")),
        subscribed_events=tuple(_at(manifest, "settings", "event_subscriptions", "bot_events") or ()),
    )


def _in_one_line(error: Exception) -> str:
    """What is wrong and on which line; PyYAML's own text spans several and quotes the file."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"{error.problem or error.context} (line {error.problem_mark.line + 1})"
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return " ".join(str(error).split())


def _at(value: Any, *path: str) -> Any:
    """What stands at `path`, or None."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
