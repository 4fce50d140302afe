"""Compares what a caller asks for with what is at the desk, over rows that indexes bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, literal, or_, select, text

from store.domain.fault_words import LONGEST, shared, words_of
from store.domain.finding.grams import grams
from store.domain.likely import JUST_NOW, SPELLED, Fault, likeliness, why_likely
from store.persistence.statements import among
from store.queries.answers.customer_named import customer_named
from store.queries.answers.finding_names import ids_of
from store.queries.answers.lines import COLUMNS, ORDERS, PLACES, SITES, joined, lines
from store.queries.answers.same_caller import same_caller
from store.queries.answers.scope import checked_limit, within
from store.queries.answers.usual_words import asset_named
from store.queries.likely import Likely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.domain.likely import Why
    from store.persistence.reader import Reader
    from store.queries.answers.same_caller import SameCaller
    from store.queries.likely import LikelyOrders

_O = ORDERS.c
NEW = 300
"""So many of the newest orders are compared, whatever is known of the caller."""
_GUESSED = 5
"""Sites that may be meant and are looked through, whatever stands there."""
_NAMED = 3
"""Characters of a site's name by which words name it: shorter ones are in everything."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An order that is perhaps the same."""

    points: float
    number: int
    why: Why
    said: float | None
    """Its points by what was said alone; None where only a guess makes it so."""


def likely_orders(reader: Reader, query: LikelyOrders) -> tuple[Likely, ...]:
    """Among the orders of the caller, site, customer and asset, and the newest of all."""
    from rapidfuzz import fuzz  # for the one question that needs it

    limit = checked_limit(query.limit)
    typed = _typed(query.title)
    sites = _meant(reader, "site", query.site)
    site = _only(sites)
    asset, its_site = _asset(reader, query.asset, site)
    new = Fault(
        words=words_of(query.title),
        site=its_site if site is None else site,
        customer=_customer(reader, query.customer),
        asset=asset,
        kind=query.kind.strip(),
    )
    guessed: set[int] = set()
    if new.site is None:
        guessed = sites or _mentioned(reader, query) or _meant(reader, "site", query.guessed_site)
    caller = same_caller(reader, query.caller, new.customer)
    found: list[_Found] = []
    asked = (
        select(*_COMPARED)
        .where(among(_O.number, "numbers", reader.kind), _O.live == 1)
        .where(within(reader, _O.site_id))
    )
    numbers = _candidates(reader, new, caller, guessed)
    rows = reader.conn.execute(asked, {"numbers": sorted(numbers)}).all()
    just_now = reader.at - JUST_NOW
    lately = sum(row.customer_id == new.customer and row.opened_at >= just_now for row in rows)
    for row in rows:
        number, title, site, customer, asset, kind, contact, opened_at = row
        old = Fault(words=words_of(title), site=site, customer=customer, asset=asset, kind=kind)
        why_so = partial(
            why_likely,
            old=old,
            age=reader.at - opened_at,
            called=caller.called(
                contact,
                customer,
                alike=shared(new.words, old.words) > 0,
                just_now=opened_at >= just_now,
            ),
            alone=lately == 1,
            spelled=fuzz.token_sort_ratio(typed, _typed(title), score_cutoff=SPELLED),
        )
        there = replace(new, site=site) if site in guessed else new
        by_words = why_so(new)
        why = by_words or why_so(there)
        if why is not None:
            said = likeliness(new, old, why) if by_words is not None else None
            points = likeliness(there, old, why)
            found.append(_Found(points=points, number=number, why=why, said=said))
    best = {one.number: one.why for one in _likeliest(found, limit)}
    return _told(reader, best, limit)


def _likeliest(found: list[_Found], limit: int) -> list[_Found]:
    """The likeliest first; a guess puts the likeliest by what was said further down, never out."""
    ranked = sorted(found, key=lambda one: (-one.points, -one.number))
    best = ranked[:limit]
    said = [(one.said, one.number, one) for one in ranked if one.said is not None]
    if said and (likeliest := max(said)[2]) not in best:
        best[-1] = likeliest
    return best


def _candidates(reader: Reader, new: Fault, caller: SameCaller, guessed: Iterable[int]) -> set[int]:
    newest = _NEWEST
    if reader.who.scope.sites is not None:  # else those of other sites would leave him none
        newest = newest.where(_LIVE, within(reader, _O.site_id))
    numbers = set(reader.conn.execute(newest).scalars())
    asked = [(_AT_SITE, new.site), (_OF_CUSTOMER, new.customer), (_OF_ASSET, new.asset)]
    asked += [(_AT_SITE, place) for place in sorted(guessed)[:_GUESSED]]
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
    return named.id if named is not None else _only(_meant(reader, "customer", text))


def _asset(reader: Reader, text: str, site: int | None) -> tuple[int | None, int | None]:
    """With where it stands; codes are a site's own: the same one elsewhere is another asset."""
    named = asset_named(reader, text, site)
    if named is not None:
        return named.id, named.site_id
    return _only(_meant(reader, "asset", text)), None


def _meant(reader: Reader, register: str, text: str) -> set[int]:
    """The entries that a text may mean."""
    return ids_of(reader, register, (text,)) if text.strip() else set()


def _mentioned(reader: Reader, query: LikelyOrders) -> set[int]:
    """Sites that the words name, or whose address is written where a site is asked for."""
    words, address = query.title[:LONGEST].lower(), query.site.strip()[:LONGEST].lower()
    named = literal(words).contains(func.lower(SITES.c.name))
    there = [func.lower(SITES.c.address).contains(address, autoescape=True)] if address else []
    asked = (
        select(SITES.c.id)
        .where(or_(and_(func.length(SITES.c.name) >= _NAMED, named), *there))
        .where(within(reader, SITES.c.id))
        .limit(_GUESSED)
    )
    return set(reader.conn.execute(asked).scalars())


def _only(ids: set[int]) -> int | None:
    return next(iter(ids)) if len(ids) == 1 else None


def _typed(text: str) -> str:
    """A text as words whose letters are compared, Chinese ones in pairs."""
    return " ".join(grams(text[:LONGEST]))
