"""The format of glossaries, how words are found, and that the shipped one is sound."""

import csv
import io

import pytest

from app.thinking.glossary import BadGlossary, parse, phrase, shipped_text
from app.thinking.wording.scripts import plain
from app.thinking.wording.stops import stop_words

SHIPPED = list(csv.reader(io.StringIO(shipped_text())))
LANGUAGES = SHIPPED[0][1:]

SMALL = """field,en,fr,sw,zh,es
water,water|drinking water,eau|eau potable,maji|maji ya kunywa,水|饮用水,agua
school,school,école,shule,学校,escuela
rights,rights,droits,haki,权利,derechos
rights,human rights,droits de l'homme,haki za binadamu,人权,derechos humanos
work,work,travail,kazi,工作,trabajo
work,out of work|unemployed,sans travail,hakuna kazi,失业,sin trabajo
family,birth,naissance,uzazi,分娩,parto
"""


def glossary(*texts):
    return parse(texts, frozenset(("en", "fr", "sw", "zh", "es", "ar")))


def test_words_of_five_languages_stand_for_one_concept():
    known = glossary(SMALL)
    texts = {"en": "Clean water!", "fr": "L'eau est chère", "sw": "Maji safi", "zh": "村里没有水", "es": "El agua"}
    assert {tuple(known.concepts(text, lang)) for lang, text in texts.items()} == {(1,)}
    assert known.fields[1] == "water"


def test_other_forms_of_a_word_are_found_by_their_stem():
    known = glossary(SMALL)
    assert known.concepts("Les écoles du village", "fr") == [2]
    assert known.concepts("shuleni", "sw") == [2]
    assert known.concepts("Schools", "en") == [2]


def test_a_word_that_only_shares_a_stem_is_not_taken_for_another():
    assert glossary(SMALL).concepts("la mayor parte", "es") == []


def test_the_longest_phrase_is_taken_function_words_included():
    known = glossary(SMALL)
    assert known.concepts("Human rights and rights", "en") == [4, 3]
    assert known.concepts("les droits de l’homme", "fr") == [4]
    assert known.concepts("Out of work, no work", "en") == [6, 5]
    assert known.concepts("饮用水", "zh") == [1]


def test_an_added_line_joins_the_concept_whose_word_it_names():
    known = glossary(SMALL, "en,sw\nwater,ziwa letu\n")
    assert known.concepts("ziwa letu", "sw") == known.concepts("water", "en") == known.concepts("eau", "fr")


def test_an_added_line_of_new_words_is_a_new_concept():
    known = glossary(SMALL, "en,fr\nbeehive,ruche\n")
    assert known.concepts("beehives", "en") == known.concepts("une ruche", "fr") == [8]


def test_a_byte_order_mark_and_missing_cells_are_fine():
    known = glossary("\ufeffen,fr\nwater\n\n,eau\n")
    assert known.concepts("water", "en") == [1]


@pytest.mark.parametrize("text", ["", "\n", "field\n", "water,eau,maji ya\n", "1,2\n", "en,fr\na,b,c\n"])
def test_what_is_no_glossary_is_refused_with_its_line(text):
    with pytest.raises(BadGlossary, match="line"):
        glossary(text)


def test_the_shipped_glossary_has_six_hundred_concepts_in_eight_languages():
    assert SHIPPED[0] == ["field", "en", "fr", "es", "pt", "ru", "ar", "sw", "zh"]
    assert len(SHIPPED) > 600
    assert all(len(line) == 9 and all(cell.strip() for cell in line[1:]) for line in SHIPPED)


def test_no_word_of_the_shipped_glossary_stands_for_two_concepts_or_for_none():
    owner, wrong = {}, []
    for n, line in enumerate(SHIPPED[1:], start=2):
        for lang, cell in zip(LANGUAGES, line[1:], strict=True):
            for word in cell.split("|"):
                key = phrase(word, lang)
                lone_function_word = not isinstance(key, str) and len(key) == 1 and plain(key[0]) in stop_words(lang)
                if not key or lone_function_word or owner.setdefault((lang, key), n) != n:
                    wrong.append((n, lang, word))
    assert wrong == []


def test_most_concepts_have_several_words_in_every_language():
    for n, lang in enumerate(LANGUAGES, start=1):
        several = sum("|" in line[n] for line in SHIPPED[1:])
        assert several > 0.8 * (len(SHIPPED) - 1), lang


ALL = parse((shipped_text(),), frozenset(LANGUAGES))
NAMES = {number: line[1].split("|")[0] for number, line in enumerate(SHIPPED[1:], start=1)}


@pytest.mark.parametrize(
    ("lang", "text", "concepts"),
    [
        ("en", "Planned meetings", ["planning", "meeting"]),
        ("en", "The buses and the libraries", ["bus", "literacy"]),
        ("fr", "Des agricultrices formées", ["agriculture", "training"]),
        ("fr", "Les journaux locaux", ["media", "premises"]),
        ("es", "Capacitaciones para las vecinas", ["training", "neighbour"]),
        ("es", "Trabajamos con campesinas", ["work", "agriculture"]),
        ("pt", "Hospitais e associações", ["hospital", "organisation"]),
        ("pt", "Participamos das reuniões", ["participation", "meeting"]),
        ("ru", "Учителям задерживают зарплату", ["teacher", "late payment"]),
        ("ru", "На рынках нет молодёжных мест", ["market"]),
        ("ru", "О женщинах и детях", ["woman", "child"]),
        ("ar", "وللمدارس معلمات", ["school", "teacher"]),
        ("ar", "سياراتنا وبيوتهم", ["car", "housing"]),
        ("sw", "Wanafunzi wanashiriki shuleni", ["student", "participation", "school"]),
        ("zh", "我们村里没有老师", ["village", "teacher"]),
    ],
)
def test_a_word_is_found_in_the_forms_of_its_inflection(lang, text, concepts):
    assert [NAMES[concept] for concept in ALL.concepts(text, lang)] == concepts


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "right now, even if it works fine"),
        ("en", "the products of an author"),
        ("en", "new and well"),
        ("fr", "par rapport à un seul"),
        ("fr", "maintenant, attention"),
        ("es", "la mayor parte de acuerdo"),
        ("es", "incluso el universo"),
        ("pt", "a maior parte, por exemplo"),
        ("ru", "другой странный угол"),
        ("ru", "возможно, в целом"),
        ("ar", "الأمر مثل نفسه"),
        ("ar", "في ظل هذا العالم الكبير"),
        ("sw", "kwa mfano, mara kwa mara"),
        ("zh", "一般来说没关系"),
    ],
)
def test_a_word_that_only_looks_like_another_is_not_taken_for_it(lang, text):
    assert [NAMES[concept] for concept in ALL.concepts(text, lang)] == []


def test_words_of_no_name_keep_what_they_hold_from_being_taken_for_something():
    known = glossary("field,en\nrights,rights|right\n-,right now\n")
    assert known.concepts("Right now we have no rights", "en") == [1]
    assert known.fields == {1: "rights"}
