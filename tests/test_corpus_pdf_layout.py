"""Lines, columns, paragraphs, notes and furniture of a PDF."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import Block
from rubricate.corpus.readers.pdf_furniture import find_page_furniture
from rubricate.corpus.readers.pdf_glyphs import Span
from rubricate.corpus.readers.pdf_layout import lines_of, pieces_of
from tests.pdf_files import Put, pdf
from tests.test_corpus_pdf import read, visible

LEFT = (
    "Talks began in the winter",
    "and were soon suspended",
    "because the envoys fell ill",
    "at the border.",
)
RIGHT = ("Talks resumed in the spring", "when a new envoy arrived", "with a shorter agenda and", "a cook.")


def column(x: float, y: float, lines: tuple[str, ...], size: float = 10) -> list[Put]:
    return [Put(x, y - 12 * number, line, size) for number, line in enumerate(lines)]


def texts(*pages: list[Put]) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in read(pdf(*pages)).blocks]


def body(*pages: list[Put]) -> list[str]:
    return [text for part, text in texts(*pages) if part == "body"]


def test_the_left_column_is_read_before_the_right_in_whatever_order_the_file_draws_them() -> None:
    left, right = column(50, 500, LEFT), column(220, 500, RIGHT)
    rows = [put for pair in zip(left, right, strict=True) for put in pair]
    for page in (left + right, rows, right + left):
        assert body(page) == [" ".join(LEFT), " ".join(RIGHT)]


def test_what_stands_over_both_columns_parts_what_is_above_from_what_is_below() -> None:
    wide = "The conference was then moved to a neutral harbour, where it stayed."
    page = [
        *column(50, 540, LEFT),
        *column(220, 540, RIGHT),
        Put(50, 470, wide),
        *column(50, 440, tuple(line.replace("Talks", "Raids") for line in LEFT)),
        *column(220, 440, tuple(line.replace("Talks", "Raids") for line in RIGHT)),
    ]
    assert [text[:5] for text in body(page)] == ["Talks", "Talks", "The c", "Raids", "Raids"]


def test_a_sentence_that_a_column_cuts_is_one_block() -> None:
    left = (*LEFT[:3], "at the river border, so")
    right = ("that nobody came to the", "conference, and the hosts", "ate alone that evening.")
    assert body(column(50, 500, left) + column(220, 500, right)) == [" ".join(left + right)]


def test_an_indented_line_and_a_short_last_line_part_paragraphs() -> None:
    indented = [
        Put(50, 500, "The fleet sailed in the morning and it was seen"),
        Put(50, 488, "by nobody at all."),
        Put(65, 476, "It came back in the evening, with more ships"),
        Put(50, 464, "than it had left with."),
    ]
    flush = [put._replace(x=50) for put in indented]
    expected = [
        "The fleet sailed in the morning and it was seen by nobody at all.",
        "It came back in the evening, with more ships than it had left with.",
    ]
    assert body(indented) == body(flush) == expected


def test_wider_leading_parts_paragraphs() -> None:
    lines = [
        Put(50, y, text) for y, text in ((500, "The port was"), (488, "closed and"), (464, "the mole was"))
    ]
    assert body([*lines, Put(50, 452, "rebuilt again")]) == [
        "The port was closed and",
        "the mole was rebuilt again",
    ]


def test_a_hyphen_at_a_line_end_goes_only_where_the_document_or_its_language_knows_the_whole_word() -> None:
    page = column(50, 500, ("The embargo on dual-", "use goods was a sanc-", "tion; every sanction ends."))
    assert body(page) == ["The embargo on dual-use goods was a sanction; every sanction ends."]


def test_a_paragraph_that_a_page_cuts_is_one_block_and_what_stood_between_comes_behind() -> None:
    first = [
        Put(50, 560, "Annual Report 2019"),
        *column(50, 500, ("The envoy travelled by ship,", "and he took with")),
        Put(200, 30, "7"),
    ]
    second = [
        Put(50, 560, "Annual Report 2019"),
        *column(50, 500, ("him the only copy of the map.",)),
        Put(200, 30, "8"),
    ]
    assert read(pdf(first, second)).blocks == (
        Block("The envoy travelled by ship, and he took with him the only copy of the map.", page="1"),
        Block("Annual Report 2019", "boilerplate", 0, "repeated at the top of 2 pages", "1"),
        Block("7", "boilerplate", 0, "page number", "1"),
        Block("Annual Report 2019", "boilerplate", 0, "repeated at the top of 2 pages", "2"),
        Block("8", "boilerplate", 0, "page number", "2"),
    )


def test_a_single_page_has_no_furniture() -> None:
    assert texts([Put(50, 560, "Annual Report."), Put(50, 500, "The text.")]) == [
        ("body", "Annual Report."),
        ("body", "The text."),
    ]


def test_numbers_that_do_not_count_with_the_pages_are_no_page_numbers() -> None:
    pages = [pieces_of([Span(text, 50, 60, 30, 10)], page) for page, text in enumerate(("212", "97", "4"))]
    assert find_page_furniture(pages) == {}
    pages = [pieces_of([Span(text, 50, 60, 30, 10)], page) for page, text in enumerate(("ix", "x", "xi"))]
    assert set(find_page_furniture(pages).values()) == {"page number"}


def test_a_footnote_stands_behind_the_paragraph_whose_mark_points_to_it() -> None:
    page = [
        Put(50, 500, "The treaty was signed"), Put(152, 504, "1", 6), Put(158, 500, "in secret by both."),
        Put(50, 470, "Nobody ever ratified it in the three capitals."),
        Put(50, 60, "1", 5), Put(54, 58, "It was found in a drawer.", 8),
    ]  # fmt: skip
    assert texts(page) == [
        ("body", "The treaty was signed in secret by both."),
        ("footnote", "1 It was found in a drawer."),
        ("body", "Nobody ever ratified it in the three capitals."),
    ]


def test_a_raised_figure_without_a_note_is_text() -> None:
    page = [Put(50, 500, "The area was 10 km"), Put(141, 504, "2", 6), Put(146, 500, "of marshes.")]
    assert texts(page) == [("body", "The area was 10 km2 of marshes.")]


def test_larger_and_bold_lines_are_headings_with_levels_by_their_rank() -> None:
    prose = "The commission met in the harbour and decided nothing at all."
    page = [
        Put(50, 560, "The Harbour Commission", 18),
        Put(50, 520, "Its Meetings", 14), Put(50, 500, prose),
        Put(50, 470, "Agenda", 10, bold=True), Put(50, 450, prose),
        Put(50, 420, "Its Members", 14), Put(50, 400, prose),
    ]  # fmt: skip
    assert [
        (block.part, block.level, block.text) for block in read(pdf(page)).blocks if block.part != "body"
    ] == [
        ("title", 0, "The Harbour Commission"),
        ("heading", 1, "Its Meetings"),
        ("heading", 2, "Agenda"),
        ("heading", 1, "Its Members"),
    ]


def test_items_of_a_list_are_blocks_of_their_own_with_their_lines() -> None:
    page = [
        Put(50, 500, "• ships that carry grain and were built"), Put(60, 488, "in the north;"),
        Put(50, 476, "• ships without a flag."),
    ]  # fmt: skip
    assert texts(page) == [
        ("list", "• ships that carry grain and were built in the north;"),
        ("list", "• ships without a flag."),
    ]


def test_rows_that_are_aligned_are_cells_of_a_table_row_by_row() -> None:
    rows = (("Port", "Ships", "Held"), ("North", "12", "3"), ("South", "9", "1"))
    page = [Put(50 + 80 * i, 400 - 14 * j, cell) for j, row in enumerate(rows) for i, cell in enumerate(row)]
    assert texts([Put(50, 500, "The ports are listed here."), *page])[1:] == [
        ("table", cell) for row in rows for cell in row
    ]


def test_numbers_that_stand_apart_from_their_items_make_no_table() -> None:
    items = [("1.", "The first port is open."), ("2.", "The second is closed."), ("3.", "The third froze.")]
    page = [
        Put(50 + 25 * i, 500 - 12 * j, text) for j, item in enumerate(items) for i, text in enumerate(item)
    ]
    assert texts(page) == [("list", " ".join(item)) for item in items]


def test_notes_that_count_with_the_pages_are_no_page_numbers() -> None:
    names = ("Quill on ships", "Ferry on sails", "Mole on ropes", "Quay on knots", "Pier on tar", "Ibid.")
    pages = [
        [
            Put(50, 500, f"The {name} is cited here."),
            Put(50, 60, str(number), 8),
            Put(65, 60, f"See {name}.", 8),
        ]
        for number, name in enumerate(names, start=1)
    ]
    assert [part for part, _ in texts(*pages)] == ["body", "footnote"] * len(names)


def test_a_header_beside_a_page_number_is_furniture_though_it_stands_there_once() -> None:
    pages = [
        [Put(50, 560, f"Of {name}"), Put(340, 560, str(number)), Put(50, 500, "The text goes on.")]
        for number, name in enumerate(("Ships", "Sails", "Ropes", "Knots", "Tar", "Salt"), start=40)
    ]
    assert ("boilerplate", "Of Ropes") in texts(*pages)


def test_a_caption_is_told_by_its_beginning() -> None:
    assert texts([Put(50, 500, "Figure 2: The harbour in winter"), Put(50, 400, "It froze.")])[0] == (
        "caption",
        "Figure 2: The harbour in winter",
    )


def test_text_at_an_angle_is_kept_behind_the_page() -> None:
    page = [Put(20, 100, "DRAFT of 3 May", 10, turned=1), Put(50, 500, "The text of the page.")]
    assert texts(page) == [("body", "The text of the page."), ("boilerplate", "DRAFT of 3 May")]


def test_a_page_that_is_turned_as_a_whole_is_read_like_any_other() -> None:
    for turned in (1, 2, 3):
        step = {1: (12, 0), 2: (0, 12), 3: (-12, 0)}[turned]
        lines = ("The page lies on its side", "and is read all the same.")
        page = [
            Put(200 + step[0] * i, 200 + step[1] * i, line, 10, turned=turned) for i, line in enumerate(lines)
        ]
        assert body(page) == [" ".join(lines)]


def test_a_size_below_zero_turns_the_text() -> None:
    page = [Put(200, 200, "The page stands", -10, turned=2), Put(200, 188, "on its feet.", -10, turned=2)]
    assert body(page) == ["The page stands on its feet."]


SPANS = st.builds(
    lambda text, x, y, size: Span(text, x, x + 5 * len(text), y, size),
    st.text("abc אב1.", min_size=1, max_size=12).filter(str.strip),
    st.integers(0, 400),
    st.integers(0, 600),
    st.sampled_from([7.0, 10.0, 14.0]),
)


@settings(max_examples=200)
@given(st.lists(SPANS, max_size=40))
def test_lines_hold_the_characters_of_their_spans_once_however_they_lie(spans: list[Span]) -> None:
    lines = lines_of(pieces_of(spans, 0))
    assert visible("".join(line.text for line in lines)) == visible("".join(span.text for span in spans))
