"""Random edits of codebooks in random layouts: what is not edited stays, byte for byte."""

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from rubricate.codebooks import parse_codebook
from rubricate.codebooks.editing.codes import add_code, move_code, remove_code, rename_code
from rubricate.codebooks.editing.editing import edit_codebook, edit_text, undo
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.merging import merge_codes, split_code
from rubricate.codebooks.editing.settings import set_key
from rubricate.codebooks.editing.terms import NewTerms, add_terms, move_terms, remove_terms
from tests.codebook_layouts import LANGUAGES, WORD, layouts

TRIED = [Phase.reuse, Phase.generate]  # to make a case smaller takes minutes
slowly = settings(max_examples=25, phases=TRIED, suppress_health_check=list(HealthCheck))


def renumbered(book):
    """The codebook with entries numbered as its reader does."""
    codes = tuple(
        replace(
            code,
            entries=tuple(
                replace(entry, id=f"{code.id}.{number}") for number, entry in enumerate(code.entries, 1)
            ),
        )
        for code in book.codes
    )
    return replace(book, codes=codes)


def by_id(book):
    return {code.id: code for code in book.codes}


def tree(codes):
    """The codes in the order of a file: every code behind its parent and before the next branch."""

    def below(parent):
        for code in codes:
            if code.parent == parent:
                yield code
                yield from below(code.id)

    return tuple(below(""))


def edited(layout, verb):
    """The codebook before and after an edit, and the text after it."""
    before = parse_codebook(layout.text)
    try:
        after = edit_text(layout.text, verb).draft.text
    except EditError as error:
        assert "laid out" not in str(error)
        assume(False)
    return before, parse_codebook(after), after


def assert_untouched(layout, text, *touched):
    """Lines of codes that were not edited stand as they were, in their order."""
    lines = iter(text.removeprefix("\ufeff").split(layout.line_break))
    for owner, line in layout.lines:
        if owner not in touched and line.strip():
            assert line in lines, (line, text)
    assert text.startswith("\ufeff") == layout.bom
    assert set(re.findall("\r\n?|\n", text)) <= {layout.line_break}


def owners(layout, *names):
    """The codes in whose lines these are written: themselves, or the one in whose brackets they stand."""
    around = {owner for owner, line in layout.lines for name in names if f"{name}: {{" in line}
    return around | set(names)


def below(book, *names):
    """The codes with all below them."""
    found = set(names)
    for code in book.codes:
        if code.parent in found:
            found.add(code.id)
    return found


def seen_by(book, names):
    """The codes that speak of one of these."""
    return {code.id for code in book.codes if set(code.see) & set(names)}


def with_code(book, name, **fields):
    codes = tuple(replace(code, **fields) if code.id == name else code for code in book.codes)
    return renumbered(replace(book, codes=codes))


def in_lists(entries):
    """Entries as they stand in a file: by language, in the order in which languages come first."""
    languages = list(dict.fromkeys(entry.language for entry in entries))
    return tuple(sorted(entries, key=lambda entry: languages.index(entry.language)))


def without_doubles(entries):
    found = {}
    for entry in entries:
        found.setdefault((entry.kind, entry.text, entry.language), entry)
    return list(found.values())


NEW_TEXT = st.one_of(
    WORD,
    st.sampled_from(["a long text " * 20 + "end", "two\nlines", "- dash", "#no comment"]),
    st.text(st.characters(categories=["L", "P"]), min_size=1),
)


@st.composite
def cases(draw, codes=1):
    """A layout and some of its codes."""
    layout = draw(layouts())
    return layout, *(draw(st.sampled_from(layout.ids)) for _ in range(codes))


@st.composite
def cases_with_entries(draw, codes=1):
    """A layout, some of its codes, and ids of entries of the first."""
    layout, code, *others = draw(cases(codes))
    known = [entry.id for entry in by_id(parse_codebook(layout.text))[code].entries]
    return layout, code, *others, draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))


@slowly
@given(cases(), st.sampled_from(["label", "definition", "memo"]), NEW_TEXT)
def test_a_key_that_is_set(case, key, text):
    layout, code = case
    before, after, written = edited(layout, lambda draft, _: set_key(draft, code, key, [text]))
    assert after == with_code(before, code, **{key: text})
    assert_untouched(layout, written, *owners(layout, code))


