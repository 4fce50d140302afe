"""Times by the customer's clock: read last, as a site or an order of the line says where he is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from console.answers_read import read
from console.grammar.refusals import WrongWords
from console.grammar.tokens import as_signs
from console.told_words import TurnedRound
from console.whens import Passed
from console.zones import zone_named
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Question
    from console.grammar.lookup import Entry, Lookup

_APPOINTMENT: Final = "appointment"


@dataclass(frozen=True, slots=True)
class ByHisClock:
    """Words from a column on, of which it is not known yet what they mean."""

    question: Question
    said: str
    start: int


def by_his_clock(
    told: Mapping[str, Any], named: Mapping[str, Entry], orders: tuple[int, ...], lookup: Lookup
) -> tuple[Mapping[str, Any], str]:
    """Every answer read, and in which zone it was; WrongWords with what would be right."""
    unread = told.get(_APPOINTMENT)
    if not isinstance(unread, ByHisClock):
        return told, ""
    there = _zone_of_orders(orders, unread.start, lookup)
    if not orders and ("site" in named or told.get("asset")):
        site = named["site"].code if "site" in named else ""
        there = lookup.zone_at(site, told.get("asset", ""))
    zone = zone_named(there, lookup.zone)
    try:
        value = read(unread.question, as_signs(unread.said), at=lookup.at, zone=zone)
    except (Passed, TurnedRound) as bad:
        what = N_("{wrong}: {right}").format(wrong=bad.facts["wrong"], right=bad.facts["right"])
        raise WrongWords(unread.start + 1, what) from bad
    except BadInput as bad:
        what = N_("“{word}” is not right: {right}")
        said = what.format(word=unread.said, right=bad.facts["right"])
        raise WrongWords(unread.start + 1, said) from bad
    return {**told, _APPOINTMENT: value}, there


def _zone_of_orders(orders: tuple[int, ...], start: int, lookup: Lookup) -> str:
    """Where the customer's clock hangs; WrongWords where there are several of them."""
    zones = {line.site_zone for line in lookup.lines(orders).values()} or {""}
    if len(zones) > 1:
        what = N_("these orders are in several time zones: say it of those of one")
        raise WrongWords(start + 1, what)
    return zones.pop()
