"""Queries as conditions on `work_order`: the one place where a field meets its column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    and_,
    bindparam,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.types import Integer

from store.domain.finding.fields import FIELDS, INCIDENT, QUEUE_OF, SEVERAL, Kind
from store.domain.finding.grams import folded, phrase
from store.domain.finding.stretches import Here, Stretch, stretch
from store.domain.finding.tree import All, Either, Flag, Not, Numbers, Sign, Special, Term, Word
from store.persistence.search_docs import WENT
from store.persistence.tables import metadata
from store.persistence.types import Json, Wholes
from store.queries.answers.conditions import holding
from store.queries.answers.finding_callers import callers_meant
from store.queries.answers.finding_crews import LACKING, missing
from store.queries.answers.finding_incidents import in_incidents
from store.queries.answers.finding_names import begins, ids_of, tagged
from store.queries.answers.finding_steps import has_steps, stands_so
from store.queries.answers.finding_times import lies
from store.queries.answers.finding_words import numbers
from store.queries.answers.lines import ORDERS, SITES
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement

    from store.domain.finding.tree import Tree
    from store.persistence.reader import Reader

    Condition = ColumnElement[bool]

_VISITS = metadata.tables["visit"]
WHILE_LIVE = frozenset({"due", "wake"})
"""Times that only orders at the desk have."""
_WHOLE = {
    "number": ORDERS.c.number,
    "p": ORDERS.c.priority,
    "crew": ORDERS.c.crew,
    "project": ORDERS.c.project,
}
_TEXTS = {"kind": ORDERS.c.kind, "source": ORDERS.c.source, "id": ORDERS.c.external_id}
_NAMED = {
    "site": ORDERS.c.site_id,
    "customer": ORDERS.c.customer_id,
    "asset": ORDERS.c.asset_id,
    "level": ORDERS.c.level_id,
    "follower": ORDERS.c.follower_id,
}


class Meaning:
    """What queries mean to one asker at one moment; each name is looked up once."""

    def __init__(self, reader: Reader, here: Here) -> None:
        self.reader = reader
        self._here = here
        self._ids: dict[tuple[str, tuple[str, ...], bool], set[int]] = {}

    def where(self, tree: Tree) -> Condition:
        """The condition on a row of `work_order`."""
        if isinstance(tree, All):
            return and_(true(), *map(self.where, tree.parts))
        if isinstance(tree, Either):
            return or_(false(), *map(self.where, tree.parts))
        if isinstance(tree, Not):
            # what is not known does not fit, and so fits its opposite
            return not_(func.coalesce(self.where(tree.part), false()))
        if isinstance(tree, Flag) and tree.name == INCIDENT:
            return ORDERS.c.number.in_(in_incidents())
        if isinstance(tree, Flag):
            queue = QUEUES[QUEUE_OF.get(tree.name, tree.name)]
            return and_(holding(f"({queue.predicate()})"))
        return self._word(tree) if isinstance(tree, Word) else self._term(tree)

    def ids(self, term: Term) -> set[int]:
        """The entries that the names of a term mean."""
        names = tuple(value for value in term.values if isinstance(value, str))
        key = term.field, names, term.sign is Sign.EXACTLY
        if key not in self._ids:
            self._ids[key] = ids_of(self.reader, term.field, names, exactly=key[2])
        return self._ids[key]

    def _word(self, word: Word) -> Condition:
        wanted = phrase(word.text, exact=word.exact)
        if wanted is None:
            return false()
        return ORDERS.c.number.in_(numbers(self.reader.kind, wanted))

    def _term(self, term: Term) -> Condition:
        kind = FIELDS[term.field].kind
        if kind is Kind.TIME:
            return self._times(term)
        if kind is Kind.WHOLE:
            return or_(*(_compared(term, value, self.reader.at) for value in term.values))
        if kind is Kind.STATE:
            return ORDERS.c.state.in_(sorted(states_of(term)))
        return self._other(term)

    def _times(self, term: Term) -> Condition:
        ahead = FIELDS[term.field].ahead
        # nothing is due any more once an order has left the desk; so their own index serves
        live = [text("live = 1")] if term.field in WHILE_LIVE else []
        conditions = []
        for value in term.values:
            if isinstance(value, Special):
                found = Stretch()
            else:
                assert not isinstance(value, str | Numbers)
                found = stretch(term.sign, value, self._here, ahead=ahead)
            fits = lies(term.field, found, self.reader.kind)
            conditions.append(not_(fits) if value is Special.NONE else fits)
        return and_(or_(*conditions), *live)

    def _other(self, term: Term) -> Condition:
        names = [value for value in term.values if isinstance(value, str)]
        specials = [value for value in term.values if isinstance(value, Special)]
        has, fits = _OTHER[term.field]
        conditions = [fits(self, term)] if names else []
        for special in specials:
            if special is Special.ME:
                conditions.append(ORDERS.c.follower_id == self.reader.who.operator)
            else:
                conditions.append(has() if special is Special.ANY else not_(has()))
        return or_(*conditions)

    def among(self, column: Any, ids: Iterable[int]) -> Condition:
        """Whether a column is one of these; one statement text for any number of them."""
        given = sorted(ids)
        if not given:
            return false()
        if self.reader.kind == "postgresql":
            found: Condition = column == func.any(bindparam("ids", given, Wholes(), unique=True))
            return found
        listed = func.json_each(bindparam("ids", given, Json, unique=True)).table_valued("value")
        return column.in_(select(listed.c.value.cast(Integer)))  # type: ignore[no-any-return]


def states_of(term: Term) -> set[str]:
    """The states that a term of the state allows."""
    found: set[str] = set()
    for value in term.values:
        several = SEVERAL.get(str(value))
        found |= {state.value for state in several} if several else {str(value)}
    return found


def _compared(term: Term, value: object, at: datetime) -> Condition:
    assert isinstance(value, Numbers)
    is_crew = term.field == "missing"
    column: ColumnElement[Any] = missing(at) if is_crew else _WHOLE[term.field]
    compared: Mapping[Sign, Condition] = {
        Sign.IS: column.between(value.first, value.last),
        Sign.BELOW: column < value.first,
        Sign.UP_TO: column <= value.last,
        Sign.ABOVE: column > value.last,
        Sign.FROM: column >= value.first,
    }
    lacks = term.sign is Sign.ABOVE or (term.sign in {Sign.IS, Sign.FROM} and value.first > 0)
    return and_(compared[term.sign], LACKING if is_crew and lacks else true())


def _own(column: Column[Any]) -> _Row:
    return (
        lambda: column.is_not(None),
        lambda meaning, term: meaning.among(column, meaning.ids(term)),
    )


def _text(column: Column[Any]) -> _Row:
    def fits(meaning: Meaning, term: Term) -> Condition:
        kind = meaning.reader.kind
        return or_(*(begins(kind, column, v) for v in term.values if isinstance(v, str)))

    return lambda: func.coalesce(column, "") != "", fits


_WENT = _VISITS.c.state.in_(sorted(state.value for state in WENT))


def _anybody_went() -> Condition:
    return exists().where(_VISITS.c.number == ORDERS.c.number, _WENT)


def _went(meaning: Meaning, term: Term) -> Condition:
    mine = meaning.among(_VISITS.c.technician_id, meaning.ids(term))
    return ORDERS.c.number.in_(select(_VISITS.c.number).where(_WENT, mine))


def _in_region(*conditions: Any) -> Condition:
    asked = select(SITES.c.id).where(SITES.c.region_id.is_not(None), *conditions)
    return func.coalesce(ORDERS.c.site_id.in_(asked), false())


def _tagged(meaning: Meaning, term: Term) -> Condition:
    tags = [value for value in term.values if isinstance(value, str)]
    return ORDERS.c.customer_id.in_(tagged(meaning.reader, tags))


def _needing(_meaning: Meaning, term: Term) -> Condition:
    names = (folded(value).strip() for value in term.values if isinstance(value, str))
    held = or_(*(ORDERS.c.needs.contains(name, autoescape=True) for name in names))
    return and_(ORDERS.c.needs != "", held)


def _steps(_meaning: Meaning, term: Term) -> Condition:
    return stands_so(value for value in term.values if isinstance(value, str))


def _has_tag() -> Condition:
    tags = metadata.tables["customer_tag"]
    return func.coalesce(ORDERS.c.customer_id.in_(select(tags.c.customer_id)), false())


def _called(meaning: Meaning, term: Term) -> Condition:
    names = (value for value in term.values if isinstance(value, str))
    people, customers = callers_meant(meaning.reader, names)
    who = ORDERS.c.contact_id
    found = and_(meaning.among(who, people), who.is_not(None))
    return or_(found, meaning.among(ORDERS.c.customer_id, customers)) if customers else found


if TYPE_CHECKING:
    _Row = tuple[Callable[[], Condition], Callable[[Meaning, Term], Condition]]

_OTHER: Mapping[str, _Row] = {
    **{field: _own(column) for field, column in _NAMED.items()},
    **{field: _text(column) for field, column in _TEXTS.items()},
    "needs": (lambda: ORDERS.c.needs != "", _needing),
    "tech": (_anybody_went, _went),
    "region": (
        _in_region,
        lambda meaning, term: _in_region(meaning.among(SITES.c.region_id, meaning.ids(term))),
    ),
    "tag": (_has_tag, _tagged),
    "sop": (has_steps, _steps),
    "caller": (lambda: ORDERS.c.contact_id.is_not(None), _called),
}
"""Of fields with names and texts: whether an order has any, and whether it has one of these."""
