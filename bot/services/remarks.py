"""What the learner has to tell, in words."""

from __future__ import annotations

from collections.abc import Iterable

from bot.words import say
from learner.remarks import Remark


def worded(remarks: Iterable[Remark]) -> str:
    """In the language that is spoken; several by semicolon, empty for none."""
    return "; ".join(say(f"remark-{remark.code}", **remark.values) for remark in remarks)
