"""An order with its past laid out as rows of plain driver values; needs no store.

SQLAlchemy's typed rows cost more than SQLite's writing of them, so values are turned here, once,
into what the drivers take: epoch milliseconds, 0 and 1, canonical JSON. What the order's number
decides, the first column of every row and the hashes, is added when it has one.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from store.domain.facts import canonical, chain_hash, salted
from store.domain.lifecycle import STATES
from store.domain.timers import implied
from store.persistence import people_state
from store.persistence.journal import JOURNAL
from store.persistence.known import Known
from store.persistence.loading import TIMER
from store.persistence.mapping import (
    CLOCK,
    ORDER,
    PAUSE,
    STEP,
    VISIT,
    clock_values,
    pause_values,
    step_values,
    visit_values,
)
from store.persistence.planning import key_of
from store.persistence.saving import row_of
from store.persistence.types import Instant, to_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Table

    from store.domain.history import Entry, History
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules
    from store.persistence.statements import Values

Tuple = tuple[Any, ...]
Rows = dict[str, list[Any]]
"""What is to be stored, by table name: plain values, that travel between processes."""

COLUMNS: Mapping[Table, tuple[str, ...]] = {
    table: tuple(column.name for column in table.c if column.name not in leave)
    for table, leave in (
        (ORDER, ()),
        (VISIT, ()),
        (PAUSE, ()),
        (CLOCK, ()),
        (STEP, ()),
        (TIMER, ("id", "fired_at", "trouble")),
        (JOURNAL, ("seq", "deed", "xid")),
    )
}
"""What bulk rows say of each table; what is left out fills itself. A number always comes first."""

PARTS = (VISIT, PAUSE, CLOCK, STEP, TIMER)
"""The tables whose rows hang on an order."""

_CHAIN = COLUMNS[ORDER].index("chain")
_PICKED: Mapping[str, tuple[Callable[[Mapping[str, Any]], Tuple], Sequence[int]]] = {
    table.name: (
        itemgetter(*COLUMNS[table][1:]),
        [n for n, name in enumerate(COLUMNS[table][1:]) if isinstance(table.c[name].type, Instant)],
    )
    for table in (ORDER, VISIT, PAUSE, CLOCK, STEP)
}
"""What picks a row's values, its number left out, and which of them are instants."""


class Laid(NamedTuple):
    """An order's rows without its number."""

    site: int | None
    technicians: tuple[int, ...]
    """Who may hold it."""
    order: Tuple
    parts: tuple[list[Tuple], ...]
    """Of each of `PARTS`, the rows."""
    entries: list[Tuple]
    """Of each fact its time, operator, name, body, and words with their salt."""


def lay(history: History, rules: Rules) -> Laid:
    """The rows of an order that arrives with its past.

    Timers are planned for live ones, and for those whose customer is still to be asked.
    """
    order = history.order
    live = not STATES[order.state].final
    row = row_of(Known(stored=None, now=order), rules)
    row["live"] = int(live)
    return Laid(
        site=order.site,
        technicians=tuple(people_state.touched(None, order)) if live else (),
        order=_plain(ORDER, row),
        parts=(
            [_plain(VISIT, visit_values(0, place, v)) for place, v in enumerate(order.visits, 1)],
            [_plain(PAUSE, pause_values(0, place, p)) for place, p in enumerate(order.pauses, 1)],
            [_plain(CLOCK, clock_values(0, place, c)) for place, c in enumerate(order.clocks, 1)],
            [_plain(STEP, step_values(0, place, s)) for place, s in enumerate(order.steps, 1)],
            [*_timers(order, rules)] if live or order.survey_at is not None else [],
        ),
        entries=[_entry(entry) for entry in history.entries],
    )


def put_down(laid: Laid, number: int, rows: Rows, *, via: str) -> None:
    """Add an order's rows to those of others, now that it has a number."""
    chain, journal = "", rows[JOURNAL.name]
    for at_ms, by, fact, body, words in laid.entries:
        chain = chain_hash(chain, at_ms=at_ms, by=by, via=via, number=number, fact=fact, body=body)
        journal.append((at_ms, by, via, number, fact, body, words, chain))
    whole = (number, *laid.order)
    rows[ORDER.name].append((*whole[:_CHAIN], chain, *whole[_CHAIN + 1 :]))
    for table, tails in zip(PARTS, laid.parts, strict=True):
        if tails:
            rows[table.name] += [(number, *tail) for tail in tails]


def no_rows() -> Rows:
    """A list for each table."""
    return {table.name: [] for table in COLUMNS}


def _timers(order: WorkOrder, rules: Rules) -> Iterable[Tuple]:
    for aim in implied(order, rules):
        due = to_ms(aim.due_at)
        yield (*key_of(aim), due, due, 0)


def _entry(entry: Entry) -> Tuple:
    fact, body, words = entry.fact, entry.fact.body, None
    if fact.words:
        kept, digest = salted(fact.words)
        body, words = {**body, "words": digest}, canonical(kept)
    return to_ms(entry.at), entry.by, fact.name, canonical(body), words


def _plain(table: Table, values: Values) -> Tuple:
    pick, instants = _PICKED[table.name]
    kept = list(pick(values))
    if table is STEP:
        kept = [int(value) if value is True or value is False else value for value in kept]
    for place in instants:
        if (at := kept[place]) is not None:
            kept[place] = to_ms(at)
    return tuple(kept)
