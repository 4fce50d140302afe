"""Service levels that come with exported orders, so that their times mean the same in this desk."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from store.commands.inputs import CODE, needed
from store.commands.promises import checked_policy
from store.domain.calendar import Calendar
from store.domain.errors import Refusal
from store.domain.order import WorkOrder
from store.domain.who import Right
from store.domain.words import N_
from store.persistence.levels import level_of, policy_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from console.intake.mapping import Picture
    from store.domain.rules import Rules
    from store.persistence.work import Work

_NO_LEVEL = (Refusal, KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading a level that somebody wrote by hand may come to."""


@dataclass(slots=True)
class Levels:
    """The service levels that a file brings along; those that are here stay as they are."""

    made: int = 0
    differing: list[str] = field(default_factory=list)
    """Codes of levels that are here and promise something else."""
    _met: set[str] = field(default_factory=set)

    def meet(self, work: Work, pictures: Iterable[Picture]) -> None:
        """Make those that are not here yet, before anything else of the transaction is locked.

        One that cannot be read is as if it were not told, as are all to those who may not make
        what the whole desk has.
        """
        if work.who.scope.sites is not None or not work.who.may(Right.CONFIGURE):
            return
        for picture in pictures:
            code, text = picture.text("level"), picture.text("level_spec")
            if not (text and code) or code in self._met:
                continue
            self._met.add(code)
            try:
                told = _Told.read(code, text)
            except _NO_LEVEL:
                continue
            self._take(work, told)

    def _take(self, work: Work, told: _Told) -> None:
        level = _id_of(work, "level", told.code)
        if level is None:
            work.hold_promises(alone=True)
            work.put_level(told.code, told.name, told.calendar_in(work), told.policy)
            self.made += 1
            return
        here = work.rules_of(level)
        promises = policy_of(level_of(0, "", 0, told.policy))
        if here.hours.spec() != told.hours or policy_of(here.policy) != promises:
            self.differing.append(told.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One level as `cli_export` tells it."""

    code: str
    name: str
    policy: Mapping[str, Any]
    calendar: str
    calendar_name: str
    hours: dict[str, Any]

    @classmethod
    def read(cls, code: str, text: str) -> _Told:
        given = json.loads(text)
        calendar = given["calendar"]
        return cls(
            code=code,
            name=needed(given["name"], N_("name")),
            policy=checked_policy(given["policy"]),
            calendar=needed(calendar["code"], N_("code"), limit=CODE),
            calendar_name=needed(calendar["name"], N_("name")),
            hours=Calendar.parse(calendar["spec"]).spec(),
        )

    def calendar_in(self, work: Work) -> int:
        """The id of its calendar here, under another code where this one has other hours."""
        others = (f"{self.calendar}-{n}" for n in count(2))
        for code in chain([self.calendar], others):
            here = _id_of(work, "calendar", code)
            if here is None:
                return work.put_calendar(code, self.calendar_name, self.hours)[0]
            if Calendar.parse(work.spec_to_edit(here)).spec() == self.hours:
                return here
        raise AssertionError


def promised(work: Work, code: str) -> tuple[int | None, Rules]:
    """A service level's id and rules; none at all where the store has no such level."""
    try:
        level = work.level(code).id if code else None
    except Refusal:
        level = None
    at = work.at
    anyone = WorkOrder(
        number=0, level=level, state_since=at, opened_at=at, created_at=at, progress_at=at
    )
    return level, work.rules(anyone)


def _id_of(work: Work, what: str, code: str) -> int | None:
    """The entry of exactly this code; not of a name that holds it."""
    try:
        found = work.find(what, code)
    except Refusal:
        return None
    return found.id if found.code == code else None
