"""What a YAML syntax error means to somebody who writes a codebook and not YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from rubricate.codebooks.codebook import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_MEANT_BY_YAML = {
    "*": "YAML reads * as the start of an alias",
    "&": "YAML reads & as the start of an anchor",
    "!": "YAML reads ! as the start of a tag",
    ">": "YAML reads > as the start of a block of text",
    "|": "YAML reads | as the start of a block of text",
    "#": "YAML reads # as the start of a comment",
}
_FIRST_CHARACTERS = "*&!@%`"
_HIDDEN_IN_BRACKETS = re.compile(r"(?:[\[{,]\s*|:\s+)(#[^\s,\]}]+)")
_WORDS_AFTER_ALIAS = re.compile(r"(?:^|[-,:\[{])\s*([*&!]\w[^,\[\]{}]*)$")

DEEPEST = 50
"""How deep lists and mappings may be nested."""
TOO_DEEP = f"nested deeper than {DEEPEST} levels; close brackets or indent less"

_BAD_ESCAPE = "the backslash begins an escape that YAML does not know; write the text in single quotes"

# What the two parsers of PyYAML say, and what to say instead; the first that fits.
_MEANINGS = (
    (
        "mapping values are not allowed",
        "a colon before a space cannot stand here; put the text in quotes, or check the indentation and the "
        "colon of the line above",
    ),
    ("could not find expected ':'", "this line has no colon; write `key: value`, or a dash before an item"),
    ("found unexpected", "this quotation mark is never closed; write the closing one"),
    ("unknown escape", _BAD_ESCAPE),
    ("hexdecimal", _BAD_ESCAPE),
    ("expected escape sequence", _BAD_ESCAPE),
    ("sequence entries are not", "a dash cannot begin an item here; write it on its own line, or in quotes"),
    ("mapping keys are not allowed", "a ? before a space cannot stand here; put the text in quotes"),
    ("',' or ']'", "a comma or the closing ] is missing here; add it, or put the item in quotes"),
    ("',' or '}'", "a comma or the closing } is missing here; add it, or put the text in quotes"),
    (
        "node content",
        "nothing can be read here; write what is missing, put the text in quotes, or close the bracket above",
    ),
    ("scanning a directive", "a line cannot begin with %; put the text in quotes"),
    ("maximum nesting depth", TOO_DEEP),  # libyaml reads ahead and stops by itself, since PyYAML 6.0.4
    ("incompatible YAML document", "the YAML version is not known; remove the line that begins with %YAML"),
)
_SHOWN_WHERE_OPENED = ("could not find expected ':'", "found unexpected", "scanning a directive")
_MISPLACED = ("expected '-' indicator", "expected key", "expected <block end>", "<document start>")


def quoted(words: str) -> str:
    """Return the words as they are to be typed in YAML, in quotes."""
    if '"' in words or "\\" in words:
        return "'" + words.replace("'", "''") + "'"
    return f'"{words}"'


def needs_quotes(lines: Sequence[str], mark: Mark) -> str:
    """Say that the words at a mark begin with a sign that means something to YAML, and show them quoted."""
    words = _words_at(lines, mark)
    sign = words[:1]
    meaning = _MEANT_BY_YAML.get(sign, f"YAML does not let a word begin with {sign}")
    return f"{meaning}; write {quoted(words)} in quotes"


def line_at(lines: Sequence[str], mark: Mark) -> str:
    """Return the line of a mark; the parsers place some things behind the last line."""
    return lines[mark.line - 1] if mark.line <= len(lines) else ""


def unquoted_word(error: yaml.YAMLError, lines: Sequence[str]) -> Mark | None:
    """Return where a word stands that YAML cannot read only because it is not in quotes."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return None
    problem = error.problem or ""
    mark = _mark(error.problem_mark)
    if re.search("an? (alias|anchor|tag)$|a node$", error.context or ""):
        mark = _mark(error.context_mark)
    elif mark and any(said in problem for said in (*_MISPLACED, "',' or")):
        mark = _alias_before(lines, mark)
    elif "cannot start any token" not in problem:
        return None
    return mark if mark and _rest(lines, mark)[:1] in tuple(_FIRST_CHARACTERS) else None


