"""Rules that keep somebody from an order, each with its code and its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.things import said
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.domain.dispatch.crew import Wanted, Worker


class Rule(StrEnum):
    """What no score can outweigh; the last two keep nobody from an order that he does later."""

    LOCKED = "locked"
    OFF = "off"
    SKILL = "skill"
    LEVEL = "level"
    NO_CERTIFICATE = "no_certificate"
    EXPIRED = "certificate_expired"
    TOOL = "tool"
    REFUSED = "refused"
    REGION = "region"
    ABSENT = "absent"
    NO_SHIFT = "no_shift"
    REST = "rest"
    SHIFT = "shift"
    HELD = "held"
    AWAY_NOW = "away_now"
    OFF_SHIFT = "off_shift"


SENTENCES: Final[Mapping[Rule, str]] = {
    Rule.LOCKED: N_("{by} has locked the order to {holder}"),
    Rule.OFF: N_("is off duty"),
    Rule.SKILL: N_("does not have the skill {skill}"),
    Rule.LEVEL: N_("has {skill} at level {has}; it takes {level}"),
    Rule.NO_CERTIFICATE: N_("has no certificate {paper}"),
    Rule.EXPIRED: N_("the certificate {paper} has ended, or ends before the work is done"),
    Rule.TOOL: N_("does not carry: {things}"),
    Rule.REFUSED: N_("{customer} does not want this technician"),
    Rule.REGION: N_("does not go to the region {region}"),
    Rule.ABSENT: N_("is absent"),
    Rule.NO_SHIFT: N_("has no shift in the coming two days"),
    Rule.REST: N_("must rest before the next shift; no time is left that is long enough"),
    Rule.SHIFT: N_("has no room left within the shift; {over} min more would be needed"),
    Rule.HELD: N_("has a locked order that would begin later than planned"),
    Rule.AWAY_NOW: N_("is absent until {until}"),
    Rule.OFF_SHIFT: N_("is off shift until {until}"),
}

SHORT: Final[Mapping[Rule, str]] = {
    Rule.LOCKED: N_("locked to another"),
    Rule.OFF: N_("off duty"),
    Rule.SKILL: N_("skill missing"),
    Rule.LEVEL: N_("skill level too low"),
    Rule.NO_CERTIFICATE: N_("certificate missing"),
    Rule.EXPIRED: N_("certificate ended"),
    Rule.TOOL: N_("tool or part missing"),
    Rule.REFUSED: N_("not wanted by the customer"),
    Rule.REGION: N_("other region"),
    Rule.ABSENT: N_("absent"),
    Rule.NO_SHIFT: N_("no shift"),
    Rule.REST: N_("must rest"),
    Rule.SHIFT: N_("shift full"),
    Rule.HELD: N_("locked order in the way"),
    Rule.AWAY_NOW: N_("absent"),
    Rule.OFF_SHIFT: N_("off shift"),
}
"""The same in a word or two, as those who were left out are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """One rule that keeps somebody from an order."""

    rule: Rule
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Why, in a sentence whose subject is he."""
        return SENTENCES[self.rule]


def bars(worker: Worker, wanted: Wanted) -> tuple[Barred, ...]:
    """Every rule that keeps him from it whatever he has to do."""
    time = _time(worker)
    return (*standing_bars(worker, wanted), *(() if time is None else (time,)))


def bars_now(
    worker: Worker, wanted: Wanted, *, rostered_now: bool, when: Callable[[float], datetime]
) -> tuple[Barred, ...]:
    """What speaks against sending him at once: also that he is not there yet."""
    against = bars(worker, wanted)
    begins = worker.spans[0][0] if worker.spans else 0.0
    if worker.off or begins <= 0:
        return against
    rule = Rule.AWAY_NOW if rostered_now else Rule.OFF_SHIFT
    return (*against, Barred(rule=rule, facts={"until": when(begins)}))


def standing_bars(worker: Worker, wanted: Wanted) -> tuple[Barred, ...]:
    """Those of them that do not depend on when he is there."""
    return tuple(barred for check in _CHECKS if (barred := check(worker, wanted)) is not None)


def _lock(worker: Worker, wanted: Wanted) -> Barred | None:
    if not wanted.locked_to or worker.id in wanted.locked_to:
        return None
    facts = {"by": wanted.names.get("locked_by", ""), "holder": wanted.names.get("locked_to", "")}
    return Barred(rule=Rule.LOCKED, facts=facts)


def _duty(worker: Worker, _wanted: Wanted) -> Barred | None:
    return Barred(rule=Rule.OFF) if worker.off else None


def _skill(worker: Worker, wanted: Wanted) -> Barred | None:
    if wanted.skill is None:
        return None
    has = worker.skills.get(wanted.skill)
    if has is not None and has >= wanted.level:
        return None
    facts = {"skill": wanted.names.get("skill", ""), "level": wanted.level, "has": has}
    return Barred(rule=Rule.SKILL if has is None else Rule.LEVEL, facts=facts)


def _paper(worker: Worker, wanted: Wanted) -> Barred | None:
    if not wanted.paper:
        return None
    facts = {"paper": wanted.names.get("paper", wanted.paper)}
    if wanted.paper not in worker.papers:
        return Barred(rule=Rule.NO_CERTIFICATE, facts=facts)
    ends = worker.papers[wanted.paper]
    return Barred(rule=Rule.EXPIRED, facts=facts) if ends is not None and ends <= 0 else None


def _things(worker: Worker, wanted: Wanted) -> Barred | None:
    missing = wanted.needs - worker.carries
    return Barred(rule=Rule.TOOL, facts={"things": said(missing)}) if missing else None


def _customer(worker: Worker, wanted: Wanted) -> Barred | None:
    if wanted.customer is None or wanted.customer not in worker.refused_by:
        return None
    return Barred(rule=Rule.REFUSED, facts={"customer": wanted.names.get("customer", "")})


def _region(worker: Worker, wanted: Wanted) -> Barred | None:
    if not worker.regions or wanted.region is None or wanted.region in worker.regions:
        return None
    return Barred(rule=Rule.REGION, facts={"region": wanted.names.get("region", "")})


def _time(worker: Worker) -> Barred | None:
    if worker.spans:
        return None
    return Barred(rule=Rule.ABSENT if worker.away else Rule.NO_SHIFT)


_CHECKS: Final = (_lock, _duty, _skill, _paper, _things, _customer, _region)
"""One a rule that depends neither on his time nor on what else he has to do."""
