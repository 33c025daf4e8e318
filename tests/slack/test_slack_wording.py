"""Reports in plain words, also when little is known yet."""

from __future__ import annotations

import pytest
from slack_world import a_project, a_report, an_interval

from bot.domain import Estimate, Interval, Round, RoundState, RoundView
from bot.slack.blocks import curve, trend
from bot.slack.blocks.reports import plain_sentence, report_message
from bot.slack.blocks.rounds import round_message
from bot.words import speaking

WIDE = an_interval(0.0, 0.0, 0.95)
NARROW = an_interval(0.5, 0.62, 0.7)
UNKNOWN = an_interval(0.0, None, 1.0)


def an_estimate(precision: Interval, recall: Interval) -> Estimate:
    return Estimate(precision=precision, recall=recall, f1=WIDE, audit_labels=10, population=5_000)


def sentence(precision: Interval, recall: Interval) -> str:
    return plain_sentence(a_project(), a_report(estimate=an_estimate(precision, recall)))


def test_two_very_wide_intervals_are_too_early_to_say() -> None:
    assert sentence(WIDE, an_interval(0.02, 0.4, 0.97)) == (
        "Too early to say how well the model finds *negative*; the figures are still very uncertain: of the items that it "
        "flags, between 0% and 95% are *negative*, and it finds between 2% and 97% of all that are, judged by 10 audit answers."
    )


def test_one_very_wide_interval_is_told_from_the_other() -> None:
    assert sentence(NARROW, WIDE) == (
        "Of the items that the model flags, about 62% (between 50% and 70%) are *negative*; what share it finds of all that "
        "are is still very uncertain (between 0% and 95%), judged by 10 audit answers."
    )
    assert sentence(WIDE, NARROW) == (
        "What share of the items that the model flags are *negative* is still very uncertain (between 0% and 95%); "
        "it finds about 62% (between 50% and 70%) of all that are, judged by 10 audit answers."
    )


def test_a_figure_that_is_not_known_is_as_good_as_a_wide_one() -> None:
    assert sentence(UNKNOWN, WIDE).startswith("Too early to say")
    assert sentence(UNKNOWN, UNKNOWN).startswith("Too few audit answers so far (10)")
    assert "still very uncertain (between 0% and 100%)" in sentence(NARROW, UNKNOWN)


def test_nothing_is_about_zero_of_anything() -> None:
    message = report_message(a_project(), a_report(estimate=an_estimate(WIDE, WIDE)))
    assert "about 0%" not in f"{message.text} {message.blocks}"


def test_a_change_between_vague_figures_is_not_told() -> None:
    before = an_estimate(NARROW, WIDE)
    text = report_message(a_project(), a_report(estimate=an_estimate(NARROW, NARROW), previous=before)).text
    assert "precision unchanged at 62%; threshold" in text
    assert "recall up" not in text


def test_a_change_that_may_be_chance_is_called_so() -> None:
    before = an_estimate(an_interval(0.5, 0.55, 0.6), an_interval(0.1, 0.2, 0.3))
    now = an_estimate(an_interval(0.5, 0.58, 0.7), an_interval(0.5, 0.6, 0.7))
    text = report_message(a_project(), a_report(estimate=now, previous=before)).text
    assert (
        "Since the last round: precision up 3 points to 58% (may be chance); recall up 40 points to 60%; threshold"
        in text
    )


def test_an_interval_alone_is_between_and() -> None:
    assert curve.interval(UNKNOWN) == "between 0% and 100%"
    assert curve.interval(NARROW) == "62% (50% to 70%)"


def test_the_table_has_a_dash_for_what_is_not_known_and_its_columns_stand_in_line() -> None:
    point = a_report().curve[0]
    unknown = point.model_copy(update={"estimate": an_estimate(UNKNOWN, NARROW)})
    head, *rows = curve.table([point, unknown]).splitlines()
    assert "?" not in rows[1]
    assert "–  (0–100%)" in rows[1]
    assert [row.index("62%") for row in rows[1:]] == [rows[0].index("30%", rows[0].index("30%") + 1)]
    assert head.index("Precision") <= rows[1].index("–") < head.index("Recall")


def test_answers_per_item_are_said_once() -> None:
    round_ = Round(
        project_id="brand", number=1, state=RoundState.OPEN, total=2, model_version=None, opened_at=a_report().made_at
    )
    message = round_message(RoundView(project=a_project(overlap=2), round=round_, people={}, report_key=None))
    assert message.text.endswith("Each item wants 2 answers.")
    told = [block["elements"][0]["text"] for block in message.blocks if block["type"] == "context"]
    how = "Answer in this thread: one click on a label each. For many in a row: Label next in this app's Home."
    assert told == [how, "Each item wants 2 answers."], "how to answer is said beside it"


@pytest.mark.parametrize(
    ("language", "how"),
    [
        ("en", "tick all labels that fit, then press Save."),
        ("de", "Kreuze alle Labels an, die passen, und drücke „Speichern“."),
    ],
)
def test_where_items_may_have_several_labels_the_round_says_to_tick_them(language: str, how: str) -> None:
    round_ = Round(
        project_id="brand", number=1, state=RoundState.OPEN, total=2, model_version=None, opened_at=a_report().made_at
    )
    view = RoundView(project=a_project(multi_label=True), round=round_, people={}, report_key=None)
    with speaking(language):
        assert how in round_message(view).blocks[-1]["elements"][0]["text"]


def test_parts_that_are_not_there_leave_no_blanks() -> None:
    message = report_message(a_project(), a_report(previous=None, advice=None, next_round_at=None))
    assert "  " not in message.text
    assert message.text.endswith(". Round 4 starts now.")


def test_what_went_up_and_then_down_again_is_not_called_rising() -> None:
    point = a_report().curve[0]
    values = [an_interval(p - 0.02, p, p + 0.02) for p in (0.05, 0.44, 0.27, 0.25)]
    points = [point.model_copy(update={"estimate": an_estimate(value, value)}) for value in values]
    assert trend.line(points, lambda estimate: estimate.recall) == "5% → 44% → 27% → 25%: up and down"
    assert trend.line(points[:2], lambda estimate: estimate.recall).endswith(": rising")
    assert trend.line(points[1:], lambda estimate: estimate.recall).endswith(": falling")


def test_a_model_that_flags_nothing_is_said_to_find_nothing() -> None:
    none = an_interval(0.0, 0.0, 0.0)
    found = Estimate(precision=none, recall=UNKNOWN, f1=none, audit_labels=32, population=300)
    report = a_report(estimate=found, pool_flagged=0, pool_size=250)
    assert plain_sentence(a_project(), report) == (
        "The model does not find *negative* yet: of 250 items without a label it flags 0, judged by 32 audit answers."
    )
