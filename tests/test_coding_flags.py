"""Which flags English sentences raise, rule by rule of docs/flags.md; negation: test_coding_segments.py."""

import pytest

from rubricate.coding.cues import read_cues
from tests.flagged import coded, document, flags, flags_of, without

HEDGED = [
    ("They may impose sanctions.", "hedged"),
    ("Sanctions may follow.", "hedged"),
    ("Sanctions on oil and gas might follow.", "hedged"),  # four words between
    ("Sanctions on oil, gas and coal might follow.", ""),  # five, and a comma
    ("It might a b c d e f g h sanctions.", "hedged"),  # eight
    ("It might a b c d e f g h i sanctions.", ""),
    ("MAY IMPOSE SANCTIONS", ""),  # only a small may is no month and no wish
    ("In May the sanctions ended.", ""),
    ("May 2015 brought sanctions.", ""),
    ("May I speak of sanctions?", "question"),
    ("May God end the sanctions.", ""),
    ("I would like to speak of sanctions.", ""),
    ("We would also like to end sanctions.", ""),
    ("I could not agree more on sanctions.", ""),
    ("They would lift sanctions.", "hedged"),
    ("The military might of sanctions.", ""),
    ("Iran is reportedly under sanctions.", "hedged"),
    ("Possible sanctions were named.", "hedged"),
    ("Possible new sanctions were named.", "hedged"),
    ("Possible new harsh sanctions were named.", ""),  # an adjective reaches its noun
    ("It is possible to lift sanctions.", ""),
    ("Lift sanctions as soon as possible.", ""),
    ("It is likely to impose sanctions.", "hedged"),
    ("It appears to be under sanctions.", "hedged"),
    ("The prospect of sanctions.", "hedged"),
    ("They may talk, but sanctions stay.", ""),
    ("They may talk; sanctions stay.", ""),
    ("They may talk (sanctions stay).", ""),
    ("They may talk – sanctions stay.", ""),
    ("They may talk, embargo or impose sanctions.", "hedged"),
    ("Beside sanctions, they may talk.", ""),  # from behind, no cue reaches over a comma
    ("They may; sanctions stay.", ""),
    ("They may but sanctions stay.", ""),
    ("They may talk. Sanctions stay.", ""),
    ("They may talk.\n\nSanctions stay.", ""),
    ("They may not lift sanctions.", "negated hedged"),
    ("A would-be sanctions regime.", "hedged"),
    ("A may-be sanctions regime.", ""),
]

ATTRIBUTED = [
    ("Iran accuses the West of sanctions.", "attributed"),
    ("He claims that sanctions work.", "attributed"),
    ("Territorial claims and sanctions.", ""),
    ("She said sanctions work.", "attributed"),
    ("According to Iran, sanctions work.", "attributed"),
    ("Sanctions work, according to Iran.", "attributed"),
    ("Sanctions, according to Iran, work.", "attributed"),
    ("Sanctions end according to Iran.", ""),  # no comma
    ("Sanctions end, according to article 5.", ""),
    ("According to international law, sanctions end.", ""),
    ("In the words of the minister, sanctions work.", "attributed"),
    ("As the minister put it, sanctions work.", "attributed"),
    ("To put it bluntly, sanctions work.", ""),
    ("Sanctions work, the minister said.", "attributed"),
    ("Sanctions work, as Kofi Annan once put it.", "attributed"),
    ("Sanctions work, he claimed!", "attributed"),
    ("Sanctions work, he claimed", "attributed"),  # the paragraph ends
    ("Sanctions work, he said, and so do talks.", "attributed"),
    ("Talks, he said, and sanctions.", "attributed"),
    ("Sanctions work, the ministry said in a statement.", "attributed"),
    ("Sanctions work, he said on Monday.", "attributed"),
    ("After the sanctions, he said that trade fell.", ""),
    ("After the sanctions, he said trade fell.", ""),
    ("Sanctions work, but he said.", ""),
    ("Sanctions work, said.", ""),  # nobody says it
    ("Sanctions work, one two three four five six seven said.", "attributed"),
    ("Sanctions work, one two three four five six seven eight said.", ""),
    ("Sanctions work; talks too, he said.", ""),
    ("Sanctions work. Talks too, he said.", ""),
    ("The talks, the sanctions: all failed, he said.", "attributed"),
    ("I said that sanctions work.", ""),
    ("We have always said that sanctions work.", ""),
    ("My delegation believes that sanctions work.", ""),
    ("As we know, he said that sanctions work.", "attributed"),
    ("Oman believes that sanctions work.", "attributed"),
    ("That being said, sanctions work.", ""),
    ("Under the said resolution, sanctions work.", ""),
    ("The so-called sanctions.", "attributed"),
    ("He said little, but sanctions work.", ""),
    ("He said little; sanctions work.", ""),
    ("He said: sanctions work.", "attributed"),
    ("He said this (the sanctions).", "attributed"),
    ("He said. Sanctions work.", ""),
    ("He said no sanctions would follow.", "negated hedged attributed"),
]

