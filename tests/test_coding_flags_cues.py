"""English cues, and words that look like cues, as speeches have them; the hit is "sanctions" throughout."""

import pytest

from rubricate.coding.cues import read_cues
from tests.flagged import flags

NEGATED = [
    ("The treaty on non-sanctions holds.", "negated"),  # "non-proliferation" is no proliferation
    ("The treaty on Non-Sanctions holds.", "negated"),
    ("The non-binding sanctions hold.", ""),
    ("Our non-discriminatory sanctions hold.", ""),
    ("We want a sanctions-free zone.", "negated"),
    ("They lifted sanctions free of charge.", ""),
    ("Our aim is zero sanctions.", "negated"),
    ("We have zero tolerance for breaking sanctions.", ""),
    ("It is anything but sanctions.", "negated"),
    ("The denial of sanctions surprised us.", "negated"),
    ("They declined to impose sanctions.", "negated"),
    ("They were barred from imposing sanctions.", "negated"),
    ("We want talks as opposed to sanctions.", "negated"),
    ("The sanctions do not exist.", "negated"),
    ("The sanctions never took place.", "negated"),
    ("Sanctions are out of the question.", "negated"),
    ("Sanctions were ruled out.", "negated"),
    ("Sanctions cannot be ruled out.", ""),
    ("Sanctions were not ruled out.", ""),
    ("Sanctions on oil and on gas do not exist.", ""),  # more than three words between
    ("We cannot rule out sanctions.", ""),
    ("They did not deny the sanctions.", ""),
    ("They never rejected sanctions.", ""),
    ("There is no lack of sanctions.", ""),
    ("There is no shortage of sanctions.", ""),
    ("No country is immune to sanctions.", ""),
    ("No one is safe from sanctions.", ""),
    ("We were not spared from sanctions.", ""),
    ("They are no strangers to sanctions.", ""),
    ("We cannot forget the sanctions.", ""),
    ("Leave no one behind, said those under sanctions.", "attributed"),
    ("Never in the history of sanctions was there more trade.", ""),
    ("Is it not time to end sanctions?", "question"),
    ("Do we not know that sanctions work?", "question"),
    ("It is not time to end sanctions.", "negated"),
    ("Freedom is denied, sanctions stay.", ""),
    ("Freedom is often denied in sanctions.", ""),
    ("They denied the sanctions.", "negated"),
    ("Talks are not enough, sanctions must come.", ""),
    ("We condemn, without reservation, the sanctions.", ""),
    ("There is no alternative to sanctions.", ""),
    ("The plan was rejected by those under sanctions.", ""),
]

HEDGED = [
    ("We would also welcome sanctions.", ""),
    ("I would strongly urge sanctions.", ""),
    ("I would sincerely like sanctions.", ""),
    ("It would look like sanctions.", "hedged"),
    ("It would also hurt through sanctions.", "hedged"),
    ("You would do well to study the sanctions.", ""),
    ("I could name many sanctions.", ""),
    ("We fight crime wherever it may hide, and sanctions too.", ""),
    ("Whatever they may say, sanctions work.", ""),
    ("However hard it may be, sanctions work.", ""),
    ("It is perhaps the greatest of all sanctions.", ""),
    ("It is probably the most severe of all sanctions.", ""),
    ("These are possibly the first sanctions.", ""),
    ("It is perhaps time for sanctions.", "hedged"),
    ("How is it possible that sanctions fail?", "question"),
    ("It is possible that sanctions fail.", "hedged"),
    ("Those most likely to suffer from sanctions agree.", ""),
    ("They are most likely to impose sanctions.", "hedged"),
    ("The potentially crippling effect of sanctions.", ""),
    ("A potentially endless row of sanctions.", ""),
    ("This is potentially a case for sanctions.", ""),
    ("These are potentially crippling sanctions.", "hedged"),
    ("With money and might, sanctions work.", ""),
    ("In the event of sanctions, trade falls.", "hedged"),
    ("There is a chance of sanctions.", "hedged"),
    ("The prospects for sanctions are good.", "hedged"),
    ("The prospects for peace in spite of sanctions are good.", ""),
]

ATTRIBUTED = [
    ("It should be stressed that sanctions work.", ""),
    ("It must also be noted that sanctions work.", ""),
    ("It has to be acknowledged that sanctions work.", ""),
    ("It must also be pointed out that sanctions work.", ""),
    ("It is hard to believe that sanctions work.", ""),
    ("It will be recalled that sanctions worked.", ""),
    ("It could be argued that sanctions work.", "hedged attributed"),
    ("It has been argued that sanctions work.", "attributed"),
    ("It goes without saying that sanctions work.", ""),
    ("Let me conclude by saying that sanctions work.", ""),
    ("He replied by saying that sanctions work.", "attributed"),
    ("Let me say that sanctions work.", ""),
    ("They say that sanctions work.", "attributed"),
    ("He went on to say that sanctions work.", "attributed"),
    ("Having said that, sanctions work.", ""),
    ("The Council has not said a word about the sanctions.", "negated"),
    ("Many have said that sanctions work.", "attributed"),
    ("I have said that sanctions work.", ""),
    ("As experts have said, sanctions work.", "attributed"),
    ("They recalled that sanctions work.", "attributed"),
    ("The bank estimates that sanctions work.", "attributed"),
    ("The report found that sanctions work.", "attributed"),
    ("Such states believe that sanctions work.", "attributed"),
    ("We firmly believe that sanctions work.", ""),
    ("Those who believe in talks fear sanctions.", ""),
    ("They did so on the pretext of sanctions.", "attributed"),
    ("They made claims about sanctions.", "attributed"),
    ("Under what they call smart sanctions.", "attributed"),
    ("The self-proclaimed masters of sanctions.", "attributed"),
    ("It is described as a war, ends all talks, feeds the worst of our fears and brings sanctions.", ""),
    ("It is described as the hardest of all sanctions.", "attributed"),
    ("Besides the sanctions, we praise our guest, who once said:", ""),
    ("He praised our guest, who once said that sanctions work.", "attributed"),
    ("We come after the meeting on sanctions, which has just concluded.", ""),
    ("Sanctions work, the committee concluded.", "attributed"),
]


@pytest.mark.parametrize(("text", "raised"), NEGATED + HEDGED + ATTRIBUTED)
def test_a_sentence_raises_flags(text, raised):
    assert flags(text)[0] == raised


@pytest.mark.parametrize("cue", [cue.text for cue in read_cues("negated", "en").behind])
def test_every_negating_cue_behind_raises_its_flag(cue):
    joint = "" if cue.startswith("-") else " "
    assert flags(f"the sanctions{joint}{cue} here") == ["negated"]