@slowly
@given(cases(), WORD)
def test_an_item_that_is_added_to_a_list(case, text):
    layout, code = case
    before, after, written = edited(
        layout, lambda draft, _: set_key(draft, code, "when_to_use", [text], True)
    )
    assert after == with_code(before, code, when_to_use=(*by_id(before)[code].when_to_use, text))
    assert_untouched(layout, written, *owners(layout, code))


@slowly
@given(cases())
def test_a_code_that_is_added(case):
    layout, under = case
    content = {"label": "New", "terms": ["one", "two: three"]}
    before, after, written = edited(layout, lambda draft, _: add_code(draft, "new", content, under))
    new = parse_codebook('codes: {new: {label: New, terms: [one, "two: three"]}}').codes[0]
    assert after == replace(before, codes=tree([*before.codes, replace(new, parent=under)]))
    assert_untouched(layout, written, *owners(layout, under))


@slowly
@given(cases())
def test_a_code_that_is_renamed(case):
    layout, old = case
    before, after, written = edited(layout, lambda draft, _: rename_code(draft, old, "new"))
    assert after == renamed(before, old, "new", was=(old,))
    assert_untouched(layout, written, *owners(layout, old, *seen_by(before, [old])))


def renamed(book, old, new, was):
    def name(code):
        return new if code == old else code

    codes = tuple(
        replace(
            code,
            id=name(code.id),
            parent=name(code.parent),
            see={name(other): why for other, why in code.see.items()},
            was=(*code.was, *was) if code.id == old else code.was,
        )
        for code in book.codes
    )
    return renumbered(replace(book, codes=codes))


@slowly
@given(cases(3), st.sampled_from(["under", "top", "before", "after"]))
def test_a_code_that_is_moved(case, how):
    layout, code, under, sister = case
    under, sister = under if how == "under" else "", sister if how in ("before", "after") else ""
    behind = how == "after"
    sisters = {"after": sister} if behind else {"before": sister}
    parent = None if sister else under
    before, after, written = edited(layout, lambda draft, _: move_code(draft, code, parent, **sisters))
    under = by_id(before)[sister].parent if sister else under
    moving = replace(by_id(before)[code], parent=under)
    rest = [one for one in before.codes if one.id != code]
    place = [one.id for one in rest].index(sister) + behind if sister else len(rest)
    assert after == replace(before, codes=tree([*rest[:place], moving, *rest[place:]]))
    touched = {*below(before, code), by_id(before)[code].parent, under}
    assert_untouched(layout, written, *owners(layout, *filter(None, touched)))
    lonely = [one.id for one in before.codes if one.parent == by_id(before)[code].parent] == [code]
    emptied = (
        by_id(before)[code].parent if lonely else None
    )  # its key `codes` goes, with what stands behind it
    comments = [
        line.split("#")[-1]
        for owner, line in layout.lines
        if "# " in line and "# words" not in line and not (owner == emptied and "codes:" in line)
    ]
    assert all("{" in written or f"#{comment}" in written for comment in comments)


@slowly
@given(cases())
def test_a_code_that_is_removed_with_all_below_it_and_what_speaks_of_it(case):
    layout, code = case
    before, after, written = edited(layout, lambda draft, _: remove_code(draft, code, True, True))
    gone = below(before, code)
    codes = tuple(
        replace(one, see={other: why for other, why in one.see.items() if other not in gone})
        for one in before.codes
        if one.id not in gone
    )
    assert after == replace(before, codes=codes)
    touched = {*gone, *seen_by(before, gone), by_id(before)[code].parent}
    assert_untouched(layout, written, *owners(layout, *filter(None, touched)))


@slowly
@given(cases(), st.lists(WORD, min_size=1, unique=True), st.sampled_from(["", *LANGUAGES]), st.booleans())
def test_terms_that_are_added(case, texts, language, noted):
    layout, code = case
    new = NewTerms(tuple(texts), language=language, note="why" if noted else "")
    before, after, written = edited(layout, lambda draft, book: add_terms(draft, book, code, new))
    old = by_id(before)[code].entries
    there = {(entry.text, entry.language) for entry in old}
    model = [
        replace(old[0], kind="term", text=text, language=language or "en", note=new.note, not_inside=())
        for text in texts
        if (text, language or "en") not in there
    ]
    assert after == with_code(before, code, entries=in_lists([*old, *model]))
    assert_untouched(layout, written, *owners(layout, code))


