import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import PARTS, Block
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.study.correcting import correct
from rubricate.corpus.study.corrections import Correction, Corrections, read_corrections


def message(function, *arguments):
    with pytest.raises(CorpusError) as error:
        function(*arguments)
    return str(error.value)


HEADER = "document,paragraph,quotation,what,value,reason\n"


def corrections(tmp_path, *lines):
    path = tmp_path / "corrections.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_corrections_are_read(tmp_path):
    path = corrections(
        tmp_path,
        "a,p2,By Our,part,boilerplate,a byline",
        "a,a#p3,The end,border,Join,page break",
        "a,4,Results were,border,split: On the other hand,two glued",
        "b,1,The Title,Title,The Title of It,it has a subtitle",
    )
    assert read_corrections(path) == Corrections(
        str(path),
        (
            Correction(str(path), 2, "a", 2, "By Our", "part", "boilerplate", "a byline"),
            Correction(str(path), 3, "a", 3, "The end", "border", "join", "page break"),
            Correction(
                str(path), 4, "a", 4, "Results were", "border", "split", "two glued", "On the other hand"
            ),
            Correction(str(path), 5, "b", 1, "The Title", "title", "The Title of It", "it has a subtitle"),
        ),
    )
    read = read_corrections(path)
    assert [row.line for row in read.of("a")] == [2, 3, 4]
    assert [row.line for row in read.elsewhere(["b", "c"])] == [2, 3, 4]


MISTAKES = {
    ",1,x,part,body,r": "document is empty; write its id, or leave paragraph empty too",
    ",,,part,body,r": "quotation is empty; write the first words of the paragraph",
    ",,x,title,T,r": "what is 'title', but for all documents only a part can be decided; write a",
    ",,x,border,join,r": "what is 'border', but for all documents only a part can be decided;",
    "a,,x,part,body,r": "paragraph is ''; write its number from 1, such as p12",
    "a,0,x,part,body,r": "paragraph is '0'; write its number from 1, such as p12",
    "a,p1.s2,x,part,body,r": "paragraph is 'p1.s2'; write its number from 1, such as p12",
    "a,b#p1,x,part,body,r": "paragraph 'b#p1' is none of document 'a'; correct one of them",
    "a,1,,part,body,r": "quotation is empty; write the first words of the paragraph",
    "a,1,…,part,body,r": "quotation is empty; write the first words of the paragraph",
    "a,1,x,part,body,": "reason is empty; write why",
    "a,1,x,parts,body,r": "what is 'parts'; write one of part, border, title",
    "a,1,x,part,bdy,r": "'bdy' is no part; write one of title, abstract, body, list,",
    "a,1,x,border,glue,r": "value is 'glue'; write join, or split: and the first words of the new paragraph",
    "a,1,x,border,split:,r": "value is 'split:'; write join, or split: and the first words",
}


@pytest.mark.parametrize(("line", "problem"), MISTAKES.items())
def test_a_wrong_field_is_named_with_file_and_line(tmp_path, line, problem):
    path = corrections(tmp_path, line)
    told = message(read_corrections, path)
    assert told.startswith(f"{path}: line 2: {problem}")
    assert "\n" not in told


def test_all_mistakes_are_named_at_once_and_repeated_decisions_too(tmp_path):
    path = corrections(
        tmp_path,
        "a,1,x,part,body,r",
        "a,1,,part,bdy,",
        "a,p1,X,part,body,s",
        "a,1,x,title,T,r",
        "a,2,y,title,U,r",
    )
    assert [line.split(": ")[1:] for line in message(read_corrections, path).splitlines()] == [
        ["line 3", "quotation is empty; write the first words of the paragraph"],
        [
            "line 3",
            f"'bdy' is no part; write one of {', '.join(PARTS)}",
        ],
        ["line 4", "the same was already decided in line 2; keep one row"],
        ["line 6", "the same was already decided in line 5; keep one row"],
    ]


