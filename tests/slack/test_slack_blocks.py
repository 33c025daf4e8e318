"""What people see: pure values in, Block Kit out, always within Slack's limits."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from slack_world import HOSTILE, T0, a_project, a_report, a_view, an_estimate, an_interval

from bot.domain import CloseReason, Item, Label, Round, RoundState, RoundView, Status
from bot.slack.blocks import curve
from bot.slack.blocks.items import item_message, own_choice
from bot.slack.blocks.reports import plain_sentence, report_message
from bot.slack.blocks.rounds import bar, round_message
from bot.slack.blocks.standing import full_text_view, help_message, home_view, status_message
from bot.slack.blocks.text import clip, escape, excerpt, one_line
from bot.slack.limits import check_message, check_view


def parsed_texts(blocks: list[dict[str, Any]]) -> str:
    """All that Slack parses: mrkdwn, not rich text and not plain_text."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") == "mrkdwn":
                found.append(part["text"])
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(blocks)
    return "\n".join(found)


def buttons(blocks: list[dict[str, Any]]) -> list[list[str]]:
    return [
        [element["text"]["text"] if "text" in element else element["type"] for element in block["elements"]]
        for block in blocks
        if block["type"] == "actions"
    ]


def test_hostile_text_is_shown_as_it_is_and_does_nothing() -> None:
    message = item_message(a_view(HOSTILE))
    shown = message.blocks[0]["elements"][0]["elements"]
    assert shown == [{"type": "text", "text": HOSTILE}]
    assert "evil" not in parsed_texts(message.blocks)
    for harm in ("<!channel>", "<@U1>", "<https://evil", "<#C1>", "\u202e"):
        assert harm not in message.text
    assert "&lt;!channel&gt; &lt;@U1&gt;" in message.text


def test_hostile_names_and_labels_do_nothing_either() -> None:
    project = a_project(name="A <!here> B", labels=("<!channel>", "b"), positive="<!channel>")
    label = Label(item_id="i0", value="<!channel>", votes={"<!channel>": 1})
    view = a_view("x", project=project, votes={"U1": "<!channel>"}, label=label)
    everything = [
        item_message(view),
        item_message(view.model_copy(update={"round_state": RoundState.CLOSED})),
        report_message(project, a_report(strategy="<!here>")),
        own_choice("q", "<!channel>"),
    ]
    for message in everything:
        parsed = message.text + parsed_texts(message.blocks)
        assert "<!" not in parsed.replace("<!date^", "")


@given(st.text())
def test_escaped_text_has_no_special_sequence(text: str) -> None:
    escaped = escape(text)
    assert not {"<", ">"} & set(escaped)
    assert "://" not in escaped
    plain = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain.replace(":\u2060//", "://") == text.replace(":\u2060//", "://")


@given(st.text(min_size=1, max_size=3_000), st.lists(st.text(min_size=1, max_size=90), min_size=2, max_size=10))
def test_any_item_and_any_labels_fit(text: str, labels: list[str]) -> None:
    project = a_project(labels=tuple(labels), positive=labels[0])
    for state in RoundState:
        message = item_message(a_view(text, project=project, round_state=state, votes={"U1": labels[-1]}))
        assert check_message(message.payload()) == []


def test_top_level_text_alone_lets_one_vote() -> None:
    text = item_message(a_view("the text itself")).text
    assert "the text itself" in text
    assert "Choose: negative, other, Unsure, or Skip" in text


def test_up_to_five_labels_stand_in_one_row_and_ten_in_two() -> None:
    def rows(count: int) -> list[list[str]]:
        labels = tuple(f"l{n}" for n in range(count))
        return buttons(item_message(a_view(project=a_project(labels=labels, positive="l0"))).blocks)

    assert rows(2) == [["l0", "l1", "Skip", "Unsure", "overflow"]]
    assert rows(5) == [["l0", "l1", "l2", "l3", "l4"], ["Skip", "Unsure", "overflow"]]
    assert [len(row) for row in rows(10)] == [5, 5, 3]


def test_long_text_is_cut_and_can_be_read_in_full() -> None:
    long = "word " * 4_000
    message = item_message(a_view(long))
    assert "Read all" in buttons(message.blocks)[1]
    view = full_text_view(long, "https://example.com/1")
    assert check_view(view) == []
    pieces = [block["elements"][0]["elements"][0]["text"] for block in view["blocks"][:-1]]
    assert "".join(pieces) == long
    assert check_view(full_text_view("x" * 1_000_000)) == []


