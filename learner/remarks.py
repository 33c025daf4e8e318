"""What there is to tell where the items chosen are not the strategy's own: a code and its values. Whoever tells it finds the words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Code(StrEnum):
    """What happened; behind it, which values belong to it."""

    NO_MODEL_KEYWORDS = "no-model-keywords"  # strategy
    NO_MODEL_TYPICAL = "no-model-typical"  # strategy
    NO_TRAINING_LABELS = "no-training-labels"  # strategy
    NOT_TWO_CLASSES = "not-two-classes"  # strategy
    MORE_OF_A_CLUSTER = "more-of-a-cluster"  # items, cap


class Remark(NamedTuple):
    """One of these, with its values."""

    code: Code
    values: Mapping[str, str | int]
