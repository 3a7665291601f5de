#!/usr/bin/env python3
"""Measures how well themes are found, on labelled cards that are given by path and stored nowhere.

    python3 bench/themes.py --scorer score.py --sets DIR_OR_FILE … [--event EVENT.json] [--glossary none|CSV]
        [--echoes P Q [--seeds N]] [--sorting] [--json]

A scorer is a Python file with `evaluate(run, paths, glossary, echo, seeds)`, `metrics(cards, gold, themes)`,
`family(name)` and `mean(rows)`; what its figures mean is said there. `--event` measures the sessions of an event file,
each by itself, on the translations. `--sorting` measures the help while people sort, as means over the seeds:

    doubtful     AUC of a card's fit for being of the gold theme that most of its theme's cards are of
    late         one card in five comes late: the share of those placed that came to a theme of their gold theme
    suggested    three cards in ten, drawn by lot, put where most cards of their gold theme are: right moves
    merges       right pairs among five

Always there is `coverage`: the share of each language's cards in which the glossary finds a concept.
"""

import argparse
import importlib.util
import json
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    """Prints the figures."""
    wants = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wants.add_argument("--scorer", required=True, type=Path)
    wants.add_argument("--sets", nargs="*", default=[])
    wants.add_argument("--event", type=Path)
    wants.add_argument("--glossary", help="default: the shipped one")
    wants.add_argument("--echoes", nargs=2, type=float, metavar=("P", "Q"))
    wants.add_argument("--seeds", type=int, default=5)
    wants.add_argument("--sorting", action="store_true")
    wants.add_argument("--json", action="store_true")
    given = wants.parse_args()
    scorer = _imported(given.scorer)
    started = time.perf_counter()
    from app.thinking.themes import propose

    result = {"import_s": round(time.perf_counter() - started, 3)}
    glossary = False if given.glossary == "none" else given.glossary
    scored = scorer.evaluate(lambda q: propose(q)["themes"], given.sets, glossary, given.echoes, given.seeds)
    result["sets"] = {name: {key: round(value, 4) for key, value in row.items()} for name, row in scored.items()}
    result["families"] = _families(scorer, scored)
    if given.event:
        result["event"] = _event(scorer, propose, json.loads(given.event.read_text(encoding="utf-8")))
    labelled = list(scorer.sets(given.sets))
    result["coverage"] = {d["name"]: _coverage(d["cards"], glossary) for d in labelled}
    if given.sorting:
        result["sorting"] = {d["name"]: _sorting(d, glossary, given.seeds) for d in labelled}
    result["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    print(json.dumps(result, indent=1) if given.json else _table(result))


def _imported(path: Path):
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _families(scorer, scored: dict) -> dict:
    families = {}
    for family in sorted({scorer.family(name) for name in scored}):
        rows = [row for name, row in scored.items() if scorer.family(name) == family]
        claims, right, common = (sum(row[key] for row in rows) for key in ("claims", "right", "common"))
        families[family] = {key: round(value, 4) for key, value in scorer.mean(rows).items()} | {
            "micro_precision": round(right / claims, 3) if claims else 1.0,
            "micro_recall": round(right / common, 3) if common else 1.0,
        }
    return families


def _event(scorer, propose, event: dict) -> dict:
    sessions = {}
    for name, session in event["sessions"].items():
        cards = [{**card, "id": f"{n}"} for n, card in enumerate(session["cards"])]
        gold = {card["id"]: card["theme"] for card in cards}
        sessions[name] = scorer.metrics(cards, gold, propose({"cards": cards})["themes"])
    return {
        "right": sum(m["right"] for m in sessions.values()),
        "common": sum(m["common"] for m in sessions.values()),
        "wrong": sum(m["wrong"] for m in sessions.values()),
        "effort": round(sum(m["effort"] for m in sessions.values()) / len(sessions), 4),
    }


def _coverage(cards: list[dict], glossary) -> dict:
    """Share of the cards of each language in which the glossary finds a concept."""
    from app.thinking.glossary import parse, shipped_text, text_of

    texts = () if glossary is False else (shipped_text(), text_of(glossary)) if glossary else (shipped_text(),)
    known, found = parse(texts, frozenset(card["lang"] for card in cards)), defaultdict(list)
    for card in cards:
        found[card["lang"]].append(bool(known.concepts(card["text"], card["lang"])))
    return {lang: sum(hits) / len(hits) for lang, hits in sorted(found.items())}


def _sorting(labelled: dict, glossary, seeds: int) -> dict:
    from app.thinking.themes import merges, place, propose, suggest

    cards, gold = labelled["cards"], labelled["gold"]
    request, rows = {"cards": cards, "glossary": glossary}, []
    themes = [{**theme, "id": f"t{n}"} for n, theme in enumerate(propose(request)["themes"])]
    label = {theme["id"]: _majority(theme["card_ids"], gold) for theme in themes}
    fits = [(fit, gold[i] == label[theme["id"]]) for theme in themes for i, fit in theme["fits"].items()]
    pairs = merges({**request, "themes": themes})["pairs"]
    for seed in range(seeds):
        chance = random.Random(f"sorting-{seed}")
        late = set(chance.sample(sorted(gold), len(gold) // 5))
        early = propose({**request, "cards": [card for card in cards if card["id"] not in late]})["themes"]
        early = [{**theme, "id": f"e{n}"} for n, theme in enumerate(early)]
        put = place({**request, "themes": early, "late": sorted(late)})["placed"]
        early_label = {theme["id"]: _majority(theme["card_ids"], gold) for theme in early}
        pins = set(chance.sample(sorted(gold), len(gold) * 3 // 10))
        moves = suggest({**request, **_corrected(themes, label, gold, pins)})["moves"]
        rows.append(
            {
                "late": _share(gold[move["card"]] == early_label[move["theme"]] for move in put),
                "placed": len(put) / len(late),
                "suggested": _share(gold[move["card"]] == label.get(move["to"], move["to"]) for move in moves),
                "moves": len(moves) / len(cards),
            }
        )
    means = {key: round(sum(row[key] for row in rows) / len(rows), 3) for key in rows[0]}
    right = _share(label[pair["themes"][0]] == label[pair["themes"][1]] for pair in pairs)
    return {"doubtful": round(_auc(fits), 3), **means, "merges": right}


def _corrected(themes: list[dict], label: dict, gold: dict, pins: set) -> dict:
    """The themes after some cards were put where most cards of their gold theme are, a new theme if it has none."""
    sizes = Counter((theme["id"], gold[i]) for theme in themes for i in theme["card_ids"])
    home = {}
    for theme in sorted(label, key=lambda id: (sizes[id, label[id]], id)):
        home[label[theme]] = theme
    sorted_cards = {theme["id"]: [i for i in theme["card_ids"] if i not in pins] for theme in themes}
    for i in sorted(pins):
        sorted_cards.setdefault(home.get(gold[i], str(gold[i])), []).append(i)
    return {"themes": [{"id": id, "card_ids": held} for id, held in sorted_cards.items()], "pins": sorted(pins)}


def _majority(cards: list, gold: dict):
    return Counter(gold[i] for i in cards).most_common(1)[0][0]


def _share(hits) -> float:
    hits = list(hits)
    return sum(hits) / len(hits) if hits else 1.0


def _auc(fits: list[tuple[float, bool]]) -> float:
    right, wrong = ([fit for fit, is_right in fits if is_right == kind] for kind in (True, False))
    wins = sum((a > b) + (a == b) / 2 for a in right for b in wrong)
    return wins / max(1, len(right) * len(wrong))


def _table(result: dict) -> str:
    columns = ("n", "ari", "cp", "cr", "cf", "effort", "wrong", "claims", "k", "kgold", "s")
    lines = [f"{'':30s}" + "".join(f"{column:>8s}" for column in columns)]
    for name, row in [*result["sets"].items(), *((f"MEAN {f}", row) for f, row in result["families"].items())]:
        lines.append(f"{name:30s}" + "".join(f"{row[column]:8.3g}" for column in columns))
    for name, row in result["families"].items():
        lines.append(f"{name}: common to all, micro precision {row['micro_precision']} recall {row['micro_recall']}")
    if "event" in result:
        lines.append(
            "event: {right} of {common} common themes, {wrong} wrong, effort {effort}".format(**result["event"])
        )
    for name, of in [*result["coverage"].items(), *result.get("sorting", {}).items()]:
        lines += [f"{name}: " + ", ".join(f"{key} {value:.2f}" for key, value in of.items())] if of else []
    return "\n".join([*lines, f"import {result['import_s']} s, RSS {result['rss_mb']} MB"])


if __name__ == "__main__":
    main()
