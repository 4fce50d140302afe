"""Deeds of the desk itself that can be taken back: bells, plans, views, modes, stages, and more.

Each is one entry of the journal with what it changed, before and after, so that taking it back is
exact: what it left must still stand, and then stands as it did before. They come one upon the
other, calendar by calendar, plan by plan and view by view.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from store.domain.facts import FACTS
from store.domain.horizon import KIND
from store.domain.projects_told import BELLS as PROJECT_BELLS
from store.domain.projects_told import NAMES as PROJECT_FACTS
from store.domain.undo_refusals import DoneDifferently, NoMoreInEffect, UnderAnother
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.deeds import Told
    from store.domain.undo_refusals import NotTakenBack


class About(StrEnum):
    """What of the desk a deed changed."""

    CALENDAR = "calendar"
    PLAN = "plan"
    VIEW = "view"
    AUTOMATIC = "automatic"
    FIGURE = "figure"
    ABSENCE = "absence"
    PROJECT = "project"


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """One of them by its id."""

    about: About
    id: int

    def called(self, code: str = "") -> str:
        """How it is named; `code` is a calendar's, or the name of a view, a queue or somebody."""
        return _CALLED[self.about].format(id=self.id, name=code)


_CALLED: Mapping[About, str] = {
    About.PLAN: N_("plan {id}"),
    About.VIEW: N_("the view {name}"),
    About.AUTOMATIC: N_("automatic dispatch of {name}"),
    About.FIGURE: N_("the figure {name}"),
    About.ABSENCE: N_("the absences of {name}"),
    About.CALENDAR: N_("the calendar {name}"),
    About.PROJECT: N_("project {id}"),
}
BELL_FACTS = frozenset({"acknowledged", "shelved", "unshelved", "alarm_restored"})
PLAN_FACTS = frozenset(
    {"plan_saved", "plan_paused", "plan_resumed", "plan_ended", "plan_skipped", "plan_unskipped"}
    | {"plan_restored"}
)
VIEW_FACTS = frozenset({"view_saved", "view_dropped", "view_restored"})
AUTOMATIC_FACTS = frozenset({"automatic_set", "automatic_restored"})
FIGURE_FACTS = frozenset({"figure_set", "figure_restored"})
ABSENCE_FACTS = frozenset({"absence_set", "absence_restored"})
STAGE_FACTS = frozenset({"project_advanced", "project_closed", "project_restored"})
"""What brings a project on to its next stage, or out of its last one."""
DEEDS = BELL_FACTS | PLAN_FACTS | VIEW_FACTS | AUTOMATIC_FACTS | FIGURE_FACTS | ABSENCE_FACTS
DEEDS |= STAGE_FACTS
"""Facts of deeds that are taken back here; some of these names are orders' facts, too."""

_FACTS_OF: Mapping[About, frozenset[str]] = {
    About.PLAN: PLAN_FACTS,
    About.AUTOMATIC: AUTOMATIC_FACTS,
    About.FIGURE: FIGURE_FACTS,
    About.ABSENCE: ABSENCE_FACTS,
    About.VIEW: VIEW_FACTS,
    About.PROJECT: frozenset(PROJECT_FACTS) - PROJECT_BELLS,
}
"""Whose bodies name the thing by its id, under what it is."""

STORY = DEEDS | {"rang", "came_back", "cleared"} | _FACTS_OF[About.PROJECT]
"""Facts that tell how a thing came to stand as it does."""


def thing_of(fact: str, body: Mapping[str, Any]) -> Thing | None:
    """What a fact of the desk is about; None where it is about nothing that can be taken back."""
    for about, facts in _FACTS_OF.items():
        if fact in facts and about in body:  # views of older releases name none
            return Thing(about, body[about])
    if fact in STORY and body.get("kind") == KIND:
        return Thing(About.CALENDAR, body["calendar"])
    return None


def is_exact(told: Told) -> bool:
    """Whether an entry says what it changed; those of older releases do not."""
    fact = told.fact
    return fact.name in DEEDS and bool(fact.body.keys() & {"before", "made", "off", "rows"})


def is_active(told: Told, story: Sequence[Told]) -> bool:
    """Whether nobody has taken it back, or somebody did it again since."""
    return _id(told) in _active(story)


def check_newest(told: Told, story: Sequence[Told], called: str, by: Mapping[int, str]) -> None:
    """Refuse what is not in effect, or has something upon it; `story` begins with it.

    `by` names people.
    """
    what = named(told, story)
    active = _active(story)
    if _id(told) not in active:
        raise NoMoreInEffect(thing=called, what=what)
    for later in reversed(story):
        if _id(later) <= _id(told):
            break
        if _id(later) in active and _undoes(later) <= _id(told):  # else the pair comes to nothing
            name = FACTS.get(later.fact.name, later.fact.name)
            who = by.get(later.by, "?")
            raise UnderAnother(thing=called, later=name, by=who, at=later.at)


def named(told: Told, story: Sequence[Told]) -> str:
    """What an entry is called: a taking back by what it took back."""
    by_id = {_id(one): one for one in story}
    while _undoes(told) in by_id:
        told = by_id[_undoes(told)]
    return FACTS.get(told.fact.name, told.fact.name)


def does_again(told: Told, story: Sequence[Told]) -> bool:
    """Whether taking it back does something again."""
    by_id, again = {_id(one): one for one in story}, False
    while _undoes(told):
        again = not again
        if _undoes(told) not in by_id:
            break
        told = by_id[_undoes(told)]
    return again


def differs(told: Told, story: Sequence[Told], called: str) -> NotTakenBack:
    """The refusal of what other ways have changed since, or whose words were erased."""
    return DoneDifferently(thing=called, what=named(told, story))


def _id(told: Told) -> int:
    return told.deed or told.seq


def _undoes(told: Told) -> int:
    return int(told.fact.body.get("undoes", 0))


def _active(story: Sequence[Told]) -> frozenset[int]:
    undone: set[int] = set()
    active: set[int] = set()
    for told in reversed(story):
        if _id(told) in undone:
            continue
        active.add(_id(told))
        if _undoes(told):
            undone.add(_undoes(told))
    return frozenset(active)
