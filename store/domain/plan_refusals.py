"""Why a recurrence cannot be taken: which part of it, and what would be right."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class RuleRefused(Refusal):
    """A recurrence says no: its text cannot be taken."""

    sentence = N_("the rule is refused")


class RuleShapeless(RuleRefused):
    """Text that is no recurrence at all."""

    sentence = N_(
        "“{found}” is no rule; write monthly on the 31st, monthly on the last day, 2 weeks,"
        " or an RRULE such as FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"
    )


class RuleTooLong(RuleRefused):
    """More text than any rule needs."""

    sentence = N_("the rule has {count} characters; up to {most} are read")


class PartUnknown(RuleRefused):
    """A part that rules do not have, or that a plan says elsewhere."""

    sentence = N_("the rule has an unknown part {part}; known are {known}")


class PartTwice(RuleRefused):
    """The same part again."""

    sentence = N_("the rule says {part} twice")


class PartWrong(RuleRefused):
    """A part with a value that it cannot have."""

    sentence = N_("{part} is “{found}”; it must be {right}")


class TooOften(RuleRefused):
    """A rule that comes several times a day."""

    sentence = N_("a plan comes once a day at most: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY")


class PartMisplaced(RuleRefused):
    """A part that makes no sense with this frequency."""

    sentence = N_("{part} goes with {right} only")


class EndsTwice(RuleRefused):
    """Two ends."""

    sentence = N_("the rule ends by COUNT or by UNTIL, not by both")


class NothingLeft(RuleRefused):
    """A plan that would never come."""

    sentence = N_("the plan has no date to come; look at its rule, its start and its end")
