"""Text of any script to plain tokens."""

import re
import unicodedata

_HARAKAT = dict.fromkeys((*range(0x064B, 0x0653), 0x0670, 0x0640))
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
_ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})")
_ELISION = re.compile(
    r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|presqu|dell|nell|dall|sull|all|un|gl|quest|quell)['’]",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_UNSPACED = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"  # kana, Han
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"  # Thai, Lao, Burmese, Khmer
)
_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезиклмнопрстуфхцыэієґ", "abvgdeziklmnoprstufhcieieg", strict=True)),
        **{"ж": "zh", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "iu", "я": "ia"},
    }
)


def base_language(lang: str | None) -> str:
    """`pt-BR` -> `pt`; unknown or missing -> the empty string."""
    return re.split(r"[-_]", lang or "", maxsplit=1)[0].lower()


class _Separators(dict):
    """A table for `str.translate`: letters, digits and marks stay, all else becomes a space."""

    def __missing__(self, codepoint: int) -> int:
        kept = unicodedata.category(chr(codepoint))[0] in "LNM"
        self[codepoint] = codepoint if kept else 0x20
        return self[codepoint]


_separators = _Separators()


def split(text: str, lang: str) -> list[str]:
    """Runs of letters, digits and marks as written, elisions off; a run of a script without spaces is one token."""
    text = unicodedata.normalize("NFKC", text)
    if lang in ("fr", "it", "ca", "oc"):
        text = _ELISION.sub(" ", text)
    if lang == "en":
        text = _POSSESSIVE.sub(" ", text)
    spaced = _UNSPACED.sub(lambda run: f" {run.group()} ", text)
    return spaced.translate(_separators).split()


def fold(token: str) -> str:
    """The token in one spelling: small letters, no Arabic vowel signs, Arabic letter variants as one."""
    return token.casefold().translate(_HARAKAT).translate(_ARABIC_LETTERS)


def unspaced(token: str) -> bool:
    """Whether the token is of a script that puts no space between words (Han, kana, Thai, Lao, Burmese, Khmer)."""
    return _UNSPACED.match(token) is not None


def bigrams(run: str) -> list[str]:
    """Overlapping pairs of letters of an unspaced run; the run itself if it has one letter."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def without_article(token: str) -> str:
    """An Arabic word without its leading al-, wal-, bil-, fal-, kal-, lil-; other words unchanged."""
    return _ARABIC_ARTICLE.sub("", token)


def plain(word: str) -> str:
    """The word without the accents of Latin, Greek and Cyrillic letters; vowel signs of other scripts stay."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not "\u0300" <= c <= "\u036f")


def latin(word: str) -> str:
    """A plain word with its Cyrillic letters transliterated, so that names meet across alphabets."""
    return word.translate(_CYRILLIC)
