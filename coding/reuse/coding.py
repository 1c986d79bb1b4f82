"""A pass over stored documents that codes only what earlier ones have not found already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rubricate.coding.apply import Coder
from rubricate.coding.reuse.found import found_in, numbering, with_found
from rubricate.coding.reuse.keys import asked_with_others, code_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.apply import Mark
    from rubricate.coding.batch import Batch
    from rubricate.coding.reuse.files import Layer
    from rubricate.coding.reuse.found import Numbering
    from rubricate.coding.settings import Settings
    from rubricate.corpus.reading import Reading


@dataclass(frozen=True)
class ReusingCoder:
    """A codebook ready for any reading; what the layers of ``earlier`` passes have of documents and codes is
    not looked for.
    """

    codebook: Codebook
    settings: Settings
    mark: Mark
    earlier: Sequence[Layer] = ()

    def code(self, reading: Reading, documents: str) -> Batch:
        """Some documents, coded; ``documents`` is the key of what is found there besides the codebook."""
        if not self.earlier or any(documents not in layer.batches for layer in self.earlier):
            return self._full.code(reading)
        anew = self._partly.code(reading)
        known = (
            numbers.take(layer.found(layer.batches[documents]))
            for layer, numbers in zip(self.earlier, self._known, strict=True)
        )
        return with_found(anew, [*known, self._new.take(found_in(anew))], self.codebook, reading)

    @cached_property
    def _full(self) -> Coder:
        return Coder(self.codebook, self.settings, self.mark)

    @cached_property
    def _partly(self) -> Coder:
        codes = tuple(self.codebook.codes[place] for place in self._needed)
        return Coder(replace(self.codebook, codes=codes), self.settings, self.mark)

    @cached_property
    def _keys(self) -> list[str]:
        return code_keys(self.codebook)

    @cached_property
    def changed(self) -> list[int]:
        """The places of the codes that are not known."""
        known = {key for layer in self.earlier for key in layer.codes}
        return [place for place, key in enumerate(self._keys) if key not in known]

    @cached_property
    def _known(self) -> list[Numbering]:
        """Where the codes of each layer stand; each is taken from the first that has it."""
        places = {key: place for place, key in enumerate(self._keys)}
        return [
            numbering([places.pop(key, -1) for key in layer.codes], layer.entries, self.codebook)
            for layer in self.earlier
        ]

    @cached_property
    def _needed(self) -> list[int]:
        """The places of the codes that are not known, and of those that their rules ask about."""
        asked, codes = asked_with_others(self.codebook), self.codebook.codes
        names = {name for place in self.changed for name in (codes[place].id, *asked[codes[place].id])}
        return [place for place, code in enumerate(codes) if code.id in names]

    @cached_property
    def _new(self) -> Numbering:
        changed = set(self.changed)
        places = [place if place in changed else -1 for place in self._needed]
        entries = [len(self.codebook.codes[place].entries) for place in self._needed]
        return numbering(places, entries, self.codebook)
