"""Who may go to an order, whatever else they have to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.domain.dispatch.board import Board, Job


class Skilled:
    """Those who have a skill."""

    def __init__(self, board: Board, people: frozenset[int]) -> None:
        self._crew = board.people
        self._people = sorted(people)
        self._begins = max([self._crew[one].begins for one in people], default=0.0)
        self._ends = min([self._crew[one].ends for one in people], default=0.0)

    def able(self, job: Job) -> list[int]:
        """Who of them may go to an order, by lock and the length of the shift."""
        crew, people = self._crew, self._people
        ready, took, by = job.ready, job.duration, job.begin_by
        if job.locked_to is not None:
            people = [one for one in people if crew[one].id == job.locked_to]
        elif max(self._begins, ready) + took <= self._ends and self._begins <= by:
            return people  # of a great board, one list for all
        return [
            one
            for one in people
            if max(crew[one].begins, ready) + took <= crew[one].ends and crew[one].begins <= by
        ]
