"""Reads who calls, as `/by` says it: a name, a number, both, or the end of a known number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.grammar.lookup import Entry
from console.grammar.refusals import Unclear, WrongWords
from console.i18n import _
from console.whens import parse_when
from store.domain.callers import WHOLE_DIGITS, By, digits_of, folded_signs
from store.domain.errors import BadInput
from store.domain.said_times import in_digits
from store.domain.words import N_

if TYPE_CHECKING:
    from console.grammar.lookup import Lookup
    from store.queries.callers import CallerLine

_BARE: Final = re.compile(r"[0-9 ().-]+")
_TOLD: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoCalls:
    """A caller as he is written down."""

    text: str
    customer: Entry | None = None
    """For whom he called before, where few digits were enough to know him."""


def who_calls(text: str, column: int, lookup: Lookup) -> WhoCalls:
    """Whom the words name; a time or a few digits that nobody has are no caller."""
    if _is_time(text, lookup):
        what = N_("“{text}” is a time, and /by says who calls; a deadline follows from !1 to !4")
        raise WrongWords(column, what.format(text=text))
    plain = folded_signs(text).strip()
    if not _BARE.fullmatch(plain) or len(digits_of(plain)) >= WHOLE_DIGITS:
        return WhoCalls(text=text)
    known = [one for one in lookup.callers(plain) if _is_meant(one, plain)]
    if len(known) == 1:
        return _known(known[0])
    if known:
        choices = [_called(one) for one in known[:_TOLD]]
        choices += ["..."] if len(known) > _TOLD else []
        several = N_("“{name}” fits several: {choices}")
        raise Unclear(column, several.format(name=text, choices=_(", ").join(choices)))
    what = N_(
        "nobody known has a number that ends in {digits}: write all of it, a name, or ext {digits}"
    )
    raise Unclear(column, what.format(digits=plain), unfinished=True)


def _is_time(text: str, lookup: Lookup) -> bool:
    """Whether it says a time in digits; whoever is called Tom or Sun does not."""
    if _BARE.fullmatch(text) or not any(sign.isdigit() for sign in in_digits(text)):
        return False
    try:
        parse_when(text, at=lookup.at, zone=lookup.zone)
    except BadInput:
        return False
    return True


def _is_meant(one: CallerLine, plain: str) -> bool:
    return one.by is By.NUMBER or (one.by is By.CODE and one.code.casefold() == plain.casefold())


def _known(one: CallerLine) -> WhoCalls:
    customer = None
    if one.customer is not None:
        customer = Entry(id=one.customer, code=one.code, name=one.name)
    return WhoCalls(text=_called(one), customer=customer)


def _called(one: CallerLine) -> str:
    if one.contact is None:
        return one.name
    return f"{one.person} {one.person_phone}".strip()