QUESTIONS = [
    ("Why sanctions?", "question"),
    ("Why sanctions? Because.", "question"),
    ("Why talks? Sanctions.", ""),
    ("Why sanctions?!", "question"),
    ("(Why sanctions?)", "question"),
    ("He asks: “Why sanctions?”", "attributed question"),
    ("“Why sanctions”?", "attributed question"),
    ("« Pourquoi sanctions ? »", "attributed question"),
    ("Warum sanctions؟", "question"),
    ("Why sanctions？", "question"),
    ("Why sanctions?\u200f", "question"),
    ("The question “why?” is about sanctions.", ""),
    ("Why sanctions\n\nnow?", ""),
    ("Why? Sanctions …", ""),
    ("Why sanctions?" + "!" * 8, "question"),
    ("Why sanctions?" + "!" * 9, ""),  # that is far enough
    ("Sanctions", ""),
]


@pytest.mark.parametrize(("text", "raised"), HEDGED + ATTRIBUTED + QUESTIONS)
def test_a_sentence_raises_flags(text, raised):
    assert flags(text)[0] == raised


@pytest.mark.parametrize(("text", "raised"), HEDGED + ATTRIBUTED + QUESTIONS)
def test_long_sentences_before_it_change_no_flag_of_a_sentence(text, raised):
    """Then the sentences of segments are the smaller part of what is read, and are looked at apart."""
    before = "Nobody in the harbour of the old town had ever heard of it before. " * 9
    assert flags(before + text)[0] == raised


@pytest.mark.parametrize(
    "behind", ["", "Nobody in the harbour of the old town had ever heard of it before. " * 9]
)
def test_a_segment_without_words_hides_no_cue_in_the_sentence_behind_it(behind):
    text = document(f":)\n\nThey may impose sanctions. {behind}")
    found = coded(text, codebook="codes: {x: {terms: {any: [':)', sanction]}}}")
    assert found.segments.hedged.tolist() == [False, True]


def written(cues):
    """The cues as they could stand in a text."""
    return [cue.text.replace("*", "Mon") for cue in cues]


OTHERS = [
    ("We reject the so-called sanctions.", "negated attributed"),
    ("We fear the allegations of sanctions.", "attributed"),
    ("I read reports of sanctions.", "attributed"),
    ("We know they believe that sanctions work.", "attributed"),
    ("I think he said that sanctions work.", "attributed"),
    ("I am told that sanctions work.", "attributed"),
    ("My country is accused of evading sanctions.", "attributed"),
    ("We said that sanctions work.", ""),
    ("We believe that sanctions work.", ""),
]

COLONS = [
    ("Under the sanctions, the minister said:", ""),
    ("After years of sanctions, the minister noted: “Words last.”", ""),
    ("Sanctions work, the minister said.", "attributed"),
    ("Sanctions work, the minister said!", "attributed"),
]