def corrected(blocks, rows):
    """The blocks with rows applied where no rule has anything to say about their parts."""
    made = correct(blocks, rows)
    return made.over(made.blocks)


def row(number, quotation, what, value="", reason="r", split_before="", line=2):
    return Correction("c.csv", line, "d", number, quotation, what, value, reason, split_before)


BLOCKS = [
    Block("A Title", "title", 0, "the first paragraph"),
    Block("By Our Man", "heading", 2, "few words"),
    Block("It was so. And then it"),
    Block("was not."),
    Block("It was  said: “Go”."),
]

CORRECTED = {
    "a part": (
        [row(2, "By Our", "part", "boilerplate")],
        {1: Block("By Our Man", "boilerplate", 0, "corrected: r")},
    ),
    "a heading keeps its level": (
        [row(2, "By", "part", "heading")],
        {1: Block("By Our Man", "heading", 2, "corrected: r")},
    ),
    "a new heading is of the first level": (
        [row(4, "was", "part", "heading")],
        {3: Block("was not.", "heading", 1, "corrected: r")},
    ),
    "a title": ([row(2, "By Our", "title", "Our Man")], {1: Block("By Our Man", "title", 0, "corrected: r")}),
    "capitals, quotes, spaces aside": (
        [row(5, 'IT was said: "go"…', "part", "list")],
        {4: Block("It was  said: “Go”.", "list", 0, "corrected: r")},
    ),
    "the quotation beats the number": (
        [row(1, "was not", "part", "list")],
        {3: Block("was not.", "list", 0, "corrected: r")},
    ),
    "a number beyond the end": (
        [row(99, "was not", "part", "list")],
        {3: Block("was not.", "list", 0, "corrected: r")},
    ),
    "the number decides between two": (
        [row(3, "It was", "part", "list")],
        {2: Block("It was so. And then it", "list", 0, "corrected: r")},
    ),
}


@pytest.mark.parametrize(("rows", "changed"), CORRECTED.values(), ids=CORRECTED)
def test_a_correction_changes_its_paragraph_and_no_other(rows, changed):
    assert corrected(BLOCKS, rows) == [changed.get(index, block) for index, block in enumerate(BLOCKS)]


def test_paragraphs_are_joined_with_a_space_and_keep_the_part_of_the_first():
    blocks = corrected(
        BLOCKS, [row(4, "was not", "border", "join", "cut"), row(5, "It was said", "border", "join", "too")]
    )
    assert blocks == [
        *BLOCKS[:2],
        Block("It was so. And then it was not. It was  said: “Go”.", "body", 0, "corrected: cut; too"),
    ]


def test_a_paragraph_is_split_and_the_rest_can_be_named_by_its_own_words():
    rows = [
        row(3, "And then", "part", "list", "an item"),
        row(3, "It was so", "border", "split", "glued", "And  then"),
    ]
    assert corrected(BLOCKS, rows)[2:4] == [
        Block("It was so.", "body", 0, "corrected: glued"),
        Block("And then it", "list", 0, "corrected: glued; an item"),
    ]


WRONG = {
    "no such paragraph": (row(1, "Nothing", "part", "body"), "no paragraph begins with “Nothing”; quote"),
    "too short a quotation": (
        row(1, "It was", "part", "body"),
        "2 paragraphs begin with “It was”; quote more",
    ),
    "nothing to join to": (
        row(1, "A Title", "border", "join"),
        "there is no paragraph before the first; remove",
    ),
    "nothing to split before": (
        row(3, "It was so", "border", "split", "r", "Yet"),
        "the paragraph does not have “Yet”",
    ),
    "two places to split": (
        row(5, "It was  said", "border", "split", "r", "a"),
        "the paragraph does not have “a”",
    ),
    "two places in two words": (
        row(6, "So it", "border", "split", "r", "it went"),
        "the paragraph has more than once “it went”",
    ),
    "a split at the beginning": (
        row(3, "It was so", "border", "split", "r", "It was"),
        "the paragraph begins with “It was”",
    ),
}


