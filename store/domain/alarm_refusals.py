"""Why an alarm is not shelved, or not taken from the shelf: one class a reason."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class NothingRings(Refusal):
    """No alarm stands, so that none can be shelved."""

    sentence = N_("order {number} has no alarm to shelve")


class NotShelved(Refusal):
    """Its alarm, if there is one, stands among the others."""

    sentence = N_("the alarm of order {number} is not on the shelf")


class ShelvedTooLong(Refusal):
    """A shelf is for hours or days; what shall never ring is the service level's to say."""

    sentence = N_("an alarm may be shelved for {days} days at most; name an earlier time")


class NoCalendarRings(Refusal):
    """No alarm of that calendar stands that the asker may shelve."""

    sentence = N_("the calendar {code} has no alarm to shelve")


class CalendarNotShelved(Refusal):
    """Its alarm, if there is one, stands among the others."""

    sentence = N_("the alarm of the calendar {code} is not on the shelf")


class CalendarRangAgain(Refusal):
    """It has rung for something worse since the asker looked."""

    sentence = N_("the calendar {code} has just rung again; look, then choose")


class ReminderRangAgain(Refusal):
    """It rang anew since it was looked at."""

    sentence = N_("the reminder of {what} has rung again meanwhile; look again, then choose")
