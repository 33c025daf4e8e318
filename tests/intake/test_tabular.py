"""Reading tables: lines are counted right, and whatever is wrong is told with its line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services import csv_source, tabular
from bot.services.tabular import BadRecord, Record, TableError, open_table


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, **options: Any) -> list[Record | BadRecord]:
    with open_table(path, **options) as table:
        return list(table)


def fault(path: Path) -> str:
    with pytest.raises(TableError) as caught:
        read(path)
    return str(caught.value)


def test_quoted_fields_over_several_lines_keep_the_count(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'text,label\r\n"one\r\ntwo, ""three""",x\r\n\r\nfour,y\r\n')
    assert read(path) == [
        Record(2, {"text": 'one\r\ntwo, "three"', "label": "x"}),
        Record(5, {"text": "four", "label": "y"}),
    ]


def test_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.csv", b"\xef\xbb\xbftext\nhello\n")) == [Record(2, {"text": "hello"})]
    assert read(write(tmp_path, "a.jsonl", b'\xef\xbb\xbf{"text": "hello"}\n')) == [Record(1, {"text": "hello"})]


def test_tsv_takes_quotes_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", 'label\ttext\nham\t"Hi" she said, 5" wide\nspam\t"open\n')
    assert [record.values["text"] for record in read(path) if isinstance(record, Record)] == [
        '"Hi" she said, 5" wide',
        '"open',
    ]


def test_columns_without_a_header_are_numbered_from_one(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", "ham\thello\nspam\twin\n")
    with open_table(path, header=False) as table:
        assert table.columns == ["1", "2"]
        assert [record.values["2"] for record in table if isinstance(record, Record)] == ["hello", "win"]
        with pytest.raises(TableError, match="there is no column '0'"):
            table.require("0")


def test_faulty_records_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'text,label\na,b,c\nonly\nnul\0,x\n"stray"quote,x\ngood,x\n')
    bad = [(record.line, record.reason) for record in read(path) if isinstance(record, BadRecord)]
    assert bad == [(2, "columns"), (3, "columns"), (4, "nul"), (5, "quotes")]
    assert read(path)[-1] == Record(6, {"text": "good", "label": "x"})


@pytest.mark.parametrize(
    ("after", "until"),
    [
        ("more,a\nmore,b\n", 5),  # nothing ever closes it
        ('more,a\n"also, quoted",b\n', 5),  # the next quote closes it, where no quote may
    ],
)
def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path: Path, after: str, until: int) -> None:
    first, bad, *rest = read(write(tmp_path, "a.csv", 'text,label\n"good\none",a\n"open,a\n' + after))
    assert first == Record(2, {"text": "good\none", "label": "a"})
    assert isinstance(bad, BadRecord)
    assert (bad.line, bad.reason, bad.raw) == (4, "quotes", '"open,a\n')
    assert f"never closed, or not as it should be (on line {until + 1}); only this line is left out" in bad.message
    assert [(record.line, isinstance(record, Record)) for record in rest] == [(5, True), (6, True)]


def test_many_quotes_that_are_never_closed(tmp_path: Path) -> None:
    lines = [f'"open {n},x' if n % 7 == 0 else f'"fine\n{n}",x' for n in range(1, 100)]
    found = read(write(tmp_path, "a.csv", "text,label\n" + "\n".join(lines) + "\n"))
    assert [r.values["text"] for r in found if isinstance(r, Record)] == [f"fine\n{n}" for n in range(1, 100) if n % 7]
    assert sum(isinstance(r, BadRecord) for r in found) == 14


def test_a_quote_that_is_never_closed_in_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than a record's limit is kept while its end is sought; and there is an end to seeking."""
    monkeypatch.setattr(csv_source, "MAX_RECORD", 1_000)
    path = write(tmp_path, "a.csv", 'text\n"open\n' + "more\n" * 2_000)
    bad, *rest = read(path)
    assert isinstance(bad, BadRecord) and bad.line == 2 and "(on line 20" in bad.message
    assert len(rest) == 2_000
    monkeypatch.setattr(csv_source, "MAX_REPEATED", 5_000)
    with pytest.raises(TableError, match=r"line 7: too many quotes"):
        read(write(tmp_path, "b.csv", "text\n" + 'a","b","\n' * 2_000))


