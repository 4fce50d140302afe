"""What can be found wrong with a store, how each fault reads, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Check(StrEnum):
    """What can be found wrong."""

    DAMAGED = "damaged"
    DANGLING = "dangling"
    EDITED = "edited"
    REWORDED = "reworded"
    WORDS_GONE = "words_gone"
    BROKEN_OFF = "broken_off"
    SEAL = "seal"
    SEAL_GONE = "seal_gone"
    SEAL_UNKNOWN = "seal_unknown"
    SEAL_LOST = "seal_lost"
    SEAL_MARK_LOST = "seal_mark_lost"
    ORDER_GONE = "order_gone"
    UNREADABLE = "unreadable"
    INSTANT = "instant"
    LEVEL = "level"
    CALENDAR = "calendar"
    NO_STORY = "no_story"
    REPLAY = "replay"
    CATEGORY = "category"
    HOURS = "hours"
    QUEUE = "queue"
    TIMER_MISSING = "timer_missing"
    TIMER_STRAY = "timer_stray"
    TIMER_MOVED = "timer_moved"
    TIMER_PUT_OFF = "timer_put_off"
    TIMER_IDLE = "timer_idle"
    ALARM = "alarm"
    ALARM_STORY = "alarm_story"
    FOLLOW_UP = "follow_up"
    EXCEPTION = "exception"
    TECHNICIAN = "technician"
    TECHNICIAN_SINCE = "technician_since"
    REGISTER = "register"
    REGISTER_UNTOLD = "register_untold"
    REGISTER_GONE = "register_gone"
    SITE_ZONE = "site_zone"
    HORIZON = "horizon"
    HORIZON_STORY = "horizon_story"
    PLAN = "plan"
    PLAN_STORY = "plan_story"
    REVISIT = "revisit"
    PACK = "pack"
    BASELINE = "baseline"
    STEPS = "steps"
    TRAVEL = "travel"
    FAMILY = "family"
    LINK = "link"
    INCIDENT = "incident"
    SEARCH = "search"
    SEARCH_MANY = "search_many"
    CALLERS = "callers"
    FIGURES = "figures"
    FIGURE_SUMS = "figure_sums"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSpec:
    """How a fault reads, and what to do about it."""

    sentence: str
    mend: str
    mendable: bool = False
    """Whether `paidan doctor --mend` puts it right: only what can be derived anew."""


_BACKUP = N_("compare with a backup; the journal is never changed by paidan")
_SEALED = N_(
    "compare seals and journal with a backup from before, or with a seal kept outside the store;"
    " nothing that paidan does takes this back"
)
_STEPS = N_("{what} {id} is not what its journal tells: {fields}")
_DERIVE = N_("paidan doctor --mend derives it anew")


def _derived(sentence: str) -> CheckSpec:
    """What `paidan doctor --mend` puts right."""
    return CheckSpec(sentence=sentence, mend=_DERIVE, mendable=True)


CHECKS: Mapping[Check, CheckSpec] = {
    Check.DAMAGED: CheckSpec(
        sentence=N_("the database is damaged: {what}"),
        mend=N_("stop every console and restore the newest backup"),
    ),
    Check.DANGLING: CheckSpec(
        sentence=N_("{count} rows of {table} point at rows of {parent} that are gone"), mend=_BACKUP
    ),
    Check.EDITED: CheckSpec(
        sentence=N_(
            "journal entry {seq} does not match its hash: it was changed, or one before it is gone"
        ),
        mend=_BACKUP,
    ),
    Check.REWORDED: CheckSpec(
        sentence=N_("the words of journal entry {seq} do not match their digest"), mend=_BACKUP
    ),
    Check.WORDS_GONE: CheckSpec(
        sentence=N_("the words of journal entry {seq} are gone, and no entry says who erased them"),
        mend=_BACKUP,
    ),
    Check.BROKEN_OFF: CheckSpec(
        sentence=N_("the newest journal entries are missing: the chain ends elsewhere"),
        mend=_BACKUP,
    ),
    Check.SEAL: CheckSpec(
        sentence=N_("seal {seal} does not match the entries it covers"), mend=_BACKUP
    ),
    Check.SEAL_GONE: CheckSpec(
        sentence=N_(
            "seal {seal}, the last that was made, up to journal entry {seq}, is not the newest:"
            " it was deleted or replaced"
        ),
        mend=_SEALED,
    ),
    Check.SEAL_UNKNOWN: CheckSpec(
        sentence=N_("which seal was made last is gone: seals may be gone with it"), mend=_SEALED
    ),
    Check.SEAL_LOST: CheckSpec(
        sentence=N_(
            "seal {seal}, up to journal entry {seq}, was found deleted or replaced at {at},"
            " when the next was to be made"
        ),
        mend=_SEALED,
    ),
    Check.SEAL_MARK_LOST: CheckSpec(
        sentence=N_(
            "which seal was made last was found gone at {at}, when the next was to be made:"
            " seals may have gone with it"
        ),
        mend=_SEALED,
    ),
    Check.ORDER_GONE: CheckSpec(
        sentence=N_("there is a journal, but the order is gone"), mend=_BACKUP
    ),
    Check.UNREADABLE: CheckSpec(
        sentence=N_("the order cannot be read: “{what}” means nothing to this paidan"),
        mend=N_("use the paidan that wrote it, or a newer one"),
    ),
    Check.INSTANT: CheckSpec(
        sentence=N_("{count} rows of {table} hold no instant in {column}"), mend=_BACKUP
    ),
    Check.LEVEL: CheckSpec(
        sentence=N_(
            "service level {code} cannot be read, and nobody is warned of its orders: {what}"
        ),
        mend=N_("save the level again, or use the paidan that wrote it"),
    ),
    Check.CALENDAR: CheckSpec(
        sentence=N_(
            "calendar {code} cannot be read in its version {version},"
            " and nobody is warned of orders under it: {what}"
        ),
        mend=N_("save the calendar again, or use the paidan that wrote it"),
    ),
    Check.NO_STORY: CheckSpec(sentence=N_("the journal cannot be replayed: {why}"), mend=_BACKUP),
    Check.REPLAY: CheckSpec(
        sentence=N_("the order is not what its journal tells: {fields}"), mend=_BACKUP
    ),
    Check.CATEGORY: _derived(N_("the category does not belong to the state {state}")),
    Check.HOURS: _derived(N_("its clocks run on hours that its calendar had before")),
    Check.QUEUE: _derived(N_("what its queues sort by is not what its clocks say: {fields}")),
    Check.TIMER_MISSING: CheckSpec(
        sentence=N_("a timer is missing: {timer}"), mend=_DERIVE, mendable=True
    ),
    Check.TIMER_STRAY: CheckSpec(
        sentence=N_("a timer stands that nothing asks for: {timer}"), mend=_DERIVE, mendable=True
    ),
    Check.TIMER_MOVED: _derived(N_("a timer is due at another time than its clock: {timer}")),
    Check.TIMER_PUT_OFF: _derived(
        N_("a timer waits beyond its due time, though it never failed: {timer}")
    ),
    Check.ALARM: CheckSpec(
        sentence=N_("an alarm stands whose reason is gone: {alarm}"), mend=_DERIVE, mendable=True
    ),
    Check.TIMER_IDLE: CheckSpec(
        sentence=N_("a timer is marked as fired, but nothing came of it: {timer}"), mend=_BACKUP
    ),
    Check.ALARM_STORY: CheckSpec(
        sentence=N_("the alarms are not what the journal tells: {what}"), mend=_BACKUP
    ),
    Check.FOLLOW_UP: CheckSpec(
        sentence=N_("follow-up {place} is not what the journal tells: {fields}"), mend=_BACKUP
    ),
    Check.EXCEPTION: CheckSpec(
        sentence=N_("exception {id} is not what the journal tells: {fields}"), mend=_BACKUP
    ),
    Check.TECHNICIAN: _derived(N_("technician {code} does not stand as the visits do: {fields}")),
    Check.TECHNICIAN_SINCE: CheckSpec(
        sentence=N_("technician {code} stands so since a moment that nothing tells of"),
        mend=N_("compare with a backup; whatever is done next is on record again"),
    ),
    Check.REGISTER: CheckSpec(
        sentence=N_("{register} {code} is not as saved last: {fields}"),
        mend=N_("compare with a backup, or save it again as it should be"),
    ),
    Check.REGISTER_UNTOLD: CheckSpec(
        sentence=N_("{register} {code} is there, but no journal entry tells of it"), mend=_BACKUP
    ),
    Check.REGISTER_GONE: CheckSpec(
        sentence=N_("{register} {code} is gone, and no journal entry says who took it out"),
        mend=_BACKUP,
    ),
    Check.SITE_ZONE: CheckSpec(
        sentence=N_("site {code} has the time zone “{zone}”, which this machine does not know"),
        mend=N_(
            "save the site with one that it knows (paidan add site CODE NAME --zone Asia/Shanghai),"
            " or bring the machine's time zones up to date; until then the radar leaves it out"
        ),
    ),
    Check.HORIZON: _derived(
        N_("calendar {code}: what is kept of its horizon is not what it says: {fields}")
    ),
    Check.HORIZON_STORY: CheckSpec(
        sentence=N_("calendar {code}: its alarm is not what the journal tells: {what}"),
        mend=_BACKUP,
    ),
    Check.PLAN: _derived(N_("plan {plan}: its next date is not what its rule says: {fields}")),
    Check.PLAN_STORY: CheckSpec(
        sentence=N_("plan {plan}: what it says of its orders is not what is there: {fields}"),
        mend=_BACKUP,
    ),
    Check.REVISIT: CheckSpec(sentence=N_("revisit {revisit}: nobody promised it"), mend=_BACKUP),
    Check.PACK: CheckSpec(
        sentence=N_("the {kind} pack of {period} is not what was written"), mend=_BACKUP
    ),
    Check.BASELINE: CheckSpec(
        sentence=N_("baseline {number} is not what was frozen"), mend=_BACKUP
    ),
    Check.STEPS: CheckSpec(sentence=_STEPS, mend=_BACKUP),
    Check.TRAVEL: CheckSpec(
        sentence=N_("the travel times are not those that were loaded"),
        mend=N_("load them again (paidan import --travel FILE), or drop them (set table usual)"),
    ),
    Check.FAMILY: CheckSpec(
        sentence=N_("it cannot stand under order {parent} as that is"),
        mend=N_("take it out from under that order"),
    ),
    Check.LINK: CheckSpec(
        sentence=N_("the order is linked to order {other}, which has no link to it"),
        mend=N_("unlink them and link them again, or compare with a backup"),
    ),
    Check.INCIDENT: CheckSpec(
        sentence=N_("a major incident without a promise of the next word"),
        mend=N_("end the incident and declare it again"),
    ),
    Check.SEARCH: CheckSpec(
        sentence=N_("the search index does not know it by its words"), mend=_DERIVE, mendable=True
    ),
    Check.SEARCH_MANY: _derived(N_("the search index does not know {count} orders by their words")),
    Check.CALLERS: _derived(
        N_(
            "{count} customers and callers cannot be found by what they are called now,"
            " or still can by what they are not"
        )
    ),
    Check.FIGURES: CheckSpec(
        sentence=N_("figures see it otherwise than it is: {fields}"), mend=_DERIVE, mendable=True
    ),
    Check.FIGURE_SUMS: _derived(N_("{count} sums of figures are not those of the orders")),
    Check.COUNTER: _derived(
        N_(
            "the counter of {table} has come to {given}, but {highest} is taken:"
            " nothing new can be written down"
        )
    ),
}
