"""The words in charts and diagrams of a Word document, which are parts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.readers.xml_names import name_of, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.xml_names import Element

_LABELS = frozenset(("c:strCache", "c:multiLvlStrCache", "c:cat", "c:strDim"))


def graphic_texts(root: Element) -> list[str]:
    """The titles and labels of a chart, or the words of a diagram, each once and in the order of the part.

    The numbers that a chart draws are not shown as text, and left out.
    """
    texts = (text.strip() for text in _texts(root))
    return list(dict.fromkeys(text for text in texts if text))


def drawn_text(paragraph: Element) -> str:
    """The text of a paragraph in a drawing, ``a:p``."""
    pieces = {"a:br": "\n", "a:tab": "\t"}
    return "".join(
        printed(inner.text or "") if name_of(inner) == "a:t" else pieces.get(name_of(inner), "")
        for inner in paragraph.iter()
    )


def _texts(element: Element) -> Iterator[str]:
    for inner in element:
        name = name_of(inner)
        if name == "a:p":
            yield drawn_text(inner)
        elif name in _LABELS:
            yield from (printed(value.text or "") for value in inner.iter("{*}v", "{*}pt") if value.text)
        else:
            yield from _texts(inner)