def _alias_before(lines: Sequence[str], mark: Mark) -> Mark | None:
    """Return where a phrase begins whose first word, as in ``*big lie*``, YAML took for an alias."""
    start = max(0, mark.column - 200)
    hit = _WORDS_AFTER_ALIAS.search(line_at(lines, mark)[start : mark.column - 1])
    return Mark(mark.line, start + hit.start(1) + 1) if hit else None


def explain(error: yaml.YAMLError, lines: Sequence[str]) -> tuple[Mark, str]:
    """Return the place of a syntax error and what to write instead."""
    mark = unquoted_word(error, lines)
    if mark:
        return mark, needs_quotes(lines, mark)
    if not isinstance(error, yaml.MarkedYAMLError):
        return Mark(), f"YAML cannot read this file ({error}); save it as plain UTF-8 text"
    problem = " ".join(filter(None, (error.context, error.problem)))
    mark = _mark(error.problem_mark) or Mark(1, 1)
    opening = _mark(error.context_mark) or mark
    if not any(line.strip() for line in (_rest(lines, mark), *lines[mark.line :])):
        return _at_the_end(lines, opening, problem)
    return _meaning(lines, mark, opening, problem)


def _meaning(lines: Sequence[str], mark: Mark, opening: Mark, problem: str) -> tuple[Mark, str]:
    if "\t" in _rest(lines, mark)[:1]:
        return mark, "YAML does not accept a tab here; write spaces"
    if _rest(lines, opening)[:1] in (">", "|"):
        return opening, needs_quotes(lines, opening)
    for said, meant in _MEANINGS:
        if said in problem:
            return (opening if said in _SHOWN_WHERE_OPENED else mark), meant
    if any(said in problem for said in _MISPLACED):
        return mark, _misplaced(line_at(lines, mark)[: mark.column - 1])
    return mark, f"YAML cannot read this ({problem}); check quotes, brackets and indentation"


def _misplaced(before: str) -> str:
    if before.rstrip().endswith(('"', "'")):
        return "words after a closing quotation mark; put the whole text in quotes"
    if before.strip(" -"):
        return "this does not fit what stands before it in the line; put the whole text in quotes"
    return "this line does not fit the lines above; indent it like its neighbours"


def _at_the_end(lines: Sequence[str], opening: Mark, problem: str) -> tuple[Mark, str]:
    """Explain an error found at the end of the file: something was opened and is still open."""
    for row, line in enumerate(lines, 1):
        hidden = _HIDDEN_IN_BRACKETS.search(line)
        if hidden and re.search(r"[\]}]", line[hidden.end() :]):
            mark = Mark(row, hidden.start(1) + 1)
            return mark, needs_quotes(lines, mark)
    sign = _rest(lines, opening)[:1]
    if sign in tuple(_FIRST_CHARACTERS):
        return opening, needs_quotes(lines, opening)
    if sign in tuple("\"'"):
        return opening, "this quotation mark is never closed; write the closing one"
    if sign in tuple("[{"):
        return opening, f"this {sign} is never closed; write the closing {']' if sign == '[' else '}'}"
    if "expected ':'" in problem:
        return opening, "this line has no colon; write `key: value`, or a dash before an item"
    return opening, "the file ends too early; close every bracket and quotation mark"


def _words_at(lines: Sequence[str], mark: Mark) -> str:
    """Return the item that begins at a mark, as far as somebody would have meant it."""
    before, rest = line_at(lines, mark)[: mark.column - 1], _rest(lines, mark)
    in_brackets = len(re.findall(r"[\[{]", before)) > len(re.findall(r"[\]}]", before))
    end = r"[,\[\]{}]|\s#|:\s" if in_brackets else r"\s#|:\s|,\s*$"
    return re.split(end, rest, maxsplit=1)[0].strip() or rest[:1]


def _rest(lines: Sequence[str], mark: Mark) -> str:
    return line_at(lines, mark)[mark.column - 1 :]


def _mark(mark: yaml.Mark | None) -> Mark | None:
    return Mark(mark.line + 1, mark.column + 1) if mark else None
