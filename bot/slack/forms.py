"""Bodies of Slack's interactions, read fast: they come with each click, 3 or 4 kB of percent signs."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import unquote_to_bytes

FIELD: Final = b"payload="
FORM: Final = "application/x-www-form-urlencoded"
# JSON's own signs. Replacing them first leaves little to the general way, which takes every escape by itself. A percent sign
# in the text is `%25` until the last step, so none of these can be anything but an escape.
COMMON: Final = tuple((b"%%%02X" % ord(sign), sign.encode()) for sign in '":,{}[]/\\ ')


def interaction(body: bytes, content_type: str) -> dict[str, Any] | None:
    """The JSON object in the form's one field, `payload`; None for a body of any other kind. Raises ValueError for broken JSON."""
    if not body.startswith(FIELD) or b"&" in body or not content_type.startswith(FORM):
        return None
    text = body[len(FIELD) :].replace(b"+", b" ")
    for escape, sign in COMMON:
        text = text.replace(escape, sign)
    if b"%" in text:
        text = unquote_to_bytes(text)
    found = json.loads(text)
    return found if isinstance(found, dict) else None
