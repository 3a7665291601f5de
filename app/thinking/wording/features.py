"""What of a card's wording is compared: stems, spelling and concepts."""

from collections.abc import Sequence
from dataclasses import dataclass

from .sparse import Rows, beside, weigh
from .words import Word, grams

WORDS, SPELLING, CONCEPTS, FIELDS = 0.5, 0.5, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one card, the concepts that a glossary finds in it, and the fields of these."""

    words: Sequence[Word]
    concepts: Sequence[int] = ()
    fields: Sequence[str] = ()


def rows_of(wordings: Sequence[Wording]) -> Rows:
    """One row of unit length for each card; a card without words has an empty row."""
    stems = weigh([[w.stem for w in card.words] for card in wordings])
    spelling = weigh([[g for w in card.words if w.spelled for g in grams(w.stem)] for card in wordings])
    blocks = [(stems, WORDS), (spelling, SPELLING)]
    if any(card.concepts for card in wordings):
        blocks.append((weigh([card.concepts for card in wordings]), CONCEPTS))
        blocks.append((weigh([card.fields for card in wordings]), FIELDS))
    return beside(blocks)
