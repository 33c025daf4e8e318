"""Several labels in one cell: read from a file, refused by line, exported and read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Project, labelsets
from bot.services.clock import ManualClock
from bot.services.export import Format, What, export
from bot.services.intake import ImportSummary, import_file
from bot.services.label_cells import LabelCellError, LabelForm, split_cell
from bot.services.ports import Store

LABELS = ("spam", "abuse", "off topic", "[x]")
Run = Callable[..., ImportSummary]


@pytest.fixture
def project(store: Store, clock: ManualClock) -> Project:
    project = Project(
        id="brand",
        name="Brand",
        channel_id="C0BRAND",
        channel_name="brand-safety",
        labels=LABELS,
        positive="spam",
        multi_label=True,
        created_at=clock.now(),
    )
    store.projects.add(project)
    return project


def labels(store: Store, project: str = "brand") -> dict[str, tuple[str, ...]]:
    texts = {item.id: item.text for item in store.items.iter(project)}
    return {texts[item]: labelsets.decode(label.value) for item, label in store.votes.labels(project).items()}


CELLS = """text,label
a,abuse|spam
b,"[""off topic"", ""spam""]"
c,none
d,
e, spam |
f,[]
g,[x]
h,spam|rude
i,"[""rude""]"
"""


def test_every_way_to_write_several_labels(run: Run, store: Store) -> None:
    summary = run(CELLS)
    assert labels(store) == {
        "a": ("spam", "abuse"), "b": ("spam", "off topic"), "c": (), "e": ("spam",), "f": (), "g": ("[x]",),
    }  # fmt: skip
    assert (summary.added, summary.labelled, summary.rejected) == (7, 6, {"unknown-label": 2})
    assert summary.rejects_file is not None
    with summary.rejects_file.open(encoding="utf-8", newline="") as file:
        refused = [(row["line"], row["message"]) for row in csv.DictReader(file)]
    assert refused == [(line, "'rude' is none of the labels spam, abuse, off topic, [x]") for line in ("9", "10")]
    assert run(CELLS).labelled == 0


def test_a_separator_and_a_word_for_none_of_ones_own(run: Run, store: Store) -> None:
    run("text,label\na,spam; abuse\nb,KEINE\nc,none\n", label_form=LabelForm(";", "keine"))
    assert labels(store) == {"a": ("spam", "abuse"), "b": ()}


def test_lists_in_json_lines(run: Run, store: Store) -> None:
    rows = [{"text": "a", "label": ["abuse", "spam"]}, {"text": "b", "label": []}, {"text": "c", "label": None}]
    summary = run("".join(json.dumps(row) + "\n" for row in rows), "pool.jsonl")
    assert labels(store) == {"a": ("spam", "abuse"), "b": ()}
    assert summary.rejected == {}


def test_a_separator_that_stands_in_a_label_is_refused(run: Run) -> None:
    with pytest.raises(LabelCellError, match="' ' can't tell the label 'off topic' from others"):
        run("text,label\na,spam\n", label_form=LabelForm(" "))


@pytest.mark.parametrize("form", list(Format))
def test_what_is_exported_can_be_imported_again(
    run: Run, store: Store, project: Project, clock: ManualClock, tmp_path: Path, form: Format
) -> None:
    run(CELLS)
    file = io.StringIO(newline="")
    export(store, "brand", What.LABELS, form, file)
    path = tmp_path / f"labels.{form.value}"
    path.write_text(file.getvalue(), "utf-8", newline="")
    store.projects.add(project.model_copy(update={"id": "again"}))
    import_file(store, clock, "again", path, max_text_length=1000, defused=form is Format.CSV)
    assert labels(store, "again") == labels(store)
    votes = io.StringIO(newline="")
    export(store, "brand", What.VOTES, Format.JSONL, votes)
    assert [json.loads(line)["label"] for line in votes.getvalue().splitlines()][:2] == [
        ["spam", "abuse"],
        ["spam", "off topic"],
    ]


@given(st.sets(st.sampled_from(LABELS)))
def test_a_set_has_one_way_to_be_written(chosen: set[str]) -> None:
    value = labelsets.encode(reversed(sorted(chosen)), LABELS)
    assert labelsets.is_value(value, LABELS)
    assert set(labelsets.decode(value)) == chosen == set(split_cell(value, LabelForm()) or ())


@pytest.mark.parametrize(
    "value", ["spam", "", '["spam", "abuse"]', '["abuse","spam"]', '["rude"]', "[1]", "{}", "[", '["spam","spam"]']
)
def test_what_is_no_value(value: str) -> None:
    assert not labelsets.is_value(value, LABELS)


def test_a_label_belongs_by_more_than_half_of_the_votes() -> None:
    votes = {'["spam"]': 2, '["spam","abuse"]': 1, "[]": 1}
    assert labelsets.majority(votes, LABELS) == '["spam"]'
    assert labelsets.majority({"[]": 3, '["spam"]': 1}, LABELS) == "[]"
    assert labelsets.majority({"[]": 1, '["spam"]': 1}, LABELS) is None
    assert labelsets.majority({}, LABELS) is None
