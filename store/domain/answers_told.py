"""Answers that an order's journal tells of: which are known, and who told the last; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.deeds import deeds_of, in_effect
from store.domain.errors import Refusal, Stale
from store.domain.replay import from_epoch_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.deeds import Told


class AnsweredAlready(Stale):
    """An answer is kept that whoever brings another one has not seen."""

    sentence = N_(
        "{by} told at {changed_at} what the customer of order {number} answered: {answer};"
        " look again, then replace it (--replace in a shell)"
    )


class AnsweredLater(Refusal):
    """An older answer takes no newer one's place."""

    sentence = N_(
        "order {number} has an answer of {rated_at}: one of {at} is not newer and replaces nothing"
    )


class AnsweredTooSoon(Refusal):
    """Nobody was content with what was not there yet."""

    sentence = N_("order {number} was delivered at {done_at}: an answer of {at} is before that")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a customer answered, as it was kept."""

    csat: int | None
    nps: int | None
    said: str | None
    """None where the words were erased."""
    rated_at: datetime
    by: int
    told_at: datetime

    def says(self, csat: int | None, nps: int | None, said: str) -> bool:
        """Whether it comes to the same; of words that were erased nobody knows better."""
        return (self.csat, self.nps) == (csat, nps) and self.said in {said, None}


def answers_told(story: Iterable[Told]) -> list[Answer]:
    """All that was answered and not taken back, oldest first."""
    told = list(story)
    active = in_effect(deeds_of(told))
    values: dict[str, Any] = {"csat": None, "nps": None, "said": "", "rated_at": None}
    found: list[Answer] = []
    for one in told:
        changed = one.fact.body.get("set", {})
        values |= {name: changed[name] for name in values if name in changed}
        if "said" in changed:
            values["said"] = (one.fact.words or {}).get("said")
        if one.fact.name == "rated" and (one.deed or one.seq) in active and values["rated_at"]:
            rated_at = from_epoch_ms(values["rated_at"])
            kept = {**values, "rated_at": rated_at}
            found.append(Answer(**kept, by=one.by, told_at=one.at))
    return found


def delivered_first(story: Iterable[Told]) -> datetime | None:
    """When the work was done for the first time; None where the journal does not say."""
    done = (one.fact.body.get("set", {}).get("done_at") for one in story)
    return next((from_epoch_ms(at) for at in done if at is not None), None)


def figures_of(csat: int | None, nps: int | None) -> str:
    """Both figures in one breath, as every language writes them."""
    named = (("CSAT", csat), ("NPS", nps))
    return ", ".join(f"{name} {value}" for name, value in named if value is not None)
