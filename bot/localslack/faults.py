"""Faults on demand.

A spec is a comma-separated list of `name[@method]=how_often[:how_much]`, for instance
`429=0.1,5xx=0.05,slow=0.2:2s,drop=0.02,duplicate=0.1,expire_triggers,429@chat.update=3x:30s`.

    429                   refused with Retry-After (how much: seconds, 1 unless told); nothing was done
    5xx                   answered 503; nothing was done
    slow                  answered late (how much: seconds, 2 unless told)
    drop                  the connection is cut before anything is done
    drop_after            it is done, then the connection is cut: the caller can't know
    duplicate             a payload is delivered twice, the very same
    expire_triggers       trigger_ids are expired when they arrive
    expire_response_urls  response_urls are expired when they arrive

How often: a probability (0.1; 1 or nothing: always), or a count (`3x`: the next three, then never again). `@method`
narrows the first five to one Web API method; `response_url` counts as a method. Everything goes by one seeded
generator, so that a run with the same calls in the same order meets the same faults.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

NAMES = ("429", "5xx", "slow", "drop", "drop_after", "duplicate", "expire_triggers", "expire_response_urls")
_DEFAULT_AMOUNT = {"429": 1.0, "slow": 2.0}
_FAULT = re.compile(r"(?P<name>[a-z0-9_]+)(?:@(?P<method>[\w.]+))?(?:=(?P<often>[0-9.]+x?)(?::(?P<much>[0-9.]+)s?)?)?")


@dataclass
class Fault:
    """One fault: how often, how much, and how many are left if they are counted."""

    name: str
    method: str | None
    probability: float
    amount: float
    left: int | None


def parse(spec: str) -> list[Fault]:
    """Raises ValueError that names the part that is wrong and what there is."""
    return [_parse_one(part.strip()) for part in spec.split(",") if part.strip()]


def _parse_one(part: str) -> Fault:
    match = _FAULT.fullmatch(part)
    if match is None or match["name"] not in NAMES:
        raise ValueError(
            f"unknown fault {part!r}: write name[@method]=how_often[:seconds], name one of {', '.join(NAMES)}"
        )
    name, often = match["name"], match["often"] or "1"
    amount = float(match["much"]) if match["much"] else _DEFAULT_AMOUNT.get(name, 0.0)
    if often.endswith("x"):
        return Fault(name, match["method"], 1.0, amount, int(float(often[:-1])))
    probability = float(often)
    if not 0 <= probability <= 1:
        raise ValueError(f"fault {part!r}: a probability is between 0 and 1, a count ends with x (3x)")
    return Fault(name, match["method"], probability, amount, None)


class Faults:
    """Decides, call by call, what goes wrong."""

    def __init__(self, spec: str = "", seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - reproducible on purpose, guards nothing
        self._faults = parse(spec)
        self.spec = spec

    def set(self, spec: str) -> None:
        """From here on these and no others. Raises ValueError."""
        self._faults = parse(spec)
        self.spec = spec

    def hits(self, name: str, method: str | None = None) -> Fault | None:
        """The fault that strikes this time, if one does."""
        for fault in self._faults:
            if fault.name != name or fault.method not in (None, method) or fault.left == 0:
                continue
            if fault.probability >= 1 or self._random.random() < fault.probability:
                if fault.left is not None:
                    fault.left -= 1
                return fault
        return None
