"""What would help where nobody may go to an order: what nobody has, who is nearest; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, fill
from store.domain.dispatch.nearest import LENT, NOBODY
from store.domain.dispatch.rules import Rule
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.domain.dispatch.rules import Barred
    from store.queries.recommend import Person, Recommendation

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
_UNTIL: Final[Mapping[Rule, str]] = {
    Rule.EXPIRED: N_("the certificate {paper} is valid until {until} only"),
    Rule.ABSENT: N_("is absent until {until}"),
}
"""The same where it is known until when."""
_TOLD: Final = 5


def helps_said(found: Recommendation) -> tuple[str, ...]:
    """What would let somebody go, where nobody may: line by line."""
    return () if found.offers else tuple(_helps(found))


def _helps(found: Recommendation) -> Iterator[str]:
    if not found.out:
        yield _("the desk has no technicians yet; `paidan add technician` makes one")
        return
    for one in found.nobody:
        yield fill(NOBODY[one.rule], one.facts)
    for left in found.helps[:_TOLD]:
        one = left.barred[0]
        template = (_HELPS_UNTIL if "until" in one.facts else _HELPS)[one.rule]
        yield fill(template, {**one.facts, "name": name_of(left.who)})
    for left in found.nearest:
        rules = _("; ").join(_lack(one) for one in left.barred)
        yield _("nearest: {name}: {rules}").format(name=name_of(left.who), rules=rules)
    if any(one.rule in LENT for one in found.nobody):
        yield _("somebody lent by another region or firm would help, or another kind of work")


def _lack(one: Barred) -> str:
    return fill(_UNTIL[one.rule] if "until" in one.facts else one.sentence, one.facts)


def name_of(who: Person) -> str:
    """Code and name."""
    return who.name if who.name == who.code else f"{who.code} {who.name}"
