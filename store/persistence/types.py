"""Column types that mean the same on SQLite (STRICT tables) and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import REAL, BigInteger, Dialect, Double, Integer, SmallInteger, Text
from sqlalchemy.types import TypeDecorator, UserDefinedType

from store.domain.facts import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Id = BigInteger().with_variant(Integer, "sqlite")
Whole = BigInteger().with_variant(Integer, "sqlite")
Real: Double[float] = Double().with_variant(REAL, "sqlite")

Sorted = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that is asked for by its beginning: in the order of its bytes on both."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(at: datetime) -> int:
    """Milliseconds since 1970 UTC of an aware instant."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


EARLIEST = datetime(1000, 1, 1, tzinfo=UTC)
LATEST = datetime(9999, 12, 1, tzinfo=UTC)
"""Shown for instants beyond what Python's calendar holds, with room to reckon on both sides."""

ms_of = lru_cache(maxsize=1024)(to_ms)
"""The same for an instant that comes often: all that one transaction writes happens at one."""


def from_ms(ms: int) -> datetime:
    """The aware UTC instant of milliseconds since 1970; ValueError beyond the years 1 to 9999."""
    seconds, rest = divmod(ms, 1000)
    try:  # milliseconds= costs three times as much
        return _EPOCH + timedelta(0, seconds, rest * 1000)
    except OverflowError:
        raise ValueError(f"{ms} ms") from None


def nearest(ms: int) -> datetime:
    """The same, but `EARLIEST` or `LATEST` beyond: to be shown, where one row must not stop all."""
    try:
        return from_ms(ms)
    except ValueError:
        return EARLIEST if ms < 0 else LATEST


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as epoch milliseconds; naive values are an error."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """SQLite's STRICT tables know INTEGER only."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Out of Python."""
        return None if value is None else to_ms(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Into Python; what decides reads `as_kept`, and refuses what is no instant."""
        return None if value is None else nearest(value)


class Wholes(UserDefinedType["Sequence[int]"]):
    """A list of whole numbers for PostgreSQL, given as text: its driver's own way is slow."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_: Any) -> str:
        """What the server takes the text for."""
        return "BIGINT[]"

    def bind_processor(self, dialect: Dialect) -> Callable[[Sequence[int] | None], str | None]:
        """Out of Python."""
        return lambda numbers: None if numbers is None else array_of(numbers)


def array_of(numbers: Sequence[int]) -> str:
    """PostgreSQL's text of an array of whole numbers."""
    return "{" + ",".join(map(str, numbers)) + "}"


class Flag(TypeDecorator[bool]):
    """True or false as 1 or 0, so that partial indexes read the same on both."""

    impl = SmallInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """SQLite's STRICT tables know INTEGER only."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else SmallInteger())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Out of Python."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        """Into Python."""
        return None if value is None else bool(value)


class Json(TypeDecorator[Any]):
    """A JSON document as canonical text: sorted keys, no spaces, so that it can be hashed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """Out of Python."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        """Into Python."""
        return None if value is None else json.loads(value)


class Canonical(str):
    """The text of a JSON document that was made canonical before, to be hashed."""

    __slots__ = ()


def json_text(value: Any) -> str:
    """The text that a JSON document is kept as."""
    return str(value) if isinstance(value, Canonical) else canonical(value)
