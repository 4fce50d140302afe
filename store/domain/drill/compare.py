"""The same days under several rules: paired runs, and how far the result hangs on assumptions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING, Final

from store.domain.drill.assumed import OTHERWISE, Assumed, changed
from store.domain.drill.befalls import asking, claimed, overrun
from store.domain.drill.calls import fated, storm, thinned
from store.domain.drill.crew import crew_for, ill
from store.domain.drill.rules import FIRST, OURS, RULES
from store.domain.drill.run import Scene, rehearse
from store.domain.drill.score import (
    IN_PARTS,
    MEASURES,
    URGENT,
    Change,
    Spread,
    change,
    change_in_parts,
    measured,
    spread,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.domain.drill.calls import Call, Case

_ALL: Final = 100.0
_DAY: Final = 24 * 60.0
_DOWN_MIN: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shocks:
    """What goes wrong on the second day at ten."""

    storm: int = 0
    """Urgent calls within an hour."""
    ill: int = 0
    """People who stay away that day."""
    down: bool = False
    """Whether the system stands still for twenty minutes."""
    overrun: int = 0
    """Orders of that day at which the work takes thrice as long."""
    claim: int = 0
    """Orders of that day at which the customer changes what he wants."""
    department: int = 0
    """Orders of that day for which another department has to be asked."""

    def at(self) -> float:
        """When, in minutes from the first midnight."""
        return _DAY + 10 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is rehearsed."""

    calls: Sequence[Call]
    crew: int = 34
    a_week: float = 860.0
    """Calls a week, chosen by chance from those there are."""
    runs: int = 12
    seed: int = 1
    assumed: Assumed = field(default_factory=Assumed)
    shocks: Shocks = field(default_factory=Shocks)

    @property
    def days(self) -> int:
        """How many whole days the calls cover."""
        return int(self.calls[-1].at // _DAY) + 1 if self.calls else 0

    @property
    def drawn(self) -> float:
        """Calls a week that are drawn, at most all that there are."""
        return min(self.a_week, 7 * len(self.calls) / max(1, self.days))


_Measured = list[dict[str, float]]
Runs = dict[str, _Measured]
"""By rule, what was measured in each run."""


def played(
    setting: Setting,
    on_run: Callable[[], None] = lambda: None,
    *,
    rules: Sequence[str] = tuple(RULES),
) -> Runs:
    """Every rule over every run; `on_run` hears of each rehearsal that is over."""
    runs: Runs = {name: [] for name in rules}
    for run in range(setting.runs):
        scene = scene_of(setting, seed=setting.seed + run)
        for name, found in runs.items():
            found.append(measured(scene, rehearse(scene, RULES[name])))
            on_run()
    return runs


def scene_of(setting: Setting, *, seed: int) -> Scene:
    """One run's calls, people and dice."""
    share = setting.drawn * setting.days / 7 / max(1, len(setting.calls))
    calls = thinned(setting.calls, share, seed=seed)
    crew = crew_for(setting.calls, setting.crew, seed=setting.seed)
    shocks = setting.shocks
    if shocks.storm:
        calls = storm(calls, at=shocks.at(), count=shocks.storm, seed=seed)
    if shocks.ill:
        crew = ill(crew, count=shocks.ill, day=1, seed=seed)
    return Scene(
        cases=_befallen(fated(calls, setting.assumed, seed=seed), setting, seed=seed),
        crew=crew,
        assumed=setting.assumed,
        until=setting.days * _DAY,
        down=(shocks.at(), shocks.at() + _DOWN_MIN) if shocks.down else None,
    )


def _befallen(cases: list[Case], setting: Setting, *, seed: int) -> list[Case]:
    """With what goes wrong at single orders of the second day."""
    shocks, hours = setting.shocks, setting.assumed.answer_hours
    cases = overrun(cases, day=1, count=shocks.overrun, seed=seed)
    cases = claimed(cases, day=1, count=shocks.claim, hours=hours, seed=seed)
    return asking(cases, day=1, count=shocks.department, hours=hours, seed=seed)


def judged_of(setting: Setting) -> tuple[int, int, int]:
    """How many calls of the first run are judged, how many of them urgent, and how many come."""
    scene = scene_of(setting, seed=setting.seed)
    due = [case for case in scene.cases if case.last_due <= scene.until]
    urgent = sum(case.call.priority <= URGENT for case in due)
    return len(due), urgent, len(scene.cases)


def told(runs: Runs) -> dict[str, dict[str, Spread]]:
    """By rule and measure, the figure over all runs."""
    return {
        rule: {name: spread([run[name] for run in measured]) for name in MEASURES}
        for rule, measured in runs.items()
    }


def against_first(runs: Runs) -> dict[str, dict[str, Change]]:
    """By rule and measure, the change against the first rule: points, or percent where told so."""
    first = next(iter(runs))
    return {
        rule: {name: _change(name, measured, runs[first]) for name in MEASURES}
        for rule, measured in runs.items()
        if rule != first
    }


def _change(name: str, ours: _Measured, theirs: _Measured) -> Change:
    how, most = (change_in_parts, inf) if name in IN_PARTS else (change, _ALL)
    found = how([run[name] for run in ours], [run[name] for run in theirs])
    # A few runs tell of an interval that is wider than what can be at all.
    return replace(found, least=max(found.least, -_ALL), most=min(found.most, most))


def otherwise(
    setting: Setting, on_run: Callable[[], None] = lambda: None
) -> dict[str, dict[str, Change]]:
    """What the desk's own rule changes against the first under each of the other assumptions."""
    found = {}
    for label, names in OTHERWISE.items():
        other = replace(setting, assumed=changed(setting.assumed, names))
        found[label] = against_first(played(other, on_run, rules=(FIRST, OURS)))[OURS]
    return found
