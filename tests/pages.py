"""A text of a web page, and what is taken for furniture on it."""

from __future__ import annotations

from rubricate.corpus.parts.assign import assign_parts
from rubricate.corpus.parts.furniture import find_furniture

TITLE = "The Harbour and the Price of Silence"
PROSE = (
    "The ministers who met in the harbour town agreed that the old contracts would be kept until the new "
    "ones were signed; nobody had asked the towns along the river, which have paid for every one of these "
    "plans since the war and have not been thanked for it once, as the mayor of the largest of them said."
)
SHORT = "Nobody had asked the towns along the river what they thought of it."


def found(*paragraphs: str, language: str = "en") -> dict[int, str]:
    return {index: part for index, (part, _) in find_furniture(paragraphs, language).items()}


def parts(*paragraphs: str) -> list[str]:
    return [block.part for block in assign_parts(paragraphs, "en")]
