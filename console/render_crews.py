"""Crews that lack somebody, in words: who is not there, how many are still to be found; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from console.render_time import clock_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from store.queries.crews import NotThere, ShortCrew

_NAMED: Final = 3
"""More crews are counted, not named."""


def short_said(short: Sequence[ShortCrew], zone: tzinfo | None, *, at: datetime, key: str) -> str:
    """Which orders lack somebody, and whom; the key that names who goes in their place."""
    told = [_crew_said(one, zone, at=at) for one in short[:_NAMED]]
    if (more := len(short) - _NAMED) > 0:
        told.append(_n("{count} more", "{count} more", more).format(count=more))
    return _("{crews}: {key} on it names who goes").format(crews=_("; ").join(told), key=key)


def _crew_said(one: ShortCrew, zone: tzinfo | None, *, at: datetime) -> str:
    lacks = _(", ").join(_lacks(one, zone, at=at))
    return _("#{number} lacks {people}").format(number=one.number, people=lacks)


def _lacks(one: ShortCrew, zone: tzinfo | None, *, at: datetime) -> Iterator[str]:
    """Those who are found and not there first."""
    for who in one.away:
        yield away_said(who, zone, at=at)
    if one.missing:
        yield _n("{count} more person", "{count} more people", one.missing).format(
            count=one.missing
        )


def away_said(who: NotThere, zone: tzinfo | None, *, at: datetime) -> str:
    """Who of a crew is not there, and until when."""
    if who.until is None:
        return _("{name} (off duty)").format(name=who.name)
    back = clock_said(who.until, zone, at)
    return _("{name} (absent until {until})").format(name=who.name, until=back)
