"""Answers about an order's relatives, as far as the asker sees them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from sqlalchemy import Text, func, select, type_coerce

from store.domain.corrective_told import FIGURES
from store.domain.lifecycle import read_state
from store.domain.reach import MOST
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.doctor_story import parsed
from store.queries.answers.lines import CUSTOMERS, ORDERS
from store.queries.answers.scope import within
from store.queries.kin import DuplicateLine, KinLine, OpenPromise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement

    from store.persistence.reader import Reader

_T = metadata.tables
_ACTIONS = _T["corrective"]
_CONTACTS, _JOURNAL, _FOLLOW_UPS = _T["contact"], _T["journal"], _T["follow_up"]
_O = ORDERS.c

_NAMING: Final = ("other", "child", "linked", "copy", "parent", "duplicate_of")
"""What entries call another order by."""
_BECAME: Final = "became"
"""Under which they tell what became of an action."""
_LINKS: Final = "links"
"""What they call several by."""
_SET: Final = "set"
"""Under which they tell what became of the order itself."""
_WORDY: Final = ("noted", "chased")
"""Facts that carry what somebody wrote down and told nobody."""
_NEWEST: Final = 5
"""So many notes of each duplicate are shown; its own card has the rest."""
_SHOWN: Final = 50
"""So many duplicates are told of in full."""


def kin(reader: Reader, where: ColumnElement[bool]) -> tuple[KinLine, ...]:
    """Some orders with whom they are for, by number."""
    found = (
        select(_O.number, _O.title, _O.state, CUSTOMERS.c.name, _O.told_at, _O.cadence_s)
        .select_from(ORDERS.outerjoin(CUSTOMERS, CUSTOMERS.c.id == _O.customer_id))
        .where(where, within(reader, _O.site_id))
        .order_by(_O.number)
    )
    return tuple(
        KinLine(
            number=number,
            title=title,
            state=read_state(state),
            customer=customer,
            told_at=told_at,
            incident=cadence_s is not None,
        )
        for number, title, state, customer, told_at, cadence_s in reader.conn.execute(found)
    )


def in_sight(reader: Reader, bodies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What entries tell, without the numbers of orders that the asker does not see.

    Nor figures of an action that is measured of more than he sees.
    """
    if reader.who.scope.sites is None:
        return list(bodies)
    numbers = sorted({number for body in bodies for number in _named(body)})
    asked = select(_O.number).where(
        among(_O.number, "numbers", reader.kind), within(reader, _O.site_id)
    )
    bodies = _without_figures(reader, bodies)
    hidden = {*numbers}.difference(reader.conn.execute(asked, {"numbers": numbers}).scalars())
    return [_without(body, hidden) for body in bodies] if hidden else list(bodies)


def _named(body: Mapping[str, Any]) -> Iterator[int]:
    """The numbers of other orders that an entry tells, also of those that it set."""
    for name, said in body.items():
        if name in _NAMING and is_id(said):
            yield said
        elif name == _LINKS and isinstance(said, list):
            yield from (number for number in said if is_id(number))
        elif name == _SET and isinstance(said, dict):
            yield from _named(said)


def _without_figures(
    reader: Reader, bodies: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    told = {body["action"] for body in bodies if is_id(body.get("action")) and _BECAME in body}
    if not told:
        return bodies
    asked = select(_ACTIONS.c.id).where(
        among(_ACTIONS.c.id, "actions", reader.kind), within(reader, _ACTIONS.c.site)
    )
    seen = set(reader.conn.execute(asked, {"actions": sorted(told)}).scalars())
    return [
        {**body, _BECAME: {n: v for n, v in body[_BECAME].items() if n not in FIGURES}}
        if body.get("action") in told - seen and isinstance(body.get(_BECAME), dict)
        else body
        for body in bodies
    ]


def _without(body: Mapping[str, Any], hidden: Collection[int]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for name, said in body.items():
        if name == _LINKS and isinstance(said, list):
            seen[name] = [number for number in said if number not in hidden]
        elif name == _SET and isinstance(said, dict):
            seen[name] = _without(said, hidden)
        elif not (name in _NAMING and is_id(said) and said in hidden):
            seen[name] = said
    return seen


def is_id(value: object) -> TypeGuard[int]:
    """Whether a database can be asked for it; others may have written the journal."""
    return isinstance(value, int) and 0 < value <= MOST


def duplicates(reader: Reader, number: int) -> tuple[DuplicateLine, ...]:
    """Those that asked for the same, with their words, notes and what was promised on them."""
    columns = (_O.number, _O.title, _O.description, _O.opened_at, _O.chased, _O.told_at)
    people = (
        CUSTOMERS.c.name.label("customer"),
        _CONTACTS.c.name.label("caller"),
        func.coalesce(func.nullif(_CONTACTS.c.phone, ""), CUSTOMERS.c.phone).label("phone"),
    )
    source = ORDERS.outerjoin(CUSTOMERS, CUSTOMERS.c.id == _O.customer_id)
    found = (
        select(*columns, *people)
        .select_from(source.outerjoin(_CONTACTS, _CONTACTS.c.id == _O.contact_id))
        .where(_O.duplicate_of == number, within(reader, _O.site_id))
        .order_by(_O.number)
        .limit(_SHOWN)
    )
    rows = reader.conn.execute(found).mappings().all()
    if not rows:
        return ()
    numbers = [row["number"] for row in rows]
    notes, promises = _notes(reader, numbers), _promises(reader, numbers)
    return tuple(
        DuplicateLine(
            **row,
            notes=tuple(notes.get(row["number"], ())[-_NEWEST:]),
            promises=tuple(promises.get(row["number"], ())),
        )
        for row in rows
    )


def _notes(reader: Reader, numbers: Collection[int]) -> Mapping[int, list[str]]:
    found = (
        select(_JOURNAL.c.number, type_coerce(_JOURNAL.c.words, Text))
        .where(
            among(_JOURNAL.c.number, "numbers", reader.kind),
            _JOURNAL.c.fact.in_(_WORDY),
            _JOURNAL.c.words.is_not(None),
        )
        .order_by(_JOURNAL.c.seq)
    )
    notes: dict[int, list[str]] = defaultdict(list)
    for number, words in reader.conn.execute(found, {"numbers": list(numbers)}):
        text = (parsed(words) or {}).get("note")
        if isinstance(text, str) and text:
            notes[number].append(text)
    return notes


def _promises(reader: Reader, numbers: Collection[int]) -> Mapping[int, list[OpenPromise]]:
    table = _FOLLOW_UPS.c
    found = (
        select(table.number, table.due_at, table.note)
        .where(among(table.number, "numbers", reader.kind), table.done_at.is_(None))
        .order_by(table.due_at)
    )
    promises: dict[int, list[OpenPromise]] = defaultdict(list)
    for number, due_at, note in reader.conn.execute(found, {"numbers": list(numbers)}):
        promises[number].append(OpenPromise(due_at=due_at, note=note))
    return promises
