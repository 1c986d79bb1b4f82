"""What a Markdown file becomes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import PARTS, Block
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.markdown import parse_blocks, split_front_matter
from tests.sources import one, read


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in parse_blocks(text)]


def test_markdown_becomes_blocks() -> None:
    source = one("a.md", "# Main\n\nOne.\n\nSub\n---\n\n> Two.\n")
    assert source.text == ""
    assert source.blocks == (
        Block("Main", "heading", 1),
        Block("One."),
        Block("Sub", "heading", 2),
        Block("Two."),
    )


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("*war* and **peace**", "war and peace"),
        (
            "[the treaty](https://example.org 'title'), <https://example.org>",
            "the treaty, https://example.org",
        ),
        ("[the treaty][t]\n\n[t]: https://example.org", "the treaty"),
        ("a `code_span` &amp; \\*more\\*", "a code_span & *more*"),
        ("soft\nbreak", "soft break"),
        ("hard  \nbreak\\\nagain<br>and again", "hard\nbreak\nagain\nand again"),
        ("H<sub>2</sub>O <!-- not this -->here", "H2O here"),
        ("see ![the map](map.png) here", "see the map here"),
        ("می‌خواهند *صلح*", "می‌خواهند صلح"),
    ],
)
def test_inline_marks_go_and_words_stay(markdown: str, text: str) -> None:
    assert blocks(markdown) == [("body", text)]


def test_a_list_item_and_the_items_below_it_are_blocks_of_their_own() -> None:
    markdown = "1. one\n   goes on\n   - two\n     - three\n2. four\n\n   five\n"
    assert blocks(markdown) == [("list", text) for text in ("one goes on", "two", "three", "four", "five")]


def test_a_year_at_the_start_of_a_paragraph_is_not_lost_as_a_list_number() -> None:
    assert blocks("1986.\n") == [("list", "1986.")]
    assert blocks("1986. What a season.\n\n2. Second.\n") == [
        ("list", "1986. What a season."),
        ("list", "Second."),
    ]


def test_table_cells_are_blocks_also_those_beyond_the_last_column() -> None:
    markdown = "| a | b |\n|---|---|\n| 1 | *2* | three \\| 3 |\n| 4 |\n"
    assert blocks(markdown) == [("table", text) for text in ("a", "b", "1", "2", "three | 3", "4")]


def test_a_paragraph_that_is_an_image_is_a_caption() -> None:
    assert blocks("![A *map* of Iran](map.png)\n\n[![Linked](a.png)](b)\n\n![](no.png)\n") == [
        ("caption", "A map of Iran"),
        ("caption", "Linked"),
    ]


def test_code_is_body_text_with_its_lines() -> None:
    assert blocks("```py\na = 1\n\nb = 2\n```\n\n    c = 3\n") == [
        ("body", "a = 1\n\nb = 2"),
        ("body", "c = 3"),
    ]


def test_raw_html_loses_tags_and_what_nobody_sees_but_no_text() -> None:
    markdown = '<div class="a>b">\n<p>War <b>and</b> peace</p><p>5 &lt; 6</p>\n<!-- no --></div>\n'
    markdown += "<script>no()</script>\n"
    assert blocks(markdown) == [("body", "War and peace"), ("body", "5 < 6")]


def test_footnotes_are_marked_and_their_marks_leave_the_text() -> None:
    markdown = "War[^1] and peace[^b].\n\n[^1]: Ibid.\n[^b]: See *there*.\n"
    assert blocks(markdown) == [("body", "War and peace."), ("footnote", "Ibid."), ("footnote", "See there.")]


def test_a_speaker_in_brackets_is_not_taken_for_the_target_of_a_link() -> None:
    assert blocks("[Moderator]: Thanks.\n") == [("body", "[Moderator]: Thanks.")]


def test_deep_nesting_is_read_and_the_deepest_said_to_be_too_deep() -> None:
    assert blocks("> " * 60 + "deep") == [("body", "deep")]
    with pytest.raises(FileError, match="nested too deeply"):
        read("a.md", "> " * 3000 + "deep")


def test_front_matter_becomes_variables() -> None:
    front = '---\ntitle: "War: a history"\nyear: 1832\n# no\nauthors:\n  - A\n  - B\n'
    front += "note: >\n  two\n  lines\n---\n"
    assert split_front_matter(front + "Text.\n") == (
        {"title": "War: a history", "year": "1832", "authors": "A; B", "note": "two lines"},
        "Text.\n",
    )
    source = one("a.md", front + "Text.\n")
    assert (source.variables["year"], source.blocks) == ("1832", (Block("Text."),))


@pytest.mark.parametrize(
    "text",
    [
        "---\nIt was late.\n---\nEnd.\n",
        "---\ntitle: x\nNever closed.\n",
        "---\ntitle: x\n\nProse between two rules.\n---\n",
        "---\na: 1\na: 2\n---\nEnd.\n",
        "Begin.\n\n---\ntitle: x\n---\n",
        "---\n---\nEnd.\n",
    ],
)
def test_text_between_rules_is_not_taken_for_front_matter(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


WORD = st.text(st.sampled_from("abcdefghXYZéßжصلح中0123456789"), min_size=1, max_size=6).map(
    lambda word: f"w{word}"
)
INLINE = st.tuples(
    WORD,
    st.sampled_from(
        [
            "{}",
            "*{}*",
            "**{}**",
            "`{}`",
            "[{}](http://x.org)",
            "<b>{}</b>",
            "![{}](a.png)",
            "{}\\\n",
            "[{}]",
            "[^{}]",
        ]
    ),
).map(lambda pair: pair[1].format(pair[0]))
LINE = st.lists(INLINE, min_size=1, max_size=5).map(" ".join)
SHAPES = """{}|# {}|{}~===|- {}|  - {}|1. {}|2024. {}|> {}|> - {}|```~{}~```|    {}|<div>~{}~</div>|<p>{}</p>
---~{}~---|[x]: {}|{}~{}|***~{}"""
TABLE = "| {} |\n|---|\n| a | {} |"
SHAPE = st.sampled_from(
    [*(shape.replace("~", "\n") for shape in SHAPES.replace("\n", "|").split("|")), TABLE]
)
BLOCK = st.tuples(LINE, SHAPE).map(lambda pair: pair[1].replace("{}", pair[0]))


@settings(deadline=None)  # the first example imports the libraries
@given(st.lists(BLOCK, min_size=1, max_size=8), st.sampled_from(["\n\n", "\n"]))
def test_no_word_of_a_markdown_document_is_lost(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    kept = words(" ".join(block.text for block in parse_blocks(text)))
    assert [word for word in words(text) if word not in kept] == []
    assert {block.part for block in parse_blocks(text)} <= set(PARTS)


def words(text: str) -> list[str]:
    separated = "".join(c if c.isalnum() else " " for c in text)
    return [word for word in separated.split() if word.startswith("w")]
