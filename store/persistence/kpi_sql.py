"""What figures are made of, said in SQL: for the whole desk at once, and for any stretch of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.heard_figures import CONTENT, DETRACTOR, PROMOTER
from store.domain.kpi.measured import DAY_MS, LOOK_MS
from store.domain.kpi.sums import ASKED, CLOCKS, FINE, SPREAD, SUMS, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Iterable

DIMS: Final = {
    "": "''",
    "site": "coalesce(CAST(site_id AS TEXT), '')",
    "kind": "kind",
    "person": "coalesce(CAST(technician_id AS TEXT), '')",
}
"""By what figures are grouped, and how a narrow row says which group is its own."""

OPENED_BY: Final = ("", "site", "kind")
"""Those by which days count what was opened: who will finish an order is not known yet."""


def _there(column: str) -> str:
    return f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END"


def _is(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _adds() -> dict[str, str]:
    adds = {"closed": _there("closed_at")}
    for name in ("response", "arrive", "accept", "wall", "work"):
        adds[f"{name}_n"] = _there(f"{name}_ms")
        adds[f"{name}_ms"] = f"coalesce({name}_ms, 0)"
    for clock in CLOCKS:
        adds[f"{clock}_met"] = _is(f"{clock}_kept = 1")
        adds[f"{clock}_missed"] = _is(f"{clock}_kept = 0")
    adds["first_n"] = _there("first_visit")
    for days in WINDOWS:
        stays = f"(again_ms IS NULL OR again_ms > {days * DAY_MS})"
        adds[f"fixed_{days}"] = _is(f"first_visit = 1 AND {stays}")
    adds["fault_n"] = _there("fault")
    adds["repeated"] = _is("fault IS NOT NULL AND before_ms IS NOT NULL")
    adds["reopened"] = _is("reopened > 0")
    for name, kept in (("planned_met", 1), ("planned_missed", 0)):
        adds[name] = _is(f"planned = 1 AND resolve_kept = {kept}")
    return {name: adds.get(name, name) for name in SUMS}


ADDS: Final = _adds()
"""What a narrow row adds to each of `SUMS`, in SQL: `domain.kpi.sums.parts` says the same."""

HEARD: Final = {
    "asked": _there("asked_at"),
    "answered": "coalesce(answered, 0)",
    "csat_n": _there("csat"),
    "csat_top": _is(f"csat >= {CONTENT}"),
    "nps_n": _there("nps"),
    "nps_net": f"{_is(f'nps >= {PROMOTER}')} - {_is(f'nps <= {DETRACTOR}')}",
}
"""What it adds to each of `ASKED`, in SQL: `domain.kpi.sums.heard_parts` says the same."""


def _day(column: str) -> str:
    return f"(({column} - (({column} % {DAY_MS}) + {DAY_MS}) % {DAY_MS}) / {DAY_MS})"


_TOLD = ("opened", *SUMS, *ASKED)


def _days() -> str:
    """Every day's sums, out of the narrow rows; each order is of one site, whose sums make all."""
    there: dict[str, dict[str, str]] = {
        "opened_at": {"opened": "count(*)"},
        "closed_at": {name: f"sum({one})" for name, one in ADDS.items()},
        "asked_at": {name: f"sum({one})" for name, one in HEARD.items()},
    }
    told = [
        f"SELECT '{dim}' AS dim, {DIMS[dim]} AS key, {_day(column)} AS day,"
        f" {', '.join(f'{sums.get(name, 0)} AS {name}' for name in _TOLD)} FROM kpi_order"
        f" WHERE {'counts = 1' if column == 'opened_at' else f'{column} IS NOT NULL'} GROUP BY 2, 3"
        for column, sums in there.items()
        for dim in DIMS
        if dim and (column != "opened_at" or dim in OPENED_BY)
    ]
    sums = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in _TOLD)
    return (
        f"WITH told AS ({' UNION ALL '.join(told)}) SELECT dim, key, day, {sums} FROM told"
        f" GROUP BY dim, key, day UNION ALL SELECT '', '', day, {sums} FROM told"
        " WHERE dim = 'site' GROUP BY day"
    )


DAYS: Final = _days()

_NAMES = ", ".join(("dim", '"key"', "day", *_TOLD))

