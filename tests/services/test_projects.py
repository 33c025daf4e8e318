"""Setting a project up: what its id is made of, and how its target is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Project
from bot.services import in_words, projects
from bot.services.clock import ManualClock
from bot.services.project_rules import ProjectError, slug
from bot.slack.blocks.reports import target_words


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Brand safety", "brand-safety"),
        ("  A — B!  ", "a-b"),
        ("Łódź: Straße & Øre", "lodz-strasse-ore"),
        ("ﬁne ①", "fine-1"),
        ("x" * 60, "x" * 40),
    ],
)
def test_latin_names_stay_readable(name: str, made: str) -> None:
    assert slug(name) == made


def test_names_that_differ_in_other_scripts_alone_have_different_ids() -> None:
    ids = [slug(name) for name in ("日本 A", "中国 A", "A", "日本", "Спам a")]
    assert len(set(ids)) == 5
    assert re.fullmatch("a-[0-9a-f]{8}", ids[0])
    assert slug("日本  a") == ids[0], "the same letters"


@given(st.text(max_size=80))
def test_an_id_is_one_that_can_be_typed(name: str) -> None:
    try:
        made = slug(name)
    except ProjectError:
        assert not any(mark.isascii() and mark.isalnum() for mark in name)
        return
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made) and len(made) <= 40


@pytest.mark.parametrize(
    ("written", "told", "reported"),
    [
        ("Precision >= 0.905", "precision of at least 90.5%", "precision of 90.5% or more"),
        ("recall>= .8", "recall of at least 80%", "recall of 80% or more"),
        (" F1", "best F1: precision and recall alike", "best F1"),
        ("cost : 5", "a miss costs as much as false alarms: 5", "least cost, a miss costing 5 false alarms"),
    ],
)
def test_a_target_is_told_however_it_was_written(clock: ManualClock, written: str, told: str, reported: str) -> None:
    made = projects.planned(clock, name="P", channel_id="C", channel_name="c", labels=("a", "b"), target=written)
    assert in_words.told(made, "target") == told and target_words(made.target) == reported
    assert Project.model_validate_json(made.model_dump_json().replace(made.target, written)) == made, "stored earlier"
