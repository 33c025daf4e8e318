"""Which language is spoken where."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest

from bot.cli.project_options import Language
from bot.settings import Settings
from bot.words import LANGUAGES, Carrying, catalogue, language, read_catalogues, say, speak, speaking, use_by_default


@pytest.fixture
def german_deployment() -> Iterator[None]:
    use_by_default("de")
    yield
    use_by_default("en")


def test_the_languages_that_can_be_set_are_those_that_there_are() -> None:
    assert [language.value for language in Language] == list(LANGUAGES)
    assert get_args(Settings.model_fields["language"].annotation) == tuple(LANGUAGES)


def test_english_where_nobody_says_otherwise() -> None:
    assert language() == "en"
    assert say("queue-next") == "Next"


def test_a_block_speaks_its_language_and_then_it_is_as_before() -> None:
    with speaking("de"):
        assert say("queue-next") == "Weiter"
        with speaking("en"):
            assert say("queue-next") == "Next"
        assert language() == "de"
    assert language() == "en"


def test_catalogues_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read_catalogues()
    monkeypatch.setattr(catalogue, "files", lambda _name: pytest.fail("read again"))
    for name in LANGUAGES:
        with speaking(name):
            assert say("queue-next")


def test_a_language_that_only_a_newer_version_has_is_english_here() -> None:
    with speaking("fr"):
        assert say("queue-next") == "Next"


def test_a_language_that_is_learned_on_the_way_ends_with_the_block() -> None:
    with speaking(None):
        speak("de")
        assert say("queue-next") == "Weiter"
    assert language() == "en"


def test_the_deployments_language_is_spoken_where_nothing_says_otherwise(german_deployment: None) -> None:
    assert say("queue-next") == "Weiter"
    with speaking("en"), speaking(None):
        assert language() == "de"


def test_work_in_another_thread_goes_on_in_the_language_in_which_it_was_begun() -> None:
    with ThreadPoolExecutor(1) as threads:
        with speaking("de"):
            carried = Carrying(threads).submit(say, "queue-next")
            bare = threads.submit(say, "queue-next")
        assert (carried.result(), bare.result()) == ("Weiter", "Next")
        assert threads.submit(language).result() == "en"
