"""How customers are asked about what was delivered to them, by service level."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRules:
    """By when a customer is asked, how he is chased, and which answer is a bad one."""

    within_days: int | None = 1
    """Working days until he is to have been asked, by the same time of day: one is the 24 hours of
    a calendar that never closes. None: customers of this level are not asked."""
    again_s: int = 14_400
    """Working seconds from one ring to the next, while nobody has asked him."""
    give_up_days: int = 5
    """Working days after that until the survey expires."""
    rest_days: int = 30
    """Days that whoever was asked is left in peace; 0 asks about every order."""
    csat: int = 2
    """Up to which of 1 to 5 an answer is bad; 0 for none."""
    nps: int = 6
    """Up to which of 0 to 10 an answer is bad; -1 for none."""
    call_s: int = 14_400
    """Working seconds until whoever is unhappy is called back: on the same day at the latest."""
    answer_s: int = 28_800
    """Working seconds in which a complaint is answered."""
    answer_warn_s: int = 7_200
    """Working seconds before that at which it rings."""


BOUNDS = {
    "within_days": (1, 30),
    "again_s": (60, 366 * 86_400),
    "give_up_days": (1, 60),
    "rest_days": (0, 3_660),
    "csat": (0, 5),
    "nps": (-1, 10),
    "call_s": (60, 366 * 86_400),
    "answer_s": (60, 366 * 86_400),
    "answer_warn_s": (0, 366 * 86_400),
}
"""What each figure may be; `within_days` may be none as well."""
