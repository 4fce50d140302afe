"""A map says which columns of a file fill which of our fields; TOML, checked before it is used."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.config import plain_text
from console.i18n import _
from console.intake.fields import FIELDS, NEEDED, NEEDED_OF_EVENTS, STATES_READ, Shape
from console.intake.troubles import MapRefused
from console.new_file import meant
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Path(__file__).with_name("maps")
MODES = ("orders", "events")
KEYS = {
    "name": str,
    "about": str,
    "mode": str,
    "format": str,
    "encoding": str,
    "delimiter": str,
    "zone": str,
    "dates": list,
    "unknown": list,
    "columns": dict,
    "values": dict,
    "defaults": dict,
    "notes": list,
    "level": str,
    "wake_after_h": int,
}
OWN_MARKS = ("external_id", "opened_at")
"""Columns by which a file in our own field names is known."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field's text comes from: one column, or several joined."""

    names: tuple[str, ...]
    join: str = " "
    before: str = ""
    """Put before the text where there is any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMap:
    """How to read one kind of file."""

    name: str
    """The source that external ids are unique within."""
    mode: str = "orders"
    """`orders`: a row is an order. `events`: a row is an event of an order."""
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    zone: str = ""
    dates: tuple[str, ...] = ("iso",)
    unknown: frozenset[str] = frozenset({""})
    """Texts that stand for “not known”."""
    columns: Mapping[str, Column] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field: what a text of the file means; an empty text means “not known”."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """Columns whose changes between events are worth a note."""
    level: str = ""
    """The service level, by code, whose promises the orders shall carry besides their own."""
    own: bool = False
    """Whether it reads what `paidan export` writes, guards against formulas included."""
    wake_after_h: int = 24
    """Hours after which a waiting order whose file says no more is looked at again."""

    @property
    def named(self) -> tuple[str, ...]:
        """Every column of the file that the map reads, once."""
        names = [name for column in self.columns.values() for name in column.names]
        return tuple(dict.fromkeys([*names, *self.notes]))


OWN = FileMap(
    name="paidan",
    own=True,
    columns={
        name: Column((name,)) for name in FIELDS if name not in ("event_at", "sequence", "reopened")
    },
    defaults={"priority": "3", "state": "new"},
)
"""Our own field names, as `paidan export` writes them."""


def shipped() -> list[str]:
    """The names of the maps that come with the package."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load(name: str) -> FileMap:
    """The map of a shipped name or of a TOML file; MapRefused says what is wrong with it."""
    path = SHIPPED / f"{name}.toml" if name in shipped() else meant(name)
    try:
        text = plain_text(path, encoding="utf-8-sig")
    except FileNotFoundError as error:
        known = _(", ").join(shipped())
        wrong = N_("there is no such file; shipped maps: {known}").format(known=known)
        raise MapRefused(map=name, wrong=wrong) from error
    except (OSError, UnicodeError) as error:
        wrong = N_("cannot be read: {why}").format(why=why(error))
        raise MapRefused(map=name, wrong=wrong) from error
    return parse(text, name=path.stem)


