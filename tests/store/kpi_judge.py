"""A second opinion on figures: plain Python over the rows of a store, sharing no code with them.

Every figure is reckoned by going through all orders, with lists, sorting and division.
"""

from __future__ import annotations

import itertools
import json
from bisect import bisect_left
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.domain.calendar_oracle import spans
from tests.store import kpi_judge_more, kpi_judge_waived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from sqlalchemy import Connection

Row = dict[str, Any]
Judged = dict[str, tuple[float | None, list[int]]]
"""By name the value, and the orders that it is of."""

ZERO = datetime(1970, 1, 1, tzinfo=UTC)
GIVEN_UP = ("cancelled", "duplicate")


class Judge:
    """All orders of a store, each with its visits, pauses and clocks."""

    def __init__(self, conn: Connection, at: datetime) -> None:
        self.asked_at, self.at = at, _ms(at)
        self.orders = [row for row in _all(conn, "work_order") if row["state"] not in GIVEN_UP]
        self.specs = {row["id"]: json.loads(row["spec"]) for row in _all(conn, "calendar_version")}
        self.by_plan = {row["number"] for row in _all(conn, "plan_occurrence")}
        for name in ("visit", "pause", "clock"):
            held: dict[int, list[Row]] = {}
            for row in _all(conn, name):
                held.setdefault(row["number"], []).append(row)
            for order in self.orders:
                order[name] = held.get(order["number"], [])
        self.rows = {name: _all(conn, name) for name in kpi_judge_more.TABLES}
        for order in self.orders:
            self._measure(order)
        self._faults()

    def _measure(self, order: Row) -> None:
        opened = order["opened_at"]
        order["closed"] = order["closed_at"] if order["state"] == "closed" else None
        order["done"] = order["done_at"] or order["closed"]
        accepted = sorted(
            (v["accepted_at"], v["assigned_at"]) for v in order["visit"] if v["accepted_at"]
        )
        arrived = sorted(v["arrived_at"] for v in order["visit"] if v["arrived_at"])
        order["response"] = max(0, accepted[0][0] - opened) if accepted else None
        order["accept"] = max(0, accepted[0][0] - accepted[0][1]) if accepted else None
        order["arrive"] = max(0, arrived[0] - opened) if arrived else None
        order["wall"] = None if order["done"] is None else max(0, order["done"] - opened)
        order["work"] = None if order["done"] is None else self._worked(order)
        for kind in ("respond", "arrive", "resolve"):
            mine = [c for c in order["clock"] if c["kind"] == kind]
            late = [
                c for c in mine if c["breached_at"] or (c["met_at"] or 0) > (c["due_at"] or 1e18)
            ] + [c for c in mine if kpi_judge_waived.past_its_own(c)]
            met = [c for c in mine if c["met_at"]]
            order[f"{kind}_kept"] = 0 if late else 1 if met else None
        did = [v["technician_id"] for v in order["visit"] if v["state"] == "done"]
        order["who"] = did[-1] if did else order["technician_id"]

    def _worked(self, order: Row) -> int | None:
        clocks = [c for c in order["clock"] if c["kind"] == "resolve"]
        if not clocks or clocks[-1]["calendar_version"] is None:
            return None
        clock = clocks[-1]
        spec, start, end = self.specs[clock["calendar_version"]], clock["started_at"], order["done"]
        stands: list[tuple[int, int]] = []
        if clock["fixed_due_at"] is None:
            stands = [(p["from_at"], p["to_at"] or end) for p in order["pause"]]
        total = 0
        for begins, ends in spans(spec, _at(start), _at(max(start, end))):
            low, high = max(_ms(begins), start), min(_ms(ends), end)
            marks = sorted({low, high, *(m for p in stands for m in p if low < m < high)})
            for a, b in itertools.pairwise(marks):
                if low <= a < b <= high and not any(p <= a and b <= q for p, q in stands):
                    total += b - a
        return total

    def _faults(self) -> None:
        for order in self.orders:
            kind = order["kind"].strip().casefold()
            where = ("a", order["asset_id"]) if order["asset_id"] else ("s", order["site_id"])
            counts = kind and where[1] and order["number"] not in self.by_plan
            order["fault"] = (*where, kind) if counts and order["parent"] is None else None
        self.of_fault: dict[Any, list[Row]] = {}
        for order in self.orders:
            order["first"] = self._first_visit(order)
            self.of_fault.setdefault(order["fault"], []).append(order)

    def _first_visit(self, order: Row) -> int | None:
        came = [v for v in order["visit"]
                if v["state"] == "done" or (v["state"] == "left" and v["arrived_at"])]  # fmt: skip
        if order["fault"] is None or order["done"] is None or not came:
            return None
        came.sort(key=lambda v: v["arrived_at"] or v["assigned_at"])
        again = any(
            later["arrived_at"] and ended and later["arrived_at"] > max(ended)
            for place, later in enumerate(came)
            if (ended := [v["ended_at"] for v in came[:place] if v["ended_at"]])
        )
        return int(not (order["reopened"] or again or any(v["state"] == "left" for v in came)))

    def stays(self, order: Row, days: int) -> bool:
        """Whether no order of the same fault came within so many days after its end."""
        return not any(
            order["done"] < other["opened_at"] <= order["done"] + days * 86_400_000
            for other in self.of_fault[order["fault"]]
            if other is not order
        )

    def repeats(self, order: Row) -> bool:
        """Whether an order of the same fault had ended within thirty days before it came."""
        return any(
            other["done"] is not None
            and order["opened_at"] - 30 * 86_400_000 <= other["done"] < order["opened_at"]
            for other in self.of_fault[order["fault"]]
            if other is not order
        )

    def figures(
        self,
        first: date,
        last: date,
        zone: str,
        *,
        of: Callable[[Row], bool],
        sites: set[int] | None = None,
    ) -> Judged:
        """Every figure of those that were closed in a period; shifts of people at home at sites."""
        place = ZoneInfo(zone)
        since = _ms(datetime(first.year, first.month, first.day, tzinfo=place))
        after = last + timedelta(days=1)
        until = _ms(datetime(after.year, after.month, after.day, tzinfo=place))
        mine = [order for order in self.orders if of(order)]
        closed = [o for o in mine if o["closed"] is not None and since <= o["closed"] < until]
        opened = [o for o in mine if since <= o["opened_at"] < until]
        end = min(until, self.at)
        begun = [o for o in mine if o["opened_at"] < end]
        open_ = [o for o in begun if o["closed"] is None or o["closed"] >= end]
        told: Judged = {
            "orders_opened": (len(opened), _numbers(opened)),
            "orders_closed": (len(closed), _numbers(closed)),
            "orders_open": (len(open_), _numbers(open_)),
            "created_closed_ratio": (
                len(opened) / len(closed) if closed else None, _numbers([*opened, *closed])
            ),
        }  # fmt: skip
        names = ("to_1d", "1d_3d", "3d_7d", "7d_14d", "14d_30d", "over_30d")
        for name, over, to in zip(names, (0, 1, 3, 7, 14, 30), (1, 3, 7, 14, 30, 9e9), strict=True):
            some = [o for o in open_ if over < (end - o["opened_at"]) / 86_400_000 <= to]
            told[f"backlog_{name}"] = (len(some), _numbers(some))
        for name, measure in (
            *(("response", "response"), ("arrive", "arrive")),
            *(("resolve_wall", "wall"), ("resolve_working", "work")),
        ):
            told |= _lasted(name, measure, closed)
        told |= kpi_judge_more.besides(self, mine, since, until, sites)
        told["deadlines_waived"] = kpi_judge_waived.waived(self, closed, mine, since, until)
        told["accept_mean_s"] = _lasted("accept", "accept", closed)["accept_mean_s"]
        told["resolve_restricted_mean_s"] = (self._restricted(opened), _numbers(opened))
        for kind in ("respond", "arrive", "resolve"):
            told |= self._deadlines(kind, closed, mine, since, until)
        ended, all_ = ([o for o in some if o["number"] in self.by_plan] for some in (closed, mine))
        planned = self._deadlines("resolve", ended, all_, since, until)
        told["preventive_compliance"] = planned["resolve_deadline_kept"]
        for days in (7, 14, 30):
            old = [o for o in closed if o["closed"] < self.at - days * 86_400_000]
            ripe = [o for o in old if o["first"] is not None]
            good = [o for o in ripe if o["first"] and self.stays(o, days)]
            told[f"first_time_fix_{days}d"] = _share(good, ripe)
        faults = [o for o in closed if o["fault"] is not None]
        told["repeat_failure_rate"] = _share([o for o in faults if self.repeats(o)], faults)
        told["repeat_failure_fall"] = self._fall(mine, faults, since, first, after, place)
        told["reopen_rate"] = _share([o for o in closed if o["reopened"]], closed)
        for name in ("reassigned", "chased"):
            each = sum(o[name] for o in closed) / len(closed) if closed else None
            told[f"{name}_mean"] = (each, _numbers(closed))
        return told

    def _fall(
        self,
        mine: list[Row],
        faults: list[Row],
        since: int,
        first: date,
        after: date,
        place: ZoneInfo,
    ) -> tuple[float | None, list[int]]:
        day = first - (after - first)
        if first.day == after.day == 1:
            day = first
            for _ in range((after.year - first.year) * 12 + after.month - first.month):
                day = (day - timedelta(days=1)).replace(day=1)
        begin = _ms(datetime(day.year, day.month, day.day, tzinfo=place))
        was = [o for o in mine if o["closed"] is not None and begin <= o["closed"] < since]
        was = [o for o in was if o["fault"] is not None]
        again, again_was = (sum(map(self.repeats, some)) for some in (faults, was))
        numbers = sorted(_numbers(faults) + _numbers(was))
        if not faults or not again_was:
            return None, numbers
        rate, rate_was = again / len(faults), again_was / len(was)
        return (rate_was - rate) / rate_was, numbers

    def _deadlines(
        self, kind: str, closed: list[Row], mine: list[Row], since: int, until: int
    ) -> Judged:
        overdue, late = list[Row](), list[Row]()
        for order in mine:
            for clock in order["clock"]:
                runs = clock["met_at"] is None and clock["ended_at"] is None
                if clock["kind"] != kind or not runs or order["done"] is not None:
                    continue
                due = clock["breached_at"] or clock["due_at"]
                own = min(due or 1e18, clock["own_due_at"] or 1e18)
                for when, some in ((due, overdue), (own, late)):
                    if when is not None and when < self.at and since <= when < until:
                        some.append(order)
        settled = [o for o in closed if o[f"{kind}_kept"] is not None]
        met = [o for o in settled if o[f"{kind}_kept"]]
        return {
            f"{kind}_deadline_kept": _share(met, settled + late),
            f"{kind}_breaches_open": (len(overdue), _numbers(overdue)),
        }

    def _restricted(self, opened: list[Row]) -> float | None:
        """The area under the product-limit estimate, a step of which is taken at each end."""
        horizon = self.horizon(opened)
        if not horizon:
            return None
        lasted = [
            o["wall"] if o["wall"] is not None else max(0, self.at - o["opened_at"]) for o in opened
        ]
        lasted.sort()
        ends = Counter(o["wall"] for o in opened if o["wall"] is not None and o["wall"] <= horizon)
        area, share, since = 0.0, 1.0, 0
        for end, ended in sorted(ends.items()):
            area, since = area + share * (end - since), end
            share *= 1 - ended / (len(lasted) - bisect_left(lasted, end))
        return (area + share * (horizon - since)) / 1000

    def horizon(self, opened: list[Row]) -> int:
        """Thirty days, or less while nothing is known beyond what was watched of open orders."""
        asked = 30 * 86_400_000
        open_ = max((self.at - o["opened_at"] for o in opened if o["wall"] is None), default=-1)
        done = max((o["wall"] for o in opened if o["wall"] is not None), default=-1)
        return asked if done > open_ or max(open_, done) >= asked else max(open_, 0)


