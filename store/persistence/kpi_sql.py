"""What figures are made of, said in SQL: for the whole desk at once, and for any stretch of it."""

from __future__ import annotations

from typing import Final

from store.domain.heard_figures import CONTENT, DETRACTOR, PROMOTER
from store.domain.kpi.measured import DAY_MS, LOOK_MS
from store.domain.kpi.sums import ASKED, CLOCKS, SUMS, WINDOWS

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


def _days() -> str:
    """Every day's sums, out of the narrow rows."""
    nothing, unheard = (", ".join("0" for _ in some) for some in (SUMS, ASKED))
    some, heard = (", ".join(adds.values()) for adds in (ADDS, HEARD))
    names = ", ".join(f"{one} AS {name}" for name, one in (ADDS | HEARD).items())
    first = f"SELECT '' AS dim, '' AS key, 0 AS day, 0 AS opened, {names} FROM kpi_order WHERE 1=0"
    opened = [
        f"SELECT '{dim}', {DIMS[dim]}, {_day('opened_at')}, 1, {nothing}, {unheard}"
        " FROM kpi_order WHERE counts = 1"
        for dim in OPENED_BY
    ]
    closed = [
        f"SELECT '{dim}', {key}, {_day('closed_at')}, 0, {some}, {unheard}"
        " FROM kpi_order WHERE closed_at IS NOT NULL"
        for dim, key in DIMS.items()
    ]
    asked = [
        f"SELECT '{dim}', {key}, {_day('asked_at')}, 0, {nothing}, {heard}"
        " FROM kpi_order WHERE asked_at IS NOT NULL"
        for dim, key in DIMS.items()
    ]
    told = ("opened", *SUMS, *ASKED)
    sums = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in told)
    rows = " UNION ALL ".join((first, *opened, *closed, *asked))
    return f'SELECT dim, "key", day, {sums} FROM ({rows}) AS told GROUP BY dim, "key", day'


DAYS: Final = _days()

_NAMES = ", ".join(("dim", '"key"', "day", "opened", *SUMS, *ASKED))

FILL_DAYS: Final = f"INSERT INTO kpi_day ({_NAMES}) {DAYS}"

_KEPT = f"SELECT {_NAMES} FROM kpi_day WHERE opened <> 0 OR closed <> 0 OR asked <> 0"

WRONG_DAYS: Final = (
    f"SELECT count(*) FROM (SELECT * FROM ({DAYS} EXCEPT {_KEPT}) AS more"
    f" UNION ALL SELECT * FROM ({_KEPT} EXCEPT {DAYS}) AS less) AS wrong"
)
"""How many days' sums are there that should not be, or are not there that should."""

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
