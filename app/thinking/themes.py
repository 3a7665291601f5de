"""Cards of several groups -> proposed themes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from . import glossary as glossaries
from .wording.communities import louvain
from .wording.features import Wording, rows_of
from .wording.fits import CLEARLY, fits, inner_similarity, lane, scores
from .wording.labels import keywords, medoid, title
from .wording.neighbours import echoed, nearest
from .wording.words import base_language, words

FINENESS = 3.0


def propose(request: dict) -> dict:
    """Themes for the cards of one session."""
    cards = sorted(request["cards"], key=lambda c: (c["text"], str(c["id"])))
    index = {c["id"]: i for i, c in enumerate(cards)}
    extra = request.get("glossary")
    texts = [] if extra is False else [glossaries.shipped_text()]
    if isinstance(extra, str):
        texts.append(open(extra, encoding="utf-8").read())
    glossary = glossaries.parse(*texts)
    pivot = language_of(cards, request.get("languages", ()), request.get("language"))
    compared = [text_in(c, pivot) for c in cards]
    wordings = [Wording(words(t, g), glossary.concepts(t, g)) for t, g in compared]
    rows = rows_of(wordings)
    pairs = [(index[a], index[b]) for a, b in request.get("echoes") or () if a in index and b in index]
    pairs = [(a, b) for a, b in pairs if cards[a]["group"] != cards[b]["group"]]
    graph = echoed(nearest(rows), pairs)
    label = louvain(graph, resolution(len(cards), len(pairs), request.get("finer") or FINENESS))
    parts = [[] for _ in range(max(label, default=-1) + 1)]
    for i, p in enumerate(label):
        parts[p].append(i)
    themes = [p for p in parts if len(p) > 1]
    tray = [cards[p[0]]["id"] for p in parts if len(p) == 1]
    score = scores(rows, themes, pairs)
    fit = fits(score, themes)
    inner = inner_similarity(rows, themes)
    chips = keywords(wordings, themes)
    everyone = {c["group"] for c in cards}
    result = []
    for t, theme in enumerate(themes):
        best = {}
        for i in theme:
            g = cards[i]["group"]
            best[g] = max(best.get(g, -9.0), fit[i])
        counted = sorted((g for g, f in best.items() if f > 0), key=str)
        m = medoid(theme, score[:, t], [c[0] for c in compared])
        order = sorted(theme, key=lambda i: (-fit[i], i))
        result.append(
            {
                "label": title(compared[m][0]),
                "keywords": chips[t],
                "card_ids": [cards[i]["id"] for i in order],
                "groups": counted,
                "lane": lane(len(counted), len(everyone)),
                "strength": "strong" if counted and all(best[g] > CLEARLY for g in counted) else "probable",
                "confidence": round(inner[t], 4),
                "medoid": cards[m]["id"],
                "fits": {cards[i]["id"]: round(fit[i], 4) for i in order},
            }
        )
    langs = {g for _, g in compared}
    return {"themes": result, "tray": tray, "language": pivot, "compared": len(langs) <= 1 or extra is not False}


def resolution(cards: int, echoes: int, finer: float) -> float:
    """The resolution of the communities: finer for more cards in a theme, coarser the more echoes there are."""
    usual = finer if cards <= 300 else finer * (300 / cards) ** 0.25
    return max(min(1.5, usual), usual / (1 + echoes / cards)) if cards else usual


def language_of(cards, preferred, asked):
    if asked:
        return base_language(asked)
    count = Counter(
        lang
        for c in cards
        for lang in dict.fromkeys([base_language(c.get("lang")), *map(base_language, c.get("translations") or {})])
    )
    order = {base_language(lang): n for n, lang in reversed(list(enumerate(preferred)))}
    return min(count, key=lambda lang: (-count[lang], order.get(lang, len(order)), lang), default=None)


def text_in(card, pivot):
    own = base_language(card.get("lang"))
    if own != pivot:
        for lang, text in (card.get("translations") or {}).items():
            if base_language(lang) == pivot and text:
                return text, pivot
    return card["text"], own
