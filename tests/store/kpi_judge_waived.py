"""The second opinion on deadlines that a waiver moved: from exceptions, not from what was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.store.kpi_judge import Judge, Row


def past_its_own(clock: Row) -> bool:
    """Whether a clock was settled after it would have been due by itself."""
    end = clock["met_at"] or clock["ended_at"]
    return clock["own_due_at"] is not None and end is not None and end > clock["own_due_at"]


def waived(
    judge: Judge, closed: list[Row], mine: list[Row], since: int, until: int
) -> tuple[float, list[int]]:
    """Orders of which a granted waiver kept a clock from being missed, or does so now."""
    granted = {
        row["id"]: row
        for row in judge.rows["order_exception"]
        if row["kind"] == "waiver" and row["state"] == "granted"
    }

    def held(clock: Row, end: int) -> bool:
        waiver = granted.get(clock["waiver"])
        if waiver is None or clock["kind"] == "next_update" or clock["breached_at"]:
            return False
        assert waiver["clock"] == clock["kind"]
        own = clock["own_due_at"]
        if own is None or own >= end:
            return False
        due = clock["due_at"]  # holds after its own due time come on top
        assert due is None or due >= max(own, waiver["expires_at"])
        return due is None or end <= due

    numbers = [
        order["number"]
        for order in closed
        if any(held(c, c["met_at"] or c["ended_at"] or 0) for c in order["clock"])
    ]
    for order in mine:
        runs = [c for c in order["clock"] if c["met_at"] is None and c["ended_at"] is None]
        waits = [c for c in runs if held(c, judge.at) and since <= c["own_due_at"] < until]
        if order["closed"] is None and order["done"] is None and waits:
            numbers.append(order["number"])
    return len(numbers), sorted(numbers)
