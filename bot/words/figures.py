"""Figures as the language writes them: 0.84 and 84% in English, 0,84 and 84 % in German."""

from __future__ import annotations

from bot.words.catalogue import say


def figure(value: float, spec: str) -> str:
    """A number by one of Python's format specifications (".2f", ",", ".0%", "+.1f"), with the language's marks."""
    written = format(value, spec)
    share = written.endswith("%")
    marks = str.maketrans({",": say("figure-thousands"), ".": say("figure-decimal")})
    number = written.removesuffix("%").translate(marks)
    return say("figure-percent", number=number) if share else number
