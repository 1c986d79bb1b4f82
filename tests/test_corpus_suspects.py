import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.slips.suspects import Suspect, ocr_suspects

PROSE = (
    "The talks between the two governments went on for a week, and the ministers of both countries said "
    "that the agreement on the border was near. The people of the valley had waited for the end of the war, "
    "and the government of the north asked for the return of the prisoners. "
)


def document(text, language="en", parts=("body",)):
    """A document whose paragraphs are the lines of the text."""
    paragraphs, start = [], 0
    for line, part in zip(text.split("\n"), parts * (text.count("\n") + 1), strict=False):
        paragraphs.append(Paragraph(start, start + len(line), part))
        start += len(line) + 1
    return Document("d", text, tuple(paragraphs), language=language)


def found(text, **options):
    return [(suspect.word, suspect.suggestion) for suspect in ocr_suspects(document(text, **options))]


SLIPS = {
    "l for I at the beginning": ("Trade with lran grew.", "lran", "Iran"),
    "l for I where no word begins so": ("The lnterlocutors left.", "lnterlocutors", "Interlocutors"),
    "I for l": ("They talked at Iength.", "Iength", "length"),
    "1 for l": ("It is a ru1e of law.", "ru1e", "rule"),
    "0 for o": ("The c0urt met.", "c0urt", "court"),
    "a year with letters": ("It began in l995.", "l995", "1995"),
    "a doubled capital": ("The war in UKkraine.", "UKkraine", "Ukraine"),
    "two capitals": ("The UNited front.", "UNited", "United"),
    "capitals inside": ("The peopIe left.", "peopIe", "people"),
    "rn for m": ("A cornmittee met.", "cornmittee", "committee"),
    "cl for d": ("The clemand grew.", "clemand", "demand"),
    "a Cyrillic letter": ("He saw \u0420aris again.", "\u0420aris", "Paris"),
    "no space before a capital": (PROSE + "He spoke of theGovernment.", "theGovernment", "the Government"),
    "no space before another capital": (PROSE + "In New Delhi it was, inNew Delhi.", "inNew", "in New"),
    "a letter that is wrong": ("A wide landstape of hills.", "landstape", "landscape"),
    "a letter too few": ("It was funcioning well.", "funcioning", "functioning"),
    "a letter too many": ("They answered immediattely.", "immediattely", "immediately"),
    "two letters swapped": ("It was especailly cold.", "especailly", "especially"),
    "a letter rather than a space": (PROSE + PROSE + "The destructon went on.", "destructon", "destruction"),
    "a word cut short": ("It was decided democraticall.", "democraticall", "democratically"),
    "a space inside": ("It was a f lagrant breach.", "f lagrant", "flagrant"),
    "no space": (PROSE + "He spoke ofthe war.", "ofthe", "of the"),
    "no space behind a word": (PROSE + "The importanceof peace.", "importanceof", "importance of"),
    "h for b in a word that is frequent": (PROSE + "It was tbe end.", "tbe", "the"),
    "a letter off a capitalised word": (PROSE + PROSE + "The Goverment left.", "Goverment", "Government"),
}


