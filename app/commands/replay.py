"""`run.py replay`: a whole event through the real server, and what became of it."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path

from app.commands import BadUsage, Refused
from app.domain.core import Principal
from app.exports.formats import FORMATS, LEVELS
from app.ledger.sqlite import SqliteLedger
from app.phones.event import BadEvent, EventFile, read
from app.phones.five_way import differences
from app.phones.house import House
from app.phones.phone import Lost, Phone
from app.phones.play import Play
from app.phones.server import NotReady, ServerProcess

UNHURRIED = {"BARAZA_ASK_RATE": "100000", "BARAZA_ASK_BURST": "100000"}
"""A replay asks as fast as it goes, so the limits for people are lifted; everything else is as always."""


def run(given: Namespace) -> int:
    """Play `given.event`, write exports and result.json into `given.out`; 0 only if nothing was lost."""
    formats = _formats(given.formats)
    if not 0 <= given.echoes <= 1:
        raise BadUsage(f"--echoes is a share between 0 and 1, not {given.echoes:g}")
    try:
        event = read(given.event)
    except BadEvent as problem:
        raise Refused(str(problem)) from problem
    out = Path(given.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Refused(f"{out} can't be written: {problem.strerror}") from problem
    with tempfile.TemporaryDirectory(prefix="baraza-replay-") as data:
        try:
            server = ServerProcess(Path(data), UNHURRIED)
            try:
                result = _play(event, server, out, formats, given.seed or "replay", given.echoes)
            finally:
                server.stop()
        except (Lost, NotReady) as problem:
            raise Refused(f"The replay broke off: {problem}") from problem
    (out / "result.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    print(table(result))
    return 0 if result["lost"] == result["doubled"] == 0 and result["five_way"] == "equal" else 1


def _formats(given: str) -> list[str]:
    names = list(FORMATS) if given == "all" else [name.strip() for name in given.split(",")]
    for name in names:
        if name not in FORMATS:
            raise BadUsage(f"there is no format {name}; there are {', '.join(FORMATS)}")
    return names


def _play(event: EventFile, server: ServerProcess, out: Path, formats: list[str], seed: str, echoes: float) -> dict:
    begun = time.monotonic()
    house = House(server.address, server.organiser)
    house.make(event.plan())
    say = _teller(len(event.agenda))
    play = Play(event, house, seed, echoes, say)
    play.run()
    exports = [
        _export(house, out, format, level, lang)
        for lang in event.working_languages
        for level in LEVELS
        for format in formats
    ]
    lost, doubled = _counted(house, play)
    wrong = compare(server, house, [*play.phones, house.console, house.stage])
    for line in wrong:
        print(line, file=sys.stderr)
    everybody = [*play.phones, house.console]
    return {
        "title": event.title,
        "people": len(play.phones),
        "sessions": play.sessions,
        "proposals": len(event.proposals),
        "exports": exports,
        "acks": sum(len(phone.acknowledged) for phone in everybody),
        "refused_as_expected": play.refused,
        "lost": lost,
        "doubled": doubled,
        "five_way": "equal" if not wrong else "different",
        "skipped": play.skipped(),
        "seed": seed,
        "seconds": round(time.monotonic() - begun, 2),
    }


def _teller(sessions: int):
    """Plain lines where the output isn't a terminal, one line that is written over where it is."""
    done = {"step": 0, "card": 0}

    def say(what: str) -> None:
        if what not in done:
            return
        done[what] += 1
        if sys.stderr.isatty():
            print(f"\rplaying: {done['step']} steps, {done['card']} cards", end="", file=sys.stderr)
        elif what == "step":
            print(f"step {done['step']}, {done['card']} cards so far", file=sys.stderr)

    return say


def _export(house: House, out: Path, format: str, level: str, lang: str) -> dict:
    name, content = house.download(format, level, lang)
    path = out / level / lang / f"{format}{Path(name).suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {"format": format, "level": level, "lang": lang, "path": str(path.relative_to(out)), "bytes": len(content)}


def _counted(house: House, play: Play) -> tuple[int, int]:
    """Cards that were acknowledged and aren't there, and cards that are there twice or were never acknowledged."""
    kept = [row["id"] for row in house.get(f"/api/workshops/{house.workshop}/rows?since=0")["rows"]
            if row["table"] == "cards" and not row.get("gone")]  # fmt: skip
    acknowledged = {id for cards in play.cards.values() for id in cards}
    return len(acknowledged - set(kept)), len(kept) - len(set(kept)) + len(set(kept) - acknowledged)


def compare(server: ServerProcess, house: House, phones: list[Phone]) -> list[str]:
    """The five-way comparison of one workshop, with every phone as it is, and once more after a cut."""
    memory = house.get(f"/api/workshops/{house.workshop}/fingerprint")["fingerprint"]
    seen = {}
    for n, phone in enumerate(phones):
        who = Principal(phone.role, phone.id)
        seen[f"phone {n} as it is"] = (who, dict(phone.tables.rows))
        phone.cut()
        phone.connect()
        seen[f"phone {n} after a cut"] = (who, dict(phone.tables.rows))
        fresh = phone.afresh()
        fresh.connect()
        seen[f"phone {n} afresh"] = (who, dict(fresh.tables.rows))
        fresh.close()
    ledger = SqliteLedger(server.data / f"{house.workshop}.db")
    try:
        return differences(ledger, memory, seen)
    finally:
        ledger.close()


def table(result: dict) -> str:
    """The short table that a replay prints."""
    lines = [f"{'session':<16}{'groups':<14}{'cards':>6}{'proposed':>10}{'decided':>9}{'actions/card':>14}"]
    for session in result["sessions"]:
        sizes = ",".join(str(len(people)) for people in session["groups"].values())
        row = f"{session['id']:<16}{sizes:<14}{session['cards']:>6}"
        if "decided" in session:
            common = [sum(t["lane"] == "common" for t in session[k]["themes"]) for k in ("proposed", "decided")]
            row += f"{common[0]:>10}{common[1]:>9}{session['actions_per_card']:>14}"
        lines.append(row)
    lines.append("(proposed, decided: themes common to all groups)")
    lines.append(
        f"people {result['people']}  answers {result['acks']}  lost {result['lost']}  doubled {result['doubled']}  "
        f"five-way {result['five_way']}  exports {len(result['exports'])}  {result['seconds']} s"
    )
    if result["skipped"]:
        lines.append(f"not played yet: {', '.join(result['skipped'])}")
    return "\n".join(lines)
