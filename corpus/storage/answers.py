"""What word lists answered about the terms of codebooks, kept with a study.

Of the words in its texts lemmas are stored, so that a pass then need not unpack the lists at all.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from rubricate.corpus.storage.cache import cache, cached
from rubricate.corpus.storage.words import made_by
from rubricate.corpus.words.lemmas import given_answers, recall

if TYPE_CHECKING:
    from pathlib import Path

    Answers = dict[str, dict[str, str | None]]

_MOST = 50_000
"""So many answers are kept; those of larger dictionaries are looked up again."""


def recall_answers(study: Path) -> None:
    """Let word lists know what they answered in this study before."""
    recall(_read(study))


def keep_answers(study: Path) -> None:
    """Keep what word lists were asked that was not known before."""
    if not (given := given_answers()):
        return
    known = _read(study)
    for name, some in given.items():
        known[name] = {**known.get(name, {}), **some}
    if sum(map(len, known.values())) <= _MOST:
        text = json.dumps(known, ensure_ascii=False, sort_keys=True)
        cache(study, _name(), lambda new: new.write_text(text, encoding="utf-8"))


def _read(study: Path) -> Answers:
    if path := cached(study, _name()):
        with suppress(OSError, ValueError):
            answers: Answers = json.loads(path.read_text(encoding="utf-8"))
            return answers
    return {}


def _name() -> str:
    return f"lemmas-{sha256(made_by().encode()).hexdigest()[:16]}.json"
