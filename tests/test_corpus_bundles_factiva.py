import pytest

from rubricate.corpus.document import Block, Source
from rubricate.corpus.readers.bundles.splitting import split_blocks
from rubricate.corpus.readers.raw import ReadOptions, Skipped
from tests.bundles import lost_words, read_fixture
from tests.sources import read


def test_a_download_with_codes_is_cut_into_its_articles():
    documents, _ = read_fixture("bundle_factiva_codes.txt", encoding="cp1252")
    assert [(document.id, document.text) for document in documents] == [
        (
            "bundle_factiva_codes-001",
            "Envoys agree on a list of ships\n\nA second paragraph of the headline\n\n"
            "The envoys agreed on a list of ships on Saturday.\n\n"
            "IN Lisbon nobody smiled. The list names 41 ships.\n\nBY the evening it was public.",
        ),
        ("bundle_factiva_codes-002", "Zweite Runde in Lissabon\n\nDie zweite Runde beginnt am Montag."),
        ("bundle_factiva_codes-003", "Ships wait off the coast\n\nNine ships wait off the coast."),
        ("bundle_factiva_codes-004", "No day is given\n\nSpring came late to the harbour."),
    ]
    assert [dict(sorted(document.variables.items())) for document in documents] == [
        {
            "accession": "HBRC000020190303ef3300001",
            "author": "By Anna Petersen",
            "company": "hbrshp : Harbour Shipping Ltd | grnco : Grain Company",
            "copyright": "Copyright 2019 The Harbour Courier. All rights reserved.",
            "date": "2019-03-03",
            "industry": "i74 : Shipping",
            "language": "en",
            "length": "512",
            "outlet": "The Harbour Courier",
            "pages": "A1",
            "publisher": "Harbour Press",
            "region": "port : Portugal",
            "section": "Foreign Desk",
            "source_code": "HBRC",
            "subject": "gdip : Diplomacy | gsanc : Sanctions",
            "time": "10:15",
            "title": "Envoys agree on a list of ships",
        },
        {
            "accession": "MORGBL0020190304ef340000a",
            "copyright": "(c) 2019 Morgenblatt GmbH",
            "date": "2019-03-04",
            "language": "de",
            "length": "1204",
            "outlet": "Morgenblatt",
            "source_code": "MORGBL",
            "title": "Zweite Runde in Lissabon",
        },
        {
            "accession": "EASTW00020190305ef350002x",
            "copyright": "(c) 2019 Eastern Wire",
            "credit": "Eastern Wire",
            "date": "2019-03-05",
            "language": "en",
            "length": "44",
            "outlet": "Eastern Wire",
            "source_code": "EASTW",
            "subject": "gdip : Diplomacy",
            "title": "Ships wait off the coast",
        },
        {
            "accession": "HBRC000020190401ef4100003",
            "date_text": "Spring 2019",
            "language": "en",
            "length": "12",
            "outlet": "The Harbour Courier",
            "title": "No day is given",
        },
    ]


def test_a_download_without_codes_is_cut_into_its_articles():
    documents, _ = read_fixture("bundle_factiva_display.txt")
    assert [(document.id, document.text) for document in documents] == [
        (
            "bundle_factiva_display-001",
            "Envoys agree on a list of ships\n\nNo names until Monday\n\n"
            "The envoys agreed on a list of ships on Saturday.\n\n"
            "They did not say which. “English”, said one of them, “is a difficult language.”",
        ),
        (
            "bundle_factiva_display-002",
            "The captain's answer\n\nPage 1 of 3 © 2019 Factiva, Inc. All rights reserved.\n\n"
            "The captain answered in one word.",
        ),
        ("bundle_factiva_display-003", "La réponse du capitaine\n\nLe capitaine a répondu."),
        (
            "bundle_factiva_display-004",
            "A reader writes\n\nI have read your article. Document it better.",
        ),
    ]
    assert [dict(sorted(document.variables.items())) for document in documents] == [
        {
            "accession": "HBRC000020190303ef3300001",
            "author": "By Anna Petersen",
            "copyright": "Copyright 2019 The Harbour Courier. All rights reserved.",
            "date": "2019-03-03",
            "language": "en",
            "length": "512",
            "outlet": "The Harbour Courier",
            "pages": "A1",
            "source_code": "HBRC",
            "time": "10:15",
            "title": "Envoys agree on a list of ships",
        },
        {
            "accession": "EASTW00020190304ef340000b",
            "copyright": "(c) 2019 Eastern Wire",
            "date": "2019-03-04",
            "language": "en",
            "length": "1031",
            "outlet": "Eastern Wire",
            "source_code": "EASTW",
            "title": "The captain's answer",
        },
        {
            "accession": "COUPOR0020190305ef350000c",
            "copyright": "© 2019. Le Courrier du Port. Tous droits réservés.",
            "date": "2019-03-05",
            "language": "fr",
            "length": "230",
            "outlet": "Le Courrier du Port",
            "source_code": "COUPOR",
            "title": "La réponse du capitaine",
        },
        {"accession": "HBRC000020190306ef3600004"},
    ]


