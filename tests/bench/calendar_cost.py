"""What a deadline costs by its distance, beside a peer that walks day by day.

Run `python -m tests.bench.calendar_cost`: the two must agree before their times are printed.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from timeit import timeit
from zoneinfo import ZoneInfo

from console.commands_clock import answer
from store.domain.calendar import Calendar

ZONE = "America/New_York"
WINDOWS = [["08:30", "12:00"], ["13:00", "18:00"]]
SPEC = {
    "zone": ZONE,
    "week": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), WINDOWS),
    "holidays": ["2026-07-03", "2026-11-26", "2026-12-25", "2027-01-01"],
    "workdays": {"2026-11-28": [["09:00", "13:00"]]},
}
START = datetime(2026, 6, 3, 15, 20, tzinfo=UTC)
DISTANCES = {"1 day": 1, "1 year": 260, "3 years": 780, "30 years": 7800}
"""Roughly: the working days in them."""
TARGET_US = 50
"""No warm answer may take longer, whatever the distance."""


def walked(start: datetime, work: timedelta) -> datetime:
    """The peer: open each day's windows in turn until the work is done."""
    zone, day = ZoneInfo(ZONE), start.astimezone(ZoneInfo(ZONE)).date()
    while True:
        text = day.isoformat()
        windows = WINDOWS if day.weekday() < 5 and text not in SPEC["holidays"] else []
        for opens, closes in SPEC["workdays"].get(text, windows):  # type: ignore[attr-defined]
            begin = datetime.combine(day, time.fromisoformat(opens), zone).astimezone(UTC)
            end = datetime.combine(day, time.fromisoformat(closes), zone).astimezone(UTC)
            begin = max(begin, start)
            if begin < end and work <= end - begin:
                return begin + work
            work -= max(end - begin, timedelta())
        day += timedelta(days=1)


def main() -> None:
    """Print one line a distance, then the cost of whole questions."""
    print(f"{'deadline':>10} {'first µs':>9} {'warm µs':>8} {'walking µs':>11} {'ratio':>9}")
    worst = 0.0
    for name, days in DISTANCES.items():
        work, calendar = timedelta(hours=8.5) * days, Calendar.parse(SPEC)
        assert walked(START, work) == calendar.add(START, work)
        fresh = Calendar.parse(SPEC)
        first = timeit(lambda: fresh.add(START, work), number=1) * 1e6  # noqa: B023  run at once
        warm = _micros(lambda: calendar.add(START, work), 5000)  # noqa: B023  run at once
        peer = _micros(lambda: walked(START, work), max(1, 3000 // days))  # noqa: B023  run at once
        worst = max(worst, warm)
        print(f"{name:>10} {first:9.0f} {warm:8.1f} {peer:11.0f} {peer / warm:8.0f}×")
    print(f"warm answers at most {worst:.1f} µs (target {TARGET_US})")
    questions: list[object] = [
        {"id": n, "calendar": SPEC, "start": START.isoformat(), "target_s": 780 * 30600}
        for n in range(1000)
    ]
    each = _micros(lambda: answer(questions), 1) / len(questions)
    print(f"a whole question 3 years away, with its ledger: {each:.0f} µs")


def _micros(call: object, number: int) -> float:
    return timeit(call, number=number) / number * 1e6  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
