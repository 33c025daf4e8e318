"""The files of a report's thread: they say what the report says, for eyes and for ears, whatever a label is called."""

from __future__ import annotations

import html
import logging
import re
import struct
from html.parser import HTMLParser
from typing import Any

import pytest
from slack_world import HOSTILE, a_project, a_report, an_estimate, an_interval

from bot.domain import Advice, ClassFigures, Confusion, Project, Report, Scores
from bot.slack.blocks import curve
from bot.slack.blocks.message import Attachment, Picture
from bot.slack.pictures import fonts, matrix, spread, style
from bot.slack.pictures.files import Files, filename

CONFUSION = Confusion(
    hits=an_interval(520, 610, 700),
    false_alarms=an_interval(210, 300, 390),
    missed=an_interval(80, 190, 390),
    rest=an_interval(7_600, 7_900, 8_010),
)
SCORES = Scores(
    flagged=(0,) * 6 + (20, 180, 300, 200),
    others=(7_000, 1_000, 400, 150, 60, 30, 10, 0, 0, 0),
    audit_positives=(0, 0, 1, 1, 2, 3, 4, 5, 3, 1),
    audit_others=(20, 5, 3, 1, 1, 0, 0, 0, 0, 0),
)


def pictured(**more: Any) -> Report:
    estimate = an_estimate(0.62).model_copy(update={"confusion": CONFUSION})
    return a_report(**({"estimate": estimate, "scores": SCORES, "spent": 150, "planned": 500} | more))


def page_of(project: Project, report: Report) -> str:
    made = Files().make("client", project, report)
    assert isinstance(made, Attachment)
    return made.data.decode()


def cells(page: str) -> dict[str, list[str]]:
    """Head of a row -> its cells."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page)
    return {
        html.unescape(head): [html.unescape(cell) for cell in re.findall("<td>(.*?)</td>", rest)] for head, rest in rows
    }


class Tags(HTMLParser):
    """Which elements a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_every_picture_says_the_reports_numbers_in_words() -> None:
    pytest.importorskip("matplotlib")
    files, report = Files(), pictured()
    assert files.due(report) == ["chart", "matrix", "scores", "client"]
    said = {}
    for kind in files.due(report)[:3]:
        picture = files.make(kind, a_project(), report)
        assert isinstance(picture, Picture)
        assert min(size(picture.png)) > 500
        assert picture.filename == filename(kind, "brand", 3)
        said[kind] = picture.alt_text
    assert said["chart"] == (
        "Learning curve, rounds 1 to 3, 550 to 650 labels: Precision 30% to 50%; Recall 30% to 50%; F1 30% to 50%."
    )
    assert "flagged and negative 610 (520 to 700); flagged but not negative 300 (210 to 390)" in said["matrix"]
    assert "Estimated for 9,000 items from 50 audit answers" in said["matrix"]
    assert "of 9,350 items without a label, 700 score 0.314 or more and are flagged" in said["scores"]
    assert "20 positive answers and 30 others" in said["scores"]


def test_the_clients_page_has_the_reports_figures() -> None:
    report = pictured(advice=Advice(rule="go-on", text="Go on: <it> pays."))
    page, project = page_of(a_project(), report), a_project(timezone="Europe/Berlin")
    found = cells(page)
    for name, of in curve.series():
        assert found[name][0] == curve.interval(of(report.estimate))
    assert found["Labels"] == [f"{report.labels:,} in all, {report.new_labels:,} in this round"]
    assert found["Against plan"] == ["150 of 500 planned (30%)"]
    assert found["Still unlabelled"] == [f"{report.pool_size:,}, of which the model flags {report.pool_flagged:,}"]
    assert found["Threshold"] == ["0.314, for best F1"]
    assert found["flagged"] == ["610 (520 to 700)", "300 (210 to 390)"]
    assert found["Advice"] == ["Go on: <it> pays."]
    assert "about 62% (between 30% and 70%) are <strong>negative</strong>" in page
    assert "2026-03-02 10:00 (Europe/Berlin)" in page_of(project, report)