@slowly
@given(cases_with_entries())
def test_terms_that_are_removed(case):
    layout, code, named = case
    before, after, written = edited(layout, lambda draft, book: remove_terms(draft, book, code, named))
    kept = tuple(entry for entry in by_id(before)[code].entries if entry.id not in named)
    assert after == with_code(before, code, entries=kept)
    assert_untouched(layout, written, *owners(layout, code))


@slowly
@given(cases_with_entries(2))
def test_terms_that_are_moved(case):
    layout, code, to, named = case
    before, after, written = edited(layout, lambda draft, book: move_terms(draft, book, named, to))
    mine = {entry.id: entry for entry in by_id(before)[code].entries}
    theirs = by_id(before)[to].entries
    model = with_code(before, code, entries=tuple(entry for name, entry in mine.items() if name not in named))
    both = without_doubles([*theirs, *(mine[name] for name in named)])
    assert after == with_code(model, to, entries=in_lists(both))
    assert_untouched(layout, written, *owners(layout, code, to))


@slowly
@given(cases_with_entries())
def test_a_code_that_is_split(case):
    layout, code, named = case
    content = {"label": "New"}
    before, after, written = edited(
        layout, lambda draft, book: split_code(draft, book, code, "new", named, content)
    )
    old = by_id(before)[code]
    mine = {entry.id: entry for entry in old.entries}
    new = parse_codebook("codes: {new: {label: New, terms: [x]}}").codes[0]
    new = replace(new, parent=old.parent, entries=in_lists([mine[name] for name in named]))
    rest = tuple(entry for name, entry in mine.items() if name not in named)
    codes = []
    for one in before.codes:
        codes += [replace(one, entries=rest), new] if one.id == code else [one]
    assert after == renumbered(replace(before, codes=tree(codes)))
    assert_untouched(layout, written, *owners(layout, code, *filter(None, [old.parent])))


@slowly
@given(cases(3))
def test_codes_that_are_merged(case):
    layout, into, *names = case
    names = list(dict.fromkeys(names))
    before, after, written = edited(layout, lambda draft, book: merge_codes(draft, book, names, into))
    assert after == merged(before, names, into)
    touched = {*names, into, *seen_by(before, names), *(by_id(before)[name].parent for name in names)}
    touched |= {code.id for code in before.codes if code.parent in names}
    assert_untouched(layout, written, *owners(layout, *below(before, *names), *filter(None, touched)))


def merged(book, names, into):
    codes = by_id(book)
    target, gone = codes[into], [codes[name] for name in names]
    see = dict(target.see)
    for code in gone:
        for other, why in code.see.items():
            if other not in (*names, into) and why not in see.get(other, "").split("; "):
                see[other] = "; ".join(filter(None, [see.get(other), why]))
    memos = [memo for code in gone if (memo := memo_of(code))]
    entries = without_doubles([*target.entries, *(entry for code in gone for entry in code.entries)])
    target = replace(
        target,
        entries=in_lists(entries),
        when_to_use=tuple(
            dict.fromkeys([*target.when_to_use, *(w for code in gone for w in code.when_to_use)])
        ),
        see={
            code: why for code, why in see.items() if code not in (*names, into) or not set(see) & set(names)
        },
        memo="\n".join(filter(None, [target.memo, *memos])) if memos else target.memo,
        was=tuple(names),
        coded_by="both" if "both" in {code.coded_by for code in (target, *gone)} else target.coded_by,
    )
    rest = [target if code.id == into else code for code in book.codes if code.id not in names]
    moving = [code for name in names for code in rest if code.parent == name]
    rest = [code for code in rest if code not in moving] + [replace(code, parent=into) for code in moving]
    return renumbered(replace(book, codes=tuple(merged_see(code, names, into) for code in tree(rest))))


def merged_see(code, names, into):
    """What a code sees when several codes became one: that one, where the first of them stood."""
    if code.id == into or not set(code.see) & set(names):
        return code
    found = {other: why for other, why in code.see.items() if other in (*names, into)}
    why = "; ".join(dict.fromkeys(found.values()))
    first = next(iter(found))
    kept = {
        other: why if other == first else text
        for other, text in code.see.items()
        if other == first or other not in found
    }
    return replace(code, see={into if other == first else other: text for other, text in kept.items()})


def memo_of(code):
    texts = [text for text in (code.definition, code.memo) if text]
    return f"Merged from {code.id} ({code.label}): {' '.join(texts)}" if texts else ""


# A session ----------------------------------------------------------------------------------------------


