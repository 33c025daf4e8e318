"""What a report says beside its three figures: labels wanted for narrower intervals, and a table of classes."""

from __future__ import annotations

from slack_world import a_project, a_report, an_estimate, an_interval

from bot.domain import ClassFigures, Estimate, MoreLabels
from bot.slack.blocks import estimates
from bot.slack.blocks.reports import report_message
from bot.slack.limits import check_message


def wanting(precision: int | None, recall: int | None, point: float | None = 0.5) -> Estimate:
    more = MoreLabels(precision=precision, recall=recall, f1=None)
    return an_estimate(point).model_copy(update={"more": more})


def test_what_would_narrow_the_intervals_is_one_phrase() -> None:
    assert (
        estimates.narrowing(wanting(0, 117)) == "It would take about 120 more audit labels on recall, for ±10 points."
    )
    assert (
        estimates.narrowing(wanting(43, 1_234))
        == "It would take about 43 more audit labels on precision and about 1,300 more audit labels on recall, for ±10 points."
    )
    assert estimates.narrowing(wanting(1, None)) == (
        "It would take about 1 more audit label on precision and over 5,000 more audit labels on recall, for ±10 points."
    )


def test_nothing_is_promised_where_nothing_is_known_or_wanted() -> None:
    assert estimates.narrowing(an_estimate()) == ""
    assert estimates.narrowing(wanting(0, 0)) == ""
    assert estimates.narrowing(wanting(None, None, point=None)) == ""


def test_the_report_says_it_and_old_reports_still_read() -> None:
    message = report_message(a_project(), a_report(estimate=wanting(0, 117)))
    said = "It would take about 120 more audit labels on recall, for ±10 points."
    assert said in str(message.blocks)
    assert said in message.text
    assert "more audit label" not in report_message(a_project(), a_report()).text


def figures(label: str, point: float | None) -> ClassFigures:
    one = an_interval(0.3, point, 0.7)
    return ClassFigures(label=label, precision=one, recall=one, f1=one)


def test_several_classes_have_a_table_and_a_sentence() -> None:
    classes = (figures("praise", 0.5), figures("<!here> a very long name of a class", 0.4), figures("other", None))
    value = an_estimate().model_copy(update={"classes": classes, "macro": figures("macro", 0.45)})
    message = report_message(a_project(), a_report(estimate=value))
    table = str(estimates.classes_block(value))
    assert message.plain_blocks is not None and table in str(message.plain_blocks)
    (native,) = [block for block in message.blocks if block["type"] == "table"]
    cells = [[cell["text"] for cell in row] for row in native["rows"]]
    assert cells[0] == ["Class", "Precision", "Recall", "F1"]
    assert cells[3] == ["other", *["–  (30–70%)"] * 3] and cells[-1][0] == "mean of classes"
    assert check_message(message.payload()) == check_message(message.payload(plain=True)) == []
    for part in ("praise", "<!here> a very…", "mean of classes", "45% (30–70%)", "  –  (30–70%)"):
        assert part in table
    assert "F1 by class: praise 50% (30% to 70%), &lt;!here&gt;" in message.text
    assert "other not known yet; their mean 45%" in message.text
    assert estimates.classes_block(an_estimate()) is None


def test_more_classes_than_a_native_table_takes_are_told_in_fixed_width() -> None:
    many = tuple(figures(f"class {number}", 0.5) for number in range(100))
    message = report_message(
        a_project(), a_report(estimate=an_estimate().model_copy(update={"classes": many, "macro": many[0]}))
    )
    assert "class 99" in str(message.blocks)
    assert check_message(message.payload()) == []
