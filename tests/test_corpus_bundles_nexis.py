import pytest

from rubricate.corpus.document import Block, Source
from rubricate.corpus.readers.bundles.long_dates import read_long_date
from rubricate.corpus.readers.bundles.splitting import split_blocks
from rubricate.corpus.readers.raw import ReadOptions, Skipped
from tests.bundles import lost_words, read_fixture
from tests.sources import read

COPYRIGHT = "Copyright 2019 The Harbour Courier Company All Rights Reserved"


def test_an_older_download_is_cut_into_its_articles():
    documents, skipped = read_fixture("bundle_nexis_older.txt", encoding="cp1252")
    assert skipped == []
    assert [(document.id, document.text) for document in documents] == [
        (
            "bundle_nexis_older-001",
            "Ministers Weigh New Sanctions on Shipping as Talks in Lisbon Stall\n\n"
            "   The foreign ministers of eleven states met on Saturday to weigh a new round\n"
            "of sanctions on shipping companies that carry embargoed oil.\n\n"
            "   No document was signed. “Length: that is all we argued about,” one envoy\n"
            "said, speaking of the term of the embargo.\n\n"
            "URL: http://www.harbour-courier.example/2019/03/03/talks\n\n"
            "GRAPHIC: PHOTO: Delegates on the quay of Lisbon.",
        ),
        (
            "bundle_nexis_older-002",
            "Die Botschafterin reist ab\n\n"
            "Die Botschafterin verließ am Sonntag die Hauptstadt. Eine Erklärung gab es nicht.",
        ),
        (
            "bundle_nexis_older-003",
            "Envoys Return to the Table\n\nWhat the Courier has learnt about the second round\n\n"
            "CORRECTION-APPENDED: Yes\n\n   The envoys are back. ``We never left,'' said one of them.",
        ),
        (
            "bundle_nexis_older-004",
            "Vuelven los embajadores\n\nLos embajadores volvieron el martes a la mesa.",
        ),
        (
            "bundle_nexis_older-005",
            "A date of another calendar\n\nThe wire counts its days from another year.",
        ),
    ]


def test_header_and_footer_of_an_older_article_become_variables():
    documents, _ = read_fixture("bundle_nexis_older.txt", encoding="cp1252")
    assert [dict(sorted(document.variables.items())) for document in documents] == [
        {
            "author": "By ANNA PETERSEN and JOHN OKORO; Ines Duarte contributed reporting.",
            "copyright": COPYRIGHT,
            "date": "2019-03-03",
            "dateline": "LISBON",
            "edition": "Late Edition - Final",
            "geographic": "LISBON, PORTUGAL (92%)",
            "language": "en",
            "length": "1204",
            "load_date": "2019-03-04",
            "outlet": "The Harbour Courier",
            "publication_type": "Newspaper",
            "section": "Section A; Column 0; Foreign Desk; Pg. 1",
            "subject": "SANCTIONS (95%); EMBARGOES (90%); SHIPPING INDUSTRY (88%); FOREIGN RELATIONS (75%)",
            "title": "Ministers Weigh New Sanctions on Shipping as Talks in Lisbon Stall",
        },
        {
            "copyright": "Copyright 2019 Morgenblatt GmbH Alle Rechte vorbehalten",
            "date": "2019-03-04",
            "language": "de",
            "length": "312",
            "load_date": "2019-03-04",
            "outlet": "Morgenblatt",
            "section": "POLITIK; S. 5",
            "title": "Die Botschafterin reist ab",
        },
        {
            "date": "2019-03-05",
            "date_text": "March 5, 2019 Tuesday 10:15 AM GMT",
            "language": "en",
            "length": "87",
            "load_date": "2019-03-05",
            "outlet": "The Harbour Courier",
            "title": "Envoys Return to the Table",
        },
        {
            "author": "Ines Duarte",
            "date": "2019-03-06",
            "language": "es",
            "length": "54",
            "load_date": "2019-03-07",
            "outlet": "La Gaceta del Puerto",
            "title": "Vuelven los embajadores",
        },
        {
            "date_text": "14 Esfand 1397",
            "language_text": "KLINGON",
            "length": "21",
            "outlet": "Eastern Wire",
            "title": "A date of another calendar",
        },
    ]