def parse(text: str, *, name: str) -> FileMap:
    """The map that TOML text describes; `name` is used where it gives itself none."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        wrong = N_("is not TOML: {why}").format(why=why(error))
        raise MapRefused(map=name, wrong=wrong) from error
    for key, value in data.items():
        _known(name, key, KEYS)
        if not isinstance(value, KEYS[key]) or isinstance(value, bool):
            raise _bad(name, N_("“{key}” is not a {shape}"), key=key, shape=KEYS[key].__name__)
    given: dict[str, Any] = {"name": name}
    for key, value in data.items():
        if key != "about":
            given[key] = _MADE[key](name, value) if key in _MADE else value
    made = FileMap(**given)
    _check(made)
    return made


def _columns(name: str, given: Mapping[str, Any]) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for key, value in given.items():
        _known(name, key, FIELDS)
        columns[key] = _column(name, key, value)
    return columns


def _column(name: str, key: str, value: object) -> Column:
    if isinstance(value, str):
        return Column((value,))
    if isinstance(value, list):
        value = {"columns": value}
    if isinstance(value, dict) and set(value) <= {"columns", "join", "before"}:
        names, rest = value.get("columns"), [value.get("join", " "), value.get("before", "")]
        if isinstance(names, str):
            names = [names]
        if isinstance(names, list) and names and all(isinstance(x, str) for x in [*names, *rest]):
            return Column(tuple(names), *rest)
    raise _bad(
        name, N_("columns.{key} is neither a column, a list of columns nor a table"), key=key
    )


def _values(name: str, given: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    values: dict[str, dict[str, str]] = {}
    for key, table in given.items():
        _known(name, key, FIELDS)
        if not isinstance(table, dict):
            raise _bad(name, N_("values.{key} is not a table"), key=key)
        values[key] = {
            str(text).casefold(): _text(name, key, means) for text, means in table.items()
        }
    return values


def _defaults(name: str, given: Mapping[str, Any]) -> dict[str, str]:
    for key in given:
        _known(name, key, FIELDS)
    return {key: _text(name, key, value) for key, value in given.items()}


def _text(name: str, key: str, value: object) -> str:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    raise _bad(name, N_("“{key}” wants texts or numbers"), key=key)


def _texts(name: str, given: list[Any]) -> tuple[str, ...]:
    return tuple(_text(name, "list", value) for value in given)


_MADE: Mapping[str, Any] = {
    "columns": _columns,
    "values": _values,
    "defaults": _defaults,
    "dates": _texts,
    "notes": _texts,
    "unknown": lambda name, given: frozenset({"", *_texts(name, given)}),
}


def _check(made: FileMap) -> None:
    if made.mode not in MODES:
        raise _bad(made.name, N_("mode is “orders” or “events”"))
    if made.format not in ("", "csv", "jsonl"):
        raise _bad(made.name, N_("format is “csv” or “jsonl”"))
    if len(made.delimiter) > 1:
        raise _bad(made.name, N_("delimiter is one character"))
    for key in NEEDED_OF_EVENTS if made.mode == "events" else NEEDED:
        if key not in made.columns:
            raise _bad(made.name, N_("says no column for {key}"), key=key)
    if "title" not in made.columns and not made.defaults.get("title"):
        wrong = N_("says no column for title: name one in [columns], or one text in [defaults]")
        raise _bad(made.name, wrong)
    _check_meanings(made)


def _check_meanings(made: FileMap) -> None:
    known = _(", ").join(STATES_READ)
    for text in _meant(made, "state"):
        if text not in STATES_READ:
            wrong = N_("“{text}” is no state; there are {known}")
            raise _bad(made.name, wrong, text=text, known=known)
    for text in _meant(made, "priority"):
        if text not in ("1", "2", "3", "4"):
            raise _bad(made.name, N_("priority {text} is not 1, 2, 3 or 4"), text=text)
    for key in made.defaults:
        if FIELDS[key].shape is Shape.TIME:
            raise _bad(made.name, N_("a time cannot have a default ({key})"), key=key)


def _meant(made: FileMap, key: str) -> list[str]:
    texts = [*made.values.get(key, {}).values(), made.defaults.get(key, "")]
    return [text for text in texts if text]


def _known(name: str, key: str, known: Mapping[str, Any]) -> None:
    if key in known:
        return
    near = get_close_matches(key, known, n=1)
    if near:
        raise _bad(name, N_("there is no “{key}”; did you mean “{near}”?"), key=key, near=near[0])
    raise _bad(
        name, N_("there is no “{key}”; there are {known}"), key=key, known=_(", ").join(known)
    )


def _bad(name: str, wrong: str, **facts: object) -> MapRefused:
    return MapRefused(map=name, wrong=wrong.format(**facts))
