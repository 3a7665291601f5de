"""`run.py invite`: links for further organisers."""

from app.commands import Refused
from app.front import address, running
from app.ledger.desk import Desk, Organiser
from app.settings import Settings

from . import kept


def run(settings: Settings, label: str, revoke: str | None) -> int:
    """Make a link and print it, or end the one whose id begins with `revoke`."""
    with running.access(settings.data) as server:
        if revoke:
            organiser = one(settings, revoke)
            if server:
                kept.tell(server, settings.data, f"/api/organisers/{organiser.id}/revoke")
            else:
                with_desk(settings, lambda desk: desk.revoke(organiser.id))
            print(f"The link of {organiser.label or 'the first organiser'} has ended.")
            return 0
        if server:
            made = kept.tell(server, settings.data, "/api/organisers", {"label": label})
            id, path, port = made["link"], made["url"], server.port
        else:
            organiser, secret = with_desk(settings, lambda desk: desk.invite(label))
            id, path, port = organiser.id, f"/f#{secret}", settings.port
    print(f"{address.links(settings.host, port, settings.address)[0]}{path}")
    print(f"Shown only now. `run.py invite --revoke {id[:8]}` ends it.")
    return 0


def one(settings: Settings, beginning: str) -> Organiser:
    """The organiser whose id begins so; raises Refused."""
    found = [o for o in with_desk(settings, lambda desk: desk.organisers()) if o.id.startswith(beginning)]
    if len(found) != 1:
        raise Refused(f"{'No link' if not found else 'More than one link'} has an id beginning {beginning}.")
    return found[0]


def with_desk(settings: Settings, use):
    """What `use` makes of the desk's file."""
    desk = Desk(settings.data)
    try:
        return use(desk)
    finally:
        desk.close()
