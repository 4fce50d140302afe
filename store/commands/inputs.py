"""What an operator types, checked and made safe before it goes further."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from store.domain.dispatch.things import LONGEST, MOST, joined, parted
from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Collection

TITLE, REASON, NAME, CODE, LONG = 200, 500, 120, 60, 4_000
"""How many characters are kept of each kind of text; a longer one is refused, never cut."""
_LONGEST = 1_000_000
"""Characters beyond which a text is not even cleaned before it is refused."""
YEARS = (1900, 2900)
"""What may be asked for: the first year, and the one after the last."""


def line(text: str, where: str, *, limit: int = TITLE) -> str:
    """One line of text, safe to show, without spaces around it."""
    return _short_enough(safe(text, limit=_LONGEST).strip(), where, len(text), limit)


def paragraph(text: str, where: str, *, limit: int = LONG) -> str:
    """Several lines of text, safe to show."""
    cleaned = safe(text, multiline=True, limit=_LONGEST).strip()
    return _short_enough(cleaned, where, len(text), limit)


def _short_enough(cleaned: str, where: str, given: int, limit: int) -> str:
    count = given if given > _LONGEST else len(cleaned)
    if count > limit:
        raise BadInput(
            where=where,
            wrong=N_("{count} characters").format(count=count),
            right=N_("give up to {most}").format(most=limit),
        )
    return cleaned


def needed(text: str, where: str, *, limit: int = NAME) -> str:
    """One line of text that may not be empty."""
    cleaned = line(text, where, limit=limit)
    if not cleaned:
        raise BadInput(where=where, wrong=N_("nothing was given"), right=N_("write something"))
    return cleaned


def things(text: str, where: str) -> str:
    """Tools and parts, a comma between them, as they are kept; empty for none."""
    found = parted(line(text, where, limit=LONG))
    long = next((one for one in sorted(found) if len(one) > LONGEST), None)
    if long is not None:
        raise BadInput(
            where=where,
            wrong=N_("{count} characters").format(count=len(long)),
            right=N_("at most {most}").format(most=LONGEST),
        )
    if len(found) > MOST:
        raise BadInput(
            where=where, wrong=str(len(found)), right=N_("at most {most}").format(most=MOST)
        )
    return joined(found)


def instant(at: datetime, where: str) -> datetime:
    """An instant with a zone, in UTC, cut to the milliseconds that the store keeps.

    Within `YEARS`, so that every wall clock and calendar can show it and reckon on from it.
    """
    if at.tzinfo is None:
        raise BadInput(
            where=where,
            wrong=N_("a time without a zone could be any of many"),
            right=N_("give it with its zone"),
        )
    if not YEARS[0] <= at.year < YEARS[1]:
        raise BadInput(
            where=where,
            wrong=N_("the year {year} is too far off").format(year=at.year),
            right=N_("give a year from {first} to {last}").format(
                first=YEARS[0], last=YEARS[1] - 1
            ),
        )
    moment = at.astimezone(UTC)
    return moment - timedelta(microseconds=moment.microsecond % 1000)


def past(at: datetime, where: str, *, now: datetime) -> datetime:
    """An instant that has come already."""
    moment = instant(at, where)
    if moment > now:
        raise BadInput(
            where=where, wrong=N_("it lies in the future"), right=N_("give a time up to now")
        )
    return moment


def later(at: datetime, where: str, *, than: datetime) -> datetime:
    """An instant still to come."""
    moment = instant(at, where)
    if moment <= than:
        raise BadInput(
            where=where, wrong=N_("it is already past"), right=N_("give a time still to come")
        )
    return moment


def one_of(value: str, choices: Collection[str], where: str) -> str:
    """A word that must be one of a few."""
    if value not in choices:
        raise BadInput(where=where, wrong=safe(value, limit=40), right=", ".join(sorted(choices)))
    return value


def between(value: float, low: float, high: float, where: str, unit: str = "") -> None:
    """Refuse a number outside its bounds."""
    if not low <= value <= high:
        said = N_("{low} to {high} {unit}") if unit else N_("{low} to {high}")
        bounds = {"low": f"{low:.10g}", "high": f"{high:.10g}"}
        raise BadInput(where=where, wrong=str(value), right=said.format(unit=unit, **bounds))


def whole(value: int, low: int, high: int, where: str, unit: str = "") -> int:
    """A whole number inside its bounds; true and 2.5 are none."""
    if type(value) is not int:
        raise BadInput(where=where, wrong=safe(repr(value), limit=40), right=N_("a whole number"))
    between(value, low, high, where, unit)
    return value