def test_a_newer_download_is_cut_into_its_articles():
    documents, _ = read_fixture("bundle_nexis_newer.txt")
    assert [(document.id, document.text) for document in documents] == [
        (
            "bundle_nexis_newer-001",
            "Grain Corridor Opens After a Week of Talks\n\nHighlight: Three ships left on the first day.\n\n"
            "The corridor opened on Saturday.\n\n"
            "Three ships left before noon. Page 4 of the agreement lists them.\n\nPage 1 of 4",
        ),
        ("bundle_nexis_newer-002", "Le ministre refuse l'accord\n\nLe ministre a refusé l'accord."),
        (
            "bundle_nexis_newer-003",
            "Port Workers Vote\n\nA second paragraph of the headline\n\nThe workers voted on Monday.\n\n"
            "Language: nobody spoke of it. That was the end of the meeting.\n\nIt ended at nine.",
        ),
        ("bundle_nexis_newer-004", "Notes From the Quay\n\nThese notes have no header at all."),
        ("bundle_nexis_newer-005", "\nSearch finished.\n"),
    ]
    assert [dict(sorted(document.variables.items())) for document in documents] == [
        {
            "author": "By Anna Petersen",
            "copyright": COPYRIGHT,
            "date": "2019-03-03",
            "dateline": "VALLETTA",
            "edition": "Late Edition - Final",
            "geographic": "VALLETTA, MALTA (79%)",
            "industry": "SHIPPING (80%)",
            "language": "en",
            "length": "512",
            "load_date": "2019-03-04",
            "outlet": "The Harbour Courier",
            "publication_type": "Newspaper",
            "section": "Section A; Column 0; Foreign Desk; Pg. 1",
            "subject": "GRAIN TRADE (91%); SANCTIONS (85%)",
            "title": "Grain Corridor Opens After a Week of Talks",
        },
        {
            "author": "Luc Arnaud",
            "copyright": "Copyright 2019 Le Courrier du Port Tous droits réservés",
            "date": "2019-03-03",
            "length": "230",
            "load_date": "2019-03-03",
            "outlet": "Le Courrier du Port",
            "section": "INTERNATIONAL; Pg. 7",
            "title": "Le ministre refuse l'accord",
        },
        {
            "copyright": COPYRIGHT,
            "date": "2019-03-05",
            "date_text": "March 5, 2019 Tuesday 9:30 PM GMT",
            "length": "77",
            "load_date": "2019-03-06",
            "outlet": "The Harbour Courier",
            "section": "BUSINESS",
            "title": "Port Workers Vote",
        },
        {},
        {},
    ]


def test_what_comes_with_a_download_is_reported_with_its_words():
    _, (cover,) = read_fixture("bundle_nexis_newer.txt")
    assert cover.reason.startswith("lines 1 to 14 are no article but come with the download: “User Name: A.")
    assert cover.reason.endswith("3. Port Workers Vote 4. Notes From the Quay”")


def test_what_stands_around_the_articles_and_is_no_page_of_the_database_is_a_document():
    article = "{} of 2 DOCUMENTS\n\nA\n\nMay 2, 2001\n\nB\n\nLENGTH: 1 words\n\nBODY:\nC\n\n"
    found = read("a.txt", "My notes\n\n" + article.format(1) + article.format(2))
    assert [(each.id, each.text) for each in found] == [
        ("a-000", "My notes\n"),
        ("a-001", "B\n\nC"),
        ("a-002", "B\n\nC"),
    ]
    cover, *found = read("a.txt", "Time of Request: noon\n\n" + article.format(1) + article.format(2))
    assert cover.reason == "lines 1 to 2 are no article but come with the download: “Time of Request: noon”"
    assert [each.id for each in found] == ["a-001", "a-002"]


def test_a_sentence_behind_a_word_and_a_colon_is_no_field():
    text = (
        "1 of 1 DOCUMENTS\n\nA\n\nMay 2, 2001\n\nB\n\nLENGTH: 1 words\n\nBODY:\n\n"
        "Language: nobody spoke of it at the meeting, which ended at nine in the evening.\n"
    )
    (document,) = read("a.txt", text)
    assert document.text.endswith("\n\n" + text.splitlines()[-1])


def test_only_marks_labels_and_written_out_dates_are_not_among_the_words_that_are_kept():
    assert lost_words("bundle_nexis_older.txt", "cp1252") == {
        *("1", "2", "3", "4", "5", "of", "DOCUMENTS"),
        *("BYLINE:", "SECTION:", "LENGTH:", "DATELINE:", "BODY:", "SUBJECT:", "GEOGRAPHIC:", "LOAD-DATE:"),
        *("LANGUAGE:", "PUBLICATION-TYPE:", "RUBRIK:", "LÄNGE:", "UPDATE:", "SPRACHE:"),
        *("AUTOR:", "LONGITUD:", "CUERPO:", "FECHA-CARGA:", "IDIOMA:"),
        *("March", "3,", "4,", "5,", "2019", "Sunday", "Montag", "4.", "März", "6", "7", "de", "marzo"),
        *("1,204", "words", "Wörter", "palabras", "ENGLISH", "GERMAN;", "DEUTSCH", "SPANISH;", "ESPAÑOL"),
    }
    assert lost_words("bundle_nexis_newer.txt") == {
        *("Section:", "Length:", "Byline:", "Dateline:", "Body", "Classification", "Publication-Type:"),
        *("Subject:", "Industry:", "Geographic:", "Load-Date:", "Language:", "End", "of", "Document"),
        *("March", "3,", "4,", "6,", "2019", "Sunday", "dimanche", "3", "mars", "words", "mots", "ENGLISH"),
    }


