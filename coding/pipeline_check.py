"""Whether the pipelines of a pass provide what a codebook's entries need, before anything runs."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rubricate.codebooks.errors import CodebookError, Problem
from rubricate.codebooks.pipeline_terms import entry_needs, parse_pos
from rubricate.codebooks.token_patterns import NEEDS, TRAINED_ATTRIBUTES, parse_tokens, values_of
from rubricate.coding.pipeline import installed, load_pipeline, pipeline_for, spacy_language
from rubricate.coding.pipeline_components import known_values, provided
from rubricate.coding.plan import ANY_LANGUAGE
from rubricate.coding.rules.plan import read_by_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.corpus.document import Document

_MOST_SHOWN = 12


def check_pipeline(
    codebook: Codebook, name: str = "", file: str = "codebook.yaml", languages: Iterable[str] = ()
) -> None:
    """Raise CodebookError where an entry needs what the pipeline for its language lacks.

    ``name`` is the pipeline that was asked for, ``file`` the codebook's in messages. Entries in ``any``
    language are checked for the codebook's and for ``languages``, those of documents that are known.
    """
    spoken = dict.fromkeys(spacy_language(one) for one in (codebook.language, *languages) if one)
    groups: dict[str, list[Entry]] = {}
    for entry in read_by_pipeline(codebook):
        mine = spoken if entry.language == ANY_LANGUAGE else [spacy_language(entry.language)]
        for language in mine:
            groups.setdefault(language, []).append(entry)
    problems = [
        problem
        for language, entries in groups.items()
        for problem in find_problems(entries, language, name, file)
    ]
    if problems:
        raise CodebookError(problems)


def watch_languages(
    codebook: Codebook, name: str, file: str, documents: Iterable[Document]
) -> Iterator[Document]:
    """The same documents; ``check_pipeline`` is asked before the first one in each language goes by."""
    in_any = any(entry.language == ANY_LANGUAGE for entry in read_by_pipeline(codebook))
    known = {codebook.language, ""}
    for document in documents:
        if in_any and document.language not in known:
            known.add(document.language)
            check_pipeline(codebook, name, file, [document.language])
        yield document


def find_problems(entries: Sequence[Entry], language: str, name: str, file: str) -> list[Problem]:
    """What of these entries the pipeline for documents of a language cannot do."""
    nlp = pipeline_for(language, name)
    found = list(_lacking(nlp, entries, _what_there_is(nlp, language, name)))
    for entry in entries:
        found += ((entry, message) for message in (*_unknown_values(nlp, entry), *_cut_words(nlp, entry)))
    return [
        Problem(file, entry.mark.line, entry.mark.column, f"{entry.id}: {message}")
        for entry, message in found
    ]


def _lacking(nlp: Language, entries: Sequence[Entry], there_is: str) -> Iterator[tuple[Entry, str]]:
    """A message for each thing that is lacking, at the first entry that needs it."""
    for need, what in NEEDS.items():
        needing = [entry for entry in entries if need in entry_needs(entry)]
        if needing and need not in provided(nlp):
            more = f" (like {len(needing) - 1} more)" if len(needing) > 1 else ""
            needs = f"`{needing[0].kind}: {needing[0].text}`{more} needs {what}"
            hint = f"name a pipeline that provides them with --pipeline; {installed()}"
            yield needing[0], f"{needs}; {there_is}; {hint}"


def _what_there_is(nlp: Language, language: str, name: str) -> str:
    """Which pipeline reads documents of a language, and what it has."""
    if name and nlp is load_pipeline(name):
        return f"{name} has only {', '.join(nlp.pipe_names) or 'tokens'}"
    other = f"{name} reads {load_pipeline(name).lang}, and " if name else ""
    return f"{other}spaCy's blank pipeline for {language} has only tokens"


def _unknown_values(nlp: Language, entry: Entry) -> Iterator[str]:
    """Messages about labels and tags that the pipeline never gives."""
    for need, value in _values(entry):
        known = known_values(nlp, need)
        if known and value not in known:
            close = get_close_matches(value.upper(), known, n=1)
            some = ", ".join(sorted(known)[:_MOST_SHOWN]) + (", …" if len(known) > _MOST_SHOWN else "")
            instead = f"write {close[0]}" if close else "write one of these"
            yield f"`{value}` is none of the {NEEDS[need]} that the pipeline knows ({some}); {instead}"


def _values(entry: Entry) -> Iterator[tuple[str, str]]:
    """Everything that an entry asks for, with what provides it."""
    if entry.kind == "entity":
        yield "entity", entry.text
    elif entry.kind == "pos":
        yield from (("pos", tag) for tag in parse_pos(entry.text).tags if tag)
    else:
        for spec in parse_tokens(entry.text):
            for name, condition in spec.attributes.items():
                if name in TRAINED_ATTRIBUTES:
                    yield from ((TRAINED_ATTRIBUTES[name], value) for value in values_of(condition))


def _cut_words(nlp: Language, entry: Entry) -> Iterator[str]:
    """Messages about texts that the pipeline cuts into several tokens, so that no token is like them."""
    if entry.kind != "tokens" or not _cuts_by_rules(nlp):
        return
    for spec in parse_tokens(entry.text):
        for name in ("LOWER", "TEXT", "ORTH"):
            for text in values_of(spec.attributes.get(name)):
                spellings = (text, text.capitalize(), text.upper())
                if all(len(nlp.make_doc(spelling)) > 1 for spelling in spellings):
                    tokens = " ".join(f"`{token.text}`" for token in nlp.make_doc(text))
                    yield f"`{text}` is more than one token to spaCy, {tokens}; write one after the other"


def _cuts_by_rules(nlp: Language) -> bool:
    """Whether a text is cut in the same way wherever it stands, and not by a model or a dictionary."""
    from spacy.tokenizer import Tokenizer

    by_characters = getattr(nlp.tokenizer, "segmenter", "") == "char"
    return isinstance(nlp.tokenizer, Tokenizer) or by_characters