def _lasted(name: str, measure: str, orders: list[Row]) -> Judged:
    some = [o for o in orders if o[measure] is not None]
    values = sorted(o[measure] / 1000 for o in some)
    if not values:
        return {f"{name}_{part}_s": (None, []) for part in ("mean", "median", "p90")}
    place = (len(values) - 1) * 9 / 10
    low, high = values[int(place)], values[min(int(place) + 1, len(values) - 1)]
    return {
        f"{name}_mean_s": (sum(values) / len(values), _numbers(some)),
        f"{name}_median_s": (median(values), _numbers(some)),
        f"{name}_p90_s": (low + (high - low) * (place - int(place)), _numbers(some)),
    }


def _share(some: list[Row], of: list[Row]) -> tuple[float | None, list[int]]:
    return (len(some) / len(of) if of else None, _numbers(of))


def _numbers(orders: Iterable[Row]) -> list[int]:
    return sorted(order["number"] for order in orders)


def _all(conn: Connection, table: str) -> list[Row]:
    return [dict(row) for row in conn.exec_driver_sql(f"SELECT * FROM {table}").mappings()]


def _ms(at: datetime) -> int:
    return (at - ZERO) // timedelta(milliseconds=1)


def _at(ms: int) -> datetime:
    return ZERO + timedelta(milliseconds=ms)
