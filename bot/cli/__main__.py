"""`python -m bot.cli` is `roundtable`."""

from bot.cli import main

main()
