"""How the orders that fit are come by: few are held by number, many are walked in their order.

The search index answers what it can of a query; the rest are conditions on the order's row. Where
either finds only some, these are looked at one by one, and then sorted and counted at no cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select, true

from store.domain.finding.fields import INCIDENT, QUEUE_OF
from store.domain.finding.grams import Phrase, phrase
from store.domain.finding.tree import All, Either, Flag, Not, Sign, Term, Word, leaves
from store.domain.lifecycle import STATES, State
from store.persistence.search_docs import CUSTOMER, LIVE, SITE
from store.queries.answers.conditions import in_queue, queue_named
from store.queries.answers.finding_held import Held
from store.queries.answers.finding_newest import held_from_the_newest, seem_many
from store.queries.answers.finding_where import WHILE_LIVE, Meaning, states_of
from store.queries.answers.finding_words import Every, Mark, Some, number, numbers
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import within
from store.queries.finding import MOST
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Select

    from store.domain.finding.tree import Tree
    from store.queries.answers.finding_held import Newest
    from store.queries.answers.finding_words import Looked

_MOST_MARKS = 64
"""So many sites or customers are looked for in the index; more are tested row by row."""

_WIDE = 5_000
"""So many are held on PostgreSQL where fewer than that are likely: to look for a page among them
once more costs what it cost to find them."""

_MARKED = {"site": SITE, "customer": CUSTOMER}
_FINAL = frozenset(state.value for state in State if STATES[state].final)
_LIVE = {state.value for state in State} - _FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A query ready to be asked."""

    looked: Every | None
    """What the index is asked; None where no word is looked for."""
    rest: ColumnElement[bool]
    """What a row must fit besides."""
    selective: bool
    """Whether the rest leaves fewer rows than the index finds, maybe only few."""
    live: bool
    """Whether only orders at the desk can fit."""
    narrow: bool
    """Whether the index is asked for orders at the desk, or at some sites, alone."""
    flags: bool
    """Whether the rest is what an index of the orders at the desk tells by itself."""


def plan(meaning: Meaning, tree: Tree, queue: str | None) -> Plan:
    """How to come by the orders that fit, are in the queue and in the asker's sight."""
    reader = meaning.reader
    held = None if queue is None else queue_named(queue)
    parts = tree.parts if isinstance(tree, All) else (tree,)
    wanted, without, rest = _sorted_out(meaning, parts)
    live = (held is not None and held.live) or any(_implies_live(part) for part in parts)
    conditions: list[Any] = [within(reader, ORDERS.c.site_id), *map(meaning.where, rest)]
    if held is not None:
        conditions.append(in_queue(held))
    looked, unseen, seen = None, False, []
    if wanted:
        marks = [Mark(LIVE)] if live and Mark(LIVE) not in wanted else []
        sites = reader.who.scope.sites
        seen = [Some(_marks(SITE, sites))] if sites and len(sites) <= _MOST_MARKS else []
        looked = Every((*wanted, *marks, *seen), tuple(without))
        unseen = sites is not None and not seen
    selective = bool(rest) or held is not None or looked is None or unseen
    return Plan(
        looked=looked,
        rest=and_(true(), *conditions),
        selective=selective,
        live=live,
        narrow=live or bool(seen),
        flags=(bool(rest) or (held is not None and held.live)) and all(map(_is_flag, rest)),
    )


def hold(
    meaning: Meaning, asked: Plan, *, newest: Newest | None = None, rows: bool = True
) -> Held | None:
    """The orders that fit; None where they are too many, and the newest not wanted.

    Without `rows` only their number is.
    """
    if asked.looked is None:
        found = _some(meaning, select(ORDERS.c.number).where(asked.rest))
        return Held(found, all=True) if len(found) <= MOST else None
    if meaning.reader.kind == "sqlite":
        return _held_by_sqlite(meaning, asked, asked.looked)
    return _held_by_postgres(meaning, asked, asked.looked, newest, rows=rows)


def _held_by_postgres(
    meaning: Meaning, asked: Plan, looked: Every, newest: Newest | None, *, rows: bool
) -> Held | None:
    """Its index answers in no order, and takes as long for a few as for all."""
    conn = meaning.reader.conn
    held = _held_by_rest(meaning, asked, looked) if asked.flags else None
    if held is not None:
        return held
    many = False
    if asked.selective:
        many = seem_many(conn, looked)
    elif newest is not None or not (asked.narrow and rows):
        return held_from_the_newest(conn, looked, newest)
    if not many:
        most = MOST if asked.selective else _WIDE
        found = _some(meaning, numbers("postgresql", looked), most)
        if len(found) <= most:
            return Held(_fitting(meaning, found, asked), all=True)
    return _held_by_rest(meaning, asked, looked) if asked.selective and not asked.flags else None


def _held_by_sqlite(meaning: Meaning, asked: Plan, looked: Every) -> Held | None:
    """Its index answers from the newest on."""
    found = _some(meaning, numbers("sqlite", looked).order_by(number("sqlite").desc()))
    if len(found) <= MOST:
        return Held(_fitting(meaning, found, asked), all=True)
    return _held_by_rest(meaning, asked, looked) if asked.selective else Held(found, all=False)


