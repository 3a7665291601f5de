"""The cards of one session made ready for comparing: one language where possible, one order, rows, echoes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..glossary import Glossary, parse
from .features import Wording, rows_of
from .neighbours import Graph, balanced, echoed, nearest
from .scripts import base_language
from .sparse import Rows
from .words import words

COVERED = 0.5
"""A glossary covers a language if it finds a concept in this share of its cards."""


@dataclass(frozen=True)
class Board:
    """Cards in the order of (text, id); everything else refers to them by their place in it.

    `texts`, `languages`: what is compared of each card. `pivot`: the language of the comparison. `echoes`: pairs of
    cards of different groups, one for each person who linked them, and those of `must` at least once. `must`: pairs
    that a facilitator said are the same; `cannot`: pairs of which one said that they aren't.
    """

    ids: list[str]
    groups: list[str]
    texts: list[str]
    languages: list[str]
    pivot: str | None
    wordings: list[Wording]
    glossary: Glossary
    echoes: list[tuple[int, int]]
    must: list[tuple[int, int]]
    cannot: list[tuple[int, int]]

    @cached_property
    def place(self) -> dict[str, int]:
        """Card id -> its place."""
        return {card: i for i, card in enumerate(self.ids)}

    @cached_property
    def rows(self) -> Rows:
        """The cards' features."""
        return rows_of(self.wordings)

    @cached_property
    def similar(self) -> Graph:
        """The ties of wording alone, as similarities."""
        graph = nearest(self.rows, () if self.uncovered else self.languages)
        for a, b in self.cannot:
            graph[a].pop(b, None)
            graph[b].pop(a, None)
        return graph

    @cached_property
    def graph(self) -> Graph:
        """The ties of wording and echoes."""
        return echoed(balanced(self.similar), self.echoes)

    @cached_property
    def uncovered(self) -> list[str]:
        """The languages whose cards can't be compared with those of other languages; none if all is in one."""
        concepts = defaultdict(list)
        for lang, wording in zip(self.languages, self.wordings, strict=True):
            concepts[lang].append(bool(wording.concepts))
        if len(concepts) < 2:
            return []
        return sorted(lang for lang, found in concepts.items() if sum(found) < COVERED * len(found))

    @cached_property
    def writing_groups(self) -> list[str]:
        """The groups that wrote a card."""
        return sorted(set(self.groups), key=str)


def read(request: Mapping, glossaries: Sequence[str]) -> Board:
    """The board of a request with `cards` and perhaps `echoes`, `must`, `cannot`, `languages` (the workshop's),
    `language` (asked for).

    Pairs with an unknown card and echoes between cards of one group are left out; what is in `cannot` is in nothing
    else. `glossaries`: CSV texts, used where languages have to meet: within one language concepts blur more than they
    join. Raises BadGlossary.
    """
    cards = sorted(request["cards"], key=lambda card: (card["text"], str(card["id"])))
    asked = base_language(request.get("language"))
    pivot = asked or _commonest_language(cards, request.get("languages") or ())
    compared = [_text_in(card, pivot) for card in cards]
    spoken = frozenset(lang for _, lang in compared)
    glossary = parse(tuple(glossaries), spoken if len(spoken) > 1 else frozenset())
    wordings = [_wording(text, lang, glossary) for text, lang in compared]
    place, groups = {card["id"]: i for i, card in enumerate(cards)}, [card["group"] for card in cards]
    echoes, must, cannot = (_pairs(request.get(key), place) for key in ("echoes", "must", "cannot"))
    must = sorted(set(must) - set(cannot))
    linked = [(a, b) for a, b in echoes if groups[a] != groups[b] and (a, b) not in cannot]
    return Board(
        ids=[card["id"] for card in cards],
        groups=groups,
        texts=[text for text, _ in compared],
        languages=[lang for _, lang in compared],
        pivot=pivot,
        wordings=wordings,
        glossary=glossary,
        echoes=sorted(linked + [pair for pair in must if pair not in linked]),
        must=must,
        cannot=sorted(set(cannot)),
    )


def _pairs(asked: Iterable[tuple[str, str]] | None, place: Mapping[str, int]) -> list[tuple[int, int]]:
    known = [(place[a], place[b]) for a, b in asked or () if a in place and b in place]
    return [(min(a, b), max(a, b)) for a, b in known if a != b]


def _wording(text: str, lang: str, glossary: Glossary) -> Wording:
    concepts = glossary.concepts(text, lang)
    return Wording(words(text, lang), concepts, [glossary.fields[c] for c in concepts if c in glossary.fields])


def _commonest_language(cards: Iterable[Mapping], preferred: Sequence[str]) -> str | None:
    """The language in which most cards have a text or a translation; of equals the first of the workshop's."""
    count = Counter()
    for card in cards:
        translated = [lang for lang, text in (card.get("translations") or {}).items() if text]
        count.update({base_language(lang) for lang in (card.get("lang"), *translated) if lang})
    rank = {base_language(lang): -n for n, lang in enumerate(preferred)}
    best = min(count, key=lambda lang: (-count[lang], -rank.get(lang, -len(preferred)), lang), default="")
    return best or None


def _text_in(card: Mapping, pivot: str | None) -> tuple[str, str]:
    """The text that is compared, and its language; a card that names none is taken to be in the pivot."""
    own = base_language(card.get("lang")) or pivot or ""
    translations = {} if own == pivot else card.get("translations") or {}
    return next(
        ((text, pivot) for lang, text in sorted(translations.items()) if base_language(lang) == pivot and text),
        (card["text"], own),
    )
