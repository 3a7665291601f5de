"""A name to start with: two words about the weather, water and the land, and about nobody."""

from __future__ import annotations

import random
from collections.abc import Collection

WORDS = {
    "en": (
        """amber bright calm clear cool crisp dawning deep early fresh gentle golden green hushed long mellow mild misty
        morning new noon open patient quick quiet rising shady shining silver slow smooth soft spring still summer
        sunny swift warm wide wild winding""",
        """acacia baobab bay bridge brook cedar cloud coast coral creek delta dune field fig forest garden grove harbour
        hill island lagoon lake lantern leaf maple meadow mango moon oasis olive orchard palm path peak pebble pine pond
        rain reef river road sail shell shore star stone stream tide valley village wave well wind""",
    ),
    "fr": (
        """ambré argenté calme clair discret doré doux fleuri frais franc joyeux libre limpide lointain lumineux matinal
        mûr neuf nouveau ombragé ouvert paisible patient profond rapide serein solide souple tendre tiède tranquille
        vaste verdoyant vif voisin""",
        """acacia baobab bambou banc bosquet cap cèdre champ chemin coquillage corail delta érable estuaire figuier
        fleuve galet golfe grenier hameau jardin lac lagon lampion manguier marché matin nuage olivier palmier phare pin
        pont port pré rameau récif rocher ruisseau sable sentier soleil torrent vallon vent verger village voilier""",
    ),
}


def suggest(workshop: str, number: int, lang: str, taken: Collection[str] = ()) -> str:
    """A pseudonym that isn't `taken`: the `number`-th of this workshop's own order, or the next free one after it.

    `workshop` only sets the order; the same arguments give the same name. In French where `lang` is, else in English.
    """
    french = lang.split("-")[0] == "fr"
    qualities, things = (words.split() for words in WORDS["fr" if french else "en"])
    size = len(qualities) * len(things)
    order = random.Random(f"{workshop}|{french}").sample(range(size), size)
    for step in range(size):
        pair = order[(number + step) % size]
        quality, thing = qualities[pair % len(qualities)], things[pair // len(qualities)]
        name = f"{thing} {quality}" if french else f"{quality} {thing}"
        if (name := name[0].upper() + name[1:]) not in taken:
            return name
    return ""
