"""The answer for figures with intervals: by the same question that tells the figures alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.kpi.baseline import MIXES, Period, Sure
from store.domain.kpi.intervals import of_counts, of_fall, of_score, wilson
from store.domain.kpi.measured import DAY_MS
from store.domain.kpi.reckon import watched
from store.domain.kpi.sure import (
    FEWEST,
    of_count,
    of_mean,
    of_ratio,
    of_ratios,
    of_restricted,
    rank_places,
)
from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import (
    Acknowledged,
    Answered,
    Balance,
    Complained,
    Each,
    Fall,
    Fixed,
    Heard,
    Inspected,
    Kept,
    Mean,
    Part,
    Rank,
    Renewed,
    Restricted,
    Together,
    Unit,
    Worked,
)
from store.persistence.kpi_rows import ask
from store.queries.answers import kpi_besides, kpi_lasting, kpi_together, kpi_ways
from store.queries.answers.kpi import whole_figures
from store.queries.answers.kpi_period import checked_name, cuts, names_of
from store.queries.answers.kpi_ways import Stretch
from store.queries.kpi import Cohort

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.kpi.sure import Interval
    from store.persistence.reader import Reader
    from store.queries.kpi import Figure
    from store.queries.packs import SureFigures

_NET: Final = (
    "CASE WHEN nps >= 9 THEN 1 WHEN nps <= 6 THEN -1 WHEN nps IS NULL THEN NULL ELSE 0 END"
)
_GROUPS: Final = {"kind": "kind", "site": "site_id", "person": "technician_id"}


def sure_figures(reader: Reader, query: SureFigures) -> Period:
    """Each figure, its interval, and how many orders were closed of what."""
    names = tuple(map(checked_name, query.names)) or tuple(KPIS)
    (cut,) = cuts(reader, query).values()
    told = _Told(Stretch(reader, cut))
    found = whole_figures(told.stretch, names)
    return Period(
        first=query.first,
        last=query.last,
        zone=query.zone,
        figures={figure.name: told.sure(figure) for figure in found},
        mixes={mix: told.mix(mix) for mix in MIXES},
    )


class _Told:
    """What several intervals want is read for the first of them."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self._reader, self._cut = stretch.reader, stretch.cut
        self._ranks: dict[str, dict[int, Interval]] = {}

    def sure(self, figure: Figure) -> Sure:
        """With its interval, which never leaves the figure out."""
        value, found = figure.value, None
        if value is not None and figure.n:
            found = self._interval(figure, value)
        low, high = (None, None) if found is None or value is None else (
            min(found[0], value), max(found[1], value)
        )  # fmt: skip
        return Sure(
            name=figure.name,
            value=value,
            n=figure.n,
            unit=figure.unit,
            low=low,
            high=high,
            within_s=figure.within_s,
        )

    def _interval(self, figure: Figure, value: float) -> Interval | None:  # noqa: C901, PLR0911, PLR0912  a line a way
        spec = KPIS[figure.name]
        match spec.way:
            case Mean(measure):
                return _least(_scaled(self._mean(f"{measure}_ms", ""), 1 / 1000))
            case Rank(measure, tenths):
                return self._rank(measure, tenths)
            case Each(sum_, _) if spec.unit is Unit.TIMES:
                return _least(self._mean(sum_, " AND closed_at IS NOT NULL"))
            case Heard(times=times) if times != 1:
                return _scaled(self._mean(_NET, "", along="asked_at"), times)
            case Acknowledged(tenths):
                return self._waited(tenths)
            case Restricted(days):
                lasted = kpi_lasting.lasted(self.stretch).get("", ())
                horizon = watched(lasted, days * DAY_MS) or 0
                return _scaled(of_restricted(lasted, horizon), 1 / 1000)
            case Worked():
                each = kpi_besides.worked_each(self.stretch)
                return of_ratio([(work, duty) for _key, _shifts, work, duty in each])
            case Together(Part.TAKEN | Part.KEPT | Part.HANDED_ON):
                return wilson(value, figure.n)
            case Together(part):
                return self._together(tuple(Part) if part is None else (part,), value)
            case Inspected(acted=False):
                return of_score(value, figure.n)
            case Balance():
                opened = self.stretch.opened().get("", 0)
                return of_counts(opened, figure.n - opened)
            case Fall():
                return of_fall(*kpi_ways.fallen(self.stretch, spec.way))
            case Kept() | Fixed() | Each() | Heard() | Renewed() | Answered():
                return wilson(value, figure.n)
            case Complained():
                low, high = of_count(round(value * figure.n / 100))
                return 100 * low / figure.n, 100 * high / figure.n
            case _:
                return None

    def _together(self, parts: Sequence[Part], value: float) -> Interval | None:
        """By projects; where these are not apart at all, as of a share of so many."""
        each = kpi_together.each(self.stretch, parts)
        if len(each) < FEWEST:
            return None
        return of_ratios(each) or wilson(value, len(each))

    def _where(self, along: str = "") -> str:
        column = along or self._cut.column
        within = f"{column} >= {self._cut.since} AND {column} < {self._cut.until}"
        return f"{within} AND counts = 1{self._cut.here}"

    def _mean(self, what: str, more: str, *, along: str = "") -> Interval | None:
        text = (
            "SELECT count(x), sum(x), sum(CAST(x AS DOUBLE PRECISION) * x) FROM"
            f" (SELECT {what} AS x FROM kpi_order WHERE {self._where(along)}{more}) AS told"
        )
        ((n, total, squares),) = ask(self._reader.conn, self._reader.kind, text)
        return of_mean(int(n), float(total or 0), float(squares or 0))

    def _waited(self, tenths: int | None) -> Interval | None:
        """Each alarm for itself."""
        waits = kpi_besides.waited(self.stretch).get("", [])
        if tenths is None:
            told = of_mean(len(waits), sum(waits), sum(float(ms) * ms for ms in waits))
            return _least(_scaled(told, 1 / 1000))
        places = rank_places(len(waits), tenths / 10)
        return places and (waits[places[0] - 1] / 1000, waits[places[1] - 1] / 1000)

    def _rank(self, measure: str, tenths: int) -> Interval | None:
        if measure not in self._ranks:
            self._ranks[measure] = self._placed(measure)
        return self._ranks[measure].get(tenths)

    def _placed(self, measure: str) -> dict[int, Interval]:
        """All places of a duration in one look."""
        conn, kind = self._reader.conn, self._reader.kind
        from_ = f"FROM kpi_order WHERE {self._where()} AND {measure}_ms IS NOT NULL"
        ((n,),) = ask(conn, kind, f"SELECT count(*) {from_}")
        places = {tenths: rank_places(int(n), tenths / 10) for tenths in (5, 9)}
        wanted = sorted({place for pair in places.values() if pair for place in pair})
        if not wanted:
            return {}
        text = (
            f"SELECT place, ms FROM (SELECT {measure}_ms AS ms, row_number() OVER"
            f" (ORDER BY {measure}_ms) AS place {from_}) AS placed"
            f" WHERE place IN ({', '.join(map(str, wanted))})"
        )
        at = {int(place): int(ms) / 1000 for place, ms in ask(conn, kind, text)}
        return {ten: (at[pair[0]], at[pair[1]]) for ten, pair in places.items() if pair}

    def mix(self, name: str) -> Mapping[str, int]:
        """How many were closed in the period of each; codes for sites and people."""
        where = self._where("closed_at" if self._cut.cohort is Cohort.CLOSED else "")
        if name == "priority":
            text = (
                "SELECT priority, count(*) FROM work_order WHERE number IN"
                f" (SELECT number FROM kpi_order WHERE {where}) GROUP BY priority"
            )
        else:
            column = _GROUPS[name]
            text = f"SELECT {column}, count(*) FROM kpi_order WHERE {where} GROUP BY {column}"
        named = names_of(self._reader, name)
        found: dict[str, int] = {}
        for key, count in ask(self._reader.conn, self._reader.kind, text):
            said = "" if key is None else named.get(str(key), str(key))
            found[said] = found.get(said, 0) + int(count)
        return found


def _scaled(found: Interval | None, by: float) -> Interval | None:
    return None if found is None else (found[0] * by, found[1] * by)


def _least(found: Interval | None) -> Interval | None:
    """Nothing takes less than no time, or befalls an order less than never."""
    return None if found is None else (max(0.0, found[0]), found[1])
