"""Which flags sentences in Russian, German, French and Persian raise: literal sentences, and every cue."""

import pytest

from rubricate.coding.cues import read_cues
from tests.flagged import flags, without

RUSSIAN = [
    ("Россия не вводит санкции.", "negated"),
    ("Никаких санкций не будет.", "negated"),
    ("Страна живёт без санкций.", "negated"),
    ("Новых санкций нет.", "negated"),
    ("Санкций не было.", "negated"),
    ("Отсутствие санкций помогает торговле.", "negated"),
    ("Министр опроверг санкции.", "negated"),
    ("Не только санкции мешают торговле.", ""),
    ("Без сомнения, санкции мешают.", ""),
    ("Торговля больше не знает санкций.", ""),
    ("Не переговоры, а санкции.", ""),
    ("Тем не менее санкции остаются.", ""),
    ("Совет может ввести санкции.", "hedged"),
    ("Санкции могут помешать торговле.", "hedged"),
    ("Возможно, санкции снимут.", "hedged"),
    ("Совет ввёл бы санкции.", "hedged"),
    ("Возможные санкции обсуждались.", "hedged"),
    ("Вряд ли санкции снимут.", "hedged"),
    ("Я хотел бы назвать санкции.", ""),
    ("Мы приложим все возможные санкции.", ""),
    ("Министр заявил, что санкции вредны.", "attributed"),
    ("По словам министра, санкции вредны.", "attributed"),
    ("Санкции вредны, — заявил министр.", "attributed"),
    ("Санкции вредны, как заявил министр.", "attributed"),
    ("Санкции, по мнению министра, вредны.", "attributed"),
    ("Москва обвиняет Запад в санкциях.", "attributed"),
    ("Так называемые санкции вредны.", "attributed"),
    ("«Санкции вредны», он знает.", "attributed"),
    ("Мы считаем, что санкции вредны.", ""),
    ("Якобы введены санкции.", "hedged attributed"),
    ("Почему санкции?", "question"),
    ("Министр спросил: «Почему санкции?»", "attributed question"),
    ("Санкции вредны.", ""),
    ("Отрицательные последствия санкций видны всем.", ""),  # negative is not denied
    ("Министр отрицает санкции.", "negated"),
    ("Военные возможности страны и санкции.", ""),  # abilities are no possibility
    ("Есть возможность санкций.", "hedged"),
    ("Не может быть санкций.", "negated"),
    ("Нет никаких сомнений, что санкции вредны.", ""),
    ("Это не что иное, как санкции.", ""),
    ("Надо предупреждать конфликты и санкции.", ""),  # to prevent, not to warn
    ("Министр предупреждает, что санкции вредны.", "attributed"),
]

