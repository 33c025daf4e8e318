"""Bodies of interactions, read fast: just what the general way reads."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.forms import FORM, interaction

values = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(deadline=None)  # a busy machine is no fault
@given(st.dictionaries(st.text(), values), st.booleans())
def test_it_reads_what_the_general_way_reads(payload: dict[str, object], raw: bool) -> None:
    body = urlencode({"payload": json.dumps(payload, ensure_ascii=raw)}).encode("utf-8", "surrogatepass")
    assert interaction(body, FORM) == json.loads(dict(parse_qsl(body.decode()))["payload"]) == payload


def test_percent_signs_of_the_text_stay() -> None:
    payload = {"text": "100%22 of 50%2522, %7B+%25 + 1"}
    assert interaction(urlencode({"payload": json.dumps(payload)}).encode(), FORM + "; charset=utf-8") == payload
    assert interaction(b"payload=%7b%22a%22%3a+%221%25%22%7d", FORM) == {"a": "1%"}


def test_other_bodies_are_left_to_others() -> None:
    assert interaction(b"command=%2Froundtable&text=help", FORM) is None
    assert interaction(b"payload=%7B%7D&more=1", FORM) is None
    assert interaction(b"payload=%7B%7D", "application/json") is None
    assert interaction(b"payload=1", FORM) is None
    with pytest.raises(ValueError):
        interaction(b"payload=%7B", FORM)
