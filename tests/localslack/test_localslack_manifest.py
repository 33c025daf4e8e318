from __future__ import annotations

from pathlib import Path

import pytest

from bot.localslack.config import WorkspaceConfig
from bot.localslack.manifest import ManifestError, installed

MANIFEST = """
display_information: {name: Sorter}
features:
  slash_commands: [{command: /sort, description: Sorts, usage_hint: up | down, should_escape: true}]
  shortcuts: [{name: Sort this, type: message, callback_id: sort, description: Sorts it}]
oauth_config: {scopes: {bot: [chat:write, commands]}}
settings: {event_subscriptions: {bot_events: [app_home_opened]}}
"""


def test_the_app_gets_what_its_manifest_asks_for(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST, encoding="utf-8")
    config = installed(WorkspaceConfig(port=7), path)
    assert config.port == 7
    assert config.app_name == "Sorter"
    assert config.scopes == ("chat:write", "commands")
    assert [(c.name, c.usage_hint, c.should_escape) for c in config.commands] == [("/sort", "up | down", True)]
    assert [(s.name, s.callback_id, s.kind) for s in config.shortcuts] == [("Sort this", "sort", "message")]
    assert config.subscribed_events == ("app_home_opened",)


@pytest.mark.parametrize("text", ["- a list", "{", "name: x", "\x00"])
def test_what_is_no_manifest_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"broken\.yml"):
        installed(WorkspaceConfig(), path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b\n# Title\n\nSome *text*: with\n- a list: of things\n  * and: more\n", "(line "),
        ("features:\n  slash_commands:\n    - {command: `x`}\n", "(line 3)"),
        ("\x00", "special characters are not allowed"),
        (None, "No such file"),
    ],
)
def test_what_is_no_yaml_is_told_in_one_line(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "README.md"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError) as caught:
        installed(WorkspaceConfig(), path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).count(str(path)) == 1
