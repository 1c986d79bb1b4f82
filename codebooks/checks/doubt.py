"""A warning: what it is about, where it stands, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Mark


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place in the codebook that is no error, and why it may not do what its author wants.

    ``kind`` is the name of the warning, one of KINDS_OF_DOUBT; ``code`` and ``entry`` are ids, ``entry``
    empty where a code as a whole is meant.
    """

    kind: str
    mark: Mark
    code: str
    entry: str
    message: str

    @property
    def where(self) -> str:
        """The id of what is meant: the entry, or else the code."""
        return self.entry or self.code


KINDS_OF_DOUBT = {
    "no_word_list": "a language without a word list, whose words find only the form typed",
    "unlisted": "words that the word list does not know, which find only the form typed",
    "ambiguous": "a word whose lemma joins words of different meaning",
    "missed_form": "a regular form of a word that the word list has as a word of its own",
    "repeated": "an entry that stands twice, in one code or under two",
    "shadowed": "an entry all of whose hits another entry of its code finds, too",
    "broad_glob": "a glob that holds for a great part of all words",
    "idle_not_inside": "a not_inside in which no hit of its entry can lie",
    "never": "an entry whose hits all lie in its own not_inside",
    "small_operator": "a word of a rule that would be an operator in capitals",
    "compared": "a variable on which it depends what is found (only_in)",
    "no_definition": "codes without a definition",
    "no_entries": "a code that nothing can find and nobody codes by hand",
    "pattern_in_prose": "a text for people that looks like a pattern",
    "contradiction": "an example that must be coded and must not be, or under codes that exclude each other",
}
"""Every kind of warning, and what it is about."""
