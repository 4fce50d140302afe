"""Data as JSON: UTF-8, instants in ISO 8601 UTC, nothing in it that a terminal would obey."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from store.domain.text import INVISIBLE, MARKS_A_BASE, is_mark


def json_text(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON; instants become ISO 8601 UTC; what is not to be seen, escapes."""
    import json  # kept off the way to the first paint

    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    if text.isascii() and "\x7f" not in text:  # which JSON alone lets pass
        return text
    seen = "".join(c if c.isprintable() or c in "\n\t" else _escaped(c) for c in text)
    kept = INVISIBLE.sub(lambda found: _escaped(found[0]), seen)
    return _no_flood(kept) if any(map(is_mark, set(kept))) else kept


def _no_flood(text: str) -> str:
    """The text with an escape for each mark that its letter cannot bear."""
    kept, borne = [], 0
    for character in text:
        borne = borne + 1 if is_mark(character) else 0
        kept.append(_escaped(character) if borne > MARKS_A_BASE else character)
    return "".join(kept)


def _escaped(character: str) -> str:
    import json

    return json.dumps(character)[1:-1]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def iso(at: datetime | None) -> str | None:
    """An instant as `2026-01-31T08:00:00Z`, with milliseconds only where it has any."""
    if at is None:
        return None
    digits = "milliseconds" if at.microsecond else "seconds"
    return at.astimezone(UTC).isoformat(timespec=digits).replace("+00:00", "Z")
