"""The mark of the newest seal: it tells when seals were taken off the end, or made again.

Each seal hangs on the one before, so that none between others can go unseen; what is at the end
hangs on nothing but this mark, which moves with it in one transaction.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from store.persistence import marks
from store.persistence.mapping import table_of
from store.persistence.tables import SealRow
from store.persistence.types import nearest, to_ms

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

SEAL = table_of(SealRow)

_NEWEST = select(SEAL.c.id, SEAL.c.last_seq, SEAL.c.hash).order_by(SEAL.c.id.desc()).limit(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LostSeal:
    """A newest seal that no longer stood as it was made."""

    number: int | None
    """None where its mark was gone, too, or could not be read."""
    last_seq: int | None
    """The last journal entry it covered."""
    seen_at: datetime | None
    """When sealing came upon it; None where only the question asked does."""


def mark(conn: Connection) -> None:
    """Make the newest seal known as the last one made."""
    marks.keep(conn, marks.NEWEST_SEAL, _standing(conn))


def check(conn: Connection, *, at: datetime) -> None:
    """Before more is sealed: keep for good the first mark with which the seals disagree."""
    made = marks.find(conn, marks.NEWEST_SEAL)
    if made != _standing(conn) and marks.find(conn, marks.SEAL_LOST) is None:
        marks.keep(conn, marks.SEAL_LOST, f"{to_ms(at)} {made or ''}")


def lost_seals(conn: Connection) -> list[LostSeal]:
    """The seal of which sealing once kept that it was lost, and one that is lost since."""
    found: list[LostSeal] = []
    if (kept := marks.find(conn, marks.SEAL_LOST)) is not None:
        at_ms, _, made = kept.partition(" ")
        found.append(_lost(made, at_ms))
    made_last = marks.find(conn, marks.NEWEST_SEAL)
    if made_last != _standing(conn):
        found.append(_lost(made_last or "", ""))
    return found


def _standing(conn: Connection) -> str:
    row = conn.execute(_NEWEST).one_or_none()
    return marks.NO_SEAL if row is None else f"{row.id}:{row.last_seq}:{row.hash}"


def _lost(made: str, at_ms: str) -> LostSeal:
    number = last_seq = seen_at = None
    with suppress(ValueError):
        number, last_seq = map(int, made.split(":")[:2])
    with suppress(ValueError, OverflowError):
        seen_at = nearest(int(at_ms))
    return LostSeal(number=number, last_seq=last_seq, seen_at=seen_at)
