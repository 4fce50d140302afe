"""What everybody is reckoned with, held: figures, travel times, kinds of work, skills by name.

Who sends somebody by it holds all of it until the end, and who changes a part of it comes after
him. A change takes its part behind the promises and before the desk (`Transaction.hold_desk`): who
waits here holds nothing that anybody wants who is waited for. Who makes skills for a technician
holds him before, as whoever sends him does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.persistence.transaction import Transaction

FIGURES, TRAVEL, KINDS, SKILLS = "dispatch_figure", "travel_load", "work_kind", "skill"

_AS_IT_IS: Final = text(f"LOCK TABLE {FIGURES}, {TRAVEL}, {KINDS}, {SKILLS} IN SHARE MODE")
"""Whoever reads them beside us does not wait. Rows are not enough: what is set first has none."""
_TO_CHANGE: Final = {
    name: text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")
    for name in (FIGURES, TRAVEL, KINDS, SKILLS)
}


def hold(conn: Connection, kind: str) -> None:
    """Keep all of it as it is until the end; comes after orders and technicians."""
    if kind == "postgresql":
        conn.execute(_AS_IT_IS)


def hold_to_change(work: Transaction, part: str) -> None:
    """Be the only one who changes a part of it, until the end; to be done soon, others wait."""
    work.hold_promises()
    if work.kind == "postgresql":
        work.conn.execute(_TO_CHANGE[part])
