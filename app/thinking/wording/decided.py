"""What people have decided about a board: which cards stay together, and which never meet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Decided:
    """What people did with themes, cards by their places, and what follows from it.

    `themes`: their cards. `pins`: cards that a person placed. `apart`: (card, theme that a person took it out of).
    `in_tray`: pinned cards of no theme. `lump`: for each card the lowest card that it stays with. `foes`: for each
    lump those that it never meets. `holds`: for each lump with pinned cards their theme.
    """

    themes: dict[str, list[int]]
    pins: set[int]
    apart: set[tuple[int, str]]
    in_tray: set[int]
    lump: list[int]
    foes: dict[int, set[int]]
    holds: dict[int, str]


def decided(
    cards: int,
    themes: Mapping[str, Sequence[int]],
    pins: Iterable[int],
    apart: Iterable[tuple[int, str]],
    must: Iterable[tuple[int, int]],
) -> Decided:
    """Pinned cards of one theme stay together, those of two never meet, those of none stay alone; a card never meets
    the pinned cards of a theme that it was taken out of; the two of a `must` stay together unless that would break one
    of these."""
    themes, pins, apart = {name: list(held) for name, held in sorted(themes.items())}, set(pins), set(apart)
    in_tray = pins.difference(*themes.values())
    lump, holds = list(range(cards)), {}
    for theme, held in themes.items():
        pinned = [i for i in held if i in pins]
        for i in pinned:
            lump[i] = min(pinned)
        if pinned:
            holds[min(pinned)] = theme
    refused: dict[int, set[str]] = {}
    for i, theme in apart:
        if holds.get(lump[i]) != theme:
            refused.setdefault(lump[i], set()).add(theme)
    for a, b in sorted(pair for pair in must if in_tray.isdisjoint(pair)):
        first, second = sorted((lump[a], lump[b]))
        held = {holds[x] for x in (first, second) if x in holds}
        unwanted = refused.get(first, set()) | refused.get(second, set())
        if first == second or len(held) > 1 or held & unwanted:
            continue
        lump = [first if x == second else x for x in lump]
        if held:
            holds[first] = held.pop()
        holds.pop(second, None)
        if unwanted:
            refused[first] = unwanted
    foes: dict[int, set[int]] = {a: {b for b in holds if b != a} for a in holds}
    where = {theme: x for x, theme in holds.items()}
    for x, unwanted in refused.items():
        for theme in unwanted & set(where):
            if lump[x] == x:
                foes.setdefault(x, set()).add(where[theme])
                foes.setdefault(where[theme], set()).add(x)
    return Decided(themes, pins, apart, in_tray, lump, foes, holds)
