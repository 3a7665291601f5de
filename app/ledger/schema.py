"""The tables of a workshop's file, as migrations."""

from sqlite_utils import Migrations
from sqlite_utils.db import Database

workshop = Migrations("workshop")


@workshop()
def journal_and_rows(db: Database) -> None:
    """The journal, the rows as they are now, and what the file says about itself."""
    db["journal"].create(
        {"seq": int, "ask": str, "at": int, "who": str, "event": str, "before": str},
        pk="seq",
        not_null={"ask", "at", "who", "event"},
    )
    db["journal"].create_index(["ask"], unique=True)
    db["rows"].create(
        {"table": str, "id": str, "seq": int, "audience": str, "gone": int, "row": str},
        pk=("table", "id"),
        not_null={"seq", "audience", "gone", "row"},
    )
    db["about"].create({"name": str, "value": str}, pk="name", not_null={"value"})