OWN_WORDS = {
    "labels in prose": "Length: 512 words\n\nBody\n\nThe document ends here.\n",
    "the mark of an end alone": "The treaty\n\nArticle 1\n\nEnd of Document\n",
    "two of them": "The treaty\n\nEnd of Document\n\nThe annex\n\nEnd of Document\n",
    "numbers of documents": "1 of 2 DOCUMENTS\n\nA letter.\n\n2 of 2 DOCUMENTS\n\nAn answer.\n",
    "a number in a sentence": "It is\n1 of 2 DOCUMENTS that\n\nLENGTH: 5 words\n\nBODY:\n\nsurvived.\n",
}


@pytest.mark.parametrize("text", OWN_WORDS.values(), ids=OWN_WORDS)
def test_a_text_with_some_of_the_marks_is_no_bundle(text):
    assert [(document.id, document.text) for document in read("a.txt", text)] == [("a", text)]


def test_one_complete_article_keeps_the_name_of_its_file():
    text = "1 of 1 DOCUMENTS\n\nThe Courier\n\nMay 2, 2001\n\nNo News\n\nLENGTH: 1 words\n\nBODY:\nNone.\n"
    (document,) = read("a.txt", text)
    assert (document.id, document.text) == ("a", "No News\n\nNone.")


def test_copyright_above_the_outlet_is_no_part_of_it():
    text = (
        "1 of 1 DOCUMENTS\n\nCopyright 2001 The Courier Company\nThe Courier\n\n"
        "May 2, 2001, Wednesday, Final\n\nNo News\n\nLENGTH: 1 words\n\nBODY:\nNone.\n"
    )
    (document,) = read("a.txt", text)
    assert document.variables == {
        "copyright": "Copyright 2001 The Courier Company",
        "outlet": "The Courier",
        "date": "2001-05-02",
        "date_text": "May 2, 2001, Wednesday, Final",
        "title": "No News",
        "length": "1",
    }


def test_an_article_without_text_is_reported():
    text = "1 of 2 DOCUMENTS\n\nA\n\nMay 2, 2001\n\nB\n\nLENGTH: 1 words\n\nBODY:\nC\n\n2 of 2 DOCUMENTS\n\n"
    document, skipped = read("a.txt", text)
    assert document.id == "a-001"
    assert skipped == Skipped("a.txt", "document a-002 of this bundle holds no text", "a-002")


def test_a_download_in_blocks_is_cut_in_the_same_way():
    lines = (
        *(
            "Port Workers Vote",
            "The Harbour Courier",
            "March 5, 2019 Tuesday",
            COPYRIGHT,
            "Section: BUSINESS",
        ),
        *("Length: 77 words", "Body", "The workers voted.", "Page 1 of 2", "Load-Date: March 6, 2019"),
        *("End of Document", "Notes From the Quay", "These notes have no header.", "End of Document"),
    )
    blocks = tuple(Block(line, page="1") for line in lines)
    source = Source("d", "d.docx", "", "", blocks=blocks, properties={"title": "Files (2)", "language": "en"})
    first, second = split_blocks(source, ReadOptions())
    assert (first.id, second.id) == ("d-001", "d-002")
    assert first.blocks == (
        Block("Port Workers Vote", "title", 0, "the headline of the article", "1"),
        Block("The workers voted.", page="1"),
        Block("Page 1 of 2", "boilerplate", 0, "what the database prints on every page", "1"),
    )
    assert first.variables["section"] == "BUSINESS"
    assert first.properties == {"language": "en"}
    assert second.blocks == (
        Block("Notes From the Quay", page="1"),
        Block("These notes have no header.", page="1"),
    )
    assert second.variables == {}


DATES = {
    "March 3, 2019": ("2019-03-03", ""),
    "Sunday, March 3, 2019": ("2019-03-03", ""),
    "March 3, 2019, Sunday, Late Edition": ("2019-03-03", "Late Edition"),
    "3rd of March 2019": ("2019-03-03", ""),
    "Mar. 3, 2019": ("2019-03-03", ""),
    "March 2019": ("2019-03", ""),
    "Sonntag 3. März 2019": ("2019-03-03", ""),
    "3. Mai 2019 Freitag 10:15 GMT": ("2019-05-03", "10:15 GMT"),
    "1er août 2019": ("2019-08-01", ""),
    "domingo 3 de marzo de 2019": ("2019-03-03", ""),
    "Marches of 2019": None,
    "30 February 2019": None,
    "On March 3, 2019": None,
    "3 March 20199": None,
    "": None,
}


@pytest.mark.parametrize(("line", "expected"), DATES.items())
def test_long_dates_are_read_in_four_languages(line, expected):
    assert read_long_date(line) == expected
