"""From a row's cells to a picture of an order, by the file's map."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from console.intake import nameless
from console.intake.dates import Dates, zone_of
from console.intake.fields import FIELDS, STATES_READ, Shape
from console.intake.maps import OWN, OWN_MARKS, Column, FileMap
from console.intake.reader import DELIMITERS, Row, Table
from console.intake.troubles import MapRefused, RowRefused
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.domain.lifecycle import State

Cells = list[str]
_GUARDED = ("'=", "'+", "'-", "'@", "'\t")
_MOST_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What one row says of one order; empty texts and absent times are not known."""

    line: int
    external_id: str
    texts: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, datetime] = field(default_factory=dict)
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
    notes: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text field, empty where the row does not say."""
        return self.texts.get(name, "")


class Mapper:
    """Reads the rows of one table by one map."""

    def __init__(self, file_map: FileMap, header: tuple[str, ...]) -> None:
        self._map = file_map
        zone = zone_of(file_map.zone, map_name=file_map.name)
        self._dates = Dates(file_map.dates, zone)
        place = {name: at for at, name in reversed(list(enumerate(header)))}
        read = [name for column in file_map.columns.values() for name in column.names]
        read += () if file_map.own else file_map.notes
        self._read_places = sorted({place[name] for name in read})
        self._texts: list[tuple[str, Callable[[Cells], str]]] = []
        self._times: list[tuple[str, Callable[[Cells], str]]] = []
        self._rest: dict[str, Callable[[Cells], str]] = {}
        for name in {**file_map.columns, **file_map.defaults}:
            raw = self._raw(name, place)
            shape = FIELDS[name].shape
            if shape is Shape.TIME:
                self._times.append((name, raw))
            elif shape is Shape.TEXT and name not in ("external_id", "state"):
                self._texts.append((name, self._clean(name, raw)))
            else:
                self._rest[name] = raw
        self._source = self._raw("source", place) if "source" in file_map.columns else None
        self._number = place.get("number") if file_map.own else None
        # An export's own number only stands in for a missing id; it says nothing of the order.
        self._notes = [(name, place[name]) for name in file_map.notes if not file_map.own]

    def key(self, row: Row) -> str:
        """What the rows of one order have in common; empty where a row belongs to none."""
        if row.wrong is not None:
            return ""
        name = self._id(row.cells)
        return f"{self._source(row.cells)}\x1f{name}" if name and self._source else name

    def _id(self, cells: Cells) -> str:
        name = safe(self._rest["external_id"](cells).strip(), limit=200)
        if not name and self._number is not None and cells[self._number].isdecimal():
            return nameless.SIGN + cells[self._number]
        return name

    def _stands_in(self, cells: Cells) -> bool:
        """Whether the row has no id, and its number in an export stands in for it."""
        return self._number is not None and not self._rest["external_id"](cells).strip()

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
        latitude, longitude = self._degrees("latitude", cells), self._degrees("longitude", cells)
        point = None if latitude is None or longitude is None else (latitude, longitude)
        priority = self._whole("priority", cells)
        if priority is not None and priority not in (1, 2, 3, 4):
            wrong = N_("priority {n} is not 1, 2, 3 or 4").format(n=priority)
            raise RowRefused(wrong=wrong)
        return Picture(
            line=row.line,
            external_id=external_id,
            texts={name: text for name, read in self._texts if (text := read(cells))},
            times=times,
            priority=priority or 3,
            state=state,
            said=said,
            reopened=self._whole("reopened", cells) or 0,
            sequence=self._whole("sequence", cells) or 0,
            point=point,
            mark=self._mark(cells),
            notes={name: safe(cells[at], limit=200) for name, at in self._notes},
        )

    def _mark(self, cells: Cells) -> str:
        said = "\x1f".join([cells[place] for place in self._read_places])
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _read_times(self, cells: Cells) -> dict[str, datetime]:
        times: dict[str, datetime] = {}
        for name, raw in self._times:
            text = raw(cells)
            if text:
                try:
                    times[name] = self._dates.read(text)
                except RowRefused as refused:
                    wrong = N_("{field}: {wrong}").format(field=name, wrong=refused.facts["wrong"])
                    raise RowRefused(wrong=wrong) from refused
        for name in ("opened_at", *(("event_at",) if self._map.mode == "events" else ())):
            if name not in times:
                raise RowRefused(wrong=N_("has no {field}").format(field=name))
        return times

    def _state(self, cells: Cells) -> tuple[State | None, str]:
        raw = self._rest.get("state")
        text = raw(cells) if raw is not None else "new"
        said = safe(self._said(cells) or text, limit=120)
        if text in STATES_READ:
            return STATES_READ[text], said
        raise RowRefused(wrong=N_("state “{state}” is not in the map").format(state=said))

    def _said(self, cells: Cells) -> str:
        return self._word(cells).strip() if self._word is not None else ""

    _word: Callable[[Cells], str] | None = None

    def _whole(self, name: str, cells: Cells) -> int | None:
        raw = self._rest.get(name)
        text = raw(cells) if raw is not None else ""
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

    def _degrees(self, name: str, cells: Cells) -> float | None:
        raw = self._rest.get(name)
        text = raw(cells) if raw is not None else ""
        try:
            degrees = float(text) if text else None
        except ValueError:
            return None
        within = 90.0 if name == "latitude" else 180.0
        return degrees if degrees is not None and -within <= degrees <= within else None

    def _raw(self, name: str, place: Mapping[str, int]) -> Callable[[Cells], str]:
        """The field's text out of the cells, after unknown marks, value table and default."""
        column = self._map.columns.get(name)
        default = self._map.defaults.get(name, "")
        if column is None:
            return lambda _cells: default
        joined = _joined(column, place, self._map.unknown)
        if name == "state":
            self._word = joined
        table = self._map.values.get(name)
        if table is None:
            return lambda cells: joined(cells) or default
        return lambda cells: table.get((text := joined(cells)).casefold(), text) or default

    def _clean(self, name: str, raw: Callable[[Cells], str]) -> Callable[[Cells], str]:
        spec = FIELDS[name]

        @lru_cache(maxsize=4096)
        def clean(text: str) -> str:
            bare = text[1:] if self._map.own and text.startswith(_GUARDED) else text
            # Most texts have nothing to clean; a description's own line breaks are none of it.
            if len(bare) <= spec.limit and bare.isascii():
                lines = bare.split("\n") if spec.multiline else [bare]
                if all(line.isprintable() for line in lines):
                    return bare.strip()
            return safe(bare, multiline=spec.multiline, limit=spec.limit).strip()

        return lambda cells: clean(raw(cells))


