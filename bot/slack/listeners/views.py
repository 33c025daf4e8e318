"""Modals. The queue has listeners of its own; those of an older version are closed with an acknowledgement."""

from __future__ import annotations

from slack_bolt import Ack, BoltResponse


def outdated_view(ack: Ack) -> BoltResponse:
    """A modal that this version does not know: all of its stack is closed."""
    return ack(response_action="clear")


def closed(ack: Ack) -> BoltResponse:
    """A modal was closed: nothing to do."""
    return ack()