def test_with_overlap_one_the_choice_is_shown_otherwise_only_who_answered() -> None:
    votes = {"U1": "negative"}
    assert "<@U1>: negative" in parsed_texts(item_message(a_view(votes=votes)).blocks)
    shared = item_message(a_view(project=a_project(overlap=2), votes=votes))
    assert "negative" not in parsed_texts(shared.blocks)
    assert "answered by <@U1> (1 of 2 wanted)" in shared.text
    differing = item_message(a_view(project=a_project(overlap=2), votes={**votes, "U2": "other"}))
    assert "answered by <@U1>, <@U2> (2 of 2 wanted; one more opinion would help)" in differing.text
    label = Label(item_id="i0", value="negative", votes={"negative": 2})
    standing = item_message(a_view(project=a_project(overlap=2), votes=votes, label=label))
    assert "label: negative" in parsed_texts(standing.blocks)


def test_a_closed_item_is_a_line_with_its_outcome_and_who_said_what_in_small_print() -> None:
    votes = {"U1": "negative", "U3": "other", "U2": "negative", "import": "other"}
    label = Label(item_id="i0", value="negative", votes={"negative": 2, "other": 2})
    closed = {"round_state": RoundState.CLOSED, "votes": votes, "label": label}
    message = item_message(a_view("two\n*lines* <!channel>", unsure=("U4",), flags=("U5",), **closed))
    record, people = message.blocks
    assert record["text"] == {"type": "plain_text", "text": "negative: “two *lines* <!channel>”", "emoji": False}
    choices = [option["text"]["text"] for option in record["accessory"]["options"]]
    assert choices == ["Change my answer", "Full text", "Why was I asked?", "Flag…"]
    outcome = "negative: <@U1>, <@U2> · other: <@U3> · unsure: <@U4> · flagged by <@U5>"
    assert people["elements"][0]["text"] == outcome
    assert outcome in message.text and "&lt;!channel&gt;" in message.text
    assert "no label" in item_message(a_view(round_state=RoundState.CLOSED)).text
    decided = label.model_copy(update={"decided_by": "override"})
    assert "decided by a lead" in item_message(a_view(**(closed | {"label": decided}))).text


def test_picture_and_link_only_if_they_are_web_addresses_and_the_plainer_form_has_no_picture() -> None:
    item = Item(id="i0", text="t", text_hash="h", url="https://example.com/a", image_url="https://example.com/a.png")
    message = item_message(a_view(item=item))
    assert [block["type"] for block in message.blocks] == ["rich_text", "image", "rich_text", "actions", "context"]
    assert message.plain_blocks is not None
    assert "image" not in [block["type"] for block in message.plain_blocks]
    bad = item.model_copy(update={"url": "javascript:alert(1)", "image_url": "file:///etc/passwd"})
    assert [block["type"] for block in item_message(a_view(item=bad)).blocks] == ["rich_text", "actions", "context"]


def a_round_view(**more: Any) -> RoundView:
    round_ = Round(
        project_id="brand", number=2, state=RoundState.OPEN, total=50, answered=12, model_version=None, opened_at=T0
    )
    return RoundView(
        project=a_project(), round=round_.model_copy(update=more), people={"U1": 10, "U2": 2}, report_key=None
    )


def test_round_message_shows_progress_people_and_deadline() -> None:
    message = round_message(a_round_view(deadline=T0 + timedelta(hours=1)))
    assert "12 of 50 items answered" in message.text
    assert "<!date^1772445600^" in message.text
    assert "<@U1> 10 · <@U2> 2" in parsed_texts(message.blocks)
    assert check_message(message.payload()) == []
    closed = round_message(a_round_view(state=RoundState.CLOSED, close_reason=CloseReason.LEAD, closed_at=T0))
    assert "a lead closed it" in closed.text


def test_progress_bar_is_full_only_when_all_is_done() -> None:
    assert bar(49, 50).endswith("░")
    assert bar(50, 50) == "█" * 20
    assert bar(0, 0) == "█" * 20


def test_report_has_a_plain_sentence_first_then_all_figures() -> None:
    message = report_message(a_project(), a_report())
    parsed = parsed_texts(message.blocks)
    assert parsed.startswith("Of the items that the model flags, about 62% (between 30% and 70%) are *negative*")
    for figure in (
        "*Precision*\n62% (30% to 70%)",
        "*Labels*\n650 (+50)",
        "*Positives*\n61 (+12)",
        "*Threshold*\n0.314",
        "*Agreement*\n90% on 10 items",
        "*Flagged in the pool*\n700 of 9,350",
        "precision up 7 points to 62%",
        "threshold 0.290 to 0.314",
        "Round 4 starts <!date^",
    ):
        assert figure in parsed, figure
    assert check_message(message.payload()) == []


