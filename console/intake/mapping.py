"""From a row's cells to a picture of an order, by the file's map."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from console.i18n import _
from console.intake import nameless
from console.intake.columns import Columns, remembered
from console.intake.dates import Dates, zone_of
from console.intake.fields import FIELDS, STATES_READ, Shape
from console.intake.maps import OWN, OWN_MARKS, FileMap
from console.intake.phones import PHONES, numbered
from console.intake.reader import DELIMITERS, Row, Table
from console.intake.troubles import FileRefused, MapRefused, RowRefused
from store.domain.lifecycle import State
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from typing import TypeVar

    from console.intake.columns import Cells, Pick

    Value = TypeVar("Value")
    Read = Callable[[Any], Value]

_GUARDED = ("'=", "'+", "'-", "'@", "'\t")
_UNSEEN_TOO = 16
"""How many times as long as what is kept a text may be before it is made safe."""
_MOST_WHOLE = 1_000_000
MOST_TIMES = 20_000
"""Different times of a column that are remembered: updates come in batches."""
NEEDED_TIMES: Mapping[str, tuple[str, ...]] = {
    "orders": ("opened_at",),
    "events": ("opened_at", "event_at"),
}
"""By a map's mode, the times without which a row is none."""


class Picture(NamedTuple):
    """What one row says of one order; empty texts and absent times are not known."""

    line: int
    external_id: str
    texts: Mapping[str, str] = {}
    times: Mapping[str, datetime] = {}
    priority: int = 3
    state: State | None = None
    """None where the row's state moves nothing."""
    said: str = ""
    """The state in the file's own word."""
    reopened: int = 0
    sequence: int = 0
    point: tuple[float, float] | None = None
    mark: str = ""
    """A digest of the cells that the map reads, to know the row again."""
    notes: Mapping[str, str] = {}

    def text(self, name: str) -> str:
        """A text field, empty where the row does not say."""
        return self.texts.get(name, "")


class Mapper:
    """Reads the rows of one table by one map."""

    def __init__(self, file_map: FileMap, header: tuple[str, ...]) -> None:
        self._map = file_map
        columns = Columns(file_map, header)
        named = {**file_map.columns, **file_map.defaults}
        self._read_id = columns.reading(
            "external_id", partial(_kept, "external_id", limit=FIELDS["external_id"].limit)
        )
        self._number = columns.place("number") if file_map.own else None
        self._source = columns.reading("source", str) if "source" in file_map.columns else None
        self._texts = [
            (name, *self._clean(name, columns))
            for name in named
            if FIELDS[name].shape is Shape.TEXT and name not in ("external_id", "state")
        ]
        self._times = [
            (name, *self._dated(name, columns))
            for name in named
            if FIELDS[name].shape is Shape.TIME
        ]
        self._needed = NEEDED_TIMES[file_map.mode]
        self._state = _stated(columns) if "state" in named else lambda _cells: (State.NEW, "new")
        self._whole = {
            name: columns.reading(name, partial(_whole, name))
            for name in ("priority", "reopened", "sequence")
        }
        self._latitude = columns.reading("latitude", partial(_degrees, 90.0))
        self._longitude = columns.reading("longitude", partial(_degrees, 180.0))
        # An export's own number only stands in for a missing id; it says nothing of the order.
        notes = () if file_map.own else file_map.notes
        self._notes = [(name, columns.pick([name]), remembered(_noted(name))) for name in notes]
        read = [name for column in file_map.columns.values() for name in column.names]
        self._marked = _in_order(columns, [*read, *notes])

    def key(self, row: Row) -> str:
        """What the rows of one order have in common; empty where a row belongs to none."""
        if row.wrong is not None:
            return ""
        try:
            name = self._id(row.cells)
            return f"{self._source(row.cells)}\x1f{name}" if name and self._source else name
        except RowRefused:  # said when the row is read
            return ""

    def _id(self, cells: Cells) -> str:
        name = self._read_id(cells)
        if not name and self._number is not None and cells[self._number].isdecimal():
            return nameless.SIGN + cells[self._number]
        return name

    def _stands_in(self, cells: Cells) -> bool:
        """Whether the row has no id, and its number in an export stands in for it."""
        return self._number is not None and not self._read_id(cells)

    def read(self, row: Row) -> Picture:
        """The picture that a row gives; RowRefused says why it gives none."""
        if row.wrong is not None:
            raise row.wrong
        cells = row.cells
        external_id = self._id(cells)
        if not external_id:
            raise RowRefused(wrong=N_("has no id"))
        times = self._read_times(cells)
        if self._stands_in(cells):
            external_id = nameless.invented(
                external_id.removeprefix(nameless.SIGN), times["opened_at"]
            )
        state, said = self._state(cells)
        latitude, longitude = self._latitude(cells), self._longitude(cells)
        point = None if latitude is None or longitude is None else (latitude, longitude)
        priority = self._whole["priority"](cells)
        if priority is not None and priority not in (1, 2, 3, 4):
            wrong = N_("priority {n} is not 1, 2, 3 or 4").format(n=priority)
            raise RowRefused(wrong=wrong)
        return Picture(
            line=row.line,
            external_id=external_id,
            texts={name: text for name, pick, read in self._texts if (text := read(pick(cells)))},
            times=times,
            priority=priority or 3,
            state=state,
            said=said,
            reopened=self._whole["reopened"](cells) or 0,
            sequence=self._whole["sequence"](cells) or 0,
            point=point,
            mark=self._mark(cells),
            notes={name: read(pick(cells)) for name, pick, read in self._notes},
        )

    def _mark(self, cells: Cells) -> str:
        said = "\x1f".join(self._marked(cells))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _read_times(self, cells: Cells) -> dict[str, datetime]:
        times: dict[str, datetime] = {}
        for name, pick, read in self._times:
            try:
                at = read(pick(cells))
            except RowRefused as refused:
                wrong = N_("{field}: {wrong}").format(field=name, wrong=refused.facts["wrong"])
                raise RowRefused(wrong=wrong) from refused
            if at is not None:
                times[name] = at
        for name in self._needed:
            if name not in times:
                raise RowRefused(wrong=N_("has no {field}").format(field=name))
        return times

    def _dated(self, name: str, columns: Columns) -> tuple[Pick, Read[datetime | None]]:
        zone = zone_of(self._map.zone, map_name=self._map.name)
        dates, (pick, say) = Dates(self._map.dates, zone), columns.field(name)
        return pick, remembered(
            lambda cells: dates.read(text) if (text := say(cells)) else None, MOST_TIMES
        )

    def _clean(self, name: str, columns: Columns) -> tuple[Pick, Read[str]]:
        spec, own = FIELDS[name], self._map.own
        pick, say = columns.field(name)

        def clean(cells: Any) -> str:
            text = say(cells)
            bare = text[1:] if own and text.startswith(_GUARDED) else text
            # Most texts have nothing to clean; a description's own line breaks are none of it.
            if len(bare) <= spec.limit and bare.isascii():
                lines = bare.split("\n") if spec.multiline else [bare]
                if all(line.isprintable() for line in lines):
                    return bare.strip()
            return _kept(name, bare, limit=spec.limit, multiline=spec.multiline)

        if name not in PHONES or own or name not in self._map.columns:
            return pick, remembered(clean)
        return pick, remembered(numbered(self._map.columns[name].names[0], clean))


