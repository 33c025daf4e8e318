"""Messages such as Roundtable posts, for pictures of the page when no demo is running. The figures are samples, not results."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

ITEMS = [
    "@AcmeAir third time this month my bag didn't make the connection. Still waiting at carousel 4.",
    "Shout-out to the @AcmeAir crew on the 7:10 to Porto, kindest people ever",
    "so @AcmeAir cancelled us by text at 4 am and the help line says “office hours”. Unbelievable",
    "Booked @AcmeAir again for June. Cheap seats, fine legroom, what more do you want?",
    "Is the @AcmeAir app down for anybody else?",
]


def _button(text: str, action: str, value: Json) -> Json:
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": text, "emoji": False},
        "action_id": action,
        "value": json.dumps(value),
    }


def item(number: int, text: str, answer: str = "") -> Json:
    """One item with its label buttons, or with the answer that stands."""
    query = f"q{number}"
    options = [
        {"text": {"type": "plain_text", "text": "Read all"}, "value": json.dumps({"q": query, "do": "text"})},
        {"text": {"type": "plain_text", "text": "Undo my answer"}, "value": json.dumps({"q": query, "do": "undo"})},
    ]
    labels = (
        []
        if answer
        else [_button(name, f"label_{i}", {"q": query, "l": name}) for i, name in enumerate(("negative", "other"))]
    )
    skip = [] if answer else [_button("Skip", "skip", {"q": query})]
    more = {"type": "overflow", "action_id": "more", "options": options}
    said = [{"type": "context", "block_id": "said", "elements": [{"type": "mrkdwn", "text": answer}]}] if answer else []
    return {
        "text": f"Item {number}: {text}",
        "blocks": [
            {
                "type": "rich_text",
                "block_id": "text",
                "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}],
            },
            *said,
            {"type": "actions", "block_id": "answer", "elements": [*labels, *skip, more]},
        ],
    }


def round_message(done: int, total: int = 50) -> Json:
    """A round's own message with its progress."""
    filled = round(20 * done / total)
    bar = "█" * filled + "░" * (20 - filled)
    return {
        "text": f"Round 3: {done} of {total} items answered.",
        "blocks": [
            {"type": "header", "block_id": "head", "text": {"type": "plain_text", "text": "Brand safety, round 3"}},
            {
                "type": "section",
                "block_id": "progress",
                "text": {"type": "mrkdwn", "text": f"`{bar}` *{done}* of {total} items answered"},
                "fields": [
                    {"type": "mrkdwn", "text": "*People*\nAna 14, Ben 11, Chi 6"},
                    {"type": "mrkdwn", "text": "*Closes*\n<!date^1795600800^{date_short_pretty} at {time}|tomorrow>"},
                ],
            },
            {
                "type": "context",
                "block_id": "how",
                "elements": [
                    {
                        "type": "mrkdwn",
                        "text": "The items are in this thread. 40 were chosen by the model, 10 at random for the audit.",
                    }
                ],
            },
        ],
    }


def report() -> Json:
    """A round's report with a chart and a table."""
    rounds = [str(number) for number in range(4)]
    curve = {"Precision": [0.41, 0.52, 0.61, 0.66], "Recall": [0.48, 0.57, 0.63, 0.71]}
    series = [
        {"name": name, "data": [{"label": label, "value": value} for label, value in zip(rounds, values, strict=True)]}
        for name, values in curve.items()
    ]
    rows = [
        ("", "Estimate", "95% interval", "Since round 1"),
        ("Precision", "0.66", "0.52 to 0.79", "+0.05"),
        ("Recall", "0.71", "0.50 to 0.88", "+0.08"),
        ("F1", "0.68", "0.54 to 0.79", "+0.06"),
    ]
    return {
        "text": "Round 2 report: precision 0.66 (0.52 to 0.79), recall 0.71 (0.50 to 0.88).",
        "blocks": [
            {"type": "header", "block_id": "head", "text": {"type": "plain_text", "text": "Round 2 report"}},
            {
                "type": "section",
                "block_id": "sum",
                "text": {
                    "type": "mrkdwn",
                    "text": "*650* labels so far, *71* of them negative. Threshold *0.43*. Agreement among people *0.94*.",
                },
            },
            {
                "type": "table",
                "block_id": "figures",
                "column_settings": [{}, {"align": "right"}, {"align": "right"}, {"align": "right"}],
                "rows": [[{"type": "raw_text", "text": cell or " "} for cell in row] for row in rows],
            },
            {
                "type": "data_visualization",
                "block_id": "curve",
                "title": "Learning curve",
                "chart": {"type": "line", "series": series, "axis_config": {"categories": rounds, "x_label": "Round"}},
            },
            {
                "type": "context",
                "block_id": "next",
                "elements": [
                    {
                        "type": "mrkdwn",
                        "text": "Estimated from 30 audit labels. Next round: <!date^1795597200^{date_short_pretty} at {time}|today>",
                    }
                ],
            },
        ],
    }


def home() -> Json:
    """An App Home with a queue."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "block_id": "h", "text": {"type": "plain_text", "text": "Your queue"}},
            {
                "type": "section",
                "block_id": "s",
                "text": {"type": "mrkdwn", "text": "*Brand safety*, round 3: 19 items wait for an answer."},
                "accessory": {**_button("Start labelling", "queue", {"p": "brand"}), "style": "primary"},
            },
            {"type": "divider", "block_id": "d"},
            *item(9, ITEMS[4])["blocks"],
            {"type": "divider", "block_id": "d2"},
            {"type": "header", "block_id": "h2", "text": {"type": "plain_text", "text": "Projects"}},
            {
                "type": "section",
                "block_id": "s2",
                "fields": [
                    {"type": "mrkdwn", "text": "*Brand safety*\n<#C0BRAND>, round 3 of 5"},
                    {"type": "mrkdwn", "text": "*Precision, recall*\n0.66 and 0.71 after round 2"},
                ],
            },
        ],
    }


def modal() -> Json:
    """A dialog in which a person corrects a prediction."""
    labels = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("negative", "other")]
    return {
        "type": "modal",
        "callback_id": "correct",
        "title": {"type": "plain_text", "text": "Correct this prediction"},
        "submit": {"type": "plain_text", "text": "Save"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": [
            item(1, ITEMS[2])["blocks"][0],
            {
                "type": "context",
                "block_id": "was",
                "elements": [{"type": "mrkdwn", "text": "Predicted: *other*, score 0.31, threshold 0.43"}],
            },
            {
                "type": "input",
                "block_id": "label",
                "label": {"type": "plain_text", "text": "The right label"},
                "element": {
                    "type": "radio_buttons",
                    "action_id": "value",
                    "options": labels,
                    "initial_option": labels[0],
                },
            },
            {
                "type": "input",
                "block_id": "why",
                "optional": True,
                "label": {"type": "plain_text", "text": "Why"},
                "hint": {"type": "plain_text", "text": "Others see this beside the correction."},
                "element": {
                    "type": "plain_text_input",
                    "action_id": "value",
                    "multiline": True,
                    "placeholder": {"type": "plain_text", "text": "What did the model miss?"},
                },
            },
        ],
    }