def _joined(
    column: Column, place: Mapping[str, int], unknown: frozenset[str]
) -> Callable[[Cells], str]:
    places = [place[name] for name in column.names]
    if len(places) == 1 and not column.before:
        only = places[0]

        def one(cells: Cells) -> str:
            text = cells[only].strip()
            return "" if text in unknown else text

        return one

    def several(cells: Cells) -> str:
        texts = [text for at in places if (text := cells[at].strip()) not in unknown]
        return column.before + column.join.join(texts) if texts else ""

    return several


def own_map(table: Table) -> FileMap | None:
    """The map of a file in our own field names, or None when it is not one."""
    if not all(mark in table.header for mark in OWN_MARKS):
        return None
    known = {name: OWN.columns[name] for name in table.header if name in OWN.columns}
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
    shown = ", ".join(f"“{name}”" for name in missing[:5])
    if len(table.header) == 1 and any(mark in table.header[0] for mark in DELIMITERS):
        wrong = N_("{file} has one column only; is it separated by “{mark}”?")
        mark = max(DELIMITERS, key=table.header[0].count)
        return wrong.format(file=table.packed.name, mark=mark)
    has = safe(", ".join(table.header), limit=200)
    wrong = N_("{file} has no column {names}; its columns are {has}")
    return wrong.format(file=table.packed.name, names=shown, has=has)