def test_the_page_stands_alone_and_runs_nothing_whatever_the_names_hold() -> None:
    evil = '</style><script>alert(1)</script><img src=x onerror=alert(1)> "'
    labels = (evil, HOSTILE[:70], "c")
    one = an_interval(0.3, 0.5, 0.7)
    classes = tuple(ClassFigures(label=label, precision=one, recall=one, f1=one) for label in labels)
    estimate = an_estimate(0.62).model_copy(update={"confusion": CONFUSION, "classes": classes, "macro": classes[0]})
    page = page_of(a_project(name=evil, labels=labels, positive=evil), pictured(estimate=estimate))
    tags = Tags(page).seen
    assert {tag for tag, _ in tags}.isdisjoint({"script", "iframe", "link", "form", "object"})
    assert all(
        attributes["src"].startswith("data:image/png;base64,")
        for tag, attributes in tags
        if tag == "img" and attributes["src"]
    )
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert [tag for tag, _ in tags].count("style") == 1
    assert "http" not in re.sub(r"http-equiv|https://evil\.example", "", page), "nothing to fetch"
    assert evil in html.unescape(page)


def test_the_page_names_no_person_and_no_item() -> None:
    from test_slack_people import insightful

    page = page_of(a_project(), insightful())
    assert "U0ANA" not in page


def test_names_that_look_like_formulas_or_markup_are_drawn_as_they_are() -> None:
    pytest.importorskip("matplotlib")
    odd = r"$\frac{1}{ \u202e <b> & 日本"
    project = a_project(name=r"$\bad{", labels=(odd, "b", "c"), positive=odd)
    grid = tuple(tuple(an_interval(0, 5, 9) for _ in range(3)) for _ in range(3))
    estimate = an_estimate(0.62).model_copy(update={"confusion": CONFUSION, "matrix": grid})
    files, report = Files(), pictured(estimate=estimate)
    for kind in ("chart", "matrix", "scores"):
        assert size(files.make(kind, project, report).png)


def test_a_picture_that_fails_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("matplotlib")
    from bot.domain import NotFoundError

    monkeypatch.setattr(style, "png", lambda made: 1 / 0)
    files = Files()
    with caplog.at_level(logging.ERROR), pytest.raises(NotFoundError, match="can't be drawn"):
        files.make("scores", a_project(), pictured())
    assert "scores-brand-3.png can't be drawn" in caplog.text
    page = files.make("client", a_project(), pictured())
    assert isinstance(page, Attachment)
    assert b"<img" not in page.data


def test_without_matplotlib_it_is_said_once_and_the_page_comes_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(style, "available", lambda: False)
    files = Files()
    with caplog.at_level(logging.WARNING):
        assert [files.due(pictured()), files.due(pictured())] == [["client"], ["client"]]
    assert caplog.text.count("reports go without pictures") == 1
    assert "610 (520 to 700)" in page_of(a_project(), pictured())


def test_what_is_not_known_is_not_drawn() -> None:
    pytest.importorskip("matplotlib")
    files = Files()
    assert files.due(a_report(1, model_version=None)) == []
    assert files.due(a_report(1)) == ["client"], "a report of an earlier version, after one round"
    nothing = an_interval(0, None, 9)
    unknown = an_estimate(None).model_copy(
        update={"confusion": Confusion(hits=nothing, false_alarms=nothing, missed=nothing, rest=nothing)}
    )
    assert files.due(a_report(2, estimate=unknown)) == ["chart", "client"]
    assert matrix.number(nothing) == "–"
    assert "flagged" not in cells(page_of(a_project(), a_report(2, estimate=unknown)))


def test_words_of_the_scores_count_what_is_near_the_threshold() -> None:
    said = spread.words(pictured(), SCORES, 0.65)
    assert "240 lie close to that threshold" in said  # the bins from 0.5 to 0.8: 30, 30, 180


@pytest.mark.filterwarnings("error:Glyph")  # matplotlib's, of what it draws as a box
def test_names_in_scripts_that_no_font_here_has_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    fonts.installed.cache_clear()
    monkeypatch.setattr(fonts, "FAMILIES", ("DejaVu Sans",))
    labels = ("迷惑メール", "👍🏽 praise", "naïve שלום")
    project = a_project(name="日本の企画", labels=labels, positive=labels[0])
    grid = tuple(tuple(an_interval(0, 5, 9) for _ in range(3)) for _ in range(3))
    report = pictured(estimate=an_estimate(0.62).model_copy(update={"confusion": CONFUSION, "matrix": grid}))
    files = Files()
    for kind in ("chart", "matrix", "scores"):
        picture = files.make(kind, project, report)
        assert isinstance(picture, Picture) and size(picture.png)
        assert kind != "matrix" or labels[0] in picture.alt_text, "words have no need of a font"
    assert [style.label(project, label) for label in labels] == ["label 1", "[thumbs up sign] praise", "naïve שלום"]
    assert style.subject(project) == "brand", "its id"
    assert [fonts.readable("a\ue000b"), style.label(project, labels[0])] == ["ab", "label 1"]
    fonts.installed.cache_clear()
