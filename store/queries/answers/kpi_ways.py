"""How each way of reckoning comes to its value: from sums, and from rows where there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from store.domain.kpi.measured import DAY_MS
from store.domain.kpi.reckon import mean
from store.persistence.kpi_rows import ask
from store.queries.answers import kpi_ranks, kpi_sums
from store.queries.kpi import Cohort

if TYPE_CHECKING:
    from store.domain.kpi.ways import (
        Aged,
        Counted,
        Each,
        Fall,
        Fixed,
        Heard,
        Mean,
        Rank,
    )
    from store.persistence.reader import Reader
    from store.queries.answers.kpi_period import Cut

Value = tuple[float | None, int]
"""What it comes to, and of how many orders."""

Values = Mapping[str, Value]
"""By group; one that is not there has nothing."""

Found = TypeVar("Found")


class Stretch:
    """What several figures of one stretch want is read for the first of them."""

    def __init__(self, reader: Reader, cut: Cut) -> None:
        self.reader, self.cut = reader, cut
        self._read: dict[object, object] = {}

    def once(self, what: object, read: Callable[[], Found]) -> Found:
        """Read it, unless it was."""
        if what not in self._read:
            self._read[what] = read()
        found: Found = self._read[what]  # type: ignore[assignment]  # as it was put in
        return found

    def sums(self) -> kpi_sums.Sums:
        """All sums of the cohort."""
        return self.once("sums", lambda: kpi_sums.summed(self.reader, self.cut))

    def opened(self) -> dict[str, int]:
        """How many were opened, whatever the cohort."""
        return self.once("opened", lambda: kpi_sums.opened(self.reader, self.cut))

    def rows(self, told: str, where: str) -> list[tuple[str, int]]:
        """Some whole number of narrow rows, group by group."""
        text = f"SELECT {self.cut.key}, {told} FROM kpi_order WHERE {where}{self.cut.here}"
        return list(ask(self.reader.conn, self.reader.kind, text))


_EVER: Final = -(2**20) * DAY_MS
"""Before whatever was opened: a midnight by UTC."""


def counted(stretch: Stretch, way: Counted) -> Values:
    """How many there are."""
    if way.sum == "opened":
        return {key: (n, n) for key, n in stretch.opened().items()}
    return {key: (sums[way.sum], sums[way.sum]) for key, sums in stretch.sums().items()}


def averaged(stretch: Stretch, way: Mean) -> Values:
    """In seconds."""
    count = f"{way.measure}_n"
    return {
        key: (in_seconds(mean(sums[f"{way.measure}_ms"], sums[count])), sums[count])
        for key, sums in stretch.sums().items()
    }


def ranked(stretch: Stretch, way: Rank) -> Values:
    """In seconds; all places of a duration are looked for together."""
    found = stretch.once(
        way.measure,
        lambda: kpi_ranks.ranked(stretch.reader, stretch.cut, way.measure, (5, 9)),
    )
    return {key: (places[way.tenths] / 1000, n) for key, (n, places) in found.items()}


def each(stretch: Stretch, way: Each) -> Values:
    """One sum divided by another; of what is closed, only of what is closed."""
    found = stretch.sums()
    if way.over == "closed" and stretch.cut.cohort is Cohort.OPENED:
        more = " AND closed_at IS NOT NULL"
        found = stretch.once(more, lambda: kpi_sums.summed(stretch.reader, stretch.cut, more))
    return {
        key: (mean(sums[way.sum], sums[way.over]), sums[way.over]) for key, sums in found.items()
    }


def heard(stretch: Stretch, way: Heard) -> Values:
    """Of the surveys that fell due in the period, whatever the cohort."""
    found = stretch.once("heard", lambda: kpi_sums.heard(stretch.reader, stretch.cut))
    return {
        key: (_times(mean(sums[way.sum], sums[way.over]), way.times), sums[way.over])
        for key, sums in found.items()
    }


def fall(stretch: Stretch, way: Fall) -> Values:
    """Of both periods; no value where the one before had nothing that could fall."""
    now, was = stretch.sums(), before(stretch).sums()
    found: dict[str, Value] = {}
    for key in now.keys() | was.keys():
        (some, n), (some_was, n_was) = (
            (sums.get(way.sum, 0), sums.get(way.over, 0))
            for sums in (now.get(key, {}), was.get(key, {}))
        )
        said = 1 - some * n_was / (some_was * n) if some_was and n else None
        found[key] = (said, n + n_was)
    return found


def fallen(stretch: Stretch, way: Fall) -> tuple[int, int, int, int]:
    """Of all: how many of how many, and how many of how many before."""
    now, was = (one.sums().get("", {}) for one in (stretch, before(stretch)))
    some, n, some_was, n_was = (
        int(sums.get(name, 0)) for sums in (now, was) for name in (way.sum, way.over)
    )
    return some, n, some_was, n_was


def before(stretch: Stretch) -> Stretch:
    """The same of the period before."""
    cut = stretch.cut.only(stretch.cut.before, stretch.cut.since)
    return stretch.once("before", lambda: Stretch(stretch.reader, cut))


def balance(stretch: Stretch) -> Values:
    """Of all that were opened and all that were closed; an order that was both is so twice."""
    closed = {key: n for key, n in closed_in(stretch).items() if n}
    opened = stretch.opened()
    return {
        key: (
            mean(opened.get(key, 0), closed.get(key, 0)),
            opened.get(key, 0) + closed.get(key, 0),
        )
        for key in opened.keys() | closed.keys()
    }


def closed_in(stretch: Stretch) -> dict[str, int]:
    """How many were closed, whatever the cohort."""
    cut = replace(stretch.cut, cohort=Cohort.CLOSED)
    if cut == stretch.cut:
        return {key: sums["closed"] for key, sums in stretch.sums().items()}
    found = stretch.once("closed", lambda: kpi_sums.summed(stretch.reader, cut))
    return {key: sums["closed"] for key, sums in found.items()}


def fixed(stretch: Stretch, way: Fixed) -> Values:
    """Of those closed so long before now that what should not come back has had its time."""
    ripe = stretch.cut.now - way.days * DAY_MS
    if stretch.cut.cohort is Cohort.CLOSED:
        cut, more = stretch.cut.only(stretch.cut.since, min(stretch.cut.until, ripe)), ""
    else:
        cut, more = stretch.cut, f" AND closed_at < {ripe}"
    found = stretch.once(
        ("ripe", cut.until, more), lambda: kpi_sums.summed(stretch.reader, cut, more)
    )
    return {
        key: (mean(sums[f"fixed_{way.days}"], sums["first_n"]), sums["first_n"])
        for key, sums in found.items()
    }


def aged(stretch: Stretch, way: Aged) -> Values:
    """How many; of the whole desk, whatever their age, what was opened less what was closed."""
    values: dict[str, Value] = {}
    end = end_of(stretch.cut)
    if (way.over_days, way.to_days, stretch.cut.dim) == (0, None, "") and not stretch.cut.counted:
        n = _open_by_sums(stretch, end)
        return {"": (n, n)} if n else {}
    for key, opened in stretch.once("open", lambda: _open_rows(stretch, "opened_at")):
        age = end - opened
        if age > way.over_days * DAY_MS and (way.to_days is None or age <= way.to_days * DAY_MS):
            n = values.get(key, (0, 0))[1] + 1
            values[key] = (n, n)
    return values


def _open_by_sums(stretch: Stretch, end: int) -> int:
    """All that were closed since would have to be gone through, row by row, a year later."""
    ever = replace(stretch.cut.only(_EVER, end), cohort=Cohort.CLOSED)
    opened = kpi_sums.opened(stretch.reader, ever).get("", 0)
    return opened - kpi_sums.closed(stretch.reader, ever).get("", 0)


def _open_rows(stretch: Stretch, told: str) -> list[tuple[str, int]]:
    """Two questions, each of an index: the open ones, and those closed since."""
    end = end_of(stretch.cut)
    found = stretch.rows(told, f"closed_at IS NULL AND counts = 1 AND opened_at < {end}")
    return found + stretch.rows(told, f"closed_at >= {end} AND opened_at < {end}")


def end_of(cut: Cut) -> int:
    """The end of the period, or now."""
    return min(cut.until, cut.now)


def in_seconds(ms: float | None) -> float | None:
    """From milliseconds; of nothing nothing."""
    return None if ms is None else ms / 1000


def _times(value: float | None, times: int) -> float | None:
    return None if value is None else value * times