def test_report_has_a_native_chart_and_a_table_where_it_is_refused() -> None:
    message = report_message(a_project(), a_report())
    chart = next(block for block in message.blocks if block["type"] == "data_visualization")
    assert chart["chart"]["axis_config"]["categories"] == ["1 (550)", "2 (600)", "3 (650)"]
    assert [series["name"] for series in chart["chart"]["series"]] == [
        "Precision",
        "Recall",
        "F1",
        "F1 at least",
        "F1 at most",
    ]
    assert message.plain_blocks is not None
    assert "data_visualization" not in [block["type"] for block in message.plain_blocks]
    assert "Precision" in json.dumps([b for b in message.plain_blocks if b["type"] == "rich_text"])
    assert check_message(message.payload(plain=True)) == []


def test_chart_of_many_rounds_keeps_the_last_twenty() -> None:
    block = curve.chart_block(a_report(30).curve)
    assert len(block["chart"]["axis_config"]["categories"]) == 20
    assert check_message({"text": "t", "blocks": [block]}) == []


def test_first_report_says_that_nothing_can_be_said_yet() -> None:
    unknown = an_estimate(None, labels=3)
    report = a_report(1, estimate=unknown, previous=None, curve=[], next_round=None, next_round_at=None)
    assert plain_sentence(a_project(), report).startswith("Too few audit answers so far (3)")
    without = a_report(1, model_version=None, threshold=None, previous=None, curve=[])
    message = report_message(a_project(), without)
    assert "There is no model yet" in message.text
    assert check_message(message.payload()) == []


def a_status(**more: Any) -> Status:
    fields: dict[str, Any] = {
        "project": a_project(),
        "round": a_round_view().round,
        "labels": 650,
        "positives": 61,
        "pool_size": 9_350,
        "people": {"U1": 3},
        "last_report": a_report(),
        "next_round_at": None,
        "pending_messages": 2,
    }
    return Status.model_validate(fields | more)


def test_status_says_where_things_stand() -> None:
    text = status_message(a_status()).text
    for part in (
        "Round 2 is open",
        "12 of 50",
        "650 labels, 61 of them negative",
        "After round 3",
        "2 messages waiting",
    ):
        assert part in text
    assert "░" not in text, "who hears it is told the figures alone"
    nothing = an_interval(0.0, None, 1.0)
    unmeasured = a_report(
        estimate=a_report().estimate.model_copy(update=dict.fromkeys(("precision", "recall", "f1"), nothing))
    )
    assert "nothing can be said of precision and recall yet" in status_message(a_status(last_report=unmeasured)).text
    fresh = a_status(round=None, last_report=None, labels=0, positives=0, pool_size=0)
    assert "Next: a lead drops a CSV" in status_message(fresh).text and "Next:" not in text
    paused = a_status(project=a_project(state="paused", state_by="U9"), round=None, last_report=None)
    assert "Paused by <@U9>" in status_message(paused).text
    on_server = a_status(project=a_project(state="paused", state_by="cli"), round=None, last_report=None)
    assert "Paused by somebody on the server" in status_message(on_server).text


def test_home_has_every_project_and_buttons_for_leads_only() -> None:
    lead = home_view([a_status()], leading={"brand"})
    assert buttons(lead["blocks"]) == [
        ["Why an item?", "Help"],
        ["Pause", "Close round", "Measure", "Add items", "Change", "Reports", "overflow"],
    ]
    assert buttons(home_view([a_status()], leading=())["blocks"]) == [["Why an item?", "Help"], ["Reports"]]
    assert "No project yet" in parsed_texts(home_view([], leading=())["blocks"])
    many = home_view([a_status()] * 60, leading={"brand"})
    assert check_view(many) == []


def test_help_lists_all_commands() -> None:
    message = help_message()
    for name in ("status", "pause", "resume", "close-round", "report", "help"):
        assert f"/roundtable {name}" in message.text
    assert check_message(message.payload()) == []


def test_small_parts() -> None:
    assert clip("abcdef", 4) == "abc…"
    assert excerpt("a" * 700)[0].endswith("…")
    assert len(excerpt("word " * 300)[0]) <= 600
    assert one_line("a\n\tb\u202ec") == "a bc"
