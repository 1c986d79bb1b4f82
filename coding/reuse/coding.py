"""A pass over stored documents that codes only what an earlier one has not found already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rubricate.coding.apply import Coder
from rubricate.coding.reuse.found import found_in, numbering, with_found
from rubricate.coding.reuse.keys import asked_with_others, code_keys

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.apply import Mark
    from rubricate.coding.batch import Batch
    from rubricate.coding.reuse.files import Earlier
    from rubricate.coding.reuse.found import Numbering
    from rubricate.coding.settings import Settings
    from rubricate.corpus.reading import Reading


@dataclass(frozen=True)
class ReusingCoder:
    """A codebook ready for any reading; what ``earlier`` has of documents and codes is not looked for."""

    codebook: Codebook
    settings: Settings
    mark: Mark
    earlier: Earlier | None = None

    def code(self, reading: Reading, documents: str) -> Batch:
        """Some documents, coded; ``documents`` is the key of what is found there besides the codebook."""
        batch = self.earlier.batches.get(documents) if self.earlier else None
        if batch is None:
            return self._full.code(reading)
        assert self.earlier
        anew = self._partly.code(reading)
        found = self._known.take(self.earlier.found(batch)), self._new.take(found_in(anew))
        return with_found(anew, found, self.codebook, reading)

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
        known = set(self.earlier.codes if self.earlier else ())
        return [place for place, key in enumerate(self._keys) if key not in known]

    @cached_property
    def _known(self) -> Numbering:
        assert self.earlier
        places = {key: place for place, key in enumerate(self._keys)}
        return numbering(
            [places.get(key, -1) for key in self.earlier.codes], self.earlier.entries, self.codebook
        )

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
