"""words.arrow: which word stands where in a stored corpus, a record batch for each row group of its tables.

A batch is one row of lists. ``vocabulary`` are the numbers of its distinct words, ascending; ``word`` says
for each word which of these it is (``high`` has what is above 16 bits, and nothing where nothing is);
``gap`` how many characters stand before it, from the end of the word in front, 0 and below where these do
not join the two to a phrase; ``far`` the gaps that are too wide for it, of which it says _FAR; ``begins``
from where characters are counted for every _BLOCK-th word: where the word in front of it ends.

So little is read of a file that is compressed lightly: a search for a word looks at two bytes for each word,
and where words stand is worked out only around those that were found.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import file_digest
from typing import TYPE_CHECKING, Any

from rubricate.corpus.words.borders import Words
from rubricate.corpus.words.joints import joints

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    import pyarrow as pa
    import pyarrow.ipc
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Characters, Ints

    Bools = NDArray[np.bool_]
    Numbers = NDArray[np.int32]

WORDS = "words.arrow"
"""The name of the file."""

_BLOCK = 128
_FAR = -128
_LOW = 0xFFFF
_COLUMNS = ("vocabulary", "word", "high", "gap", "far", "begins")
_SPARSE = 4  # where they stand is worked out anew only for less than one block in so many


class WordFile:
    """The open file, whose bytes have to be those with the hash ``sha256``.

    They are looked at before the first batch is read: Arrow believes what a file says of itself, and of a
    damaged one may make other words, or end the process.
    """

    def __init__(self, path: Path, sha256: str) -> None:
        """Open it; OSError where that cannot be."""
        import pyarrow as pa

        self._file, self._sha256 = pa.OSFile(str(path)), sha256

    def __enter__(self) -> WordFile:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def batch(self, number: int) -> pa.RecordBatch:
        """The words of a row group; ValueError, OSError or ArrowException where the file is damaged."""
        return self._batches.get_batch(number)

    @cached_property
    def _batches(self) -> pyarrow.ipc.RecordBatchFileReader:
        import pyarrow.ipc

        if file_digest(self._file, "sha256").hexdigest() != self._sha256:
            raise ValueError("words.arrow is not as it was written")
        return pyarrow.ipc.open_file(self._file, options=pyarrow.ipc.IpcReadOptions(use_threads=False))


def write_words(path: Path) -> pyarrow.ipc.RecordBatchFileWriter:
    """A new file, to which batches can be written."""
    import pyarrow.ipc

    options = pyarrow.ipc.IpcWriteOptions(compression="lz4")
    return pyarrow.ipc.new_file(str(path), word_schema(), options=options)


def word_schema() -> pa.Schema:
    """The columns of words.arrow."""
    import pyarrow as pa

    kinds = (pa.int32(), pa.uint16(), pa.uint8(), pa.int8(), pa.int32(), pa.int32())
    return pa.schema([(name, pa.list_(kind)) for name, kind in zip(_COLUMNS, kinds, strict=True)])


def word_batch(words: Words) -> pa.RecordBatch:
    """Some words as a batch."""
    import numpy as np
    import pyarrow as pa

    behind = np.append(0, words.end[:-1])[: len(words)]
    gap = words.start - behind
    gap[1:][~joints(words, np.arange(1, len(words)))] *= -1
    is_far = np.abs(gap) >= -_FAR
    vocabulary, word = np.unique(words.id, return_inverse=True)
    high = word >> _LOW.bit_length()
    columns = (
        vocabulary,
        word & _LOW,
        high if high.any() else high[:0],
        np.where(is_far, _FAR, gap),
        gap[is_far],
        behind[::_BLOCK],
    )
    rows = [_as_row(some, field.type) for some, field in zip(columns, word_schema(), strict=True)]
    return pa.record_batch(rows, schema=word_schema())


def _as_row(values: Ints, kind: pa.DataType) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    edges = np.array([0, len(values)], np.int32)
    inner = pa.array(values.astype(kind.value_type.to_pandas_dtype()))
    return pa.ListArray.from_arrays(edges, inner, type=kind)


class StoredWords(Words):
    """The words of a batch, of which only what is asked for is worked out.

    ``lengths`` are those of all words of the vocabulary, ``characters`` reads the text. ValueError where the
    batch is damaged.
    """

    def __init__(self, batch: pa.RecordBatch, lengths: Numbers, characters: Callable[[], Characters]) -> None:
        columns = (batch.column(name).flatten().to_numpy() for name in _COLUMNS)
        vocabulary, low, high, gap, far, begins = columns
        word, gap = _with_high(low, high), _with_far(gap, far)
        _refuse_misfits(vocabulary, word, gap, begins, len(lengths))
        object.__setattr__(self, "characters", characters)  # words are frozen
        own = {"_vocabulary": vocabulary, "_word": word, "_gap": gap, "_begins": begins}
        vars(self).update(own, _lengths=lengths[vocabulary])

    _vocabulary: Numbers
    _word: NDArray[np.uint16] | Numbers
    _gap: NDArray[np.int8] | Numbers
    _begins: Numbers
    _lengths: Numbers

    def __len__(self) -> int:
        return len(self._word)

    @cached_property
    def id(self) -> Numbers:
        """The number of each word in the vocabulary."""
        return self.ids(slice(None))

    @cached_property
    def end(self) -> Ints:
        """Where each word ends."""
        import numpy as np

        return np.cumsum(np.abs(self._gap) + self._lengths[self._word], dtype=np.int64)

    @cached_property
    def start(self) -> Ints:
        """Where each word begins."""
        return self.end - self._lengths[self._word]

    @cached_property
    def joined(self) -> Bools:
        """Of each word whether it is joined to the one in front of it."""
        return self._gap > 0

    def ids(self, at: Ints | slice) -> Numbers:
        """The numbers of the words at these positions in the vocabulary."""
        found: Numbers = self._vocabulary[self._word[at]]
        return found

    def those(self, chosen: Bools) -> Ints:
        """The positions of the words of which, by number, this is true."""
        import numpy as np

        own = chosen[self._vocabulary]
        return np.flatnonzero(own[self._word]) if own.any() else np.zeros(0, np.int64)

    def frequencies(self, size: int) -> Ints:
        """How often each of the first ``size`` words of the vocabulary stands here."""
        import numpy as np

        found = np.zeros(size, np.int64)
        found[self._vocabulary] = np.bincount(self._word, minlength=len(self._vocabulary))
        return found

    def edges(self, at: Ints) -> tuple[Ints, Ints]:
        """Start and end of the words at these positions."""
        import numpy as np

        block, place = np.divmod(at, _BLOCK)
        touched = np.zeros(len(self._begins), bool)
        touched[block] = True
        some = np.flatnonzero(touched)
        if "end" in vars(self) or _SPARSE * len(some) >= len(touched):
            end = self.end[at]
        else:
            around = np.minimum(some[:, None] * _BLOCK + np.arange(_BLOCK), len(self) - 1)
            steps = np.abs(self._gap[around]) + self._lengths[self._word[around]]
            ends = self._begins[some][:, None] + np.cumsum(steps, axis=1, dtype=np.int64)
            end = ends[(np.cumsum(touched) - 1)[block], place]
        return end - self._lengths[self._word[at]], end


def _with_high(low: NDArray[np.uint16], high: NDArray[np.uint8]) -> NDArray[np.uint16] | Numbers:
    import numpy as np

    return low.astype(np.int32) | high.astype(np.int32) << _LOW.bit_length() if len(high) else low


def _with_far(gap: NDArray[np.int8], far: Numbers) -> NDArray[np.int8] | Numbers:
    import numpy as np

    if not len(far):
        return gap
    wide = gap.astype(np.int32)
    wide[gap == _FAR] = far
    return wide


def _refuse_misfits(vocabulary: Numbers, word: Any, gap: Any, begins: Numbers, size: int) -> None:
    """Raise ValueError where columns do not fit each other, or the vocabulary of so many words."""
    count = -(-len(word) // _BLOCK)
    known = not len(word) or (word.max() < len(vocabulary) and vocabulary[-1] < size and vocabulary[0] >= 0)
    if len(gap) != len(word) or len(begins) != count or not known:
        raise ValueError("columns of words.arrow do not fit each other")
