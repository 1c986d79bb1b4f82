"""``python -m rubricate``: the same as the command."""

from rubricate.cli import main

main()
