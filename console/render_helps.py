"""What would help where nobody may go to an order: what nobody has, who is nearest; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from console.i18n import _, fill
from console.render_time import clock_said
from console.whens import coming
from store.domain.dispatch.nearest import LENT, NOBODY
from store.domain.dispatch.rules import Rule
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, tzinfo

    from store.domain.dispatch.rules import Barred
    from store.queries.recommend import LeftOut, Person, Recommendation

_HELPS: Final[Mapping[Rule, str]] = {
    Rule.LOCKED: N_("{name} could, were the order unlocked; {by} has locked it"),
    Rule.HELD: N_("{name} could, were the locked order in the way unlocked"),
    Rule.SHIFT: N_("{name} could, with {over} min of overtime"),
    Rule.REGION: N_("{name} could, if lent to the region {region}"),
    Rule.EXPIRED: N_("{name} could, if the certificate {paper} is renewed"),
    Rule.TOOL: N_("{name} could, with {things} fetched from the store"),
    Rule.LEVEL: N_("{name} could, at level {level} of {skill}; the level on record is {has}"),
    Rule.REST: N_("{name} could, but must rest before the next shift"),
    Rule.ABSENT: N_("{name} could, but is absent"),
    Rule.OFF: N_("{name} could, but is off duty"),
    Rule.NO_SHIFT: N_("{name} could, with a shift"),
}
_HELPS_UNTIL: Final[Mapping[Rule, str]] = {
    Rule.EXPIRED: N_(
        "{name} could, if the certificate {paper} is renewed; it is valid until {until}"
    ),
    Rule.ABSENT: N_("{name} could, but is absent until {until}"),
}
"""The same where it is known until when."""
_TOLD: Final = 5
_BRIEFLY: Final = 2
"""So many below those who may go."""


def helps_said(found: Recommendation, zone: tzinfo | None = None) -> tuple[str, ...]:
    """What would let somebody go, where nobody may: line by line."""
    return tuple((_overtime if found.offers else _helps)(found, zone))


def _overtime(found: Recommendation, zone: tzinfo | None) -> Iterator[str]:
    """Where all who may go are late: who would be in time, were his shift longer."""
    for left in found.helps[:_BRIEFLY]:
        facts = left.barred[0].facts
        there = coming(cast("datetime", facts["arrive"]), zone, at=found.at)
        text = _("or in time with {over} min of overtime: {name}, there {there}")
        said = text.format(over=facts["over"], name=name_of(left.who), there=there)
        yield _("; ").join((said, *_declined(left, zone, found.at)))


def _helps(found: Recommendation, zone: tzinfo | None) -> Iterator[str]:
    if not found.out and found.of_sites:
        yield _("no technician is at home at your sites: the dispatcher of the desk sends somebody")
        return
    if not found.out:
        yield _("the desk has no technicians yet; `paidan add technician` makes one")
        return
    for one in found.nobody:
        yield fill(NOBODY[one.rule], one.facts)
    for left in found.helps[:_TOLD]:
        one, *more = left.barred
        template = (_HELPS_UNTIL if "until" in one.facts else _HELPS)[one.rule]
        could = fill(template, {**one.facts, "name": name_of(left.who)})
        yield _("; ").join((could, *map(_lack, more), *_declined(left, zone, found.at)))
    for left in found.nearest:
        rules = _("; ").join(_lack(one) for one in left.barred)
        yield _("nearest: {name}: {rules}").format(name=name_of(left.who), rules=rules)
    if any(one.rule in LENT for one in found.nobody):
        yield _("somebody lent by another region or firm would help, or another kind of work")


def _declined(left: LeftOut, zone: tzinfo | None, at: datetime) -> tuple[str, ...]:
    """That he has said no to it, as it is told of those who may go."""
    if left.declined_at is None:
        return ()
    return (_("declined {time}").format(time=clock_said(left.declined_at, zone, at)),)


def _lack(one: Barred) -> str:
    return fill(one.sentence, one.facts)


def name_of(who: Person) -> str:
    """Code and name."""
    return who.name if who.name == who.code else f"{who.code} {who.name}"
