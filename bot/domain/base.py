"""What all values and errors build on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: compared by content, never changed, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RoundtableError(Exception):
    """Base of all errors that a person caused and can mend. Its text is one clear sentence, fit to be shown."""


class NotFoundError(RoundtableError):
    """What was named does not exist; the text says what there is instead."""


class ConflictError(RoundtableError):
    """The state does not allow it (now); the text says why and what to do."""


class StoreUnavailableError(RoundtableError):
    """Redis could not take or give the data. Nothing was half-written; the person may try again."""


class Check(Frozen):
    """What `roundtable doctor` found at one point. `advice` says what to do; it is empty where all is well."""

    name: str
    ok: bool
    detail: str
    advice: str = ""
