"""What the summary says of what was counted: of which documents nothing was, how long passages are, and which
repeat others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.cli.terminal import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rubricate.coding.settings import Settings

_LONG = {
    "paragraph": (1000, "--unit sentence cuts such passages"),
    "sentence": (500, "no sentence ends were found there"),
    "item": (500, "no sentence ends were found there"),
}
"""From how many words on a passage is rather a text whose structure was lost, and what to know then."""

_COUNTED = {
    "keep": "all counted (--duplicates exact or near counts only the first)",
    "exact": "not counted",
    "near": "not counted",
}


def uncounted(repeated: int, empty: int) -> str:
    """Why some documents are none of those that were counted; empty where all of them are.

    >>> uncounted(2, 1)
    '; 2 documents only repeat others, 1 document has nothing to analyse'
    >>> uncounted(0, 0)
    ''
    """
    reasons = (
        (repeated, "only repeats others", "only repeat others"),
        (empty, "has nothing to analyse", "have nothing to analyse"),
    )
    told = [
        f"{number(count, 'document')} {one if count == 1 else many}" for count, one, many in reasons if count
    ]
    return f"; {', '.join(told)}" if told else ""


def lengths(passages: Mapping[int, int]) -> Iterator[str]:
    """How long passages are, of which ``passages`` counts those of each number of words.

    The median is the longest of the shorter half.

    >>> list(lengths({1: 1, 74: 1, 1512: 1}))
    ['Words in a passage: median 74, longest 1,512.']
    """
    total = sum(passages.values())
    if total < 2:
        return
    before = 0
    for middle in sorted(passages):
        before += passages[middle]
        if 2 * before >= total:
            yield f"Words in a passage: median {middle:,}, longest {max(passages):,}."
            return


def too_long(passages: Mapping[int, int], unit: str) -> Iterator[str]:
    """A warning where passages of the unit are longer than such passages are.

    >>> list(too_long({74: 9, 1512: 2}, "paragraph"))
    ['2 passages are longer than 1,000 words; --unit sentence cuts such passages']
    """
    most, advice = _LONG.get(unit, (max(passages, default=0), ""))
    if longer := sum(count for words, count in passages.items() if words > most):
        verb = "is" if longer == 1 else "are"
        yield f"{number(longer, 'passage')} {verb} longer than {most:,} words; {advice}"


def repeated(exact: int, near: int, duplicates: str) -> Iterator[str]:
    """How many passages repeat an earlier one, word for word or nearly, and whether they were counted.

    >>> list(repeated(12, 3, "near"))
    ['Repeated: 12 passages word for word, 3 nearly; not counted.']
    """
    nearly = f", {near:,} nearly" if duplicates != "exact" else ""  # then they are not looked for
    if exact or near:
        yield f"Repeated: {number(exact, 'passage')} word for word{nearly}; {_COUNTED[duplicates]}."


def left_out_by_filters(settings: Settings, segments: int) -> Iterator[str]:
    """How many segments the filters of the settings left out, and which filters these were.

    >>> from rubricate.coding.settings import Settings
    >>> list(left_out_by_filters(Settings(negated="drop", question="drop"), 12))
    ['Left out: 12 segments (--negated drop, --question drop).']
    """
    from rubricate.coding.flags import FLAGS

    choices = {flag: getattr(settings, flag) for flag in FLAGS}
    chosen = [f"--{flag} {choice}" for flag, choice in choices.items() if choice != "keep"]
    if chosen:
        yield f"Left out: {number(segments, 'segment')} ({', '.join(chosen)})."