@pytest.mark.parametrize(("wrong", "problem"), WRONG.values(), ids=WRONG)
def test_a_correction_that_fits_nothing_names_its_line_and_quotation(wrong, problem):
    told = message(correct, [*BLOCKS, Block("So it went, and it went.")], [wrong])
    assert told.startswith(f"c.csv: line 2: document 'd': {problem}")


def test_all_corrections_that_fit_nothing_are_named():
    rows = [row(1, "Nothing", "part", "body", line=2), row(1, "Nowhere", "border", "join", line=9)]
    assert [line.split(": ")[1] for line in message(correct, BLOCKS, rows).splitlines()] == [
        "line 2",
        "line 9",
    ]


TWICE = {
    "two parts": (row(2, "By Our", "part", "boilerplate"), row(2, "By", "part", "body", line=3)),
    "a part and the title": (row(2, "By", "title", "x"), row(9, "By Our Man", "part", "heading", line=3)),
    "the same part": (row(2, "By Our", "part", "list"), row(2, "By", "part", "list", line=3)),
}


@pytest.mark.parametrize("rows", TWICE.values(), ids=TWICE)
def test_a_second_row_about_the_part_of_a_paragraph_is_refused_however_it_names_it(rows):
    first, second = sorted(rows, key=lambda one: one.what)
    assert message(correct, BLOCKS, [first, second]) == (
        f"c.csv: line {second.line}: document 'd': the part of this paragraph is decided in line "
        f"{first.line}; keep one"
    )


def test_a_paragraph_is_joined_once():
    rows = [row(4, "was not", "border", "join"), row(4, "was", "border", "join", line=3)]
    assert "line 3: document 'd': the same was already decided in line 2" in message(correct, BLOCKS, rows)


def test_a_paragraph_is_split_before_whole_words():
    blocks = [Block("The party took part in art, “Art & war”. 制度制")]
    for words, rest in (
        ("art", "art, “Art & war”. 制度制"),
        ("part", "part in art, “Art & war”. 制度制"),
        ('"Art', "“Art & war”. 制度制"),
        ("度", "度制"),
    ):
        made = correct(blocks, [row(1, "The party", "border", "split", "r", words)]).blocks
        assert [block.text for block in made] == [blocks[0].text.removesuffix(rest).rstrip(), rest]


def test_the_title_is_what_a_row_says_or_the_paragraph_with_all_that_is_joined_to_it():
    assert correct(BLOCKS, [row(2, "By Our", "title", "The Man")]).title == "The Man"
    rows = [row(2, "By Our", "title"), row(3, "It was so", "border", "join")]
    assert correct(BLOCKS, rows).title == "By Our Man It was so. And then it"


def test_why_a_border_was_corrected_stands_before_what_the_rules_say():
    made = correct(
        BLOCKS, [row(3, "And then", "part", "list"), row(3, "It was so", "border", "split", "cut", "And")]
    )
    judged = [block._replace(part="heading", level=2, reason="few words") for block in made.blocks]
    assert made.over(judged)[2:4] == [
        Block("It was so.", "heading", 2, "corrected: cut; few words"),
        Block("And then it", "list", 0, "corrected: cut; r"),
    ]


def test_a_reason_of_the_rules_that_begins_like_a_correction_is_none():
    blocks = [Block("a b", "body", 0, "corrected: by hand")]
    assert corrected(blocks, [row(1, "a", "part", "list")])[0].reason == "corrected: r"


def test_a_part_for_what_is_joined_is_refused():
    rows = [row(4, "was not", "part", "list"), row(4, "was not", "border", "join", line=3)]
    assert "line 3: document 'd': what is joined takes the part of the paragraph before" in message(
        correct, BLOCKS, rows
    )


def test_without_corrections_nothing_changes():
    assert correct(BLOCKS, []) == (BLOCKS, {}, frozenset(), "", frozenset())
    assert correct([], []).blocks == []