GERMAN = [
    ("Der Rat verhängt keine Sanktionen.", "negated"),
    ("Ohne Sanktionen geht es.", "negated"),
    ("Der Rat hebt die Sanktionen nicht auf.", "negated"),
    ("Es gab niemals Sanktionen.", "negated"),
    ("Der Minister lehnt Sanktionen ab.", "negated"),
    ("Verhandlungen statt Sanktionen.", "negated"),
    ("Nicht nur Sanktionen helfen.", ""),
    ("Kein Zweifel, Sanktionen helfen.", ""),
    ("Keine Gespräche, sondern Sanktionen.", ""),
    ("Sanktionen helfen nicht nur dem Handel.", ""),
    ("Der Rat könnte Sanktionen verhängen.", "hedged"),
    ("Sanktionen dürften folgen.", "hedged"),
    ("Möglicherweise folgen Sanktionen.", "hedged"),
    ("Mögliche Sanktionen wurden besprochen.", "hedged"),
    ("Es wird wohl Sanktionen geben.", "hedged"),
    ("Das Wohl des Landes und Sanktionen.", ""),
    ("Ich würde gern über Sanktionen sprechen.", ""),
    ("Laut Teheran schaden Sanktionen dem Handel.", "attributed"),
    ("Der Minister behauptet, Sanktionen schadeten.", "attributed"),
    ("Der Minister sagte, dass Sanktionen schaden.", "attributed"),
    ("Sanktionen schaden, sagte der Minister.", "attributed"),
    ("Sanktionen schaden, wie der Minister sagte.", "attributed"),
    ("Sanktionen schaden, so der Minister.", "attributed"),
    ("Der Minister, der Sanktionen kennt, sagte, dass er reist.", ""),
    ("Moskau wirft dem Westen Sanktionen vor.", "attributed"),
    ("Die sogenannten Sanktionen.", "attributed"),
    ("„Sanktionen schaden.“ Er weiß es.", "attributed"),
    ("»Sanktionen schaden.« Er weiß es.", "attributed"),
    ("Wir sagten, dass Sanktionen schaden.", ""),
    ("Laut und deutlich gegen Sanktionen.", ""),
    ("Warum Sanktionen?", "question"),
    ("Sanktionen schaden.", ""),
    ("Die Würde des Menschen und die Sanktionen.", ""),  # a noun
    ("Der Rat würde Sanktionen verhängen.", "hedged"),
    ("Das Treffen fand in Genf statt und behandelte Sanktionen.", ""),
    ("Die Wahl findet statt, die Sanktionen bleiben.", ""),
    ("Statt Sanktionen gibt es Gespräche.", "negated"),
    ("Das Land lehnt sich an die Regeln der Sanktionen an.", ""),
    ("Der Bericht wirft einen Blick auf Sanktionen.", ""),
    ("Kritiker sagen, dass Sanktionen schaden.", "attributed"),
    ("Wir sagen, dass Sanktionen schaden.", ""),
]

FRENCH = [
    ("Le Conseil n’a pas levé les sanctions.", "negated"),
    ("Aucune des sanctions.", "negated"),
    ("Le commerce sans sanctions.", "negated"),
    ("L’absence de sanctions.", "negated"),
    ("Nous rejetons les sanctions.", "negated"),
    ("Non seulement les sanctions.", ""),
    ("Les pays non alignés et les sanctions.", ""),
    ("Pas de pourparlers, mais des sanctions.", ""),
    ("Le Conseil pourrait lever les sanctions.", "hedged"),
    ("Les sanctions pourraient suivre.", "hedged"),
    ("Des sanctions éventuelles.", "hedged"),
    ("D’éventuelles sanctions.", "hedged"),
    ("L’Iran aurait contourné les sanctions.", "hedged"),
    ("Il semble que les sanctions nuisent.", "hedged"),
    ("Lever dès que possible les sanctions.", ""),
    ("Selon le ministre, les sanctions nuisent.", "attributed"),
    ("Les sanctions nuisent, selon le ministre.", "attributed"),
    ("Le ministre a déclaré que les sanctions nuisent.", "attributed"),
    ("Les sanctions nuisent, a déclaré le ministre.", "attributed"),
    ("Les sanctions nuisent, comme le ministre a dit.", "attributed"),
    ("Le ministre, malgré les sanctions, a déclaré que le commerce croît.", ""),
    ("Téhéran accuse l’Occident des sanctions.", "attributed"),
    ("De prétendues sanctions.", "attributed"),
    ("« Les sanctions nuisent », il le sait.", "attributed"),
    ("L’« arme des sanctions » nuit.", "attributed"),
    ("Nous avons dit que les sanctions nuisent.", ""),
    ("Selon les principes de la Charte, les sanctions cessent.", ""),
    ("Pourquoi les sanctions ?", "question"),
    ("Les sanctions nuisent.", ""),
    ("L’Iran ne connaît que des sanctions.", ""),  # only
    ("Il ne s’agit que de sanctions.", ""),
    ("Le Conseil n’impose que des sanctions.", ""),
    ("L’Iran ne pense pas que les sanctions nuisent.", "negated"),
    ("Le pays ne connaît plus de sanctions.", ""),
    ("C’est un pas décisif vers des sanctions.", ""),  # a step
    ("Ce n’est pas une affaire de sanctions.", "negated"),
    ("Le traité de non-sanctions tient.", "negated"),
    ("Il souligne que les sanctions nuisent.", "attributed"),
    ("Je souligne que les sanctions nuisent.", ""),
]

