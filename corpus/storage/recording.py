"""What is known of all files of a study when some of them have been read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.corpus.storage.record import READING, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rubricate.corpus.storage.incoming import Incoming
    from rubricate.corpus.storage.planning import Plan
    from rubricate.corpus.storage.record import Key, Origin, Record, Refused
    from rubricate.corpus.storage.stored import Known


def next_record(
    record: Record,
    plan: Plan,
    incoming: Incoming,
    known: Sequence[Known],
    refused: tuple[Refused, ...],
    study: Path,
) -> Record:
    """The record after what was planned is done and all documents have come in.

    ``known`` are the documents of the corpus so far. Files are forgotten that are gone and that no document
    comes from.
    """
    origins = {origin.key: origin for origin in _origins(plan, incoming)}
    used = {one.key for one in known} | incoming.came.keys()
    used |= {(place.stored, place.member) for place in record.removed}
    kept = (
        origin
        for key, origin in origins.items()
        if key in used or (key not in plan.lost and (study / origin.path).exists())
    )
    return replace(
        record,
        hows=tuple(plan.hows),
        origins=tuple(kept),
        refused=refused,
        vanished=tuple(_vanished(record, plan, incoming, known, origins)),
        reading=READING,
    )


def _origins(plan: Plan, incoming: Incoming) -> Iterator[Origin]:
    """All files, with what could not be read of those that were read now, and the copies that are made."""
    skipped = incoming.skipped()
    copied = {stored for stored, _ in incoming.came if stored in plan.fresh}
    for key, planned in plan.origins.items():
        stored = key[0]
        origin = replace(planned, copied=planned.sha256) if stored in copied else planned
        if key in skipped and (stored in plan.fresh or origin.copied == origin.sha256):
            origin = replace(origin, skipped=skipped[key])  # the copy of an earlier file has nothing to say
        yield origin


def _vanished(
    record: Record, plan: Plan, incoming: Incoming, known: Sequence[Known], origins: Mapping[Key, Origin]
) -> Iterator[Place]:
    """Documents of the corpus that their files no longer have, though these could be read."""
    came = set().union(*incoming.came.values())
    before, read = set(record.vanished), incoming.skipped().keys()
    for one in known:
        place, origin = Place(one.document, *one.key), origins[one.key]
        was_read = one.key in read and origin.copied == origin.sha256
        if one.document not in came and (place in before or one.key in plan.lost or was_read):
            yield place
