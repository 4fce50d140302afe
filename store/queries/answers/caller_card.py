"""Tells of a customer from his newest orders, which an index bounds."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.domain.lifecycle import State
from store.domain.visiting import Hours
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.caller_unhappy import unhappy
from store.queries.answers.customer_named import customer_named
from store.queries.answers.kind_names import kind_names
from store.queries.answers.lines import COLUMNS, ORDERS, PLACES, TECHNICIANS, joined
from store.queries.answers.lines import lines as board_lines
from store.queries.answers.scope import at_home, checked_limit, within
from store.queries.caller_card import CallerCard, Repeat, VisitLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.persistence.reader import Reader
    from store.queries.board import BoardLine
    from store.queries.caller_card import CardOfCaller

LOOKED_AT: Final = 300
"""Of a customer's orders, the newest."""
_REPEATS_WITHIN: Final = timedelta(days=30)
_O = ORDERS.c
_T = metadata.tables
_ASSETS, _VISITS = _T["asset"], _T["visit"]
_OPERATORS, _TAGS = _T["operator"], _T["customer_tag"]


def card_of_caller(reader: Reader, query: CardOfCaller) -> CallerCard | None:
    """All of it in a few looks, none of them longer than the customer has called often."""
    limit = checked_limit(query.limit)
    found = customer_named(reader, query.customer)
    if found is None:
        return None
    past = _orders(reader, found.id)
    live = [row.number for row in past if row.live]
    return CallerCard(
        code=found.code,
        name=found.name,
        phone=found.phone,
        tier=found.tier,
        tags=_tags(reader, found.id),
        level=found.level or "",
        follower=next((row.follower for row in past if row.live and row.follower), ""),
        open=_lines(reader, live)[:limit],
        open_count=len(live),
        visits=_visits(reader, [row.number for row in past], limit),
        assets=tuple(dict.fromkeys(row.asset for row in past if row.asset))[:limit],
        repeats=_repeats(reader, past)[:limit],
        lead=found.lead or _lead(reader, found.lead_technician_id),
        speaks=tuple(text for text in (found.speaks, found.speaks_phone) if text),
        hours=Hours(from_s=found.from_s, to_s=found.to_s),
        call_ahead=bool(found.call_ahead),
        unhappy=tuple(unhappy(reader, found.id, past))[:limit],
        contract_ends_at=found.contract_ends_at,
    )


def _lead(reader: Reader, technician: int | None) -> str:
    """The name of a technician whom the asker sees."""
    if technician is None:
        return ""
    who = TECHNICIANS.c
    asked = select(who.name).where(who.id == technician, at_home(reader, TECHNICIANS))
    return reader.conn.execute(asked).scalar_one_or_none() or ""


def _tags(reader: Reader, customer: int) -> tuple[str, ...]:
    asked = select(_TAGS.c.tag).where(_TAGS.c.customer_id == customer).order_by(_TAGS.c.tag)
    return tuple(reader.conn.execute(asked).scalars())


def _orders(reader: Reader, customer: int) -> Sequence[Any]:
    asked = (
        select(
            *(_O.number, _O.live, _O.kind, _O.opened_at, _O.asset_id),
            *(_O.bad_at, _O.csat, _O.nps),
            _ASSETS.c.name.label("asset"),
            _OPERATORS.c.name.label("follower"),
        )
        .select_from(
            ORDERS.outerjoin(_ASSETS, _ASSETS.c.id == _O.asset_id).outerjoin(
                _OPERATORS, _OPERATORS.c.id == _O.follower_id
            )
        )
        .where(_O.customer_id == customer, within(reader, _O.site_id))
        .order_by(_O.number.desc())
        .limit(LOOKED_AT)
    )
    return reader.conn.execute(asked).all()


def _lines(reader: Reader, numbers: list[int]) -> tuple[BoardLine, ...]:
    asked = (
        select(*COLUMNS)
        .select_from(joined(ORDERS))
        .where(among(_O.number, "numbers", reader.kind))
        .order_by(_O.state == State.DONE.value, _O.rank_at, _O.number)
    )
    rows = reader.conn.execute(asked, {"numbers": numbers}).all() if numbers else []
    return board_lines(rows, PLACES["rank_at"])


def _visits(reader: Reader, numbers: list[int], limit: int) -> tuple[VisitLine, ...]:
    asked = (
        select(_VISITS.c.number, _O.title, TECHNICIANS.c.name, _VISITS.c.ended_at)
        .join(ORDERS, _O.number == _VISITS.c.number)
        .join(TECHNICIANS, TECHNICIANS.c.id == _VISITS.c.technician_id)
        .where(among(_VISITS.c.number, "numbers", reader.kind))
        .where(_VISITS.c.ended_at.is_not(None), _VISITS.c.arrived_at.is_not(None))
        .order_by(_VISITS.c.ended_at.desc(), _VISITS.c.number.desc())
        .limit(limit)
    )
    rows = reader.conn.execute(asked, {"numbers": numbers}).all() if numbers else []
    return tuple(VisitLine(number=n, title=t, technician=w, ended_at=e) for n, t, w, e in rows)


def _repeats(reader: Reader, past: Sequence[Any]) -> tuple[Repeat, ...]:
    """The most frequent first; an asset that has a name speaks for the kind."""
    since = reader.at - _REPEATS_WITHIN
    recent = [row for row in past if row.opened_at >= since]
    kinds = kind_names(reader, {row.kind for row in recent if not row.asset})
    named = {
        row.number: (row.asset_id, row.asset or kinds.get(row.kind, row.kind)) for row in recent
    }
    counted = Counter(what for what in named.values() if what[1])
    return tuple(
        Repeat(what=what[1], count=count, number=max(n for n, of in named.items() if of == what))
        for what, count in counted.most_common()
        if count > 1
    )