@pytest.mark.parametrize("kind", ["codes", "display"])
def test_table_of_contents_and_search_summary_are_reported_with_their_words(kind):
    _, (contents, summary) = read_fixture(f"bundle_factiva_{kind}.txt", encoding="")
    assert "come with the download: “Table of Contents Envoys agree on a list of ships" in contents.reason
    assert "come with the download: “Search Summary " in summary.reason
    assert "\n" not in contents.reason + summary.reason


def test_only_marks_codes_and_written_out_dates_are_not_among_the_words_that_are_kept():
    assert lost_words("bundle_factiva_codes.txt", "cp1252") == {
        *("SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "PG", "LA", "CY", "LP", "TD"),
        *("CO", "IN", "NS", "RE", "PUB", "AN", "Document"),
        *("3", "4.", "5", "March", "März", "2019", "English", "Deutsch", "words", "1.204", "Wörter"),
    }
    assert lost_words("bundle_factiva_display.txt") == {
        *("Document", "3", "4", "5", "March", "mars", "2019", "English", "Français"),
        *("words", "1,031", "mots"),
    }


OWN_WORDS = {
    "a document that is cited": "See Document HBRC000020190303ef3300001\n\nIt says so.\n",
    "its number on a line": "The source is\n\nDocument HBRC000020190303ef3300001\n\nIt says so.\n",
    "an essay with its length": "My Essay\n512 words\n3 March 2019\n\nDocument your sources.\n",
    "lines like codes": "HD  high definition\nPD  public domain\nAN  Document of its time\n",
}


@pytest.mark.parametrize("text", OWN_WORDS.values(), ids=OWN_WORDS)
def test_a_text_with_some_of_the_marks_is_no_bundle(text):
    assert [(document.id, document.text) for document in read("a.txt", text)] == [("a", text)]


def test_codes_in_cells_of_their_own_are_read():
    cells = ("HD", "Ships wait", "WC", "44 words", "PD", "5 March 2019", "SN", "Eastern Wire", "TD")
    texts = (*cells, "Nine ships wait.", "They are full.", "AN", "Document EASTW00020190305ef350002x")
    blocks = tuple(Block(text, "table") for text in texts)
    (document,) = split_blocks(Source("d", "d.rtf", "", "", blocks=blocks), ReadOptions())
    assert document.blocks == (
        Block("Ships wait", "title", 0, "the headline of the article"),
        Block("Nine ships wait.", "table"),
        Block("They are full.", "table"),
    )
    assert document.variables == {
        "title": "Ships wait",
        "length": "44",
        "date": "2019-03-05",
        "outlet": "Eastern Wire",
        "accession": "EASTW00020190305ef350002x",
    }


def test_a_long_table_of_contents_is_reported_by_its_beginning_and_its_length():
    entries = "\n".join(f"Headline number {number} ...... {number}" for number in range(100))
    article = "Headline number 0\n44 words\n5 March 2019\nEastern Wire\n\nNone.\n"
    accession = "Document EASTW00020190305ef350002x"
    skipped, document = read("a.txt", f"Table of Contents\n{entries}\n\n{article}\n{accession}\n")
    assert isinstance(skipped, Skipped)
    assert skipped.reason.endswith("more characters)”")
    assert len(skipped.reason) < 1200
    assert document.variables["title"] == "Headline number 0"