def _held_by_rest(meaning: Meaning, asked: Plan, looked: Looked) -> Held | None:
    """The orders that fit, where few fit the rest."""
    most = _WIDE if meaning.reader.kind == "postgresql" else MOST
    found = _some(meaning, select(ORDERS.c.number).where(asked.rest), most)
    return Held(_spoken_of(meaning, found, looked), all=True) if len(found) <= most else None


def walked(meaning: Meaning, asked: Plan) -> ColumnElement[bool]:
    """The whole condition, for walking the rows in their order."""
    if asked.looked is None:
        return asked.rest
    return and_(asked.rest, ORDERS.c.number.in_(numbers(meaning.reader.kind, asked.looked)))


def _some(meaning: Meaning, asked: Select[int], most: int | None = None) -> list[int]:
    """So many (`MOST` unless told otherwise), and one more where there are more."""
    limited = asked.limit((MOST if most is None else most) + 1)
    rows = meaning.reader.conn.execute(limited, {"at": meaning.reader.at})
    return list(rows.scalars().all())


def _fitting(meaning: Meaning, found: Sequence[int], asked: Plan) -> list[int]:
    """Those of the orders that the index found that fit the rest as well."""
    if not found or not asked.selective:
        return list(found)
    among = meaning.among(ORDERS.c.number, found)
    rows = select(ORDERS.c.number).where(among, asked.rest)
    return list(meaning.reader.conn.execute(rows, {"at": meaning.reader.at}).scalars().all())


def _spoken_of(meaning: Meaning, found: Sequence[int], looked: Looked) -> list[int]:
    """Those of some orders that the index finds."""
    if not found:
        return []
    kind = meaning.reader.kind
    if kind == "postgresql":  # as it stands, the index is not asked for all that it finds
        asked = numbers(kind, looked).where(meaning.among(number(kind), found))
    else:
        named = ORDERS.c.number.in_(numbers(kind, looked))
        asked = select(ORDERS.c.number).where(meaning.among(ORDERS.c.number, found), named)
    return list(meaning.reader.conn.execute(asked).scalars().all())


def _sorted_out(
    meaning: Meaning, parts: Iterable[Tree]
) -> tuple[list[Looked], list[Looked], list[Tree]]:
    """What the index is to find, what it is to leave out, and what it knows nothing of."""
    wanted: list[Looked] = []
    without: list[Looked] = []
    rest: list[Tree] = []
    words = False
    for part in parts:
        hint = _hint(part)
        if hint is not None:
            wanted.append(hint)
            words = True
        turned = isinstance(part, Not)
        inner = part.part if isinstance(part, Not) else part
        looked = _looked(meaning, inner)
        if looked is None:
            rest.append(part)
            continue
        (without if turned else wanted).append(looked)
        words = words or (not turned and any(isinstance(w, Word) for w in leaves(inner)))
    # without a word of its own to begin with, the index would only be a detour
    return (wanted, without, rest) if words else ([], [], list(parts))


def _hint(tree: Tree) -> Looked | None:
    """What all that fit are found by, and others too."""
    if not (isinstance(tree, Term) and tree.field == "id"):
        return None
    found = [phrase(value, exact=True) for value in tree.values if isinstance(value, str)]
    begun = tuple(Phrase(one.grams, begins=True) for one in found if one is not None)
    return Some(begun) if len(begun) == len(tree.values) else None


def _looked(meaning: Meaning, tree: Tree) -> Looked | None:
    """What the index can find of a tree; None where it does not know all of it."""
    if isinstance(tree, Word):
        return phrase(tree.text, exact=tree.exact)
    if isinstance(tree, All | Either):
        parts = [_looked(meaning, part) for part in tree.parts]
        known = tuple(part for part in parts if part is not None)
        if len(known) < len(parts) or not known:
            return None
        return Every(known) if isinstance(tree, All) else Some(known)
    if isinstance(tree, Term) and tree.field == "state" and tree.sign is Sign.IS:
        return Mark(LIVE) if states_of(tree) == _LIVE else None
    if isinstance(tree, Term) and tree.field in _MARKED:
        ids = meaning.ids(tree) if all(isinstance(v, str) for v in tree.values) else ()
        if 0 < len(ids) <= _MOST_MARKS:
            return Some(_marks(_MARKED[tree.field], ids))
    return None


def _marks(kind: str, ids: Iterable[int]) -> tuple[Mark, ...]:
    return tuple(Mark(f"{kind}{entry}") for entry in sorted(ids))


def _is_flag(tree: Tree) -> bool:
    return isinstance(tree, Flag)


def _implies_live(tree: Tree) -> bool:
    if isinstance(tree, Flag):
        return tree.name != INCIDENT and QUEUES[QUEUE_OF.get(tree.name, tree.name)].live
    if not isinstance(tree, Term):
        return False
    return tree.field in WHILE_LIVE or (
        tree.field == "state" and _FINAL.isdisjoint(states_of(tree))
    )
