"""LaTeX in the fields of a bibliography, as readers of the printed page see it."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_LATEX = re.compile(r"[\\~]|--|``|''|[?!]`")
_BRACES = re.compile(r"[{}]")
_BARE = re.compile(r"\\.|[%&]", re.DOTALL)
_BLANKS = re.compile(r"[ \t\n\r]+")
_LONGEST = 20_000  # characters; decoding takes ten microseconds for each
_STYLES = (
    *("textsubscript", "textsuperscript", "relax", "textnormal", "mkbibquote", "mkbibemph", "NoCaseChange"),
    *("bf", "bfseries", "em", "it", "itshape", "rm", "sc", "scshape", "sf", "sl", "tt", "small", "large"),
)
"""Commands that change how the words behind them look, beyond those that the decoder knows."""


def decode_latex(value: str) -> str:
    r"""The text that LaTeX makes of a field; commands that are not known stay as they stand.

    Mathematics is left as it is. So is a field that is nested too deeply or is longer than any title or name.

    >>> decode_latex(r"{\v S}koda {\"o}l -- the {UN}'s 5\% \& \foo")
    "Škoda öl – the UN's 5% & \\foo"
    """
    if not _LATEX.search(value):
        value = _BRACES.sub("", value)
    elif len(value) <= _LONGEST:
        # Bare signs are mistakes to LaTeX: what follows a % would be lost, and an & would become blanks.
        escaped = _BARE.sub(lambda found: found[0] if len(found[0]) > 1 else "\\" + found[0], value)
        # What the decoder trips over, such as a command without its arguments, stays as it stands.
        with suppress(RecursionError, LookupError, TypeError, ValueError, AttributeError):
            value = _decode(escaped)
    return _BLANKS.sub(" ", value).strip()


@lru_cache(10_000)  # journals and authors come again and again
def _decode(latex: str) -> str:
    decoder, commands = _decoder()
    return str(decoder.latex_to_text(latex, latex_context=commands))


@cache
def _decoder() -> tuple[LatexNodes2Text, Any]:
    """The decoder, and the commands whose arguments it knows: making them takes longer than to decode."""
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
    from pylatexenc.latexwalker import get_default_latex_context_db as get_commands

    known = get_default_latex_context_db()
    own = [MacroTextSpec(name, simplify_repl=_verbatim) for name in ("cite", "input", "include", "ref")]
    own += [MacroTextSpec(name, simplify_repl="") for name in _STYLES]
    own.append(MacroTextSpec("url", simplify_repl="%s"))
    known.add_context_category("fields", prepend=True, macros=own)
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_verbatim))
    return LatexNodes2Text(latex_context=known, math_mode="verbatim"), get_commands()


def _verbatim(node: Any) -> str:
    return str(node.latex_verbatim())
