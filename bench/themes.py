#!/usr/bin/env python3
"""Measures how well themes are found, on labelled cards that are given by path and stored nowhere.

    python3 bench/themes.py --scorer score.py --sets DIR_OR_FILE … [--event EVENT.json] [--glossary none|CSV]
        [--echoes P Q [--seeds N]] [--json]

A scorer is a Python file with `evaluate(run, paths, glossary, echo, seeds)`, `metrics(cards, gold, themes)`,
`family(name)` and `mean(rows)`; what its figures mean is said there. `--event` measures the sessions of an event file,
each by itself, on the translations.
"""

import argparse
import importlib.util
import json
import resource
import sys
import time
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
    return "\n".join([*lines, f"import {result['import_s']} s, RSS {result['rss_mb']} MB"])


if __name__ == "__main__":
    main()
