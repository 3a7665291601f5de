"""What is said of each theme of a proposal."""

from collections.abc import Sequence

from .board import Board
from .decided import Decided
from .fits import best_of_groups, fits, inner_similarity, lane, scores, strength
from .labels import keywords, medoid, title

SAME = 0.8
"""Cards more similar than this are one stack."""


def described(board: Board, themes: Sequence[Sequence[int]], people: Decided) -> list[dict]:
    """What `themes.propose` says of each theme, in the order given."""
    score, chips, inner = scores(board, themes), keywords(board.wordings, themes), inner_similarity(board.rows, themes)
    fit, found = fits(board, score, themes), []
    for t, theme in enumerate(themes):
        typical = medoid(theme, score[:, t], board.texts)
        best = best_of_groups(board, theme, fit, people.pins)
        best_first = sorted(theme, key=lambda i: (-fit[i], i))
        found.append(
            {
                "id": next((people.holds[i] for i in theme if i in people.holds), None),
                "label": title(board.texts[typical]),
                "keywords": chips[t],
                "medoid": board.ids[typical],
                "card_ids": [board.ids[i] for i in best_first],
                "fits": {board.ids[i]: fit[i] for i in best_first},
                "groups": list(best),
                "lane": lane(len(best), len(board.writing_groups)),
                "strength": strength(best, inner[t]),
                "confidence": round(inner[t], 4),
            }
        )
    return found


def stacks(board: Board, parts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Cards of one part that say nearly the same, to be shown as one pile; each still counts for its group."""
    found = []
    for part in parts:
        pile_of = {i: [i] for i in part}
        for i in part:
            for j, similarity in board.similar[i].items():
                if similarity > SAME and j in pile_of and pile_of[i] is not pile_of[j]:
                    joined = sorted(pile_of[i] + pile_of[j])
                    pile_of |= dict.fromkeys(joined, joined)
        found += [pile for first, pile in pile_of.items() if len(pile) > 1 and pile[0] == first]
    return found