def test_fields_beyond_pythons_own_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "x" * 200_000
    assert read(write(tmp_path, "a.csv", f"text\n{long}\n")) == [Record(2, {"text": long})]
    monkeypatch.setattr(tabular, "MAX_FIELD", 1000)
    found = read(write(tmp_path, "b.csv", f"text\n{long}\nshort\n"))
    assert isinstance(found[0], BadRecord)
    assert (found[0].line, found[0].reason) == (2, "too-long")
    assert found[1] == Record(3, {"text": "short"})
    csv.field_size_limit(tabular.MAX_FIELD)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabular, "MAX_LINE", 100)
    assert "line 2: longer than" in fault(write(tmp_path, "a.jsonl", '{"text": "a"}\n' + "x" * 101))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON: "),
        ("[1]", "not a JSON object"),
        ('{"text": NaN}', "NaN is not JSON"),
        ('{"text": "\\ud800"}', "half a surrogate pair"),
        ('{"text": "a\\u0000b"}', "NUL"),
        ('{"text": "a\0b"}', "not JSON: "),
        ("[" * 100_000, "not usable JSON"),
        ('{"n": ' + "9" * 5000 + "}", "not usable JSON"),
    ],
)
def test_bad_json_is_told_by_line(tmp_path: Path, line: str, said: str) -> None:
    first, second = read(write(tmp_path, "a.jsonl", f'\n{line}\n{{"text": "good \\\\u0000 \\ud83d\\ude00"}}\n'))
    assert isinstance(first, BadRecord)
    assert (first.line, first.reason) == (2, "json")
    assert said in first.message
    assert second == Record(3, {"text": "good \\u0000 😀"})


def test_line_separators_within_json_text_are_no_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", json.dumps({"text": "a\u2028b\x85c"}, ensure_ascii=False) + "\r\n")
    assert read(path) == [Record(1, {"text": "a\u2028b\x85c"})]


@pytest.mark.parametrize("block", [1, 2, 3, 7, 1 << 20])
@pytest.mark.parametrize(
    ("content", "line", "byte", "offset"),
    [
        (b"text\ncaf\xe9\n", 2, 4, 9),
        ("text\r\nä\r\n".encode() + b"\xe4", 3, 1, 11),
        (b"a\rb\xff", 2, 2, 4),
        ("é€😀".encode() + b"\xe2\x82", 1, 10, 10),  # cut off at the end
        (b"\xed\xa0\x80", 1, 1, 1),  # a surrogate
    ],
)
def test_other_encodings_are_told_by_line_and_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, content: bytes, line: int, byte: int, offset: int
) -> None:
    monkeypatch.setattr(tabular, "_BLOCK", block)
    said = fault(write(tmp_path, "a.csv", content))
    assert f"line {line}, byte {byte} of the line (byte {offset} of the file) is 0x" in said


def test_utf16_is_recognised(tmp_path: Path) -> None:
    assert "UTF-16" in fault(write(tmp_path, "a.csv", "text\nä\n".encode("utf-16")))


def test_files_that_are_no_table(tmp_path: Path) -> None:
    assert "there is no such file" in fault(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "is no regular file" in fault(tmp_path / "folder.csv")
    assert "must end in one of .csv" in fault(write(tmp_path, "a.xlsx", ""))
    assert "is empty" in fault(write(tmp_path, "a.csv", ""))
    assert "two columns are called 'text'" in fault(write(tmp_path, "b.csv", "text,text\n"))
    assert "header can't be read" in fault(write(tmp_path, "c.csv", '"te"xt,label\n'))


def test_a_missing_column_says_which_there_are(tmp_path: Path) -> None:
    with open_table(write(tmp_path, "a.csv", "id,,tweet\n")) as table:
        assert table.columns == ["id", "column 2", "tweet"]
        with pytest.raises(TableError, match=r"line 1: there is no column 'text'; there are 'id', 'column 2', 'tweet'"):
            table.require("text")
    with open_table(write(tmp_path, "b.csv", "id;text\n")) as table, pytest.raises(TableError, match="no commas"):
        table.require("text")


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.tuples(CELL, CELL)))
def test_what_csv_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("a", "b"), *rows])
    path = write(tmp_path_factory.mktemp("csv"), "a.csv", file.getvalue())
    assert [tuple(record.values.values()) for record in read(path) if isinstance(record, Record)] == rows


@given(st.lists(st.tuples(CELL, CELL)))
def test_lines_are_where_an_editor_shows_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(("a", "b"))
    starts = []
    for row in rows:
        content = file.getvalue().replace("\r\n", "\n").replace("\r", "\n")
        starts.append(content.count("\n") + 1)
        writer.writerow(row)
    path = write(tmp_path_factory.mktemp("csv"), "a.csv", file.getvalue())
    assert [record.line for record in read(path)] == starts