PERSIAN = [
    ("تجارت بدون تحریم.", "negated"),
    ("هیچ تحریم تازه‌ای.", "negated"),
    ("ایران تحریم را نمی‌پذیرد.", "negated"),
    ("ایران تحریم را نمی پذیرد.", "negated"),
    ("تحریم راه حل نیست.", "negated"),
    ("شورا تحریم را لغو نکرد.", "negated"),
    ("نه تنها تحریم بلکه جنگ.", ""),
    ("بدون تردید تحریم اثر دارد.", ""),
    ("تحریم اثر دارد اما جنگ نیست.", ""),
    ("شاید تحریم لغو شود.", "hedged"),
    ("تحریم ممکن است ادامه یابد.", "hedged"),
    ("شورا می‌تواند تحریم را لغو کند.", "hedged"),
    ("به نظر می‌رسد تحریم ادامه دارد.", "hedged"),
    ("احتمالاً تحریم لغو شود.", "hedged"),
    ("وزیر گفت که تحریم اثر دارد.", "attributed"),
    ("به گفته وزیر، تحریم اثر دارد.", "attributed"),
    ("وزیر ادعا می‌کند که تحریم اثر دارد.", "attributed"),
    ("ایران غرب را به تحریم متهم کرد.", "attributed"),
    ("به اصطلاح تحریم هوشمند.", "attributed"),
    ("«تحریم اثر دارد» این را می‌داند.", "attributed"),
    ("گفت‌وگو درباره تحریم ادامه دارد.", ""),
    ("گفت و گوهای تازه درباره تحریم.", ""),
    ("ما گفته است تحریم بس است.", ""),
    ("چرا تحریم؟", "question"),
    ("تحریم اثر دارد.", ""),
    ("از نظر امنیتی تحریم مهم است.", ""),
    ("از نظر وزیر تحریم مهم است.", "attributed"),
]

SENTENCES = [
    (language, text, raised)
    for language, rows in (("ru", RUSSIAN), ("de", GERMAN), ("fr", FRENCH), ("fa", PERSIAN))
    for text, raised in rows
]


@pytest.mark.parametrize(("language", "text", "raised"), SENTENCES)
def test_a_sentence_raises_flags(language, text, raised):
    assert flags(text, language) == [raised]


WORDS = {"ru": "санкции", "de": "Sanktionen", "fr": "sanctions", "fa": "تحریم"}


def cues_of(language, flag, name):
    return [cue.text.replace("*", "x") for cue in getattr(read_cues(flag, language), name)]


def every(name):
    """The languages and flags that have such cues."""
    flags = ("negated", "hedged", "attributed")
    some = [(language, flag) for language in WORDS for flag in flags if cues_of(language, flag, name)]
    return pytest.mark.parametrize(("language", "flag"), some)


@every("cues")
def test_every_cue_raises_its_flag(language, flag):
    cues = cues_of(language, flag, "cues")
    assert without(flag, cues, [f"x {cue} {WORDS[language]}" for cue in cues], language) == []


@every("behind")
def test_every_cue_behind_raises_its_flag(language, flag):
    cues, word = cues_of(language, flag, "behind"), WORDS[language]
    texts = [f"{word}{'' if cue.startswith(',') else ' '}{cue} x" for cue in cues]
    assert without(flag, cues, texts, language) == []


@every("closing")
def test_every_closing_cue_closes_a_clause(language, flag):
    cues = cues_of(language, flag, "closing")
    assert without(flag, cues, [f"{WORDS[language]} x, y {cue}." for cue in cues], language) == []


@every("pseudo")
def test_no_pseudo_cue_raises_its_flag(language, flag):
    pseudos = cues_of(language, flag, "pseudo")
    assert without(flag, pseudos, [f"x {one} {WORDS[language]}" for one in pseudos], language) == pseudos


@pytest.mark.parametrize("language", WORDS)
def test_negation_is_judged_in_every_language_with_cues(language):
    assert read_cues("negated", language)
    assert len(read_cues("hedged", language).cues) >= 20
    assert len(read_cues("attributed", language).cues) >= 20
