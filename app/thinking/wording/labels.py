"""What a theme is called: its most typical card, and the words that set it apart."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from .features import Wording

LONGEST_TITLE = 60


def medoid(theme: Sequence[int], score: Sequence[float], texts: Sequence[str]) -> int:
    """The card most similar to the rest of its theme; of those within a tenth of it the shortest."""
    best = max(score[i] for i in theme)
    return min((i for i in theme if score[i] >= 0.9 * best - 1e-12), key=lambda i: (len(texts[i]), i))


def title(text: str) -> str:
    """The text in one line, cut between words at about 60 characters."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    head = line[: LONGEST_TITLE - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:.-–") + "…"


def keywords(wordings: Sequence[Wording], themes: Sequence[Sequence[int]], count: int = 3) -> list[list[str]]:
    """For each theme the words that set it apart, in their commonest form.

    c-TF-IDF (Grootendorst 2022): frequency in the theme times ln(1 + mean words of a theme / frequency in all). Words
    of two cards of the theme come before those of one.
    """
    frequency = Counter(w.stem for card in wordings for w in card.words)
    mean = sum(len(wordings[i].words) for theme in themes for i in theme) / max(1, len(themes))
    result = []
    for theme in themes:
        cards, times, forms = Counter(), Counter(), defaultdict(Counter)
        for i in theme:
            cards.update({w.stem for w in wordings[i].words})
            for w in wordings[i].words:
                times[w.stem] += 1
                forms[w.stem][w.surface] += 1
        weight = {s: n * math.log(1 + mean / frequency[s]) for s, n in times.items() if not s.isdigit()}
        ranked = sorted(weight, key=lambda s: (cards[s] < 2, -weight[s], s))[:count]
        result.append([max(forms[s], key=lambda form: (forms[s][form], form)) for s in ranked])
    return result
