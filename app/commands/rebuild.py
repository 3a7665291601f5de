"""`run.py rebuild`: fold a workshop's journal into fresh rows, after a mend of the rules."""

from app.commands import Refused
from app.domain.rows import fingerprint
from app.front import running
from app.ledger.sqlite import SqliteLedger
from app.phones.five_way import folded
from app.settings import Settings

from . import kept


def run(settings: Settings, workshop: str) -> int:
    """Rebuild one workshop and say whether anything differed."""
    with running.access(settings.data) as server:
        if server:
            raise Refused("A server is running on this data; stop it first.")
        ledger = SqliteLedger(kept.path_of(settings.data, kept.one(settings.data, workshop).id))
        try:
            state = folded(ledger.read(1))
            same = fingerprint(state.rows()) == fingerprint(ledger.rows())
            ledger.rebuild(state)
        finally:
            ledger.close()
    print("Folded again: the rows are the same." if same else "Folded again: the rows differed and are mended.")
    return 0
