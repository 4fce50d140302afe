"""The journal bodies of an order, and the order that they tell again.

Each fact of a move carries the values it left behind: `set` for the order's own fields, and
`[place, row]` (places count from 1) under `visits`, `pauses`, `clocks` and `steps` for the rows it
touched; a row of null is there no more.
So replaying is a fold, not a second run of the rules: a past order reads the same under the rules
of today. Free text lies apart in the fact's words; where that was erased, it comes back empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from store.domain.evolve import maker
from store.domain.lifecycle import State, VisitState
from store.domain.order import Clock, OrderStep, Pause, Visit, WorkOrder
from store.domain.targets import ClockKind, Target

if TYPE_CHECKING:
    from store.domain.facts import Fact

Reading = Callable[[Any], Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROWS: Mapping[str, type[Any]] = {
    "visits": Visit,
    "pauses": Pause,
    "clocks": Clock,
    "steps": OrderStep,
}
_KEPT_APART = frozenset({"number", "version", "chain", *_ROWS})
"""What the store itself gives (number, version, chain) or what lies in rows of its own."""
_FREE_TEXT = frozenset({"title", "description", "reason", "outcome", "said", "contained", "value"})
ORDER_FIELDS = tuple(f.name for f in fields(WorkOrder) if f.name not in _KEPT_APART)
"""The order's own fields that facts tell of."""
_VALUES = attrgetter(*ORDER_FIELDS)
_AT_FIRST = tuple(f.default for f in fields(WorkOrder) if f.name not in _KEPT_APART)
"""What an order is before its first fact: the defaults, and what has none is always told."""


def whole_ms(at: datetime) -> datetime:
    """An instant cut to the milliseconds that the store keeps."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000) if at.microsecond % 1000 else at


def next_ms(at: datetime) -> datetime:
    """The first of the milliseconds that the store keeps which is not before an instant."""
    return whole_ms(at + timedelta(microseconds=999))


def epoch_ms(at: datetime) -> int:
    """An instant as a fact's body keeps it."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def from_epoch_ms(value: int) -> datetime:
    """An instant that a fact's body keeps."""
    return _EPOCH + timedelta(milliseconds=value)


