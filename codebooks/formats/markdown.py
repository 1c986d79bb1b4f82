"""A codebook as Markdown, for an appendix or a website."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.formats.appendix import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.formats.appendix import Block
    from rubricate.codebooks.formats.writing import Writing

_DEEPEST = 6
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
_AT_START = re.compile(r"(?m)^([ \t]*)([-+=]|\d+(?=[.)]))")  # lists, and lines that make headings


def write(writing: Writing) -> bytes:
    """Headings, paragraphs and lists; every sign that means something to Markdown is escaped."""
    lines: list[str] = []
    in_list = False
    for block in blocks_of(writing.book):
        if lines and not (in_list and block.level < 0):
            lines.append("")
        in_list = block.level < 0
        lines += _lines(block)
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(block: Block) -> Iterator[str]:
    code = _in_backticks(block.code) if block.code else ""
    if block.level > 0:
        text = " ".join(escaped(block.text).split())
        yield " ".join(filter(None, ("#" * min(block.level, _DEEPEST), text, code)))
    elif block.level < 0:
        yield f"- {': '.join(filter(None, (code, _joined(block.text, '  '))))}"
    else:
        colon = "" if block.text else ":"
        lead = f"**{block.lead}{colon}**" if block.lead else ""
        yield " ".join(filter(None, (lead, _joined(block.text, ""))))


def _joined(text: str, indent: str) -> str:
    """Lines of a text as lines of one paragraph."""
    return f"\\\n{indent}".join(filter(None, map(str.strip, escaped(text).split("\n"))))


def escaped(text: str) -> str:
    """A text whose signs are signs.

    >>> print(escaped("embargo* <b>"))
    embargo\\* \\<b\\>
    """
    return _AT_START.sub(_defused, _SIGNS.sub(r"\\\1", text))


def _defused(found: re.Match[str]) -> str:
    pad, sign = found.groups()
    return f"{pad}{sign}\\" if sign.isdigit() else f"{pad}\\{sign}"


def _in_backticks(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if {text[0], text[-1]} & {"`", " "} else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"
