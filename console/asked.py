"""How an open question is put, so that its end can be read on a narrow screen; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.actions_kinds import Kind
from console.choices import Choice, choice_line
from console.i18n import _, coded, fill
from console.render_told import promises_said, window_meant
from console.whens import in_full, parse_when
from store.domain.agreed import over_before
from store.domain.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.actions_kinds import Question
    from console.errand import Errand
    from console.looks import Parts

_SHARE: Final = 0.6
"""Of a line, at most, that the question takes: the rest is what is typed."""
_NARROWEST: Final = 20
"""Cells that are needed to write in."""


def label(errand: Errand, cells: int) -> str:
    """What stands before the answer on a line so wide: the question, where it has room there."""
    question = errand.question
    number = errand.line.number if errand.line else errand.number
    about = f"#{number} " if number else ""
    action = f" {about}{_(errand.action.label)}"
    if question is None:
        return f"{action} · "
    if question.by_word:
        what = _("/insist does it, Esc leaves")
    elif question.kind is Kind.CONFIRM:
        what = _("Enter yes, Esc no")
    else:
        what = _(question.asks or question.label)
    whole = f"{action} · " + _("{name}: ").format(name=what)
    fits = cell_len(whole) <= max(cells * _SHARE, cells - 2 * _NARROWEST)
    return whole if fits else _("{name}: ").format(name=action)


def is_above(errand: Errand, cells: int) -> bool:
    """Whether the whole question stands above that line: it says more, or has no room there."""
    question = errand.question
    if question is None or question.kind is Kind.CONFIRM:
        return False
    shown = _("{name}: ").format(name=_(question.asks or question.label))
    return bool(question.asks) or not label(errand, cells).endswith(shown)


def window_said(text: str, errand: Errand, at: datetime, zone: tzinfo | None) -> Parts:
    """What Enter would take for an appointment, also that it takes one away; or what is wrong."""
    if not text.strip():
        gone = errand.line is not None and errand.line.appointed
        return (("  = " + _("at no certain time"), "soon"),) if gone else ()
    said, begins = window_meant(text, zone, at=at, there=errand.zone_there)
    if not said:
        return ()
    return ((f"  = {said}", "strong"),) if begins is not None else ((f"  ✗ {said}", "soon"),)


def time_said(text: str, at: datetime, zone: tzinfo | None) -> Parts:
    """What Enter would take a time for; nothing while it is none."""
    try:
        return ((f"  = {in_full(parse_when(text, at=at, zone=zone), zone, at=at)}", "strong"),)
    except BadInput:
        return ()


def promise_kept(
    text: str,
    errand: Errand,
    dues: tuple[datetime | None, datetime | None],
    *,
    at: datetime,
    zone: tzinfo | None,
) -> str:
    """What was promised for before the appointment that is written; empty for nothing."""
    if dues == (None, None):
        return ""
    _said, begins = window_meant(text, zone, at=at, there=errand.zone_there)
    stays, gone = (due if over_before(due, begins) else None for due in dues)
    return promises_said(stays, gone, zone, at=at)


def member_rows(
    question: Question, choices: tuple[Choice, ...], place: int | None, cells: int
) -> tuple[Parts, ...]:
    """Those who may be meant, and below them what Enter would do with the one who is."""
    shown = choice_line(choices, place, cells)
    if place is None:
        return shown, ((f" {_(question.label)}", "muted"),)
    meant = choices[place]
    facts = {**question.facts, "technician": coded(meant.name, meant.answer)}
    return shown, ((f" → {fill(question.means, facts)}", "strong"),)