def _in_order(columns: Columns, names: Iterable[str]) -> Callable[[Cells], Iterable[str]]:
    """What picks the cells of some columns once each, as they stand in the file."""
    places = sorted({place for name in names if (place := columns.place(name)) is not None})
    return itemgetter(*places) if len(places) > 1 else lambda cells: [cells[n] for n in places]


def _kept(name: str, text: str, *, limit: int, multiline: bool = False) -> str:
    """The text made safe; refused, not cut, where it is longer than what is kept of it."""
    room = limit * _UNSEEN_TOO
    cleaned = safe(text, multiline=multiline, limit=room).strip()
    count = len(text) if len(text) > room else len(cleaned)
    if count > limit:
        wrong = N_("{field} is longer than {limit} characters ({count})")
        raise RowRefused(wrong=wrong.format(field=safe(name, limit=80), limit=limit, count=count))
    return cleaned


def _noted(name: str) -> Read[str]:
    return partial(_kept, name, limit=FIELDS["description"].limit)


def _stated(columns: Columns) -> Callable[[Cells], tuple[State | None, str]]:
    """What reads the state: ours, and the file's own word for it."""
    pick, say = columns.field("state")
    word = columns.word("state")

    def state(cells: Any) -> tuple[State | None, str]:
        text = say(cells)
        said = safe(word(cells).strip() or text, limit=120)
        if text in STATES_READ:
            return STATES_READ[text], said
        raise RowRefused(wrong=N_("state “{state}” is not in the map").format(state=said))

    read = remembered(state)
    return lambda cells: read(pick(cells))


def _whole(name: str, text: str) -> int | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0 <= number <= _MOST_WHOLE:
        return int(number)
    wrong = N_("{field} “{text}” is no number that it could be")
    raise RowRefused(wrong=wrong.format(field=name, text=safe(text, limit=40)))


def _degrees(most: float, text: str) -> float | None:
    try:
        degrees = float(text) if text else None
    except ValueError:
        return None
    return degrees if degrees is not None and -most <= degrees <= most else None


def own_map(table: Table) -> FileMap | None:
    """The map of a file in our own field names; None when it is not one, FileRefused untitled."""
    if not all(mark in table.header for mark in OWN_MARKS):
        return None
    known = {name: OWN.columns[name] for name in table.header if name in OWN.columns}
    if "title" not in known:
        wrong = N_("has no column title, and an order is nothing without; name a map with --map")
        raise FileRefused(file=table.packed.name, wrong=wrong)
    numbered = ("number",) if "number" in table.header else ()
    return replace(OWN, columns=known, notes=numbered)


def fitted(file_map: FileMap, table: Table) -> Table:
    """The table with the columns that the map reads; MapRefused where they are not there."""
    if table.kind == "jsonl":
        return replace(table, header=file_map.named)
    missing = [name for name in file_map.named if name not in table.header]
    if missing:
        raise MapRefused(map=file_map.name, wrong=_missing(missing, table))
    twice = [name for name in file_map.named if table.header.count(name) > 1]
    if twice:
        wrong = N_("{file} has the column “{name}” twice; rename one of them")
        name = safe(twice[0], limit=80)
        raise MapRefused(map=file_map.name, wrong=wrong.format(file=table.packed.name, name=name))
    return table


def _missing(missing: list[str], table: Table) -> str:
    shown = _(", ").join(f"“{name}”" for name in missing[:5])
    if len(table.header) == 1 and any(mark in table.header[0] for mark in DELIMITERS):
        wrong = N_("{file} has one column only; is it separated by “{mark}”?")
        mark = max(DELIMITERS, key=table.header[0].count)
        return wrong.format(file=table.packed.name, mark=mark)
    has = safe(_(", ").join(table.header), limit=200)
    wrong = N_("{file} has no column {names}; its columns are {has}")
    return wrong.format(file=table.packed.name, names=shown, has=has)
