"""The drill's own line: what is fresh stands out, an outage says what is to be done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from console.render_drill import Called, Outage, drill_lines

if TYPE_CHECKING:
    from console.looks import Parts

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """So many seconds after nine."""
    return AT + timedelta(seconds=seconds)


def called(
    text: str, at: float, *, seen: float | None = None, until: float | None = None
) -> Called:
    """Something that was called out."""
    return Called(
        at=after(at),
        said=lambda: text,
        seen_at=None if seen is None else after(seen),
        until=None if until is None else after(until),
    )


def lines(*told: Called, at: float, outage: Outage | None = None) -> list[str]:
    """What stands there."""
    made: tuple[Parts, ...] = drill_lines(told, outage, at=after(at), zone=UTC, cells=80)
    return ["".join(part[0] for part in line).strip() for line in made]


def test_what_is_fresh_stands_there_with_its_time_and_its_end() -> None:
    """All that came at once; then the last of it stays in one line."""
    told = (called("one", 1, seen=1), called("two", 2, seen=2, until=100))
    assert lines(*told, at=5) == ["09:00 one", "09:00 by 09:01:40 · two"]
    assert lines(*told, at=60) == ["09:00 by 09:01:40 · two"]
    assert lines(at=60) == ["What happens in the drill is told here."]


def test_what_nobody_could_see_stays_fresh() -> None:
    """Who wrote in a form finds it when he comes back."""
    assert lines(called("one", 1), called("two", 2), at=500) == ["09:00 one", "09:00 two"]


def test_an_outage_says_since_when_until_when_and_what_to_do() -> None:
    """In the drill's name; who will call meanwhile is not told before he calls."""
    outage = Outage(since=after(0), until=after(100))
    first, second, call = lines(called("now", 29), called("later", 90), at=30, outage=outage)
    assert first.startswith("Drill outage: the system is down since 09:00:00")
    assert "back at 09:01:40 (in 1:10)" in first
    assert second.startswith("Note calls by hand")
    assert call == "09:00 now"
