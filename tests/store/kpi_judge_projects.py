"""The second opinion on how departments work together: hand-offs, stages, projects."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES = ("project", "project_stage", "handoff")


def together(
    rows: Mapping[str, Sequence[dict[str, Any]]],
    at: int,
    since: int,
    until: int,
    sites: set[int] | None,
) -> dict[str, tuple[float | None, list[int]]]:
    """The index and its parts; of the waiting each minute is looked at by itself."""
    mine = {row["id"]: row for row in rows["project"] if not sites or row["site_id"] in sites}
    hands = [
        one for one in rows["handoff"] if one["project_id"] in mine and one["answer"] != "recalled"
    ]
    given = [one for one in hands if since <= one["given_at"] < until]
    asked = [one for one in given if one["answered_at"] is not None or one["due_at"] < at]
    in_time = [
        one
        for one in asked
        if one["answered_at"] is not None and one["answered_at"] <= one["due_at"]
    ]
    heard = [one for one in given if one["answer"] in {"acknowledged", "bounced"}]
    taken = [one for one in heard if one["answer"] == "acknowledged"]
    stages = [
        (one, _left(one, hands))
        for one in rows["project_stage"]
        if one["project_id"] in mine
        and since <= one["due_at"] < until
        and one["went"] not in {"back", "dropped"}
    ]
    due = [(one, left) for one, left in stages if left is not None or one["due_at"] < at]
    good = [one for one, left in due if left is not None and left <= one["due_at"]]
    lasting, waiting, of = _spans(mine, hands, since, min(until, at))
    parts = {
        "handoffs_acknowledged_in_time": (_share(len(in_time), len(asked)), _ids(asked)),
        "handoffs_not_bounced": (_share(len(taken), len(heard)), _ids(heard)),
        "stages_handed_on_in_time": (_share(len(good), len(due)), _ids([one for one, _ in due])),
        "projects_not_waiting": (_share(lasting - waiting, lasting), of),
    }
    known = [value for value, _ in parts.values() if value is not None]
    projects = {one["project_id"] for one in (*asked, *heard, *(one for one, _ in due))} | {*of}
    return {"collaboration_index": (mean(known) if known else None, sorted(projects)), **parts}


def _left(stage: dict[str, Any], hands: Sequence[dict[str, Any]]) -> int | None:
    """When it was handed on, be it that nobody has answered yet."""
    if stage["handed_at"] is not None:
        return int(stage["handed_at"])
    for one in hands:
        waits = one["project_id"] == stage["project_id"] and one["answered_at"] is None
        if waits and stage["ended_at"] is None and one["to_stage"] != one["stage"]:
            return int(one["given_at"])
    return None


def _spans(
    mine: Mapping[int, dict[str, Any]], hands: Sequence[dict[str, Any]], since: int, end: int
) -> tuple[int, int, list[int]]:
    """How long projects were open, how long of that one waited, and which were."""
    lasting = waiting = 0
    of = []
    for number, one in sorted(mine.items()):
        begins, ends = max(one["opened_at"], since), min(one["over_at"] or end, end)
        if one["opened_at"] >= end or (one["over_at"] or end) <= since:
            continue
        of.append(number)
        lasting += ends - begins
        for hand in hands:
            if hand["project_id"] == number:
                first, last = max(hand["given_at"], since), min(hand["answered_at"] or end, end)
                waiting += max(0, last - first)
    return lasting, waiting, of


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _ids(rows: Sequence[dict[str, Any]]) -> list[int]:
    return sorted(row["id"] for row in rows)
