"""What an import asks of a transaction: which orders are here, which names, how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import or_, select

from store.persistence.bulk import BulkWork
from store.persistence.mapping import ORDER, table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import ImportRow, JournalRow
from store.persistence.turned_out import entries_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

RUN = table_of(ImportRow)
JOURNAL = table_of(JournalRow)

_Name = TypeVar("_Name", int, str)

AT_ONCE = 400
"""Names asked for in one statement; every database takes that many parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How far the reading of a file came."""

    id: int
    orders_done: int
    """Orders of the file, in its order, that are dealt with."""
    rejected: int
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An order that an earlier import brought."""

    number: int
    mark: str
    """The digest of the rows it came from; empty where its words were erased."""


class ArrivalWork(BulkWork):
    """Names made once, orders known again, progress kept together with its effect."""

    def arrived(self, source: str, external_ids: Iterable[str]) -> dict[str, Arrived]:
        """The orders of a source that are here already, by their external ids."""
        found: dict[str, Arrived] = {}
        for some in _pieces(external_ids):
            asked = (
                select(ORDER.c.external_id, ORDER.c.number, JOURNAL.c.words)
                .outerjoin(
                    JOURNAL,
                    (JOURNAL.c.number == ORDER.c.number) & (JOURNAL.c.fact == "imported"),
                )
                .where(ORDER.c.source == source, ORDER.c.external_id.in_(some))
            )
            for external_id, number, words in self.conn.execute(asked):
                found[external_id] = Arrived(number=number, mark=(words or {}).get("row", ""))
        return found

    def unnamed(self, opened: Mapping[int, datetime], source: str, sign: str) -> dict[int, Arrived]:
        """Of the orders with these numbers, those opened just then that nobody gave an id.

        Ids of the source that begin with the sign were invented.
        """
        invented = (ORDER.c.source == source) & ORDER.c.external_id.startswith(sign)
        found: dict[int, Arrived] = {}
        for some in _pieces(opened):
            asked = select(ORDER.c.number, ORDER.c.opened_at).where(
                ORDER.c.number.in_(some),
                or_(ORDER.c.external_id.is_(None), invented),
            )
            for number, opened_at in self.conn.execute(asked):
                if opened_at == opened[number]:
                    found[number] = Arrived(number=number, mark="")
        return found

    def named(self, register: str, names: Iterable[str]) -> dict[str, int]:
        """The ids of register entries by exactly their code or name, the code before the name.

        Only of those that the asker sees; of people also those who have left.
        """
        self.hold_promises()  # nobody whose name is looked up is made another before the end
        called, asked_of = entries_called(register)
        asked_of = asked_of.where(*self.in_scope(register))
        found: dict[str, int] = {}
        for some in _pieces(names):
            wanted = set(some)
            asked = asked_of.where(or_(called.code.in_(some), called.name.in_(some)))
            asked = asked.order_by(called.id.desc())
            rows = self.conn.execute(asked).all()
            found |= {name: entry for entry, _, name in rows if name in wanted}
            found |= {code: entry for entry, code, _ in rows if code in wanted}
        return found

    def run(self, source: str, digest: str) -> Run:
        """The run of a file under this digest, begun now if it never was."""
        asked = select(*RUN.c).where(RUN.c.source == source, RUN.c.digest == digest)
        row = self.conn.execute(asked.with_for_update()).one_or_none()
        if row is None:
            begun = {"source": source, "digest": digest, "started_at": self.at}
            send(self.conn, insert_into(RUN), [{**begun, "rows_done": 0, "rejected": 0}])
            row = self.conn.execute(asked).one()
        return Run(
            id=row.id,
            orders_done=row.rows_done,
            rejected=row.rejected,
            started_at=row.started_at,
            ended_at=row.ended_at,
        )

    def ran(self, run: int, *, orders_done: int, rejected: int, ended: bool = False) -> None:
        """Keep how far a run came, together with what it brought."""
        change: dict[str, Any] = {"rows_done": orders_done, "rejected": rejected}
        if ended:
            change["ended_at"] = self.at
        row = {"k_id": run, **{f"v_{name}": value for name, value in change.items()}}
        send(self.conn, update_by(RUN, ("id",), tuple(change)), [row])


def _pieces(names: Iterable[_Name]) -> Iterator[Sequence[_Name]]:
    whole = sorted(set(names))
    for start in range(0, len(whole), AT_ONCE):
        yield whole[start : start + AT_ONCE]