@pytest.mark.parametrize(("text", "raised"), OTHERS)
def test_speakers_who_speak_of_themselves_do_not_silence_others(text, raised):
    assert flags(text) == [raised]


@pytest.mark.parametrize(("text", "raised"), COLONS)
def test_a_colon_opens_what_is_said_and_closes_nothing(text, raised):
    assert flags(text) == [raised]


def every(language, flag, *names):
    return [text for name in names for text in written(getattr(read_cues(flag, language), name))]


either = pytest.mark.parametrize("flag", ["hedged", "attributed"])


@either
def test_every_cue_raises_its_flag(flag):
    cues = every("en", flag, "cues", "anybody")
    assert cues
    assert without(flag, cues, [f"it had {cue} sanctions" for cue in cues]) == []


@either
def test_every_cue_behind_raises_its_flag(flag):
    cues = every("en", flag, "behind")
    texts = [f"the sanctions{'' if cue.startswith(',') else ' '}{cue} end" for cue in cues]
    assert cues
    assert without(flag, cues, texts) == []


def test_every_closing_cue_closes_a_clause():
    cues = every("en", "attributed", "closing")
    found = flags_of([f"the sanctions end, the minister {cue}." for cue in cues])
    assert cues
    assert dict(zip(cues, found, strict=True)) == {one: ["attributed"] for one in cues}


@either
def test_no_pseudo_cue_raises_its_flag(flag):
    pseudos = every("en", flag, "pseudo")
    assert pseudos
    assert without(flag, pseudos, [f"it was {pseudo} sanctions" for pseudo in pseudos]) == pseudos


def test_who_speaks_of_themselves_attributes_nothing():
    owns = every("en", "attributed", "own")
    silent = flags_of([f"{own} never really ever said sanctions" for own in owns])
    spoken = flags_of([f"{own} did never really ever said sanctions" for own in owns])
    assert owns
    assert dict(zip(owns, silent, strict=True)) == {one: ["negated"] for one in owns}
    assert dict(zip(owns, spoken, strict=True)) == {one: ["negated attributed"] for one in owns}


def test_a_flag_in_a_language_without_cues_is_not_judged_but_a_question_always_is():
    batch = coded(document("“no sanctions?”", "tr"), document("no sanctions", "en"), document("x", "fr"))
    judged = {flag: where.tolist() for flag, where in batch.judged.items()}
    known = [False, True, True]
    assert judged == {"negated": known, "hedged": known, "attributed": known, "question": [True] * 3}
    assert flags("“Sie may sanctions?”", "tr") == ["question"]


def test_a_document_without_a_language_is_judged_in_the_codebooks():
    assert flags("He said no sanctions.", "") == ["negated attributed"]


def test_each_document_of_a_batch_is_judged_in_its_own_language():
    batch = coded(
        document("no sanctions, pas de sanctions", "en"), document("no sanctions, pas sanctions", "fr")
    )
    assert batch.segments.negated.tolist() == [True, True, False, True]  # within five words of "no"


def test_a_dash_without_spaces_parts_and_a_hyphen_does_not():
    assert flags("They may talk—sanctions stay.") == [""]
    assert flags("They may talk-sanctions.") == ["hedged"]


def test_a_sentence_of_marks_is_no_question_because_the_one_before_it_is():
    assert flags("Why sanctions? “…” ") == ["question"]
    marks = coded(document("Why? …"), codebook="codes: {x: {terms: {any: ['…']}}}").segments
    assert marks.question.tolist() == [False] * len(marks)


def test_a_cue_at_the_end_of_a_sentence_is_not_at_the_beginning_of_the_next():
    assert flags("Sanctions, if they might. Sanctions stay. Might sanctions stay.") == ["", "", "hedged"]


def test_a_text_without_words_has_no_flags():
    assert flags("?") == []
    assert flags("") == []