def setting(draw, a, b, n):
    text = draw(NEW_TEXT)
    return lambda draft, _: set_key(draft, a, "label", [text])


def adding_terms(draw, a, b, n):
    new = NewTerms((draw(WORD), "x"), language=draw(st.sampled_from(["", *LANGUAGES])))
    return lambda draft, book: add_terms(draft, book, a, new)


VERBS = {
    "set": setting,
    "add": lambda draw, a, b, n: lambda draft, _: add_code(draft, f"n{n}", {"terms": ["x"]}, a),
    "rename": lambda draw, a, b, n: lambda draft, _: rename_code(draft, a, f"n{n}"),
    "move": lambda draw, a, b, n: lambda draft, _: move_code(draft, a, b),
    "move to": lambda draw, a, b, n: lambda draft, _: move_code(draft, a, None, after=b),
    "remove": lambda draw, a, b, n: lambda draft, _: remove_code(draft, a, True, True),
    "merge": lambda draw, a, b, n: lambda draft, book: merge_codes(draft, book, [a], b),
    "split": lambda draw, a, b, n: lambda draft, book: split_code(draft, book, a, f"n{n}", [f"{a}.1"], {}),
    "add terms": adding_terms,
    "remove terms": lambda draw, a, b, n: lambda draft, book: remove_terms(draft, book, a, [f"{a}.1"]),
    "move terms": lambda draw, a, b, n: lambda draft, book: move_terms(draft, book, [f"{a}.1"], b),
}


@pytest.mark.slow
@settings(max_examples=300, phases=TRIED, suppress_health_check=list(HealthCheck))
@given(layouts(), st.data())
def test_after_any_edits_the_codebook_is_valid_and_every_state_comes_back(layout, data):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.yaml"
        path.write_bytes(layout.text.encode())
        states = [path.read_bytes()]
        for number in range(data.draw(st.integers(1, 10))):
            ids = [code.id for code in parse_codebook(path.read_bytes().decode()).codes]
            a, b = (data.draw(st.sampled_from(ids)) for _ in range(2))
            verb = data.draw(st.sampled_from(sorted(VERBS)))
            try:
                edit_codebook(path, VERBS[verb](data.draw, a, b, number))
            except EditError as error:
                assert "laid out" not in str(error), (verb, a, b, states[-1].decode())
                assert path.read_bytes() == states[-1]
            else:
                states.append(path.read_bytes())
        for state in reversed(states[:-1]):
            undo(path)
            assert path.read_bytes() == state
        for number, state in enumerate(states[1:], 2):
            undo(path, str(number))
            assert path.read_bytes() == state


def patched(text, diff):
    """A text, of lines that end with LF, after a unified diff was applied to it, as ``patch`` does it."""
    lines, made, at = text.splitlines(keepends=True), [], 0
    rows = [row for line in diff for row in line.split("\n")][2:]
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        line = row[1:] + ("" if following.startswith("\\") else "\n")
        if row.startswith("@@"):
            start = max(int(re.match(r"@@ -(\d+)", row)[1]) - 1, 0)
            made += lines[at:start]
            at = start
        elif row.startswith("+"):
            made.append(line)
        elif not row.startswith("\\"):
            assert lines[at] == line
            at += 1
            made += [line] if row.startswith(" ") else []
    return "".join([*made, *lines[at:]])


@slowly
@given(layouts(), st.data())
def test_what_is_tried_changes_nothing_and_shows_what_the_edit_then_does(layout, data):
    ids = st.sampled_from(layout.ids)
    verb = VERBS[data.draw(st.sampled_from(sorted(VERBS)))](data.draw, data.draw(ids), data.draw(ids), 1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.yaml"
        path.write_bytes(layout.text.encode())
        try:
            tried = edit_codebook(path, verb, dry_run=True)
        except EditError:
            assume(False)
        assert [each.name for each in Path(folder).iterdir()] == ["codebook.yaml"]
        assert path.read_bytes() == layout.text.encode()
        assume(tried.before != tried.after)
        done = edit_codebook(path, verb)
        assert path.read_bytes() == tried.after.encode()
        assert [*done.diff("f")] == [*tried.diff("f")]
        with_lf = [re.sub("\r\n?", "\n", text) for text in (tried.before, tried.after)]
        assert patched(with_lf[0], tried.diff("f")) == with_lf[1]
        undo(path)
        assert path.read_bytes() == layout.text.encode()