FILL_DAYS: Final = f"INSERT INTO kpi_day ({_NAMES}) {DAYS}"

_KEPT = f"SELECT {_NAMES} FROM kpi_day WHERE opened <> 0 OR closed <> 0 OR asked <> 0"


def _wrong(wanted: str, kept: str) -> str:
    """How many rows are there that should not be, or are not there that should."""
    more, less = (
        f"SELECT count(*) FROM (SELECT * FROM {one} EXCEPT SELECT * FROM {other}) AS wrong"
        for one, other in (("wanted", "kept"), ("kept", "wanted"))
    )
    return f"WITH wanted AS ({wanted}), kept AS ({kept}) SELECT ({more}) + ({less})"


WRONG_DAYS: Final = _wrong(DAYS, _KEPT)
"""How many days' sums are there that should not be, or are not there that should."""

_DOUBLINGS: Final = 46
"""The longest durations last as long as two to the power of this and `FINE` milliseconds."""


def bucket_sql(ms: str) -> str:
    """Where a duration falls, in SQL: `domain.kpi.sums.bucket` says the same."""

    def told(low: int, high: int) -> str:
        if high - low == 1:
            return f"{low << FINE} + {ms} / {1 << low}"
        middle = (low + high) // 2
        below = f"{ms} < {1 << (middle + FINE)}"
        return f"CASE WHEN {below} THEN {told(low, middle)} ELSE {told(middle, high)} END"

    return f"({told(0, _DOUBLINGS)})"


MONTH_DAYS: Final = (
    f"SELECT DISTINCT {_day('closed_at')} FROM kpi_order WHERE closed_at IS NOT NULL"
)
"""The days on which something was closed; their months are what `spread_sql` is told."""


def spread_sql(months: Iterable[tuple[int, int, int]]) -> str:
    """How many lasted how long, out of the narrow rows, as the table of that name has it.

    Of each month its number, its first instant, and the first that is beyond it.
    """
    values = ", ".join(f"({month}, {since}, {until})" for month, since, until in months)
    by_site = " UNION ALL ".join(
        f"SELECT {DIMS['site']} AS site, '{name}' AS measure, column1 AS month,"
        f" {bucket_sql(name)} AS bucket, count(*) AS orders"
        f" FROM (VALUES {values}) AS months CROSS JOIN kpi_order"
        f" WHERE closed_at >= column2 AND closed_at < column3 AND {name} IS NOT NULL"
        " GROUP BY 1, 3, 4"
        for name in SPREAD
    )
    return (
        f"WITH told AS ({by_site}) SELECT 'site', site, measure, month, bucket, orders FROM told"
        " UNION ALL SELECT '', '', measure, month, bucket, CAST(sum(orders) AS BIGINT) FROM told"
        " GROUP BY measure, month, bucket"
    )


def wrong_spread_sql(spread: str) -> str:
    """How many of those are there that should not be, or are not there that should."""
    kept = 'SELECT dim, "key", measure, month, bucket, orders FROM kpi_spread WHERE orders <> 0'
    return _wrong(spread, kept)


_NEAR = f"""SELECT k.number AS n,
 (SELECT min(o.opened_at) FROM kpi_order o WHERE o.fault = k.fault AND o.opened_at > k.done_at
   AND o.opened_at <= k.done_at + {LOOK_MS} AND o.number <> k.number) - k.done_at AS again,
 k.opened_at - (SELECT max(o.done_at) FROM kpi_order o WHERE o.fault = k.fault
   AND o.done_at >= k.opened_at - {LOOK_MS} AND o.done_at < k.opened_at
   AND o.number <> k.number) AS before
 FROM kpi_order k"""
"""How near the next and the last order of the same fault are, of every order."""

_DIFFERS = (
    "n = number AND"
    " (coalesce(again_ms, -1) <> coalesce(again, -1)"
    " OR coalesce(before_ms, -1) <> coalesce(before, -1))"
)

FILL_NEAR: Final = (
    "UPDATE kpi_order SET again_ms = again, before_ms = before"
    f" FROM ({_NEAR}) AS near WHERE {_DIFFERS}"
)

WRONG_NEAR: Final = f"SELECT count(*) FROM kpi_order, ({_NEAR}) AS near WHERE {_DIFFERS}"
