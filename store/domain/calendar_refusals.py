"""Why a calendar cannot be taken, or cannot answer: what, where, and what would be right."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class CalendarRefused(Refusal):
    """A calendar says no: its text cannot be taken, or it has no answer."""

    sentence = N_("the calendar is refused")


class ShapeWrong(CalendarRefused):
    """A part of the calendar has another shape than it must have."""

    sentence = N_("the calendar's {where} is {found}; it must be {right}")


class KeyUnknown(CalendarRefused):
    """A word that a calendar does not know, most often a slip of the pen."""

    sentence = N_("{where} has an unknown key {found}; known are {right}")


class ZoneUnknown(CalendarRefused):
    """No such time zone."""

    sentence = N_("no time zone is called {found}; give an IANA name such as Asia/Shanghai")


class DateUnreadable(CalendarRefused):
    """A date that is none, or lies outside the years that calendars answer for."""

    sentence = N_("{where}: {found} is not a date from {first} to {last} written as 2026-10-01")


class TimeUnreadable(CalendarRefused):
    """A time of day that is none."""

    sentence = N_(
        "{where}: {found} is not a time; write 08:30 or 08:30:00, and 24:00 only as an end"
    )


class WindowReversed(CalendarRefused):
    """A window that ends before, or when, it begins."""

    sentence = N_(
        "{where}: the window {opens} to {closes} does not end after it begins; "
        "a night shift is two windows, one to 24:00 and one from 00:00"
    )


class WindowsOverlap(CalendarRefused):
    """Two windows of one day that share time."""

    sentence = N_("{where}: the windows {first} and {second} overlap; make them one or part them")


class NoWorkingTime(CalendarRefused):
    """A calendar on which no clock would ever run."""

    sentence = N_(
        "the calendar has no working time; give at least one window in a week or on a date"
    )


class WorkRunsOut(CalendarRefused):
    """A calendar of single dates has no more of them in this direction."""

    sentence = N_("the calendar has no working time {side} {date} and cannot hold so much work")


class TooFar(CalendarRefused):
    """An instant outside the years that calendars answer for."""

    sentence = N_("the calendar answers only for the years {first} to {last}")
