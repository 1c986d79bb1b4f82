"""What an office document says of itself, in the form that Source.properties has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.readers.dates import is_date
from rubricate.corpus.readers.xml_names import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = len("2024-05-31")


def stated(values: Mapping[str, str]) -> dict[str, str]:
    """The values that say something, each in one line; ``created`` only as the day, and only if it is one.

    >>> stated({"title": " On\\n sanctions", "author": "", "created": "2024-05-31T08:00:00Z"})
    {'title': 'On sanctions', 'created': '2024-05-31'}
    """
    lines = {key: " ".join(printed(value).split()) for key, value in values.items()}
    lines["created"] = lines.get("created", "")[:_DAY]
    return {key: line for key, line in lines.items() if line and (key != "created" or is_date(line))}
