"""Suggestions: submitted, judged by somebody else, rewarded from a fund, with their effect."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

JUDGE_DAYS: Final = 14
"""By then a suggestion is to be judged; it rings."""
MOST: Final = 1_000_000
"""So much at most is rewarded or paid in at a time."""


class Verdict(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


VERDICTS: Final[Mapping[str, str]] = {
    Verdict.OPEN: N_("to be judged"),
    Verdict.ACCEPTED: N_("adopted"),
    Verdict.DECLINED: N_("not adopted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """One suggestion, as it stands."""

    id: int
    version: int
    text: str
    operator: int
    """Who submitted it, or wrote it down for a technician."""
    technician: int | None
    """Whose it is, where it is not the operator's own."""
    submitted_at: datetime
    due_at: datetime
    """By when it is to be judged."""
    verdict: str
    """One of `Verdict`."""
    reason: str
    judged_at: datetime | None
    judged_by: int | None
    reward: int
    """What was paid for it, in the desk's currency; 0 for nothing yet."""
    rewarded_at: datetime | None
    effect: str
    """What came of it once it was done."""
    effect_at: datetime | None


class IdeaUnknown(Refusal):
    """No such suggestion, or none that the asker may see."""

    sentence = N_("no suggestion {id}")


class IdeaChanged(Refusal):
    """Somebody changed it since it was read."""

    sentence = N_("suggestion {id} was changed meanwhile; look again, then choose")


class IdeaJudged(Refusal):
    """It is judged once."""

    sentence = N_("suggestion {id} is judged already: {verdict}")


class OwnIdea(Refusal):
    """Nobody decides about what is his own."""

    sentence = N_("suggestion {id} is your own, or you wrote it down: somebody else decides")


class IdeaNotAccepted(Refusal):
    """What was not accepted is neither rewarded nor has an effect."""

    sentence = N_("suggestion {id} is not accepted: {verdict}")


class IdeaRewarded(Refusal):
    """One suggestion is rewarded once."""

    sentence = N_("suggestion {id} was rewarded already, with {amount}")


class FundTooLow(Refusal):
    """The fund never falls below nothing."""

    sentence = N_("the fund has {balance}: {amount} cannot be paid from it")
