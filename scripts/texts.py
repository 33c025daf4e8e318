"""Sample texts of the stage, made of a few phrases each; their answers are known, as they are made for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

TICKET_LABELS: Final = ("billing", "delivery", "quality", "praise")
TICKET_GUIDELINES: Final = {
    "billing": "Money: invoices, refunds, double charges. Example: I was charged twice.",
    "delivery": "How and when it came, or did not. Example: the parcel lay in the rain.",
    "quality": "The thing itself: broken, wrong, worn. Example: the zip broke in a week.",
    "praise": "A kind word, also beside a complaint.",
}
_TICKETS: Final = {
    "billing": (
        "I was charged twice for the same order",
        "the refund you promised in March never came",
        "your invoice shows a price that nobody told me",
    ),
    "delivery": (
        "the parcel came nine days late",
        "the courier left the box out in the rain",
        "tracking says delivered, and nothing is here",
    ),
    "quality": (
        "the zip broke after one wash",
        "the second lamp flickers just like the first",
        "two of the six glasses were cracked",
    ),
    "praise": (
        "your colleague on the phone was lovely about it",
        "thank you for the quick reply",
        "the colours are even nicer than in the photo",
    ),
}
_OPENINGS: Final = ("", "Hello, ", "Third time that I write: ", "To whom it may concern: ", "Hi all, ")

AREAS: Final = (
    *("Account", "Billing", "Cart", "Delivery", "Exchange", "Gift cards", "Loyalty points", "Newsletter"),
    *("Payment", "Privacy", "Product quality", "Returns", "Search", "Shop opening hours"),
)

GERMAN_LABELS: Final = ("negativ", "sonstiges")
GERMAN_GUIDELINES: Final = {
    "negativ": "Ärger über die Marke oder ihre Produkte, auch ironisch. Beispiel: Na toll, schon wieder kaputt.",
    "sonstiges": "Alles andere: Lob, Fragen, Werbung, Nachrichten.",
}
_BRANDS: Final = ("Nordkaffee", "Radwerk", "Lumo", "Bergquell", "Kante & Co.", "Tonfunk")
_BAD: Final = (
    "{} ist schon nach einer Woche kaputt, und niemand meldet sich",
    "nie wieder {}: drei Wochen gewartet, dann das falsche Teil",
    "die Hotline von {} hat mich nach 40 Minuten einfach aus der Leitung geworfen",
    "{} wird immer teurer und immer schlechter, ich bin enttäuscht",
    "na toll, {} hat mein Paket zum zweiten Mal verloren",
)
_FINE: Final = (
    "hat jemand das neue Modell von {} schon in der Hand gehabt?",
    "heute früh bei {} im Laden gewesen, nette Leute",
    "{} eröffnet im Frühjahr eine Filiale in Leipzig",
    "mein Rad von {} läuft seit fünf Jahren ohne Mucken",
    "Gewinnspiel bei {}: einfach folgen und teilen",
    "{} sponsert dieses Jahr wieder den Stadtlauf",
    "kann mir jemand sagen, ob {} am Samstag geöffnet hat?",
)
_ENDINGS: Final = ("", " #alltag", " :-)", " Danke!", " (kein Witz)", " Schönen Gruß aus Köln.", " Mal wieder.")


def tickets(count: int) -> Iterator[tuple[str, list[str]]]:
    """Letters to a support desk, with what they are about."""
    chance = random.Random(7)  # noqa: S311 - sample texts, the same each time
    seen: set[str] = set()
    while len(seen) < count:
        about = chance.sample(TICKET_LABELS, chance.choice((1, 1, 1, 2)))
        text = chance.choice(_OPENINGS) + ", and ".join(chance.choice(_TICKETS[label]) for label in about)
        text = f"{text[:1].upper()}{text[1:]}. Order {chance.randrange(10_000, 99_999)}."
        if text not in seen:
            seen.add(text)
            # Some letters are about more than their words say.
            yield text, about if chance.random() > 0.15 else chance.sample(TICKET_LABELS, 1)


def german(count: int) -> Iterator[tuple[str, str]]:
    """Short posts about made-up brands, with their answers; one of ten is angry."""
    chance = random.Random(11)  # noqa: S311 - sample texts, the same each time
    seen: set[str] = set()
    while len(seen) < count:
        label = GERMAN_LABELS[0] if chance.random() < 0.12 else GERMAN_LABELS[1]
        tone = (
            _BAD if (label == GERMAN_LABELS[0]) is not (chance.random() < 0.04) else _FINE
        )  # irony: it reads like the other
        text = chance.choice(tone).format(chance.choice(_BRANDS))
        end = "" if text.endswith("?") else "."
        text = f"{text[:1].upper()}{text[1:]}{end}{chance.choice(_ENDINGS)} {chance.randrange(1, 400)}/24"
        if text not in seen:
            seen.add(text)
            yield text, label
