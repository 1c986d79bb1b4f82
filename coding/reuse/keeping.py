"""What passes of a study found is kept in its cache, and found there again."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.coding.reuse.files import FoundWriter, read_earlier
from rubricate.coding.reuse.found import found_in
from rubricate.coding.reuse.keys import code_keys, common_key
from rubricate.corpus.storage.cache import cache, cached, cached_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.reuse.files import Earlier
    from rubricate.coding.settings import Settings

    Keep = Callable[[str, Batch], None]

_SEGMENTS, _FORMS = "coded", "forms"
_LETTERS = 16


def find_earlier(study: Path, codebook: Codebook, settings: Settings) -> Earlier | None:
    """What the last pass with these settings found, if it was kept."""
    places = find_kept(study, codebook, settings)
    return read_earlier(*places) if places else None


def find_kept(study: Path, codebook: Codebook, settings: Settings) -> tuple[Path, Path] | None:
    """The two files with what the last pass with these settings found, if they were kept."""
    common = common_key(codebook, settings)[:_LETTERS]
    if not common:
        return None
    for name in cached_names(study, f"{_SEGMENTS}-{common}-"):
        segments, forms = (cached(study, kind + name.removeprefix(_SEGMENTS)) for kind in (_SEGMENTS, _FORMS))
        if segments and forms and read_earlier(segments, forms):
            return segments, forms
    return None


@contextmanager
def keeping(study: Path, codebook: Codebook, settings: Settings, batches: Sequence[str]) -> Iterator[Keep]:
    """Yield what takes each batch, with the key of its documents, in the order of the keys ``batches``.

    What it was given is kept if the block ends well; where it cannot be, nobody hears of it.
    """
    common, codes = common_key(codebook, settings)[:_LETTERS], code_keys(codebook)
    name = f"{common}-{sha256(repr((codes, batches)).encode()).hexdigest()[:_LETTERS]}.parquet"
    if not common or all(cached(study, f"{kind}-{name}") for kind in (_SEGMENTS, _FORMS)):
        yield lambda documents, batch: None
        return
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / kind for kind in (_SEGMENTS, _FORMS)]
        entries = [len(code.entries) for code in codebook.codes]
        keeper = _Keeper(FoundWriter(places[0], places[1], codes, entries))
        with ExitStack() as stack:
            stack.callback(keeper.close)
            yield keeper.keep
        if keeper.sound:
            for kind, place in ((_FORMS, places[1]), (_SEGMENTS, places[0])):
                cache(study, f"{kind}-{name}", partial(shutil.copyfile, place))


@dataclass
class _Keeper:
    """A writer that gives up where the disk does."""

    writer: FoundWriter
    sound: bool = True

    def keep(self, documents: str, batch: Batch) -> None:
        if self.sound:
            try:
                self.writer.write(documents, found_in(batch))
            except OSError:
                self.sound = False

    def close(self) -> None:
        with suppress(OSError):
            self.writer.close()
            return
        self.sound = False
