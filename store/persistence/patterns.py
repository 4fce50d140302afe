"""A history of which everything is known but what each copy has of its own.

What differs between copies (number, times, site, people, title) stands in one flat list of values.
Each row is a picking from that list, and the bodies of the journal are one text filled from it.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.domain.copies import CUSTOMER, SITE, TECHNICIANS
from store.domain.facts import canonical
from store.domain.lifecycle import LIVE_VISITS
from store.domain.order import Clock, Pause, Visit, WorkOrder
from store.domain.reckon import FAR
from store.domain.timer_kinds import TimerKind
from store.persistence.inks import SAME, Form
from store.persistence.journal import JOURNAL
from store.persistence.laying import COLUMNS, no_rows
from store.persistence.pattern_docs import Findable
from store.persistence.search_docs import INDEX
from store.persistence.types import Instant, to_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Table

    from store.domain.copies import Copy
    from store.domain.facts import Fact
    from store.domain.history import Entry, History
    from store.persistence.inks import Slot, TextInk, Told, Tuple, TupleInk
    from store.persistence.laying import Rows
    from store.persistence.pattern_docs import Names


STAND_IN = -99
"""The number of a pattern's order while its rows are laid out."""

_NUMBER, _CHAIN, _TITLE = (("own", name) for name in ("number", "chain", "title"))
_OWN_COLUMNS = {"chain": _CHAIN, "title": _TITLE}
_FAR_MS = to_ms(FAR)
_OF_SECONDS = frozenset({TimerKind.ORPHAN.value, TimerKind.SILENCE.value})
"""Timers whose run is the epoch second of what they watch."""
_INSTANTS = frozenset(
    field.name
    for kind in (WorkOrder, Visit, Pause, Clock)
    for field in fields(kind)
    if "datetime" in str(field.type)
)
"""What a body keeps as epoch milliseconds."""
_HERE = "\x01"
"""A mark in a body where something is to be filled in; no text of ours holds it."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Orders ready to be stored; `astuple` makes plain values of them, to travel."""

    numbers: Sequence[int]
    technicians: set[int]
    """Who may hold one of them."""
    packed: bytes
    """Their rows: a tenth of what they take as objects."""

    def unpacked(self) -> Rows:
        """Their rows as a database takes them."""
        rows: Rows = marshal.loads(self.packed)
        return rows


def copied(
    patterns: Sequence[Pattern], numbers: Sequence[int], copies: Iterable[Copy], names: Names
) -> Copies:
    """The rows of some copies under these numbers; needs no store, but whose names are in it."""
    rows, technicians = no_rows(), set[int]()
    found = rows[INDEX] = list[Any]()
    for number, copy in zip(numbers, copies, strict=True):
        pattern = patterns[copy.pattern]
        pattern.fill(number, copy, rows)
        found.append(pattern.found(number, copy, names))
        technicians.update(copy.technicians[: pattern.held])
    ink = patterns[0].ink
    # SQLAlchemy's names of tables are no plain `str`.
    packed = marshal.dumps({str(name): ink.whole(made) for name, made in rows.items()})
    return Copies(list(numbers), technicians, packed)


class Pattern:
    """A history ready to be copied."""

    def __init__(
        self,
        history: History,
        rows: Mapping[Table, Sequence[Tuple]],
        *,
        via: str,
        ink: TupleInk | TextInk,
    ) -> None:
        visits, entries = history.order.visits, history.entries
        self.ink = ink
        self.people = len({visit.technician for visit in visits})
        """How many technicians it names."""
        self.held = self.people if any(v.state in LIVE_VISITS for v in visits) else 0
        """How many of them may hold it."""
        self._words = [_worded(e.fact.words) for e in entries if e.fact.words]
        forms = list(_forms(entries, via))
        slots = {table: [_slots(table, row) for row in laid] for table, laid in rows.items()}
        needed = [slot for form in forms for slot in (form.at, *form.body[1], form.words)]
        needed += [slot for laid in slots.values() for row in laid for slot in row]
        self._times, self._seconds, self._same = (_kind(k, needed) for k in _SHARED)
        place = {slot: n for n, slot in enumerate(self._layout())}
        self._rows = [(table.name, ink.rows(laid, place)) for table, laid in slots.items() if laid]
        self._tell = ink.journal(forms, place)
        self._findable = Findable(history)

    def fill(self, number: int, copy: Copy, rows: Rows) -> None:
        """Add a copy's rows to those of other orders."""
        kept, digests = self._salted(copy)
        later_s = copy.shift_s
        later_ms = later_s * 1000
        values = [number, "", self.ink.text(copy.title), copy.site, copy.customer]
        values += copy.technicians[: self.people]
        values += digests
        values += kept
        values += [ms + later_ms for ms in self._times]
        values += [second + later_s for second in self._seconds]
        values = self.ink.values(values)
        values += self._same
        told, values[1] = self._tell(values)
        rows[JOURNAL.name] += told
        for table, make in self._rows:
            rows[table] += make(values)

    def found(self, number: int, copy: Copy, names: Names) -> Any:
        """What a copy is found by."""
        return self.ink.found(number, self._findable.document(number, copy, names))

    def _layout(self) -> Iterator[Slot]:
        """The slots in the order in which `fill` lists their values."""
        yield from (_NUMBER, _CHAIN, _TITLE)
        yield from (("own", person) for person in (SITE, CUSTOMER, *TECHNICIANS[: self.people]))
        yield from (("digest", n) for n in range(len(self._words)))
        yield from (("kept", n) for n in range(len(self._words)))
        for kind, values in zip(_SHARED, (self._times, self._seconds, self._same), strict=True):
            yield from (_shared(kind, value) for value in values)

    def _salted(self, copy: Copy) -> tuple[list[str], list[str]]:
        """The free text of each entry that has any, with its salt, and its digest."""
        kept, digests = [], []
        for place, (plain, salted, titled) in enumerate(self._words):
            salt = f"{copy.salt:012x}{place:04x}"
            title = (_as_json(copy.title),) if titled else ()
            digests.append(hashlib.sha256((salt + plain % title).encode()).hexdigest())
            kept.append(self.ink.json(salted % (salt, *title)))
        return kept, digests