@given(st.lists(st.text(alphabet="ab ", min_size=1).filter(str.strip), min_size=1, max_size=6), st.data())
def test_joins_and_splits_lose_no_letter(texts, data):
    blocks = [Block(text) for text in texts]
    index = data.draw(st.integers(0, len(texts) - 1))
    what = row(index + 1, texts[index], "border", "join")
    letters = [letter for text in texts for letter in text if letter != " "]
    try:
        found = correct(blocks, [what]).blocks
    except CorpusError:
        assert index == 0 or sum(text.lower().startswith(texts[index].strip()) for text in texts) != 1
    else:
        assert [letter for block in found for letter in block.text if letter != " "] == letters
        assert len(found) == len(blocks) - 1


# For all documents --------------------------------------------------------------------------------------


def everywhere(*rows):
    """Rows of (quotation, part) about all documents, from line 2 on."""
    return tuple(
        Correction("c.csv", line, "", 0, quotation, "part", part, "r")
        for line, (quotation, part) in enumerate(rows, 2)
    )


def parts_with(texts, *rows, own=()):
    changes = StudyChanges(None, Corrections("c.csv", (*own, *everywhere(*rows))))
    made = changes.corrected([Block(text) for text in texts], "d")
    return [block.part for block in made.blocks] if made else None


def test_a_row_without_document_is_read(tmp_path):
    path = corrections(tmp_path, ",,Share this,part,boilerplate,a button")
    read = read_corrections(path)
    assert read.rows == (Correction(str(path), 2, "", 0, "Share this", "part", "boilerplate", "a button"),)
    assert read.of("a") == read.elsewhere(["a"]) == ()
    assert read.everywhere().rows == read.rows


def test_a_row_for_all_documents_fits_whole_paragraphs_wherever_they_stand():
    texts = ["Share  THIS", "Share this with all", "Prose.", "share this"]
    assert parts_with(texts, ("Share this", "boilerplate")) == ["boilerplate", "body", "body", "boilerplate"]


def test_with_an_ellipsis_it_fits_their_beginning():
    texts = ["Share this", "Share this with all", "Prose."]
    assert parts_with(texts, ("Share this …", "boilerplate")) == ["boilerplate", "boilerplate", "body"]


def test_the_row_that_quotes_most_is_taken():
    rows = [("Share…", "boilerplate"), ("Share this…", "list"), ("Share this", "caption")]
    assert parts_with(["Share this", "Share this now", "Share it"], *rows) == [
        "caption",
        "list",
        "boilerplate",
    ]


def test_a_row_of_the_document_beats_one_for_all():
    own = (row(1, "Share", "part", "list"), row(3, "Share", "border", "join", line=9))
    assert parts_with(["Share", "Prose.", "Share", "Share"], ("Share", "boilerplate"), own=own) == [
        "list",
        "body",
        "boilerplate",
    ]


def test_a_document_that_no_row_fits_is_left_to_the_rules():
    assert parts_with(["Prose."], ("Share", "boilerplate")) is None


def test_a_row_that_fits_no_document_is_told():
    rows = everywhere(("Share", "boilerplate"), ("Print", "boilerplate"), ("Print all…", "list"))
    changes = StudyChanges(None, Corrections("c.csv", rows))
    changes.corrected([Block("Share")], "d")
    assert changes.without_use(["d"]) == [
        "c.csv: line 3: no paragraph of any document is “Print”",
        "c.csv: line 4: no paragraph of any document begins with “Print all…”",
    ]
    assert changes.without_use_in("d") == []


def test_two_rows_for_all_documents_about_the_same_words_are_refused(tmp_path):
    path = corrections(tmp_path, ",,Share,part,body,r", ",,SHARE,part,list,r", ",,Share…,part,list,r")
    assert message(read_corrections, path) == (
        f"{path}: line 3: the same was already decided in line 2; keep one row"
    )
