"""Made-up items whose class shows in their words, and what people answer to them."""

from __future__ import annotations

import random

GRUMBLES = ("refund", "broken", "terrible", "complaint", "worst", "delayed", "useless", "rude")
FILLERS = (
    "train",
    "phone",
    "coffee",
    "ticket",
    "store",
    "battery",
    "menu",
    "update",
    "window",
    "parcel",
    "song",
    "train",
)
PLEASED = ("thanks", "lovely", "great", "enjoyed", "quick", "friendly", "works", "nice")


def items(count: int, seeds: int, seed: int = 0, share: float = 0.3) -> list[tuple[str, str, str]]:
    """(id, text, seed label or ''): the first `seeds` have labels; `share` of all are negative."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        negative = number % 3 == 0 if number < seeds else chance.random() < share
        words = chance.sample(GRUMBLES if negative else PLEASED, 2) + chance.sample(FILLERS, 3)
        chance.shuffle(words)
        label = truth(f"{'n' if negative else 'p'}") if number < seeds else ""
        rows.append((f"{'n' if negative else 'p'}{number}", f"{' '.join(words)} no {number}", label))
    return rows


def truth(item_id: str) -> str:
    """The right answer: it is in the id's first letter."""
    return "negative" if item_id.startswith("n") else "other"


def button(label: str) -> str:
    """The action_id of a label's button."""
    return {"negative": "label_0", "other": "label_1"}[label]
