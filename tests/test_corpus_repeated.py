import csv
import io

from rubricate.corpus.document import Document, Source
from rubricate.corpus.making import make_document
from rubricate.corpus.parts.repeated import find_repeated
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.study.corrections import CORRECTION_COLUMNS, read_corrections

BODY = (
    "The envoys of the harbour towns met for the third time in week {}, and none of them said afterwards "
    "what the meeting had been about or when they would meet again."
)
DISCLAIMER = (
    "The views in this paper are those of its authors and need not be those of the Harbour Institute, which "
    "takes no stand on the matters that its papers treat, nor those of any of its sponsors or of the town."
)


def document(name: str, *texts: str, outlet: str = "", changes: StudyChanges | None = None) -> Document:
    variables = {"outlet": outlet} if outlet else {}
    source = Source(name, f"{name}.txt", "", "", text="\n\n".join(texts), variables=variables)
    return make_document(source, "en", changes or StudyChanges())


def corpus(count: int, *top: str, end: tuple[str, ...] = (), folder: str = "a", others: int = 0):
    """Documents with some paragraphs at the top and the end, and others without; no prose is the same."""
    names = [f"{folder}/{number}" for number in range(count + others)]
    return [
        document(
            name,
            *(top if number < count else ()),
            *(BODY.format(f"{letter * (number + 1)}") for letter in "abcdefghijkl"),
            *(end if number < count else ()),
        )
        for number, name in enumerate(names)
    ]


def told(documents):
    return [(block.text, block.documents) for block in find_repeated(documents)]


def test_a_paragraph_at_the_end_of_three_documents_is_told():
    (block,) = find_repeated(corpus(3, end=(DISCLAIMER,)))
    assert block.text == DISCLAIMER
    assert (block.documents, block.among) == (3, ("a",))
    assert block.places == {"top": 0, "end": 3, "inside": 0}
    assert block.part == "body"
    assert block.parts == {"body": 3}
    assert block.rows == (
        {
            "document": "",
            "paragraph": "",
            "quotation": "The views in this paper are those of its authors and need …",
            "what": "part",
            "value": "boilerplate",
            "reason": "stands in many documents",
        },
    )
    assert tuple(block.rows[0]) == CORRECTION_COLUMNS


def test_fewer_than_three_documents_or_than_one_in_twenty_are_not():
    assert told([]) == []
    assert told(corpus(2, "Harbour Notes")) == []
    assert told(corpus(3, "Harbour Notes", others=57)) == [("Harbour Notes", 3)]
    assert told(corpus(3, "Harbour Notes", others=58)) == []


def test_each_folder_or_outlet_counts_by_itself():
    many = corpus(0, others=100, folder="b")
    assert told([*corpus(3, "Harbour Notes"), *many]) == [("Harbour Notes", 3)]
    spread = [each for folder in "abc" for each in corpus(1, "Harbour Notes", folder=folder)]
    assert told(spread) == []
    courier = [document(f"{n}/x", "Harbour Notes", BODY.format(n * "x"), outlet="Courier") for n in (1, 2, 3)]
    assert find_repeated(courier)[0].among == ("Courier",)


def test_capitals_white_space_and_digits_can_differ():
    tops = ("Harbour  Notes of the Week 12", "HARBOUR NOTES of the week 13", "Harbour Notes of the\nWeek 140")
    documents = [document(f"a/{n}", top, BODY.format("x" * n)) for n, top in enumerate(tops, 1)]
    (block,) = find_repeated(documents)
    assert block.documents == 3
    assert [row["quotation"] for row in block.rows] == ["HARBOUR NOTES of the week …"]


def test_few_words_before_a_digit_make_no_row():
    documents = [document(f"a/{n}", f"Week {n} of the year", BODY.format("x" * n)) for n in range(1, 4)]
    assert [block.rows for block in find_repeated(documents)] == [()]


def test_known_headings_salutations_and_page_numbers_are_left_out():
    assert told(corpus(3, "Introduction", "Mr. President,", "Page 3 of 7", "12")) == []


def test_what_is_boilerplate_already_is_left_out():
    documents = corpus(3, end=("© 2019 The Harbour Courier. All rights reserved.",))
    assert {document.paragraphs[-1].part for document in documents} == {"boilerplate"}
    assert told(documents) == []


def test_what_stands_only_inside_is_left_out_but_counted_where_it_stands_at_an_edge_too():
    middle = [
        document(
            f"a/{n}",
            *(BODY.format(x * n) for x in "abcdef"),
            "A Note",
            *(BODY.format(x * n) for x in "ghijkl"),
        )
        for n in range(1, 4)
    ]
    assert told(middle) == []
    (block,) = find_repeated([*corpus(3, "A Note", folder="a/b"), *middle])
    assert block.places == {"top": 3, "end": 0, "inside": 3}


def test_copies_of_a_document_count_once():
    assert told([document(f"a/{n}", "Harbour Notes", BODY.format("x")) for n in range(9)]) == []


def test_a_paragraph_counts_once_in_a_document():
    documents = corpus(3, "Harbour Notes", "Harbour Notes", end=("Harbour Notes",))
    assert [sum(block.places.values()) for block in find_repeated(documents)] == [3]


def test_the_most_frequent_come_first():
    documents = [*corpus(3, "B", "A"), *corpus(4, "C", folder="b")]
    assert told(documents) == [("C", 4), ("A", 3), ("B", 3)]


def test_when_too_many_are_remembered_numbers_can_be_too_low():
    documents = [*corpus(1, "Harbour Notes"), *corpus(4, end=("Harbour Notes",))]
    assert told(documents) == [("Harbour Notes", 5)]
    assert [block.documents for block in find_repeated(documents, most=12)] == [4]


def test_its_rows_make_it_boilerplate_in_every_document(tmp_path):
    documents = corpus(3, "Harbour Notes", "From the files of week 12", end=(DISCLAIMER,))
    rows = [row for block in find_repeated(documents) for row in block.rows]
    assert len(rows) == 3
    out = io.StringIO()
    writer = csv.DictWriter(out, CORRECTION_COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "corrections.csv").write_text(out.getvalue(), "utf-8")
    changes = StudyChanges(None, read_corrections(tmp_path / "corrections.csv"))
    corrected = [document(each.id, *each.text.split("\n\n"), changes=changes) for each in documents]
    for each in corrected:
        assert [paragraph.part for paragraph in each.paragraphs] == (
            ["boilerplate"] * 2 + ["body"] * 12 + ["boilerplate"]
        )
    assert find_repeated(corrected) == []
    assert changes.without_use([each.id for each in corrected]) == []
