"""What hangs together on a board, and in which sequences it may be put into a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from store.domain.dispatch.board import Board


def groups(board: Board) -> Mapping[int, Sequence[int]]:
    """By job, what hangs together with it: first orders first, of twins only the one."""
    jobs, after = board.jobs, followers(board)
    twins = {job.twin_of: number for number, job in enumerate(jobs) if job.twin_of is not None}
    found: dict[int, Sequence[int]] = {}
    for number, job in enumerate(jobs):
        if job.after is None and job.twin_of is None and (number in after or number in twins):
            group = [number]
            for one in group:  # grows as it is gone through
                group += after.get(one, ())
            found |= dict.fromkeys(group, group)
            found |= {twins[one]: group for one in group if one in twins}
    return found


def followers(board: Board) -> Mapping[int, Sequence[int]]:
    """By job, those that come next after it."""
    found: dict[int, list[int]] = {}
    for number, job in enumerate(board.jobs):
        if job.after is not None:
            found.setdefault(job.after, []).append(number)
    return found


def in_turn(
    group: Sequence[int], after: Mapping[int, Sequence[int]], dice: Random
) -> Sequence[int]:
    """Jobs in any sequence in which none comes before what it follows, as the dice fall."""
    turn: list[int] = []
    for lead in group[::-1]:  # those after it are there; it comes before them all
        least = min([turn.index(one) for one in after.get(lead, ())], default=len(turn))
        turn.insert(int(dice.random() * (least + 1)), lead)
    return turn