_SHARED = ("time", "second", SAME)


def _shared(kind: str, value: Any) -> Slot:
    return (kind, value, type(value)) if kind == SAME else (kind, value)


def _kind(kind: str, slots: Iterable[Slot]) -> list[Any]:
    """The different values of a kind, in order."""
    return [slot[1] for slot in dict.fromkeys(slots) if slot[0] == kind]


def _slots(table: Table, row: Tuple) -> list[Slot]:
    """What stands in each column of a row that was laid out for the pattern."""
    named = dict(zip(COLUMNS[table], row, strict=True))
    seconds = named.get("kind") in _OF_SECONDS
    return [
        ("second", value) if seconds and name == "run" else _slot(table, name, value)
        for name, value in named.items()
    ]


def _slot(table: Table, name: str, value: Any) -> Slot:
    if name in _OWN_COLUMNS:
        return _OWN_COLUMNS[name]
    if isinstance(table.c[name].type, Instant) and value not in {None, _FAR_MS}:
        return ("time", value)
    if isinstance(value, int) and value < 0:
        return _stands_for(value)
    return _shared(SAME, value)


def _stands_for(value: int) -> Slot:
    return _NUMBER if value == STAND_IN else ("own", value)


def _forms(entries: Iterable[Entry], via: str) -> Iterator[Form]:
    """The entries of a journal, each with its place among those that have words."""
    worded = 0
    for entry in entries:
        fact, at = entry.fact, ("time", to_ms(entry.at))
        body, found = _body(fact, ("digest", worded))
        yield Form(
            at=at,
            by=entry.by,
            via=via,
            number=_NUMBER,
            fact=fact.name,
            body=(body, found),
            words=("kept", worded) if fact.words else _shared(SAME, None),
            hashed=(_chained(entry, body, via), [at, _NUMBER, *found]),
        )
        worded += bool(fact.words)


def _body(fact: Fact, digest: Slot) -> Told:
    """A fact's canonical body as a text to fill."""
    body: dict[str, Any] = dict(fact.body)
    slots: list[Slot] = []
    if fact.words:
        body["words"] = _HERE
    marked = canonical(_marked(body, "", slots, digest))
    here = canonical(_HERE)
    text = marked.replace("%", "%%").replace(f'"words":{here}', '"words":"%s"')
    return text.replace(here, "%s"), slots


def _marked(value: Any, name: str, slots: list[Slot], digest: Slot) -> Any:
    """A body with marks, its slots noted in the order in which canonical text has them."""
    if isinstance(value, Mapping):
        return {n: _marked(value[n], n, slots, digest) for n in sorted(value)}
    if isinstance(value, list | tuple):
        return [_marked(item, name, slots, digest) for item in value]
    if value == _HERE:
        slots.append(digest)
    elif name in _INSTANTS and value is not None:
        slots.append(("time", value))
    elif isinstance(value, int) and value < 0:
        slots.append(_stands_for(value))
    else:
        return value
    return _HERE


def _chained(entry: Entry, body: str, via: str) -> str:
    """What is hashed for an entry, after the hash before: see `facts.chain_hash`."""
    name = canonical(entry.fact.name)
    return f'",%s,{entry.by},{canonical(via)},%s,{name},{canonical(body)}]'


def _worded(words: Mapping[str, str] | None) -> tuple[str, str, bool]:
    """Free text as it is hashed and as it is kept, to be filled; and whether a title is in it."""
    plain = dict(words or {})
    titled = "title" in plain
    if titled:
        plain["title"] = _HERE
    hashed = canonical(plain).replace("%", "%%")
    kept = canonical({**plain, "salt": "\x02"}).replace("%", "%%").replace("\\u0002", "%s")
    here = canonical(_HERE)
    return hashed.replace(here, "%s"), kept.replace(here, "%s"), titled


@lru_cache(maxsize=4096)
def _as_json(text: str) -> str:
    return canonical(text)
