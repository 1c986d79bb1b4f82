"""``python -m rubricate``: the same as the command."""

from rubricate.cli.start import main

main()
