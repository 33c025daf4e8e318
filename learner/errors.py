"""What the learner refuses, checked before any work starts."""

from __future__ import annotations


class LearnerError(ValueError):
    """Base of all the learner's own errors. Its text is one clear sentence; `code` and `values` let whoever shows it say the same
    in another language."""

    def __init__(self, text: str = "", *, code: str = "", **values: str) -> None:
        super().__init__(text)
        self.code, self.values = code, values


class TooFewLabelsError(LearnerError):
    """Fewer than two classes have labels: nothing can be learned yet."""


class UnknownStrategyError(LearnerError):
    """No query strategy of that name, or with shares that can't be; the text says what there is."""


class CorruptModelError(LearnerError):
    """The bytes are no model that this version wrote."""


class CorruptFeaturesError(LearnerError):
    """Stored features do not fit together: they are damaged, or of another version."""


class EmbeddingError(LearnerError):
    """Sentence embeddings can't be made: the extra is missing, or the model is none that this version can use."""


class TargetError(LearnerError):
    """A target for the operating point that can't be read; the text says what can."""