@pytest.mark.parametrize(("text", "word", "suggestion"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_found_with_what_was_meant(text, word, suggestion):
    text = text if text.startswith(PROSE) else text + " " + PROSE
    if "Goverment" in text:
        text = text.replace("ministers", "government and ministers")
    assert found(text) == [(word, suggestion)]


SOUND = {
    "names": "Guterres met Nkurunziza in Zaporizhzhya, and Lykketoft came from Bozkir.",
    "spellings": "The organisation's colour programme was cancelled at the centre; unshakeable, travelled.",
    "spellings that no list has": "Denuclearisation and denuclearization, securitisation.",
    "foreign words": "It was a fait accompli, the modus operandi of the ancien régime, inter alia.",
    "hyphens": "A socio-economic, pre-electoral, quasi-Bolshevik plan.",
    "abbreviations and addresses": "See e.g. www.exampel.org/lndex, mail a.smiht@exampel.org, or lib.",
    "acronyms": "NGOs and MPs of ASEAN, the PhDs, COVID19, CO2, G20, ECOWAS and IFIs.",
    "names with capitals inside": "McDonald, YouTube, WhatsApp, eBay, LiFE, StaRS, CoChairs and FitzGerald.",
    "derived words": "The nationalisms of ultranationalists, unvaccinated geostrategic foes.",
    "compounds": "The airbases, megaprojects and forestlands, a socio economic and an economic plan.",
    "short names": "Weto and U Thein, and no ifs.",
    "numerals": "In part (iii), xvii and VIII of 1990, 20l and 1st.",
    "letters in brackets": "He said that “[s]ustainable” programme(me)s were near.",
    "apostrophes": "Côte d’Ivoire, the Qur’an and rock ’n’ roll didn’t.",
    "all capitals": "ISIS and INTERFAX.",
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_is_no_slip_is_not_suspected(text):
    assert found(PROSE + text) == []


def test_what_is_written_so_again_and_again_is_meant():
    once = "The landstape changed. "
    assert found(PROSE + once) == [("landstape", "landscape")]
    assert found(PROSE + once * 3) == []


def test_an_impossible_shape_is_a_slip_however_often():
    (suspect,) = ocr_suspects(document(PROSE + "lran and again lran, Iran, and lran. " * 2))
    assert (suspect.word, suspect.count, suspect.suggestion, suspect.reason) == ("lran", 6, "Iran", "l for I")


def test_the_offset_is_that_of_the_first_in_the_document():
    text = "Peace.\nA landstape.\nAnother landstape."
    assert ocr_suspects(document(PROSE + text))[:1] == []
    assert ocr_suspects(document(f"A landstape. {PROSE}")) == [
        Suspect("landstape", 1, "landscape", "one letter from a word in the word list", 2)
    ]


@pytest.mark.parametrize("part", ["references", "boilerplate"])
def test_parts_that_are_not_analysed_are_not_searched(part):
    text = f"{PROSE}\nA landstape in lran."
    assert found(text, parts=("body", part)) == []
    assert len(found(text, parts=("body", "heading"))) == 2


def test_where_the_document_has_the_word_it_beats_the_list():
    text = PROSE + "The farmers met. A farmer and other farmers came, but the farners left."
    assert found(text) == [("farners", "farmers")]


def test_a_name_beside_the_slip_is_no_reason_for_silence():
    assert found(PROSE + "Nkurunziza was especailly glad.") == [("especailly", "especially")]


def test_without_a_word_list_only_impossible_shapes_count():
    text = "Ban har ban bar. Landstape landscape landscape landscape, \u0420aris."
    assert found(text, language="xx") == [("\u0420aris", "Paris")]


def test_a_document_in_another_language_than_was_said_is_not_judged_by_the_list():
    assert found("Wir haben gestern lange darueber gesprochen, was die Regierung beschlossen hat.") == []


def test_persian_inflections_are_no_slips():
    text = "کشور ما با کشورهای دیگر گفت‌وگو می‌کند و کشوری که تحریم شد، تحریم‌ها را پشت سر گذاشت. " * 3
    assert found(text, language="fa") == []


@pytest.mark.parametrize("text", ["", " ", "\n", "…", "1990", "a"])
def test_a_document_without_words_has_no_suspects(text):
    assert ocr_suspects(document(text)) == []
    assert ocr_suspects(Document("d", text, ())) == []


@given(
    st.text(alphabet="lIO0159 -aehnrtAUК\u200cب\u00ad.’", max_size=60), st.sampled_from(["en", "fa", "xx"])
)
def test_a_suspect_stands_where_it_is_said_to_and_its_suggestion_differs(text, language):
    suspects = ocr_suspects(document(text, language))
    for suspect in suspects:
        assert text[suspect.start : suspect.start + len(suspect.word)] == suspect.word
        assert suspect.count >= 1
        assert suspect.reason
        assert suspect.suggestion.strip()
        assert suspect.suggestion != suspect.word
    assert [suspect.start for suspect in suspects] == sorted({suspect.start for suspect in suspects})