def changes(
    before: WorkOrder | None, after: WorkOrder, among: Iterable[str] | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """What a fact must carry so that replay gets from `before` to `after`: body, and free text.

    `among` names all fields that may differ, where that is known; visits and the like aside.
    """
    body: dict[str, Any] = {}
    words: dict[str, str] = {}
    changed: dict[str, Any] = {}
    for name, was, value in _differing(before, after, among):
        if was is value or was == value:
            continue
        if name in _FREE_TEXT:
            words[name] = value
        changed[name] = None if name in _FREE_TEXT else _plain(value)
    if changed:
        body["set"] = changed
    for name in _ROWS:
        rows = row_changes(name, getattr(before, name, ()), getattr(after, name), words)
        if rows:
            body[name] = rows
    return body, words


def replay(facts: Iterable[Fact], *, number: int = 0) -> WorkOrder:
    """The order that a journal tells; ValueError if it never tells of its beginning.

    The store's own marks (version, chain) are not in the facts and come back as their defaults.
    Fields that this program does not know are a newer one's, and are passed over.
    """
    read = _READ[WorkOrder]
    values: dict[str, Any] = {}
    rows: dict[str, dict[int, Any]] = {name: {} for name in _ROWS}
    for fact in facts:
        words = fact.words or {}
        for name, value in fact.body.get("set", {}).items():
            if name in read:
                values[name] = words.get(name, "") if name in _FREE_TEXT else read[name](value)
        for name, kind in _ROWS.items():
            for place, row in fact.body.get(name, ()):
                if row is None:
                    rows[name].pop(place, None)
                else:
                    rows[name][place] = _row(kind, row, words, f"{name}.{place}.")
    if "opened_at" not in values:
        msg = "these facts do not begin with the order's creation"
        raise ValueError(msg)
    parts: dict[str, Any] = {
        name: tuple(held[place] for place in sorted(held)) for name, held in rows.items()
    }
    order: WorkOrder = _made(WorkOrder, {"number": number, **values, **parts})
    return order


def differences(order: WorkOrder, replayed: WorkOrder) -> tuple[str, ...]:
    """The fields in which an order and its replay differ, the store's own marks left out."""
    return tuple(
        name for name in (*ORDER_FIELDS, *_ROWS) if getattr(order, name) != getattr(replayed, name)
    )


def row_changes(
    name: str, old: tuple[Any, ...], new: tuple[Any, ...], words: dict[str, str]
) -> list[list[Any]]:
    """What `changes` tells of the rows of one name; their free text is added to the `words`."""
    if old is new:
        return []
    changed: list[list[Any]] = []
    for place, row in enumerate(new, start=1):
        if place <= len(old) and (old[place - 1] is row or old[place - 1] == row):
            continue
        plain, free = _TELL[type(row)](row)
        for field, text in free.items():
            words[f"{name}.{place}.{field}"] = text
        changed.append([place, plain])
    changed += [[place, None] for place in range(len(new) + 1, len(old) + 1)]
    return changed


def _row(kind: type[Any], plain: Mapping[str, Any], words: Mapping[str, str], key: str) -> Any:
    read = _READ[kind]
    values = {name: read[name](value) for name, value in plain.items() if name in read}
    for name in _FREE_TEXT & read.keys():
        if key + name in words:
            values[name] = words[key + name]
    return _made(kind, values)


def _made(kind: type[Any], values: Mapping[str, Any]) -> Any:
    return _MAKERS[kind](**{**_FIRST[kind], **values})


def _differing(
    before: WorkOrder | None, after: WorkOrder, among: Iterable[str] | None
) -> Iterable[tuple[str, Any, Any]]:
    """Fields that may differ, each with what it was and what it is."""
    if among is not None:
        return [(name, getattr(before, name), getattr(after, name)) for name in among]
    new = _VALUES(after)
    old = _VALUES(before) if before is not None else _AT_FIRST
    return zip(ORDER_FIELDS, old, new, strict=True) if old != new else ()


def _plain(value: Any) -> Any:
    turn = _TURNS.get(type(value))
    return value if turn is None else turn(value)


def _instant(value: int | None) -> datetime | None:
    return None if value is None else from_epoch_ms(value)


def _target(value: list[int | None] | None) -> Target | None:
    return None if value is None else Target(seconds=value[0], days=value[1])


def _same(value: Any) -> Any:
    return value


def _readers(kind: type[Any], special: Mapping[str, Reading]) -> dict[str, Reading]:
    """How each field of a class comes back from JSON."""
    plain = {f.name: _instant if "datetime" in str(f.type) else _same for f in fields(kind)}
    return {**plain, **special}


_READ: Mapping[type[Any], Mapping[str, Reading]] = {
    WorkOrder: _readers(WorkOrder, {"state": State, "links": tuple}),
    Visit: _readers(Visit, {"state": VisitState}),
    Pause: _readers(Pause, {}),
    Clock: _readers(Clock, {"kind": ClockKind, "target": _target}),
    OrderStep: _readers(OrderStep, {}),
}
_MAKERS: Mapping[type[Any], Callable[..., Any]] = {kind: maker(kind) for kind in _READ}
_FIRST: Mapping[type[Any], Mapping[str, Any]] = {
    kind: {f.name: f.default for f in fields(kind) if f.default is not MISSING} for kind in _READ
}
"""What each field of a class is before anything is told of it."""
_TURNS: Mapping[type[Any], Reading] = {
    datetime: epoch_ms,
    Target: lambda target: [target.seconds, target.days],
    State: str,
    VisitState: str,
    ClockKind: str,
}
"""What becomes of a value that JSON does not know."""


def _teller(kind: type[Any]) -> Callable[[Any], tuple[dict[str, Any], dict[str, str]]]:
    """A function that tells of a row what is not its default: plain values, and free text.

    Written out for each class and compiled: every move and warning tells a row, field by field.
    """
    lines = ["def tell(row):", "    plain, free = {}, {}"]
    known: dict[str, Any] = {"turns": _TURNS}
    for field in fields(kind):
        name = field.name
        lines.append(f"    value = row.{name}")
        if field.default is MISSING or field.default is None:
            lines.append("    if value is not None:")
        else:
            known[f"first_{name}"] = field.default
            lines.append(f"    if value != first_{name}:")
        if name in _FREE_TEXT:
            lines.append(f"        free[{name!r}] = value")
        else:
            lines += [
                "        turn = turns.get(value.__class__)",
                f"        plain[{name!r}] = value if turn is None else turn(value)",
            ]
    exec("\n".join([*lines, "    return plain, free"]), known)
    tell: Callable[[Any], tuple[dict[str, Any], dict[str, str]]] = known["tell"]
    return tell


_TELL = {kind: _teller(kind) for kind in (Visit, Pause, Clock, OrderStep)}
"""How each row is told."""
