"""Stems and forms of Swahili, for which Snowball has none: the commonest prefixes of verbs, locatives, last vowels.

Subject, tense and object stand before the root (wa-na-hitaji, ha-wa-tosh-i), a place ends in -ni (shule-ni), and the
last vowel tells moods apart (jenga, jenge). Noun classes are left alone: too many roots begin like a prefix.
"""

import re

_LOCATIVE = re.compile(r"(?<=\w{4})ni$")
_PREFIXES = (
    re.compile(r"^(?:mwana|wana(?=\w{4}))(?=[^aeiou]\w{3})"),
    re.compile(r"^ha(?:wa|tu|zi|ya|li|vi|ku|i|u)(?:ta|ja|ku)?(?=[^aeiou]\w{3})"),
    re.compile(r"^(?:ni|u|a|tu|wa|i|li|ya|ki|vi|zi|ku|pa)(?:na|li|ta|me|nge|si)(?:wa|tu|zi|ji)?(?=[^aeiou]\w{3})"),
    re.compile(r"^(?:tu|wa)(?=[^aeiou]\w{2,}e$)"),
    re.compile(r"^[hk]u(?=[^aeiou]\w{3})"),
)


def stem(token: str) -> str:
    """The root of a Swahili word, or something that its forms share; words of up to four letters unchanged."""
    token = _LOCATIVE.sub("", token)
    for prefix in _PREFIXES:
        root = prefix.sub("", token)
        if root != token:
            token = root
            break
    return token[:-1] if len(token) > 4 and token[-1] in "aei" else token


def forms(token: str) -> frozenset[str]:
    """The words that a Swahili word may be a form of: itself, without its place, and if it is a verb its root and
    infinitive, the last vowel as it is when nothing is denied (-i) or wished (-e)."""
    word = _LOCATIVE.sub("", token)
    root = next((root for prefix in _PREFIXES if (root := prefix.sub("", word)) != word), None)
    if root is None:
        return frozenset((token, word))
    told = root[:-1] + "a" if root.endswith("e") or (root.endswith("i") and word.startswith("ha")) else root
    return frozenset((token, word, root, "ku" + root, told, "ku" + told))
