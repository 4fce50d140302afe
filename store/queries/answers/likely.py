"""Compares what a caller asks for with what is at the desk, over rows that indexes bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, text

from store.domain.fault_words import LONGEST, shared, words_of
from store.domain.finding.grams import grams
from store.domain.likely import SPELLED, Fault, likeliness, why_likely
from store.persistence.statements import among
from store.queries.answers.customer_named import customer_named
from store.queries.answers.finding_names import ids_of
from store.queries.answers.lines import COLUMNS, ORDERS, PLACES, joined, lines
from store.queries.answers.same_caller import same_caller
from store.queries.answers.scope import checked_limit, within
from store.queries.answers.usual_words import asset_named
from store.queries.likely import Likely

if TYPE_CHECKING:
    from store.domain.likely import Why
    from store.persistence.reader import Reader
    from store.queries.answers.same_caller import SameCaller
    from store.queries.likely import LikelyOrders

_O = ORDERS.c
NEW = 300
"""So many of the newest orders are compared, whatever is known of the caller."""
_LIVE = text("live = 1")  # written out, so that the index of what is live serves
_AT_SITE = (
    select(_O.number).where(_O.site_id == bindparam("place"), _LIVE).order_by(_O.rank_at).limit(200)
)
_OF_CUSTOMER = (
    select(_O.number)
    .where(_O.customer_id == bindparam("place"))
    .order_by(_O.number.desc())
    .limit(100)
)
_OF_ASSET = (
    select(_O.number).where(_O.asset_id == bindparam("place")).order_by(_O.number.desc()).limit(100)
)
_NEWEST = select(_O.number).order_by(_O.number.desc()).limit(NEW)
_OF_CONTACT = (
    select(_O.number)
    .where(_O.contact_id == bindparam("place"))
    .order_by(_O.number.desc())
    .limit(100)
)
_COMPARED = (
    *(_O.number, _O.title, _O.site_id, _O.customer_id, _O.asset_id, _O.kind),
    *(_O.contact_id, _O.opened_at),
)


def likely_orders(reader: Reader, query: LikelyOrders) -> tuple[Likely, ...]:
    """Among the orders of the caller, site, customer and asset, and the newest of all."""
    from rapidfuzz import fuzz  # for the one question that needs it

    limit = checked_limit(query.limit)
    typed = _typed(query.title)
    site = _the_one(reader, "site", query.site)
    new = Fault(
        words=words_of(query.title),
        site=site,
        customer=_customer(reader, query.customer),
        asset=_asset(reader, query.asset, site),
        kind=query.kind.strip(),
    )
    caller = same_caller(reader, query.caller, new.customer)
    found: list[tuple[float, int, Why]] = []
    asked = (
        select(*_COMPARED)
        .where(among(_O.number, "numbers", reader.kind), _O.live == 1)
        .where(within(reader, _O.site_id))
    )
    for row in reader.conn.execute(asked, {"numbers": sorted(_candidates(reader, new, caller))}):
        number, title, site, customer, asset, kind, contact, opened_at = row
        old = Fault(words=words_of(title), site=site, customer=customer, asset=asset, kind=kind)
        why = why_likely(
            new,
            old,
            age=reader.at - opened_at,
            called=caller.called(contact, customer, alike=shared(new.words, old.words) > 0),
            spelled=fuzz.token_sort_ratio(typed, _typed(title), score_cutoff=SPELLED),
        )
        if why is not None:
            found.append((-likeliness(new, old, why), -number, why))
    best = {-place: why for _points, place, why in sorted(found)[:limit]}
    return _told(reader, best, limit)


def _candidates(reader: Reader, new: Fault, caller: SameCaller) -> set[int]:
    newest = _NEWEST
    if reader.who.scope.sites is not None:  # else those of other sites would leave him none
        newest = newest.where(_LIVE, within(reader, _O.site_id))
    numbers = set(reader.conn.execute(newest).scalars())
    asked = [(_AT_SITE, new.site), (_OF_CUSTOMER, new.customer), (_OF_ASSET, new.asset)]
    asked += [(_OF_CONTACT, person) for person in caller.people]
    asked += [(_OF_CUSTOMER, customer) for customer in caller.customers]
    for question, place in asked:
        if place is not None:
            numbers |= set(reader.conn.execute(question, {"place": place}).scalars())
    return numbers


def _told(reader: Reader, best: dict[int, Why], limit: int) -> tuple[Likely, ...]:
    asked = (
        select(*COLUMNS)
        .select_from(joined(ORDERS))
        .where(among(_O.number, "numbers", reader.kind))
        .limit(limit)
    )
    rows = reader.conn.execute(asked, {"numbers": list(best)}).all()
    shown = {line.number: line for line in lines(rows, PLACES["rank_at"])}
    return tuple(
        Likely(line=shown[number], why=why, chased=shown[number].chased)
        for number, why in best.items()
        if number in shown
    )


def _customer(reader: Reader, text: str) -> int | None:
    """By code or whole name at once; only a part of a name is looked for everywhere."""
    named = customer_named(reader, text)
    return named.id if named is not None else _the_one(reader, "customer", text)


def _asset(reader: Reader, text: str, site: int | None) -> int | None:
    """Codes are a site's own: the same one elsewhere is another asset."""
    named = asset_named(reader, text, site)
    return named.id if named is not None else _the_one(reader, "asset", text)


def _the_one(reader: Reader, register: str, text: str) -> int | None:
    """The entry that a text means alone."""
    ids = ids_of(reader, register, (text,)) if text.strip() else set()
    return ids.pop() if len(ids) == 1 else None


def _typed(text: str) -> str:
    """A text as words whose letters are compared, Chinese ones in pairs."""
    return " ".join(grams(text[:LONGEST]))
