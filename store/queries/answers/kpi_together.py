"""Figures of how departments work together: read as they stand, since each row is its own already.

A hand-off that waits is a part of the stage that it hands on: that was handed on when it was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.kpi.reckon import mean
from store.domain.kpi.ways import Part
from store.domain.projects import Answer, Went
from store.persistence.kpi_rows import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from store.queries.answers.kpi_period import Cut
    from store.queries.answers.kpi_ways import Stretch, Values

_KEYS = {"": "''", "site": "coalesce(CAST(p.site_id AS TEXT), '')", "department": "{}"}
"""Which group one is of: a project is of no kind of work and no person.

Of departments an answer in time is the taker's, what came back the giver's, a stage his who has it,
and waiting his who had the project meanwhile: each what that department has in its hands.
"""
_GIVER, _TAKER, _HAS = "h.giver_id", "h.taker_id", "s.department_id"
Counted = tuple[str, int, int, int, int]
"""Group, row, project, how much of it counts, and of how much."""


def value(stretch: Stretch, part: Part | None) -> Values:
    """One part; or the mean of those that there are."""
    if part is not None:
        sums: dict[str, list[int]] = {}
        for key, _row, _project, good, whole in _counted(stretch, part):
            held = sums.setdefault(key, [0, 0, 0])
            held[:] = held[0] + good, held[1] + whole, held[2] + 1
        return {key: (mean(good, whole), n) for key, (good, whole, n) in sums.items()}
    parts = [value(stretch, one) for one in Part]
    counts: dict[str, int] = {}
    for key, _project in rows(stretch, None):
        counts[key] = counts.get(key, 0) + 1
    return {key: (_mean(found.get(key, (None, 0))[0] for found in parts), n)
            for key, n in counts.items()}  # fmt: skip


def rows(stretch: Stretch, part: Part | None) -> list[tuple[str, int]]:
    """The ids of what a part is of; of the index those of projects, each once."""
    if part is not None:
        return [(key, row) for key, row, *_rest in _counted(stretch, part)]
    found = {
        (key, project) for one in Part for key, _row, project, *_rest in _counted(stretch, one)
    }
    return sorted(found)


def each(stretch: Stretch, parts: Sequence[Part]) -> list[list[tuple[float, float]]]:
    """Of each project of no group: what counts of every part, and of how much."""
    found: dict[int, list[tuple[float, float]]] = {}
    for place, part in enumerate(parts):
        for _key, _row, project, good, whole in _counted(stretch, part):
            mine = found.setdefault(project, [(0.0, 0.0)] * len(parts))
            mine[place] = (mine[place][0] + good, mine[place][1] + whole)
    return [found[project] for project in sorted(found)]


def _mean(values: Iterable[float | None]) -> float | None:
    known = [one for one in values if one is not None]
    return sum(known) / len(known) if known else None


def _counted(stretch: Stretch, part: Part) -> list[Counted]:
    if stretch.cut.dim not in _KEYS or (stretch.cut.kind, stretch.cut.person) != (None, None):
        return []
    return stretch.once(("together", part.value), lambda: list(_COUNTS[part](stretch)))


def _taken(stretch: Stretch) -> Iterable[Counted]:
    for key, row, project, due, answered, _answer in _given(stretch, _TAKER):
        if answered is not None or due < stretch.cut.now:
            yield key, row, project, int(answered is not None and answered <= due), 1


def _kept(stretch: Stretch) -> Iterable[Counted]:
    for key, row, project, _due, answered, answer in _given(stretch, _GIVER):
        if answered is not None:
            yield key, row, project, int(answer == Answer.TAKEN.value), 1


def _given(stretch: Stretch, whose: str) -> Sequence[Any]:
    """Hand-offs given in the period and not recalled."""
    cut = stretch.cut
    return _asked(
        stretch,
        "h.id, p.id, h.due_at, h.answered_at, h.answer FROM handoff AS h"
        f" JOIN project AS p ON p.id = h.project_id WHERE h.given_at >= {cut.since}"
        f" AND h.given_at < {cut.until} AND h.answer <> '{Answer.RECALLED.value}'",
        "h.id",
        whose,
    )


def _handed_on(stretch: Stretch) -> Iterable[Counted]:
    cut = stretch.cut
    found = _asked(
        stretch,
        "s.id, p.id, s.due_at, s.went, coalesce(s.handed_at, h.given_at) FROM project_stage AS s"
        " JOIN project AS p ON p.id = s.project_id"
        " LEFT JOIN handoff AS h ON h.project_id = p.id AND h.answered_at IS NULL"
        " AND s.ended_at IS NULL AND h.to_stage <> h.stage"
        f" WHERE s.due_at >= {cut.since} AND s.due_at < {cut.until}",
        "s.id",
        _HAS,
    )
    for key, row, project, due, went, handed in found:
        if went in {Went.OPEN.value, Went.ON.value} and (handed is not None or due < cut.now):
            yield key, row, project, int(handed is not None and handed <= due), 1


def _moving(stretch: Stretch) -> Iterable[Counted]:
    """In milliseconds; of a project one hand-off waits at a time, so that none counts twice."""
    cut = stretch.cut
    end = min(cut.until, cut.now)
    open_ = _asked(
        stretch,
        f"p.id, p.opened_at, coalesce(p.over_at, {end}) FROM project AS p"
        f" WHERE p.opened_at < {end} AND coalesce(p.over_at, {end}) > {cut.since}",
        "p.id",
        "p.department_id",
    )
    waits = _asked(
        stretch,
        f"p.id, h.given_at, coalesce(h.answered_at, {end}) FROM handoff AS h"
        f" JOIN project AS p ON p.id = h.project_id WHERE h.given_at < {end}"
        f" AND coalesce(h.answered_at, {end}) > {cut.since}"
        f" AND h.answer <> '{Answer.RECALLED.value}'",
        "h.id",
        _GIVER,
    )
    waited: dict[tuple[str, int], int] = {}
    for key, project, begins, ends in waits:
        told = waited.get((key, project), 0)
        waited[key, project] = told + min(ends, end) - max(begins, cut.since)
    held: dict[tuple[str, int], int] = {}
    for key, project, begins, ends in _held(stretch, open_):
        whole = min(ends, end) - max(begins, cut.since)
        if whole > 0:
            held[key, project] = held.get((key, project), 0) + whole
    for (key, project), whole in held.items():
        yield key, project, project, whole - waited.get((key, project), 0), whole


def _held(stretch: Stretch, open_: Sequence[Any]) -> Iterable[tuple[str, int, int, int]]:
    """Group, project, and from when until when it was there: with each department in its turn."""
    if stretch.cut.dim != "department":
        yield from open_
        return
    went: dict[int, list[Any]] = {}
    for row in _asked(
        stretch,
        "p.id, h.giver_id, h.answered_at FROM handoff AS h JOIN project AS p"
        f" ON p.id = h.project_id WHERE h.answer = '{Answer.TAKEN.value}'",
        "h.id",
        _TAKER,
    ):
        went.setdefault(row[1], []).append(row)
    for has, project, begins, ends in open_:
        holder, since = has, begins
        for place, (taker, _project, giver, taken) in enumerate(went.get(project, ())):
            yield str(giver) if place == 0 else holder, project, since, taken
            holder, since = taker, taken
        yield holder, project, since, ends


_COUNTS: Mapping[Part, Callable[[Stretch], Iterable[Counted]]] = {
    Part.TAKEN: _taken,
    Part.KEPT: _kept,
    Part.HANDED_ON: _handed_on,
    Part.MOVING: _moving,
}


def _asked(stretch: Stretch, text: str, order: str, whose: str) -> Sequence[Any]:
    cut = stretch.cut
    key = _KEYS[cut.dim].format(f"CAST({whose} AS TEXT)")
    whole = f"SELECT {key}, {text}{_here(cut)} ORDER BY {order}"
    return list(ask(stretch.reader.conn, stretch.reader.kind, whole))


def _here(cut: Cut) -> str:
    said = "" if cut.customer is None else f" AND p.customer_id = {cut.customer}"
    if cut.sites is None:
        return said
    return f"{said} AND p.site_id IN ({', '.join(map(str, cut.sites)) or 'NULL'})"
