"""A history of which everything is known but what each copy has of its own.

What differs between copies (number, times, site, people, title) stands in one flat list of values.
Each row is a picking from that list, and the bodies of the journal are one text filled from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from store.domain.copies import CUSTOMER, SITE, TECHNICIANS
from store.domain.facts import canonical
from store.domain.lifecycle import LIVE_VISITS
from store.domain.order import Clock, Pause, Visit, WorkOrder
from store.domain.reckon import FAR
from store.domain.timer_kinds import TimerKind
from store.persistence.bulk import COLUMNS
from store.persistence.journal import JOURNAL
from store.persistence.types import Instant, to_ms

if TYPE_CHECKING:
    from sqlalchemy import Table

    from store.domain.copies import Copy
    from store.domain.history import Entry, History

Tuple = tuple[Any, ...]
Pick = Callable[[Sequence[Any]], Tuple]
Rows = dict[str, list[Tuple]]
"""What is to be stored, by table name: it travels between processes."""
Slot = tuple[Any, ...]
"""Which value is meant: its kind, and what tells it from others of that kind."""
Told = tuple[str, list[Slot]]
"""A text with `%s` where copies differ, and the slots of these."""

STAND_IN: Mapping[str, Any] = {"number": -99, "chain": ""}
"""What a pattern's order is called while its rows are laid out."""

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


@dataclass(slots=True, kw_only=True)
class Copies:
    """Orders ready to be stored."""

    numbers: Sequence[int]
    rows: Rows
    technicians: set[int]
    """Who may hold one of them."""


def copied(patterns: Sequence[Pattern], numbers: Sequence[int], copies: Iterable[Copy]) -> Copies:
    """The rows of some copies under these numbers; needs no store."""
    made = Copies(numbers=numbers, rows={table.name: [] for table in COLUMNS}, technicians=set())
    for number, copy in zip(numbers, copies, strict=True):
        pattern = patterns[copy.pattern]
        pattern.fill(number, copy, made.rows)
        made.technicians.update(copy.technicians[: pattern.held])
    return made


class Pattern:
    """A history ready to be copied."""

    def __init__(
        self, history: History, rows: Mapping[Table, Sequence[Tuple]], *, via: str
    ) -> None:
        visits, entries = history.order.visits, history.entries
        self.people = len({visit.technician for visit in visits})
        """How many technicians it names."""
        self.held = self.people if any(v.state in LIVE_VISITS for v in visits) else 0
        """How many of them may hold it."""
        self._words = [_worded(e.fact.words) for e in entries if e.fact.words]
        self._facts = [(e.by, via, e.fact.name, bool(e.fact.words)) for e in entries]
        told = list(_bodies(entries))
        ats: list[Slot] = [("time", to_ms(entry.at)) for entry in entries]
        slots = {table: [_slots(table, row) for row in laid] for table, laid in rows.items()}
        needed = [*ats, *(slot for _, found in told for slot in found)]
        needed += [slot for laid in slots.values() for row in laid for slot in row]
        self._times, self._seconds, self._same = (_kind(k, needed) for k in _SHARED)
        place = {slot: n for n, slot in enumerate(self._layout())}
        self._picks = {
            table.name: [_picker(row, place) for row in laid] for table, laid in slots.items()
        }
        self._ats = _picker(ats, place)
        self._bodies = _Text(told, place)
        self._chained = _Text(
            [
                (_chained(entry, body, via), [at, _NUMBER, *found])
                for entry, at, (body, found) in zip(entries, ats, told, strict=True)
            ],
            place,
        )

    def fill(self, number: int, copy: Copy, rows: Rows) -> None:
        """Add a copy's rows to those of other orders."""
        kept, digests = self._salted(copy)
        later_s = copy.shift_s
        later_ms = later_s * 1000
        values = [number, "", copy.title, copy.site, copy.customer]
        values += copy.technicians[: self.people]
        values += digests
        values += [ms + later_ms for ms in self._times]
        values += [second + later_s for second in self._seconds]
        values += self._same
        values[1] = self._tell(number, values, iter(kept), rows[JOURNAL.name])
        for table, picks in self._picks.items():
            rows[table] += [pick(values) for pick in picks]

    def _layout(self) -> Iterator[Slot]:
        """The slots in the order in which `fill` lists their values."""
        yield from (_NUMBER, _CHAIN, _TITLE)
        yield from (("own", person) for person in (SITE, CUSTOMER, *TECHNICIANS[: self.people]))
        yield from (("digest", n) for n in range(len(self._words)))
        for kind, values in zip(_SHARED, (self._times, self._seconds, self._same), strict=True):
            yield from (_shared(kind, value) for value in values)

    def _tell(self, number: int, values: list[Any], kept: Iterator[str], rows: list[Tuple]) -> str:
        """Add the journal of a copy; the hash at the end of its chain."""
        chain = ""
        for at, (by, via, name, worded), body, rest in zip(
            self._ats(values), self._facts, self._bodies(values), self._chained(values), strict=True
        ):
            chain = hashlib.sha256(f'["{chain}{rest}'.encode()).hexdigest()
            rows.append((at, by, via, number, name, body, next(kept) if worded else None, chain))
        return chain

    def _salted(self, copy: Copy) -> tuple[list[str], list[str]]:
        """The free text of each entry that has any, with its salt, and its digest."""
        kept, digests = [], []
        for place, (plain, salted, titled) in enumerate(self._words):
            salt = f"{copy.salt:012x}{place:04x}"
            title = (_as_json(copy.title),) if titled else ()
            digests.append(hashlib.sha256((salt + plain % title).encode()).hexdigest())
            kept.append(salted % (salt, *title))
        return kept, digests


class _Text:
    """Several texts with one filling, which costs less than one each."""

    def __init__(self, told: Iterable[Told], place: Mapping[Slot, int]) -> None:
        texts, slots = zip(*told, strict=True)
        self._text = "\0".join(texts)
        self._pick = _picker([slot for found in slots for slot in found], place)

    def __call__(self, values: Sequence[Any]) -> list[str]:
        return (self._text % self._pick(values)).split("\0")


_SHARED = ("time", "second", "same")


def _shared(kind: str, value: Any) -> Slot:
    return (kind, value, type(value)) if kind == "same" else (kind, value)


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
    return _shared("same", value)


def _stands_for(value: int) -> Slot:
    return _NUMBER if value == STAND_IN["number"] else ("own", value)


def _bodies(entries: Iterable[Entry]) -> Iterator[Told]:
    """Each entry's canonical body as a text to fill."""
    worded = 0
    for entry in entries:
        body: dict[str, Any] = dict(entry.fact.body)
        slots: list[Slot] = []
        if entry.fact.words:
            body["words"] = _HERE
        marked = canonical(_marked(body, "", slots, ("digest", worded)))
        worded += bool(entry.fact.words)
        here = canonical(_HERE)
        text = marked.replace("%", "%%").replace(f'"words":{here}', '"words":"%s"')
        yield text.replace(here, "%s"), slots


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


def _picker(slots: Sequence[Slot], place: Mapping[Slot, int]) -> Pick:
    places = [place[slot] for slot in slots]
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[n] for n in places)
