"""The answers for figures, and for the orders behind one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.errors import BadInput
from store.domain.kpi.table import KPIS
from store.domain.kpi.together import TOGETHER
from store.domain.kpi.ways import Restricted
from store.domain.words import N_
from store.persistence import kpi_fill
from store.queries.answers import kpi_lasting
from store.queries.answers.kpi_period import checked_name, cuts, group_of, names_of
from store.queries.answers.kpi_told import rows_of, value_of
from store.queries.answers.kpi_ways import Stretch
from store.queries.kpi import NO_DEPARTMENTS, NOBODY, By, Figure, Figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from store.persistence.reader import Reader
    from store.queries.answers.kpi_ways import Value, Values
    from store.queries.kpi import KpiRows, Kpis


def kpis(reader: Reader, query: Kpis) -> Figures:
    """Group by group, in the order of the table; without a split always every figure."""
    names = tuple(_checked(name, query.by) for name in query.names) or (*_all(query.by),)
    found: list[Figure] = []
    for of, cut in cuts(reader, query, plain=query.plain).items():
        stretch = Stretch(reader, cut)
        values = {name: value_of(stretch, KPIS[name].way) for name in names}
        if cut.dim:
            found += _groups(stretch, values, names_of(reader, cut.dim))
        else:
            found += _figures(stretch, {name: told.get("") for name, told in values.items()}, of)
    return Figures(figures=tuple(found), owed=kpi_fill.is_owed(reader.conn))


def kpi_rows(reader: Reader, query: KpiRows) -> tuple[int, ...]:
    """Those of the group that is named; of all where none is."""
    way, numbers = KPIS[_checked(query.name, query.by)].way, list[int]()
    for of, cut in cuts(reader, query).items():
        if query.by is By.MONTH and query.of not in {"", of}:
            continue
        key = group_of(reader, cut.dim, query.of) if cut.dim else ""
        for mine, number in rows_of(Stretch(reader, cut), way):
            if not query.of or not cut.dim or mine == key:
                numbers.append(number)
    if query.by is By.DEPARTMENT:  # a project is of each that had it
        return tuple(sorted({*numbers}))
    return tuple(sorted(numbers))


def _all(by: By) -> Iterable[str]:
    """The figures that a split has: departments have those of hand-offs alone."""
    return TOGETHER if by is By.DEPARTMENT else KPIS


def _checked(name: str, by: By) -> str:
    checked_name(name)
    if name in _all(by):
        return name
    raise BadInput(where=N_("indicator"), wrong=NO_DEPARTMENTS, right=", ".join(TOGETHER))


def _groups(
    stretch: Stretch, values: Mapping[str, Values], names: Mapping[str, str]
) -> Iterator[Figure]:
    keys = {key for told in values.values() for key, (_, n) in told.items() if n}
    called = {key: names.get(key, key) or NOBODY for key in keys}
    for key in sorted(keys, key=lambda key: (key == "", called[key])):
        mine = {name: told.get(key) for name, told in values.items()}
        yield from _figures(stretch, mine, called[key], key)


def whole_figures(stretch: Stretch, names: Iterable[str]) -> list[Figure]:
    """Those of all that is looked at, without a split."""
    told = {one: value_of(stretch, KPIS[one].way).get("") for one in names}
    return list(_figures(stretch, told, ""))


def _figures(
    stretch: Stretch, told: Mapping[str, Value | None], of: str, key: str = ""
) -> Iterator[Figure]:
    for name, value in told.items():
        spec = KPIS[name]
        nothing = 0 if spec.unit in {"orders", "cases"} else None
        figure, n = value or (nothing, 0)
        far = (
            kpi_lasting.short_of(stretch, spec.way).get(key)
            if isinstance(spec.way, Restricted)
            else None
        )
        yield Figure(name=name, value=figure, n=n, unit=spec.unit.value, of=of, within_s=far)
