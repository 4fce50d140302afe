"""What a merge of two customers would come to, counted in a snapshot that nobody waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from store.domain.merging import check_merge
from store.domain.who import Right, require
from store.persistence import marks
from store.persistence.contracts import CONTRACT
from store.persistence.lookups import entry
from store.persistence.mapping import ORDER
from store.persistence.plans import PLAN
from store.persistence.registers import KEPT
from store.persistence.revisits import REVISIT
from store.persistence.voice_work import VOICE
from store.queries.customer_doubles import Merged

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.customer_doubles import WouldMerge

_CUSTOMER, _CONTACT = KEPT["customer"], KEPT["contact"]


def would_merge(reader: Reader, query: WouldMerge) -> Merged:
    """The same counts, and the same refusals, as of the command."""
    require(reader.who, Right.REGISTER, desk_wide=True)
    kept, gone = (_row(reader, ref) for ref in (query.kept, query.gone))
    check_merge(kept, gone, _contracts(reader, kept["id"]), _contracts(reader, gone["id"]))
    of = gone["id"]
    ahead = int(marks.find(reader.conn, f"{marks.MERGE}{of}") or 0)
    return Merged(
        kept=kept["code"],
        gone=gone["code"],
        orders=_count(reader, ORDER, of) + ahead,
        people=_count(reader, _CONTACT, of),
        contracts=_count(reader, CONTRACT, of),
        plans=_count(reader, PLAN, of),
        voices=_count(reader, VOICE, of),
        revisits=len(_periods(reader, of) - _periods(reader, kept["id"])),
    )


def _row(reader: Reader, ref: int | str) -> dict[str, Any]:
    wanted = entry(reader, "customer", ref).id
    row = reader.conn.execute(select(*_CUSTOMER.c).where(_CUSTOMER.c.id == wanted)).one()
    return dict(row._asdict())


def _contracts(reader: Reader, customer: int) -> list[dict[str, Any]]:
    asked = select(CONTRACT).where(CONTRACT.c.customer_id == customer)
    rows = reader.conn.execute(asked.order_by(CONTRACT.c.first_day))
    return [dict(row._asdict()) for row in rows]


def _count(reader: Reader, table: Any, customer: int) -> int:
    mine = select(func.count()).select_from(table).where(table.c.customer_id == customer)
    return int(reader.conn.execute(mine).scalar_one())


def _periods(reader: Reader, customer: int) -> set[str]:
    """Of his revisits; in each period he has one."""
    mine = select(REVISIT.c.period).where(REVISIT.c.customer_id == customer)
    return set(reader.conn.execute(mine).scalars())
