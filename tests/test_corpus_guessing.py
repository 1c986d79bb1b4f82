from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.words.guessing import FEWEST_LETTERS, guess_language

SENTENCES = Path(__file__).parent / "data" / "sentences"
OURS = ("ar", "de", "en", "es", "fa", "fr", "ru", "tr", "zh")
ENGLISH = (
    "The Council adopted the resolution by fourteen votes. The delegation of Iran said that it would return "
    "to the talks when the sanctions were lifted, and thanked the Secretary-General for his good offices. "
)
NEIGHBOURS = {
    "ur": (
        "پاکستان نے سلامتی کونسل کی قرارداد کی حمایت کی ہے اور ایران سے مطالبہ کیا ہے کہ وہ مذاکرات دوبارہ "
        "شروع کرے۔ وزیر خارجہ نے کہا کہ پابندیوں کا اثر عام لوگوں پر پڑتا ہے، اس لیے سفارتی حل ضروری ہے۔ "
        "انہوں نے مزید کہا کہ دونوں ممالک کے درمیان دفاعی تعاون جاری رہے گا۔"
    ),
    "ps": (
        "د افغانستان د بهرنیو چارو وزارت وايي چې د سولې خبرې به بیا پیل شي. دوی زیاته کړه چې بندیزونه د خلکو "
        "لپاره ستونزې جوړوي او باید لرې شي. دواړو هېوادونو د پوځي همکارۍ په اړه یو تړون لاسلیک کړ او ژمنه یې "
        "وکړه چې د پولو امنیت به خوندي کړي."
    ),
    "uk": (
        "Україна підтримала резолюцію Ради Безпеки та закликала Іран повернутися до переговорів. Міністр "
        "закордонних справ заявив, що санкції мають залишатися чинними, доки не буде досягнуто домовленості. "
        "Він також додав, що співпраця у сфері оборони між двома державами триватиме й надалі."
    ),
    "be": (
        "Беларусь падтрымала рэзалюцыю Савета Бяспекі і заклікала Іран вярнуцца да перамоваў. Міністр "
        "замежных спраў заявіў, што санкцыі павінны заставацца ў сіле, пакуль не будзе дасягнута "
        "дамоўленасць. Ён таксама дадаў, што супрацоўніцтва ў галіне абароны паміж дзвюма краінамі будзе "
        "працягвацца."
    ),
    "bg": (
        "България подкрепи резолюцията на Съвета за сигурност и призова Иран да се върне към преговорите. "
        "Министърът на външните работи заяви, че санкциите трябва да останат в сила, докато не бъде "
        "постигнато споразумение. Той добави, че сътрудничеството в областта на отбраната между двете страни "
        "ще продължи."
    ),
    "az": (
        "Azərbaycan Təhlükəsizlik Şurasının qətnaməsini dəstəklədi və İranı danışıqlara qayıtmağa çağırdı. "
        "Xarici işlər naziri bildirdi ki, razılıq əldə olunana qədər sanksiyalar qüvvədə qalmalıdır. O əlavə "
        "etdi ki, iki ölkə arasında müdafiə sahəsində əməkdaşlıq davam edəcək."
    ),
    "pt": (
        "Portugal apoiou a resolução do Conselho de Segurança e exortou o Irão a regressar às negociações. O "
        "ministro dos Negócios Estrangeiros declarou que as sanções devem permanecer em vigor até que se "
        "alcance um acordo. Acrescentou ainda que a cooperação no domínio da defesa entre os dois países vai "
        "continuar."
    ),
    "nl": (
        "Nederland steunde de resolutie van de Veiligheidsraad en riep Iran op terug te keren naar de "
        "onderhandelingstafel. De minister van Buitenlandse Zaken verklaarde dat de sancties van kracht "
        "moeten blijven totdat er een akkoord is bereikt. Hij voegde eraan toe dat de samenwerking op het "
        "gebied van defensie zal worden voortgezet."
    ),
    "it": (
        "L’Italia ha sostenuto la risoluzione del Consiglio di sicurezza e ha invitato l’Iran a tornare ai "
        "negoziati. Il ministro degli Esteri ha dichiarato che le sanzioni devono restare in vigore finché "
        "non sarà raggiunto un accordo. Ha aggiunto che la cooperazione nel settore della difesa tra i due "
        "Paesi continuerà."
    ),
    "ca": (
        "Catalunya va donar suport a la resolució del Consell de Seguretat i va instar l’Iran a tornar a les "
        "negociacions. El ministre d’Afers Exteriors va declarar que les sancions han de continuar vigents "
        "fins que s’arribi a un acord. Va afegir que la cooperació en matèria de defensa entre els dos "
        "països continuarà."
    ),
    "ku": (
        "Tirkiyeyê piştgirî da biryara Konseya Ewlehiyê û ji Îranê xwest ku vegere danûstandinan. Wezîrê "
        "Karên Derve got ku divê ceza berdewam bikin heta ku lihevkirinek çêbibe. Wî her wiha got ku "
        "hevkariya di warê parastinê de dê di navbera her du welatan de berdewam bike."
    ),
    "ja": (
        "日本は安全保障理事会の決議を支持し、イランに交渉の席に戻るよう求めた。外務大臣は、合意に達するまで制裁は維持されなければ"
        "ならないと述べた。また、両国間の防衛協力は今後も続くと付け加えた。国際社会は中東地域の安定のために外交努力を続けるべきだ"
        "と強調した。"
    ),
    "tg": (
        "Тоҷикистон қатъномаи Шӯрои Амниятро дастгирӣ кард ва аз Эрон даъват намуд, ки ба гуфтушунидҳо "
        "баргардад. Вазири корҳои хориҷӣ изҳор дошт, ки таҳримҳо бояд то расидан ба созиш нигоҳ дошта "
        "шаванд. Ӯ илова кард, ки ҳамкорӣ дар соҳаи мудофиа байни ду кишвар идома хоҳад ёфт."
    ),
    "kk": (
        "Қазақстан Қауіпсіздік Кеңесінің қарарын қолдап, Иранды келіссөздерге қайта оралуға шақырды. Сыртқы "
        "істер министрі келісімге қол жеткізілгенге дейін санкциялар күшінде қалуы тиіс екенін мәлімдеді. Ол "
        "екі ел арасындағы қорғаныс саласындағы ынтымақтастық жалғасатынын айтты."
    ),
}
"""Texts in languages of which rubricate knows nothing, and which resemble one that it knows."""


