"""The forms in which a word of a glossary stands in running text.

Stemmers are made to find, not to tell apart: theirs make *part* of *birth* in Spanish (parte, parto), *other* of
*friend* in Russian (другой, друг) and *the matter* of *woman* in Arabic (الأمر, امرأة). So a word of a card is led back
to entries by the endings of inflection alone. Languages without a table here are compared by their stems.
"""

import re
from functools import cache

from . import swahili
from .scripts import plain, without_article
from .words import stem

SHORTEST = 3
"""Letters that remain at least when an ending is taken off."""

_TABLES = {
    "en": """
        -: s es ed ing; e: es ed ing; y: ies ied; fe: ves; f: ves; man: men; ing: - s e es ed;
        ion: e es ed ing; ment: - s ed ing""",
    "fr": """
        -: s x e es; e: es; al: aux ale ales; au: aux; f: ve ves; eux: euse euses; eur: eurs euse euses rice rices;
        en: ens enne ennes; el: els elle elles; er: ers ere eres;
        er: e es é ée és ées ez ent ons ant ait aient era eront; ir: i ie is it issent issons ira iront;
        re: s ent ons u ue us ues; é: ée és ées""",
    "es": """
        -: s es; z: ces; o: a os as; or: ora ores oras;
        ar: a as an amos o e es en emos ado ada ados adas ando aron aba aban arse arlo arla arlos arlas arnos;
        er: e es en emos o a as an amos ido ida idos idas iendo io ieron ia ian erse erlo erla;
        ir: e es en imos o a as an amos ido ida idos idas iendo io ieron ia ian irse irlo irla""",
    "pt": """
        -: s es; ao: oes aes aos; al: ais; el: eis; il: is eis; ol: ois; ul: uis; m: ns; o: a os as; or: ora ores oras;
        eu: eia;
        ar: a as am amos o e es em emos ado ada ados adas ando aram ou ava avam armos arem;
        er: e es em emos o a am amos ido ida idos idas endo eu eram ia iam ermos erem;
        ir: e es em imos o a am amos ido ida idos idas indo iu iram ia iam irmos irem""",
    "ru": """
        -: а у ом ем е ы и ов ев ам ям ами ями ах ях; й: я ю ем е и ев ям ями ях;
        ь: и ю я ью ем е ей ям ями ях; а: ы и е у ой ою ей - ам ами ах; я: и е ю ей й ям ями ях;
        ия: ии ию ией ий иям иями иях; ие: ия ию ием ии ий иям иями иях; ье: ья ью ьем ьи ьям ьями ьях;
        о: а у ом е - ам ами ах; е: я ю ем и ей ям ями ях; ок: ка ку ком ке ки ков кам ками ках;
        ец: ца цу цем цом це цы цев цов цам цами цах; мя: мени менем мена мен менам менами менах;
        ы: - а е у ой ом ов ам ами ах; и: - а я е у ю ь ей ой ом ем ов ев ам ям ами ями ах ях;
        ья: ьи ье ью ьей ей ьев ьям ьями ьях; ки: ка ку ке кой кам ками ках ек ок; ии: ия ию ией ий иям иями иях;
        ый: ая ое ые ого ому ым ом ой ую ых ыми; ий: ая яя ое ее ие ого его ому ему им ом ем ой ей ую юю их ими;
        ой: ая ое ые ие ого ому ым им ом ую ых их ыми ими; ая: ой ую ые ых ым ыми; яя: ей юю ие их им ими;
        ые: ых ым ыми; ие: их им ими; ое: ого ому ым ом;
        ать: аю аешь ает аем аете ают ал ала али ало аю ай айте ают али; ять: яю яет яем яют ял яла яли;
        еть: ею еет еем еют ел ела ели; ить: ю у ишь ит им ите ят ат ил ила или; нуть: ну нет нем нут нул нула нули;
        овать: ую ует уем уют овал овала овали; ться: тся; иться: ится имся ятся ился илась ились;
        аться: аюсь ается аемся аются ался алась ались""",
}

_FRENCH_PARTICIPLE = re.compile(r"é(?=e?s?$)")
_DOUBLED = re.compile(r"([bdglmnprt])\1(?:ed|ing)$")
_PROCLITIC = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل|و?[بل]|و)(?=\w{3})")
_AND = re.compile(r"^و(?=\w{3})")
_ARABIC_TAILS = {
    "": ("ه", "ها", "هم", "هن", "نا", "كم", "ك", "ات", "اتنا", "اتهم", "اتها", "ين", "ون", "ان", "ا", "ي"),
    "ه": ("ات", "تنا", "تهم", "تها", "ته", "تكم", "تي", "اتنا", "اتهم", "اتها", "تين", "تان"),
    "ين": ("ون",),
    "ات": ("ه",),
}


@cache
def _endings(lang: str) -> dict[str, list[str]]:
    """Ending in a text -> endings of the entry that it may stand for."""
    endings: dict[str, list[str]] = {}
    for line in _TABLES[lang].split(";"):
        entry, forms = line.split(":")
        for form in forms.split():
            endings.setdefault(form.strip("-"), []).append(entry.strip().strip("-"))
    return endings


def key(word: str, lang: str) -> str:
    """Under what a glossary keeps a folded word of its own: without accents, but for those that tell words apart."""
    if lang == "fr" and (participle := _FRENCH_PARTICIPLE.search(word)):
        return plain(word[: participle.start()]) + word[participle.start() :]
    if lang == "ru":
        return word.replace("ё", "е")
    if lang in _TABLES or lang in ("ar", "sw"):
        return plain(word.replace("ñ", "ny"))
    return stem(word, lang)


@cache
def keys(word: str, lang: str) -> frozenset[str]:
    """The keys of the entries that a folded word of a text may be a form of, its own among them."""
    own = key(word, lang)
    if lang == "ar":
        return _arabic(own)
    if lang == "sw":
        return swahili.forms(own)
    if lang not in _TABLES:
        return frozenset((own,))
    endings, found = _endings(lang), {own}
    for length in range(min(7, len(own) - SHORTEST) + 1):
        base, form = own[: len(own) - length], own[len(own) - length :]
        found.update(base + entry for entry in endings.get(form, ()))
    if lang == "en" and (doubled := _DOUBLED.search(own)):
        found.add(own[: doubled.start() + 1])
    return frozenset(found)


def _arabic(word: str) -> frozenset[str]:
    """An Arabic word without what is written together with it: *and, in, to, like, the* before it, *my, his, their* and
    plurals after it."""
    heads = {word, without_article(word), _PROCLITIC.sub("", word), _AND.sub("", word)}
    found = set(heads)
    for head in heads:
        for entry, tails in _ARABIC_TAILS.items():
            found.update(
                head.removesuffix(tail) + entry
                for tail in tails
                if head.endswith(tail) and len(head) - len(tail) >= SHORTEST
            )
    return frozenset(found)
