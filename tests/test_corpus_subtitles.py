"""What a subtitle file becomes."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.raw import RawFile, ReadOptions
from rubricate.corpus.readers.subtitles import read_subtitles

FORMATS = Path(__file__).parent / "data" / "formats"


def read(content: bytes | str, name: str = "a.srt") -> Source:
    data = content.encode() if isinstance(content, str) else content
    (source,) = read_subtitles(RawFile(name, "a", name[-4:], "", data), ReadOptions())
    return source


def srt(*cues: str, every: float = 2.0) -> str:
    """An SRT file whose cues follow each other without a pause."""
    rows = []
    for number, text in enumerate(cues):
        begin, end = (
            f"00:{int(at) // 60:02}:{at % 60:06.3f}" for at in (number * every, (number + 1) * every)
        )
        rows.append(f"{number + 1}\n{begin} --> {end}\n{text}\n")
    return "\n".join(rows)


def vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + srt(*cues)


def texts(content: str) -> list[str]:
    return [block.text for block in read(content).blocks]


def spoken(content: str) -> list[tuple[str, str]]:
    return [(block.speaker, block.text) for block in read(content).blocks]


def reason(content: bytes | str) -> str:
    with pytest.raises(FileError) as caught:
        read(content)
    assert caught.value.file == "a.srt"
    return caught.value.reason


# Whole files ---------------------------------------------------------------------------------------------


def test_a_webvtt_file_becomes_blocks_with_speakers_and_times() -> None:
    source = read((FORMATS / "vtt_debate.vtt").read_bytes(), "a.vtt")
    chair, guest = "The Chair", "Ms Novák"
    assert source.blocks == (
        Block(
            "Good evening. Tonight we ask whether the arms embargo has failed.",
            speaker=chair,
            time="00:00:01",
        ),
        Block("[Applause]", time="00:00:06"),
        Block("It hasn’t: arms & oil are two things.", speaker=guest, time="00:00:07"),
        Block("Next question <please>.", speaker=guest, time="00:59:59"),
        Block("به\u200cزودی \U0001f30d", speaker=chair, time="00:59:59"),
    )
    assert (source.text, source.encoding) == ("", "utf-8")
    assert source.properties == {"language": "en-GB"}
    assert source.warnings == ()


def test_an_srt_file_becomes_blocks_with_speakers_and_times() -> None:
    source = read((FORMATS / "srt_interview.srt").read_bytes())
    minister = "MINISTER NOVÁK"
    assert source.blocks == (
        Block(
            "Minister, the European Council met twice. Why?",
            speaker="INTERVIEWER",
            time="00:00:01",
        ),
        Block(
            "Because the frozen assets were at stake & time was short. (laughter)",
            speaker=minister,
            time="00:00:06",
        ),
        Block("We shall meet again.", speaker=minister, time="00:01:12"),
        Block("- In Vienna?", time="00:01:15"),
        Block("- In Vienna.", time="00:01:15"),
    )
    assert source.encoding == "utf-8-sig"
    assert source.properties == {}


@pytest.mark.parametrize("name", ["vtt_debate.vtt", "srt_interview.srt"])
def test_no_visible_character_is_lost(name: str) -> None:
    data = (FORMATS / name).read_bytes()
    chunks = re.split(r"\n\s*\n", data.decode("utf-8-sig").replace("\r", ""))
    cues = [
        chunk.split("\n", 1 + ("-->" not in chunk.split("\n")[0]))[-1] for chunk in chunks if "-->" in chunk
    ]
    shown = [unescape(re.sub(r"<(?!v)[^>]*>|</v>|\{\\an8\}", "", cue)) for cue in cues]
    wanted = "".join(re.sub(r"<v\S* [^>]*>", "", cue) for cue in shown)
    blocks = read(data, name).blocks
    names = "INTERVIEWER:MINISTER NOVÁK:" if name.endswith("srt") else ""  # they are in speaker
    assert letters(wanted) == letters("".join(block.text for block in blocks) + names)


def letters(text: str) -> Counter[str]:
    return Counter(text) - Counter({" ": 10_000, "\n": 10_000})


# Running text --------------------------------------------------------------------------------------------


def test_a_sentence_is_not_cut_where_a_subtitle_ends() -> None:
    assert texts(srt("The Security", "Council met", "and voted.")) == ["The Security Council met and voted."]


def test_a_sentence_is_not_cut_by_a_pause() -> None:
    content = "00:01.000 --> 00:02.000\nThe Security\n\n00:30.000 --> 00:31.000\nCouncil.\n"
    assert texts(content) == ["The Security Council."]


@pytest.mark.parametrize("end", ["met.", "met?”", "met …", "رفت؟", "met. [Applause]", "met.\n(laughter)"])
def test_a_pause_after_a_sentence_begins_a_block(end: str) -> None:
    content = f"00:01.000 --> 00:02.000\nIt {end}\n\n00:07.000 --> 00:08.000\nThen.\n"
    blocks = read(content).blocks
    assert [block.time for block in blocks] == ["00:00:01", "00:00:07"]
    assert [block.text for block in read(content.replace("07.000 ", "05.000 ")).blocks] == [
        f"It {end} Then.".replace("\n", " ")
    ]


def test_a_long_text_is_cut_into_paragraphs_between_sentences() -> None:
    sentence = ["The delegates of all the member states that were", "present met again and talked."]
    blocks = read(srt(*sentence * 20)).blocks
    assert [len(block.text) for block in blocks] == [631, 631, 315]
    assert {block.text[:4] for block in blocks} == {"The "}
    assert {block.text[-7:] for block in blocks} == {"talked."}
    assert [block.time for block in blocks] == ["00:00:00", "00:00:32", "00:01:04"]


def test_a_full_stop_before_a_small_letter_ends_no_paragraph() -> None:
    assert len(texts(srt("x" * 700 + " approx.", "two weeks"))) == 1


def test_a_text_without_full_stops_is_cut_at_pauses_or_where_it_must() -> None:
    words = srt(*(f"and so {number} of them went on to talk" for number in range(101, 301)), every=1)
    assert [len(text) for text in texts(words)] == [3009, 3009, 979]
    paused = srt(*["and so they went on", "to talk about it"] * 20) + (
        "\n00:02:00.000 --> 00:02:02.000\nand then\n"
    )
    assert texts(paused)[-1] == "and then"


# Speakers ------------------------------------------------------------------------------------------------


def test_a_voice_tag_names_the_speaker() -> None:
    assert spoken(vtt("<v Ann>We", "<v Ann>agree.", "<v.loud Bo &amp; Co>No.</v>", "Silence.")) == [
        ("Ann", "We agree."),
        ("Bo & Co", "No."),
        ("", "Silence."),
    ]


def test_a_name_in_capitals_names_the_speaker_until_the_next_one() -> None:
    assert spoken(srt("JANE DOE: We", "agree.", "We do.", "BO: No.\nANN (V.O.): Yes.")) == [
        ("JANE DOE", "We agree. We do."),
        ("BO", "No."),
        ("ANN (V.O.)", "Yes."),
    ]


def test_the_name_of_who_goes_on_speaking_cuts_no_sentence() -> None:
    assert spoken(srt("ANN: We never", "ANN: agree.")) == [("ANN", "We never agree.")]


def test_other_names_count_only_if_they_come_twice() -> None:
    assert spoken(srt("Ann Lee: Yes.", "Bo: No.", "- Ann Lee: Why?")) == [
        ("Ann Lee", "Yes. Bo: No. Why?"),
    ]
    assert spoken(
        srt("نماینده: بله.", "Ursula von der Ey: Ja.", "نماینده: نه.", "Ursula von der Ey: So.")
    ) == [
        ("نماینده", "بله."),
        ("Ursula von der Ey", "Ja."),
        ("نماینده", "نه."),
        ("Ursula von der Ey", "So."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "At 12:30 we met.",
        "They told us: no.",
        "See https://example.org today.",
        "He told the\nBBC: no comment.",
        "What we want is: peace.",
        "“Peace”: a word.",
        ": no name",
        "7: a number",
    ],
)
def test_a_colon_alone_makes_no_speaker(text: str) -> None:
    for content in (srt(text), srt(text, text)):
        assert {speaker for speaker, _ in spoken(content)} == {""}


def test_dashes_and_arrows_begin_another_turn() -> None:
    assert spoken(srt("ANN: Why?", "- In Vienna", "again.", "- Never", ">> BO: Yes.", "&gt;&gt; No.")) == [
        ("ANN", "Why?"),
        ("", "- In Vienna again."),
        ("", "- Never"),
        ("BO", "Yes."),
        ("", ">> No."),
    ]
    assert texts(srt("- I thought\n- No")) == ["- I thought", "- No"]


def test_a_dash_within_a_sentence_begins_no_turn() -> None:
    assert texts(srt("The envoy\n– who had left –\nreturned.")) == ["The envoy – who had left – returned."]


# Captions that roll --------------------------------------------------------------------------------------


def test_captions_that_roll_are_read_once_and_that_is_said() -> None:
    source = read(srt("we met", "we met\nin Vienna", "in Vienna", "in Vienna\nno no", "no no\nno no"))
    assert [block.text for block in source.blocks] == ["we met in Vienna no no no no"]
    (warning,) = source.warnings
    assert warning.startswith("rolling captions: 4 lines that only repeat the subtitle before were left out;")


def test_a_repetition_elsewhere_is_text() -> None:
    source = read(srt("No.", "No.", "I said", "nothing", "at all."))
    assert [block.text for block in source.blocks] == ["No. No. I said nothing at all."]
    assert source.warnings == ()


def test_a_repetition_after_a_pause_is_text() -> None:
    assert texts("00:01.000 --> 00:02.000\nNo\n\n00:03.000 --> 00:04.000\nNo\n") == ["No No"]


# The file ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<i>a</i> <b>b</b> <u>c</u> <font color='red'>d</font>", "a b c d"),
        ("{\\an8}a {b} {\\pos(1,2)}c", "a {b} c"),
        ("a<br>b\\Nc", "a b c"),
        (
            "<laughs> 1 < 2 > 0 & AT&T &amp;amp; &lrm;x&#8211;&nbsp;y",
            "<laughs> 1 < 2 > 0 & AT&T &amp; \u200ex–\xa0y",
        ),
        ("line one\n\nline two", "line one line two"),
        ("in\n2024", "in 2024"),
        ("می\u200cخواهند \u200f(صلح)", "می\u200cخواهند \u200f(صلح)"),
    ],
)
def test_tags_go_and_words_stay(text: str, shown: str) -> None:
    assert texts(srt(text)) == [shown]


def test_every_tag_of_webvtt_goes_and_what_is_none_stays() -> None:
    text = "<c.yellow.bg>a</c> <lang en>b</lang> <ruby>c<rt>d</rt></ruby> <00:00:01.500>e <x>f <> 1 < 2 > 0"
    assert texts(vtt(text)) == ["a b cd e f  1 < 2 > 0"]


def test_notes_and_styles_of_webvtt_are_not_shown() -> None:
    content = (
        "WEBVTT\nKind: captions\n\nNOTE\nnot\nshown\n\nSTYLE\n::cue {}\n\n"
        "name\n00:01.000 --> 00:02.000\nShown.\n"
        "NOTE this\n\nNOTE not this\nnor this\n\nbut this\n\n00:03.000 --> 00:04.000\nToo."
    )
    assert texts(content) == ["Shown. NOTE this but this Too."]


@pytest.mark.parametrize(
    "content",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nand two.",
        "00:01.000 --> 00:02.000\nOne\n00:02.000 --> 00:03.000\nand two.",
        "WEBVTT\n00:01.000 --> 00:02.000\nOne\n\n\n\n00:02.000 --> 00:03.000 line:0\nand two.\n",
        "WEBVTT\r\n\r\na\r\n00:01.000 --> 00:02.000\r\nOne\r\n\r\nb\r\n00:02.000-->00:03.000\r\nand two.\r\n",
        "\ufeff1\n0:0:1 --> 0:0:2\nOne\n\n2\n00:00:2,5 --> 00:00:03,000 X1:1\nand two.",
        "\n\n0\n00:00:01:12 --> 00:00:02:12\nOne\n\n1\n00:00:02:13 --> 00:00:03:00\n\nand two.",
    ],
)
def test_files_that_bend_the_rules_are_read(content: str) -> None:
    (block,) = read(content).blocks
    assert block == Block("One and two.", time="00:00:01")


def test_a_number_that_does_not_count_on_is_text() -> None:
    assert texts("00:01.000 --> 00:02.000\nIt was\n1986\n00:02.000 --> 00:03.000\nthen") == [
        "It was 1986 then"
    ]


def test_the_encoding_is_found_and_named() -> None:
    source = read(srt("Genève 🌍").encode("utf-16"))
    assert (source.blocks[0].text, source.encoding) == ("Genève 🌍", "utf-16")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        ("WEBVTT\n", "holds no subtitles: no line has the form 00:00:01.000 --> 00:00:02.000"),
        ("Dear all", "holds no subtitles: no line has the form 00:00:01.000 --> 00:00:02.000"),
        (srt("", "<i></i>"), "holds no text"),
        (srt("a") + "\ntext\n\n1\n00:01 -> 00:02\nb", "line 8: the times of a subtitle cannot be read; "),
        (
            srt("a") + "\n2\nO0:00:03,000 --> 00:00:04,000\nb",
            "line 6: the times of a subtitle cannot be read; ",
        ),
        (srt("a") + "\n2\n00:00:03,000 00:00:04,000\nb", "line 6: the times of a subtitle cannot be read; "),
        (srt("a") + "\n2\n00:00:03,000 -->\nb", "line 6: the times of a subtitle cannot be read; "),
        ("1\n00:01 —> 00:02\nb", "line 2: the times of a subtitle cannot be read; "),
        (
            "WEBVTT\n\n00:01 -> 00:02\na\n\n00:03 --> 00:04\nb",
            "line 3: the times of a subtitle cannot be read; ",
        ),
        (
            "Lost\n\n1\n00:01 --> 00:02\na",
            "line 1: stands above the first subtitle; remove it or give it a time",
        ),
        ("WEBVTT\n\nLost\n\n00:01 --> 00:02\na", "line 3: stands above the first subtitle; remove it or "),
    ],
)
def test_what_is_wrong_is_said(content: bytes | str, words: str) -> None:
    assert reason(content).startswith(words)


PIECES = [
    *(
        "WEBVTT",
        "\n",
        "\n\n",
        "1",
        "2",
        "00:01.000 --> 00:02.000",
        "00:05 -> 00:06",
        "-->",
        "NOTE",
        "STYLE",
        "a b. ",
    ),
    *(
        "<v Ann>",
        "</v>",
        "<",
        ">",
        "&amp;",
        "&#0;",
        "&#1114112;",
        "{\\an8}",
        "ANN: ",
        "- ",
        ">>",
        ":",
        "[x]",
        " ",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_pieces_at_random_are_read_or_refused(pieces: list[str]) -> None:
    try:
        source = read("".join(pieces))
    except FileError as error:
        assert error.reason
    else:
        assert all(block.text for block in source.blocks)


@given(st.lists(st.text("abcXYZ .,?!\u200céژ漢", min_size=1).filter(str.strip), min_size=1))
def test_no_letter_of_any_cue_is_lost(cues: list[str]) -> None:
    source = read(srt(*cues))
    if not source.warnings:
        assert "".join("".join(texts(srt(*cues))).split()) == "".join("".join(cues).split())
