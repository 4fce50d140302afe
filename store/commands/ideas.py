"""The suggestion box: submitted, judged by somebody else, rewarded from the fund, effect noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.commands.inputs import REASON, line, needed, whole
from store.domain.evolve import evolve
from store.domain.ideas import (
    JUDGE_DAYS,
    MOST,
    VERDICTS,
    Idea,
    IdeaJudged,
    IdeaNotAccepted,
    IdeaRewarded,
    OwnIdea,
    Verdict,
)
from store.domain.intents import Command, Done
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.work import Work

    Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitIdea(Command):
    """The asker suggests something, or writes down what a technician does; never without a name."""

    text: str
    technician: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeIdea(Command):
    """Somebody else accepts or declines it, and says why."""

    idea: int
    accepted: bool
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardIdea(Command):
    """An accepted one is rewarded from the fund, once."""

    idea: int
    amount: int
    """In the desk's currency, whole."""
    words: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEffect(Command):
    """What came of an accepted one once it was done."""

    idea: int
    effect: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayIntoFund(Command):
    """The fund gets more."""

    amount: int
    words: str = ""


def submit_idea(work: Work, command: SubmitIdea) -> Done:
    """A new one; it rings once it should have been judged."""
    who = None if command.technician is None else work.technician(command.technician)
    at = whole_ms(work.at)
    made = work.add_idea(
        Idea(
            id=0,
            version=1,
            text=needed(command.text, N_("suggestion"), limit=REASON),
            operator=work.who.operator,
            technician=None if who is None else who.id,
            submitted_at=at,
            due_at=at + timedelta(days=JUDGE_DAYS),
            verdict=Verdict.OPEN.value,
            reason="",
            judged_at=None,
            judged_by=None,
            reward=0,
            rewarded_at=None,
            effect="",
            effect_at=None,
        )
    )
    return Done(
        sentence=N_("suggestion {id} submitted; it is to be judged within {days} days"),
        facts={"id": made.id, "days": JUDGE_DAYS},
    )


def judge_idea(work: Work, command: JudgeIdea) -> Done:
    """Once, with a reason, by nobody who submitted it."""
    held = work.idea(command.idea, command.seen)
    if held.verdict != Verdict.OPEN.value:
        raise IdeaJudged(id=held.id, verdict=VERDICTS.get(held.verdict, held.verdict))
    _check_not_own(work, held)
    verdict = Verdict.ACCEPTED if command.accepted else Verdict.DECLINED
    why = needed(command.reason, N_("reason"), limit=REASON)
    judged: dict[str, Any] = {"judged_at": whole_ms(work.at), "judged_by": work.who.operator}
    work.put_idea("idea_judged", evolve(held, verdict=verdict.value, reason=why, **judged))
    facts = {"id": held.id, "why": why}
    if command.accepted:
        return Done(sentence=N_("suggestion {id} accepted: {why}"), facts=facts)
    return Done(sentence=N_("suggestion {id} declined: {why}"), facts=facts)


def reward_idea(work: Work, command: RewardIdea) -> Done:
    """The suggestion and the fund change together, or neither does."""
    held = _accepted(work, command.idea, command.seen)
    _check_not_own(work, held)
    if held.reward:
        raise IdeaRewarded(id=held.id, amount=held.reward)
    amount = whole(command.amount, 1, MOST, N_("reward"))
    words = line(command.words, N_("note"), limit=REASON)
    work.put_idea("idea_rewarded", evolve(held, reward=amount, rewarded_at=whole_ms(work.at)))
    left = work.pay(-amount, words, idea=held.id)
    facts = {"id": held.id, "amount": amount, "left": left}
    return Done(
        sentence=N_("suggestion {id} rewarded with {amount}; the fund has {left}"), facts=facts
    )


def note_effect(work: Work, command: NoteEffect) -> Done:
    """A later one takes the place of the first."""
    held = _accepted(work, command.idea, command.seen)
    effect = needed(command.effect, N_("effect"), limit=REASON)
    work.put_idea("idea_effect", evolve(held, effect=effect, effect_at=whole_ms(work.at)))
    return Done(sentence=N_("effect of suggestion {id} noted"), facts={"id": held.id})


def pay_into_fund(work: Work, command: PayIntoFund) -> Done:
    """Told with what it has then."""
    amount = whole(command.amount, 1, MOST, N_("amount"))
    left = work.pay(amount, line(command.words, N_("note"), limit=REASON))
    facts = {"amount": amount, "left": left}
    return Done(sentence=N_("{amount} paid into the fund; it has {left}"), facts=facts)


def _accepted(work: Work, idea: int, seen: int | None) -> Idea:
    held = work.idea(idea, seen)
    if held.verdict != Verdict.ACCEPTED.value:
        raise IdeaNotAccepted(id=held.id, verdict=VERDICTS.get(held.verdict, held.verdict))
    return held


def _check_not_own(work: Work, idea: Idea) -> None:
    if idea.operator == work.who.operator:
        raise OwnIdea(id=idea.id)


IDEAS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SubmitIdea: submit_idea,
    JudgeIdea: judge_idea,
    RewardIdea: reward_idea,
    NoteEffect: note_effect,
    PayIntoFund: pay_into_fund,
}
DECIDING = frozenset({JudgeIdea, RewardIdea, PayIntoFund})
"""What is the supervisor's, for the whole desk."""
