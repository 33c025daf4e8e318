"""Every text that people in Slack read, in one catalogue for each language (docs/words.md).

The code names a text and hands it its values; which language it comes in is settled once, where a request, a message or a
round is taken up (`speaking`), and not by those who say it.
"""

from bot.words.carrying import Carrying
from bot.words.catalogue import LANGUAGES, MissingTextError, read_catalogues, say
from bot.words.figures import figure
from bot.words.language import ENGLISH, language, shared, speak, speaking, use_by_default

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "Carrying",
    "MissingTextError",
    "figure",
    "language",
    "read_catalogues",
    "say",
    "shared",
    "speak",
    "speaking",
    "use_by_default",
]
