"""A text, written so that a codebook reads it back as it was."""

from __future__ import annotations

import re

from rubricate.codebooks.yaml_syntax import quoted

_PLAIN = re.compile(r"\w(?:[\w \-./()+*'’&=<>?%@^~|$§“”„«»–—]*[\w./()+*'’?%$“”»])?")
"""Words that need no quotes anywhere: they begin with a letter or digit and hold no sign of YAML's own."""


def scalar(text: str) -> str:
    """Return the text as a YAML scalar of one line, in quotes only where it needs them.

    It can stand in blocks and in brackets.

    >>> print(scalar("arms embargo"), scalar("no"), scalar("*deceit*"), scalar('"arms race"'))
    arms embargo no "*deceit*" '"arms race"'
    """
    if _PLAIN.fullmatch(text):
        return text
    if text.isprintable() and ("'" not in text or not ('"' in text or "\\" in text)):
        return quoted(text)
    return _escaped(text)


def _escaped(text: str) -> str:
    import yaml

    written: str = yaml.dump(text, default_style='"', width=float("inf"), allow_unicode=True)
    return written.rstrip("\n")
