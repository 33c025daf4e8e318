"""Logging of the processes that stay, the same in all of them."""

from __future__ import annotations

import logging
from typing import Final

FORMAT: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"
# At DEBUG, and some at INFO, these print whole requests and responses: item texts, and addresses that are secrets.
QUIET: Final = {
    "slack_bolt": logging.WARNING,
    "slack_sdk": logging.WARNING,
    "urllib3": logging.WARNING,
    "apscheduler": logging.ERROR,
}


def set_up(level: str) -> None:
    """Everything of ours from `level` on, to standard error; of the libraries only what is wrong."""
    logging.basicConfig(level=level, format=FORMAT)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
