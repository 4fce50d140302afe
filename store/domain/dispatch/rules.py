"""Rules that keep somebody from an order, each with its code and its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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

    GOES = "goes_already"
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
    HELD_PAPER = "held_certificate"
    AWAY_NOW = "away_now"
    OFF_SHIFT = "off_shift"


KEEPS_AWAY: Final = frozenset(
    {
        *(Rule.SKILL, Rule.LEVEL, Rule.NO_CERTIFICATE, Rule.EXPIRED),
        *(Rule.TOOL, Rule.REFUSED, Rule.REGION),
    }
)
"""What he lacks for the work, whenever he comes: whoever sends him says so twice."""

SENTENCES: Final[Mapping[Rule, str]] = {
    Rule.GOES: N_("has the order already, and somebody is to go beside"),
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
    Rule.HELD_PAPER: N_("has an order whose certificate would end before that is done"),
    Rule.AWAY_NOW: N_("is absent until {until}"),
    Rule.OFF_SHIFT: N_("is off shift until {until}"),
}

UNTIL: Final[Mapping[Rule, str]] = {
    Rule.EXPIRED: N_("the certificate {paper} is valid until {until} only"),
    Rule.ABSENT: N_("is absent until {until}"),
}
"""The same where it is known until when that holds."""

THEN: Final[Mapping[Rule, str]] = {
    Rule.ABSENT: N_("is absent then ({then})"),
    Rule.NO_SHIFT: N_("has no shift then ({then}), nor in the two days after"),
    Rule.AWAY_NOW: N_("is absent then ({then}), until {until}"),
    Rule.OFF_SHIFT: N_("is off shift then ({then}), until {until}"),
    Rule.EXPIRED: N_("the certificate {paper} has ended by then: valid until {until}"),
}
"""The same of when the order is to begin, where that is still to come."""

SHORT: Final[Mapping[Rule, str]] = {
    Rule.GOES: N_("goes already"),
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
    Rule.HELD_PAPER: N_("certificate of another order ends"),
    Rule.AWAY_NOW: N_("absent"),
    Rule.OFF_SHIFT: N_("off shift"),
}
"""The same in a word or two, as those who were left out are counted."""

SHORT_UNTIL: Final[Mapping[Rule, str]] = {
    Rule.AWAY_NOW: N_("absent until {until}"),
    Rule.OFF_SHIFT: N_("off shift until {until}"),
}
"""The same, with until when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """One rule that keeps somebody from an order."""

    rule: Rule
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Why, in a sentence whose subject is he; with until when, where that is known."""
        if "then" in self.facts and self.rule in THEN:
            return THEN[self.rule]
        known = UNTIL if "until" in self.facts else SENTENCES
        return known.get(self.rule, SENTENCES[self.rule])


def bars(worker: Worker, wanted: Wanted) -> tuple[Barred, ...]:
    """Every rule that keeps him from it whatever he has to do."""
    time = _time(worker)
    return (*standing_bars(worker, wanted), *(() if time is None else (time,)))


def bars_at(
    worker: Worker,
    wanted: Wanted,
    *,
    rostered: bool,
    when: Callable[[float], datetime],
    start: float = 0.0,
    lasts: float = 0.0,
) -> tuple[Barred, ...]:
    """What speaks against sending him to what begins so many minutes from now: also his absence.

    It may begin until `lasts` minutes later. His spans are those from the start on; `rostered` is
    whether a shift covers the start, absent or not.
    """
    then = {"then": when(start)} if start > 0 else {}
    held = _by(worker, start)
    against = tuple(_dated(one, worker, wanted, when, then) for one in bars(held, wanted))
    begins = worker.spans[0][0] if worker.spans else start
    if worker.off or begins <= start + lasts:
        return against
    rule = Rule.AWAY_NOW if rostered else Rule.OFF_SHIFT
    return (*against, Barred(rule=rule, facts={"until": when(begins), **then}))


def _by(worker: Worker, minutes: float) -> Worker:
    """With his certificates as they stand so many minutes from now."""
    if minutes <= 0 or not worker.papers:
        return worker
    left = {name: None if ends is None else ends - minutes for name, ends in worker.papers.items()}
    return replace(worker, papers=left)


def _dated(
    one: Barred,
    worker: Worker,
    wanted: Wanted,
    when: Callable[[float], datetime],
    then: Mapping[str, datetime],
) -> Barred:
    """With when his certificate ended, and of which moment that is said."""
    ends = worker.papers.get(wanted.paper) if one.rule is Rule.EXPIRED else None
    dated = {} if ends is None else {"until": when(ends)}
    ended = ends is not None and ends <= 0
    later = then if one.rule in THEN and not ended else {}
    more = {**dated, **later}
    return replace(one, facts={**one.facts, **more}) if more else one


def standing_bars(worker: Worker, wanted: Wanted) -> tuple[Barred, ...]:
    """Those of them that do not depend on when he is there."""
    return standing(wanted)(worker)


def standing(wanted: Wanted) -> Callable[[Worker], tuple[Barred, ...]]:
    """The same, for many: of a rule for which the order gives no reason nobody is asked."""
    checks = tuple(check for check, matters in _CHECKS if matters(wanted))

    def against(worker: Worker) -> tuple[Barred, ...]:
        return tuple([one for check in checks if (one := check(worker, wanted)) is not None])

    return against


def _goes(worker: Worker, wanted: Wanted) -> Barred | None:
    return Barred(rule=Rule.GOES) if worker.id in wanted.going else None


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


_Check = tuple["Callable[[Worker, Wanted], Barred | None]", "Callable[[Wanted], bool]"]
_CHECKS: Final[tuple[_Check, ...]] = (
    (_goes, lambda wanted: bool(wanted.going)),
    (_lock, lambda wanted: bool(wanted.locked_to)),
    (_duty, lambda _wanted: True),
    (_skill, lambda wanted: wanted.skill is not None),
    (_paper, lambda wanted: bool(wanted.paper)),
    (_things, lambda wanted: bool(wanted.needs)),
    (_customer, lambda wanted: wanted.customer is not None),
    (_region, lambda wanted: wanted.region is not None),
)
"""One a rule that depends neither on his time nor on what else he has to do; and which orders it
can be about."""
