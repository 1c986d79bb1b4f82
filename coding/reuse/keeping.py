"""What passes of a study found is kept in its cache, and found there again.

A pass writes what it found of codes that are not there yet, as a layer on those that are.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.coding.reuse.files import FoundWriter, read_layer
from rubricate.coding.reuse.found import found_in, numbering
from rubricate.coding.reuse.keys import code_keys, common_key
from rubricate.corpus.storage.cache import cache, cached, cached_names, cached_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.reuse.files import Layer
    from rubricate.coding.reuse.found import Numbering
    from rubricate.coding.settings import Settings

    Keep = Callable[[str, Batch], None]
    Kept = tuple[tuple[Path, Path], ...]
    """The two files of each layer, the first layer first."""

_SEGMENTS, _FORMS = "coded", "forms"
_LETTERS = 16
_MOST_LAYERS = 4
"""On so many layers no other is laid: then all codes are written anew."""


def read_kept(kept: Kept) -> list[Layer]:
    """The layers in these files; none where one of them cannot be read."""
    layers = [layer for places in kept if (layer := read_layer(*places))]
    return layers if len(layers) == len(kept) else []


def find_kept(study: Path, codebook: Codebook, settings: Settings, batches: Collection[str]) -> Kept:
    """The files with what earlier passes with these settings found, those that have most of it.

    ``batches`` are the keys of the documents of each batch.
    """
    common, codes = common_key(codebook, settings)[:_LETTERS], set(code_keys(codebook))
    if not common:
        return ()
    layers = _layers(study, common)

    def known(chain: tuple[str, ...]) -> int:
        keys = {key for name in chain for key in layers[name].codes}
        return len(codes & keys) * len(layers[chain[-1]].batches.keys() & batches)

    chains = [(*layer.on, name) for name, layer in layers.items() if layers.keys() >= {*layer.on}]
    for chain in sorted(chains, key=lambda chain: (-known(chain), len(chain))):
        found = [places for name in chain if (places := _sound(study, name))]
        if known(chain) and len(found) == len(chain):
            return tuple(found)
    return ()


def _sound(study: Path, name: str) -> tuple[Path, Path] | None:
    """The two files of a layer as they were written; None where one of them is not."""
    segments, forms = (cached(study, f"{kind}-{name}") for kind in (_SEGMENTS, _FORMS))
    return (segments, forms) if segments and forms else None


def _layers(study: Path, common: str) -> dict[str, Layer]:
    """All that is kept under this key, by name, as yet unproved."""
    found: dict[str, Layer] = {}
    for name in cached_names(study, f"{_SEGMENTS}-{common}-"):
        own = name.removeprefix(f"{_SEGMENTS}-")
        segments, forms = (cached_paths(study, f"{kind}-{own}") for kind in (_SEGMENTS, _FORMS))
        if segments and forms and (layer := read_layer(segments[0], forms[0])):
            found[own] = layer
    return found


@contextmanager
def keeping(
    study: Path, codebook: Codebook, settings: Settings, batches: Sequence[str], kept: Kept = ()
) -> Iterator[Keep]:
    """Yield what takes each batch, with the key of its documents, in the order of the keys ``batches``.

    What it was given is kept if the block ends well; where it cannot be, nobody hears of it. Codes that are
    ``kept`` already, for all batches, are not written again, as long as there are few layers.
    """
    common, codes = common_key(codebook, settings)[:_LETTERS], code_keys(codebook)
    layers = read_kept(kept)
    on = [_own_name(segments) for segments, _ in kept]
    known = {key for layer in layers for key in layer.codes}
    if any(list(layer.batches) != list(batches) for layer in layers):
        on, known = [], set()
    new = [place for place, key in enumerate(codes) if key not in known]
    if new and len(on) >= _MOST_LAYERS:
        on, new = [], list(range(len(codes)))
    keys = [codes[place] for place in new]
    name = f"{common}-{sha256(repr((keys, batches, on)).encode()).hexdigest()[:_LETTERS]}.parquet"
    if not common or not new or _sound(study, name):
        yield lambda documents, batch: None
        return
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / kind for kind in (_SEGMENTS, _FORMS)]
        entries = [len(code.entries) for code in codebook.codes]
        writer = FoundWriter((places[0], places[1]), keys, [entries[place] for place in new], on)
        chosen = None if len(new) == len(codes) else _chosen(codebook, new)
        keeper = _Keeper(writer, chosen)
        with ExitStack() as stack:
            stack.callback(keeper.close)
            yield keeper.keep
        if keeper.sound:
            for kind, place in ((_FORMS, places[1]), (_SEGMENTS, places[0])):
                cache(study, f"{kind}-{name}", partial(shutil.copyfile, place))


def _own_name(path: Path) -> str:
    """The name of a layer, from that of its file."""
    stem, *_, extension = path.name.removeprefix(f"{_SEGMENTS}-").split(".")
    return f"{stem}.{extension}"


def _chosen(codebook: Codebook, new: Sequence[int]) -> Numbering:
    """Where the codes of a codebook stand in one that has only those at some places."""
    numbers = {place: number for number, place in enumerate(new)}
    some = replace(codebook, codes=tuple(codebook.codes[place] for place in new))
    places = [numbers.get(place, -1) for place in range(len(codebook.codes))]
    return numbering(places, [len(code.entries) for code in codebook.codes], some)


@dataclass
class _Keeper:
    """A writer that gives up where the disk does."""

    writer: FoundWriter
    chosen: Numbering | None
    sound: bool = True

    def keep(self, documents: str, batch: Batch) -> None:
        if self.sound:
            try:
                found = found_in(batch)
                self.writer.write(documents, self.chosen.take(found) if self.chosen else found)
            except OSError:
                self.sound = False

    def close(self) -> None:
        with suppress(OSError):
            self.writer.close()
            return
        self.sound = False