def prose(language: str) -> str:
    return (
        (SENTENCES / f"{language}.txt").read_text("utf-8").replace("|", "") if language != "en" else ENGLISH
    )


@pytest.mark.parametrize("language", OURS)
def test_a_text_in_a_language_that_we_know_is_known(language: str) -> None:
    assert guess_language(prose(language)) == language
    assert guess_language(prose(language).upper()) in {language, ""}


@pytest.mark.parametrize("language", sorted(NEIGHBOURS))
def test_a_neighbour_is_not_taken_for_the_language_that_it_resembles(language: str) -> None:
    assert guess_language(NEIGHBOURS[language]) == language
    assert guess_language(NEIGHBOURS[language], OURS) == ""


@pytest.mark.parametrize("language", [*OURS, *NEIGHBOURS])
def test_no_piece_of_a_text_is_taken_for_another_language(language: str) -> None:
    text = NEIGHBOURS.get(language) or prose(language)
    pieces = (text[start : start + 120] for start in range(0, max(len(text) - 120, 1), 20))
    assert {guess_language(piece) for piece in pieces} <= {language, ""}


@pytest.mark.parametrize(
    "text", ["", " ", "OK", "1929 – 2231", "a" * (FEWEST_LETTERS - 1), "?" * 999, "\ud800" * 99]
)
def test_of_few_letters_nothing_is_said(text: str) -> None:
    assert guess_language(text) == ""


def test_what_is_no_language_is_none() -> None:
    assert guess_language("QX7-ZK " * 100) == ""
    assert guess_language("a" * 10_000, OURS) == ""


def test_only_the_named_languages_are_answers() -> None:
    assert guess_language(ENGLISH, ["en-GB", "fa"]) == "en"
    assert guess_language(ENGLISH, ["fa", "de"]) == ""


def test_a_foreign_title_and_sources_do_not_hide_the_language_of_a_text() -> None:
    title = (
        "Sanctions and the Foreign Policy of the Islamic Republic of Iran: A Study of Recent Negotiations\n\n"
    )
    assert guess_language(title + prose("fa")) == "fa"
    assert guess_language(title + prose("fa") * 3 + ENGLISH) == "fa"


def test_the_guess_is_the_same_each_time() -> None:
    assert {guess_language(prose("tr") * 50) for _ in range(3)} == {"tr"}


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert guess_language(text * 20, OURS) in {*OURS, ""}
