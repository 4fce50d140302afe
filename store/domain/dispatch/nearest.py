"""Where nobody may go: what nobody has at all, and who lacks least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.dispatch.rules import Barred, Rule
from store.domain.dispatch.things import parted, said
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEAREST: Final = 3
"""How many are named who lack least."""

NOBODY: Final[Mapping[Rule, str]] = {
    Rule.SKILL: N_("nobody has the skill {skill}"),
    Rule.LEVEL: N_("nobody has {skill} at level {level}; the highest on record is {has}"),
    Rule.NO_CERTIFICATE: N_("nobody has the certificate {paper}"),
    Rule.TOOL: N_("nobody carries {things}"),
    Rule.REGION: N_("nobody goes to the region {region}"),
    Rule.REFUSED: N_("{customer} wants none of them"),
    Rule.OFF: N_("everybody is off duty"),
    Rule.ABSENT: N_("everybody is absent"),
    Rule.NO_SHIFT: N_("nobody has a shift in the coming two days"),
}
"""Rules that may keep everybody from an order, in a sentence about all of them."""

LENT: Final = frozenset({Rule.SKILL, Rule.LEVEL, Rule.NO_CERTIFICATE})
"""What somebody from elsewhere may have."""

_LEAST: Final = (
    Rule.LOCKED, Rule.HELD, Rule.TOOL, Rule.SHIFT, Rule.REGION, Rule.EXPIRED, Rule.LEVEL,
    Rule.HELD_PAPER, Rule.OFF_SHIFT, Rule.AWAY_NOW, Rule.ABSENT, Rule.OFF, Rule.REST,
    Rule.NO_SHIFT, Rule.NO_CERTIFICATE, Rule.SKILL, Rule.REFUSED,
)  # fmt: skip
"""What is lacking, the least first."""

_FAR: Final = frozenset(
    {Rule.SKILL, Rule.NO_CERTIFICATE, Rule.REFUSED, Rule.ABSENT, Rule.OFF, Rule.NO_SHIFT}
)
"""What no overtime and no favour makes up for: each counts before how many rules there are."""

Lacks = tuple[Barred, ...]


def nobody_has(barred: Iterable[Lacks]) -> Lacks:
    """The rules that keep everybody from it; who lacks a skill has no level of it either."""
    everybody = list(barred)
    told: list[Barred] = []
    for rule in NOBODY:
        alike = {Rule.SKILL, Rule.LEVEL} if rule is Rule.LEVEL else {rule}
        by = [[one for one in rules if one.rule in alike] for rules in everybody]
        if not everybody or not all(by):
            continue
        found = [one for mine in by for one in mine if one.rule is rule]
        if rule is Rule.TOOL:
            told += _carried_by_none(found)
        elif found:
            told.append(max(found, key=lambda one: int(str(one.facts.get("has") or 0))))
    return tuple(told)


def _carried_by_none(lacking: Iterable[Barred]) -> Lacks:
    """One may carry what another one lacks: only what all of them lack counts."""
    things = frozenset[str].intersection(
        *(frozenset(parted(str(one.facts["things"]))) for one in lacking)
    )
    return (Barred(rule=Rule.TOOL, facts={"things": said(things)}),) if things else ()


def least_lacking(barred: Mapping[int, Lacks], ways: Mapping[int, int]) -> tuple[int, ...]:
    """Whom the fewest and the slightest rules keep from it, of those who has the shortest way."""
    far = {who: (*how_far(rules), ways[who], who) for who, rules in barred.items()}
    return tuple(sorted(far, key=far.__getitem__)[:NEAREST])


def how_far(rules: Lacks) -> tuple[int, int, int, float, int]:
    """How much somebody lacks, to be compared; another rule makes it more."""
    far = sum(one.rule in _FAR for one in rules)
    over = sum(float(str(one.facts.get("over", 0))) for one in rules)
    levels = sum(_below(one) for one in rules)
    return far, len(rules), sum(_LEAST.index(one.rule) for one in rules), over, levels


def _below(one: Barred) -> int:
    """By how many levels a skill falls short."""
    if one.rule is not Rule.LEVEL:
        return 0
    return int(str(one.facts["level"])) - int(str(one.facts["has"]))
