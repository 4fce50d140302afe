"""Who else is at an order, in words; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_card import when
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.presence import Attendance

_LONGEST_NAME = 40


def presence_lines(
    here: Iterable[Attendance], *, at: datetime, zone: tzinfo | None
) -> tuple[Parts, ...]:
    """A line each; none where nobody is."""
    return tuple(
        ((said_of(one, at=at, zone=zone), "soon" if one.doing else "muted"),) for one in here
    )


def said_of(one: Attendance, *, at: datetime, zone: tzinfo | None) -> str:
    """What somebody does at an order."""
    who = safe(one.name, limit=_LONGEST_NAME)
    if not one.doing:
        if one.mine:
            return _("you have it open at another console")
        return _("{who} looks at it").format(who=who)
    since, what = when(one.since, zone, at=at), _form(one.doing)
    if one.mine:
        said = _("you are writing on it at another console since {when} ({what})")
        return said.format(when=since, what=what)
    said = _("{who} is writing on it since {when} ({what})")
    return said.format(who=who, when=since, what=what)


def claimed(claims: Iterable[Attendance], *, at: datetime, zone: tzinfo | None) -> str:
    """What is said to somebody who opens a form on an order that others write about."""
    said = _(", ").join(said_of(one, at=at, zone=zone) for one in claims)
    return _("{said}; you may go on").format(said=said)


def _form(name: str) -> str:
    """What a form is called, also one that only a newer program has."""
    from console.actions import ACTIONS

    action = ACTIONS.get(name)
    return _("a form") if action is None else _(action.label)
