"""People's votes as arrays: what agreement and the models of people are computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from learner.types import Floats, Rows


@dataclass(frozen=True, eq=False)
class Ballots:
    """Votes (v,) as codes: `label[j]` is what `person[j]` said of `item[j]`.

    Sorted by item and person, so the same votes give the same digits.
    """

    items: tuple[str, ...]
    people: tuple[str, ...]
    classes: tuple[str, ...]
    item: Rows
    person: Rows
    label: Rows

    @classmethod
    def of(cls, votes: Mapping[str, Mapping[str, str]], classes: Sequence[str]) -> Ballots:
        """From item -> person -> label. Votes for what is none of the classes (any more) are left out, and items without any other."""
        place = {name: code for code, name in enumerate(classes)}
        kept = {
            item: {person: place[label] for person, label in sorted(ballot.items()) if label in place}
            for item, ballot in sorted(votes.items())
        }
        items = tuple(item for item, ballot in kept.items() if ballot)
        people = tuple(sorted({person for ballot in kept.values() for person in ballot}))
        number = {person: code for code, person in enumerate(people)}
        rows = [(i, number[person], code) for i, item in enumerate(items) for person, code in kept[item].items()]
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return cls(items, people, tuple(classes), table[:, 0], table[:, 1], table[:, 2])

    def counts(self) -> Floats:
        """Votes by item and class (items, k)."""
        k = len(self.classes)
        flat = np.bincount(self.item * k + self.label, minlength=len(self.items) * k)
        return flat.reshape(len(self.items), k).astype(np.float64)

    def answers(self) -> Rows:
        """Votes by person (people,)."""
        return np.bincount(self.person, minlength=len(self.people)).astype(np.int64)
