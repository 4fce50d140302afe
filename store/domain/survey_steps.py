"""Steps of a survey and of what follows a bad answer: the order after each, and its fact; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from store.domain.causes import Cause
from store.domain.errors import Refusal
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.lifecycle import STATES, Category
from store.domain.replay import changes, whole_ms
from store.domain.surveys import SURVEYS, Survey, is_bad, rings_next
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

Step: TypeAlias = "tuple[WorkOrder, tuple[Fact, ...]]"


class NotDelivered(Refusal):
    """There is nothing to be content with yet."""

    sentence = N_("order {number} is {state}: its customer is asked once the work is done")


class NotAsked(Refusal):
    """There is no survey that could be refused, tried or given a code."""

    sentence = N_("the customer of order {number} is not to be asked: {why}")


class NotBad(Refusal):
    """Nobody was unhappy."""

    sentence = N_("order {number} has no bad answer that a cause could be found for")


def rung(order: WorkOrder, rules: Rules, *, at: datetime) -> tuple[WorkOrder, Fact | None, bool]:
    """The order after a moment of its survey has come: rung once more, or given up.

    Whether it is to ring is the last of the three; no fact where there was nothing to do.
    """
    if order.survey != Survey.PLANNED or order.survey_by is None:
        return order, None, False
    again = rings_next(rules, order.survey_by, at=whole_ms(at))
    if again is None:
        after = evolve(order, survey=Survey.EXPIRED.value, survey_at=None, survey_code=None)
        return after, _fact("survey_expired", order, after), False
    after = evolve(order, survey_at=again)
    return after, _fact("survey_rang", order, after), True


def rate(
    order: WorkOrder, rules: Rules, *, csat: int | None, nps: int | None, said: str, at: datetime
) -> Step:
    """What the customer answered; an answer before it stays in the journal.

    A survey that he was spared, or that had expired, is answered all the same. A bad answer opens
    a finding, and one that is not bad any more takes it back. One about work that was delivered
    again since is another finding: its cause is still to be found.
    """
    _delivered(order)
    at = whole_ms(at)
    values: dict[str, Any] = {"csat": csat, "nps": nps, "said": said, "rated_at": at}
    values |= _over(order, Survey.ANSWERED, at=at)
    bad = is_bad(rules, csat, nps)
    same = bad and order.bad_at is not None and not _delivered_since(order, order.bad_at)
    if not same:
        values |= {"bad_at": at if bad else None, "cause": None, "contained": ""}
    after = evolve(order, **values)
    return after, (_fact("rated", order, after, csat=csat, nps=nps),)


def refuse(order: WorkOrder, *, at: datetime) -> Step:
    """The customer does not want to answer."""
    _planned(order)
    after = evolve(order, **_over(order, Survey.REFUSED, at=whole_ms(at)))
    return after, (_fact("survey_refused", order, after),)


def not_reached(order: WorkOrder, note: str) -> Step:
    """Nobody answered: one more try, and the desk is rung again as before."""
    _planned(order)
    after = evolve(order, survey_tries=order.survey_tries + 1)
    return after, (_fact("not_reached", order, after, note=note),)


def give_code(order: WorkOrder, digest: str) -> Step:
    """The customer may answer by a code; one that he had before is good no more."""
    _planned(order)
    after = evolve(order, survey_code=digest)
    return after, (_fact("survey_code_given", order, after),)


def find_cause(order: WorkOrder, cause: str, contained: str) -> Step:
    """Why the customer was unhappy, and what was done about it at once."""
    if order.bad_at is None:
        raise NotBad(number=order.number)
    after = evolve(order, cause=cause, contained=contained)
    return after, (_fact("cause_found", order, after, cause=cause),)


def is_found_out(order: WorkOrder) -> bool:
    """Whether the cause of a bad answer is known: that nobody knows it is no last word."""
    return order.cause is not None and order.cause != Cause.UNKNOWN and bool(order.contained)


def _over(order: WorkOrder, survey: Survey, *, at: datetime) -> dict[str, Any]:
    """As a survey ends; one that ends before it was due counts from then on, see `Heard`."""
    by = at if order.survey_by is None else min(order.survey_by, at)
    return {"survey": survey.value, "survey_by": by, "survey_at": None, "survey_code": None}


def _delivered_since(order: WorkOrder, moment: datetime) -> bool:
    return order.done_at is not None and order.done_at > moment


def _delivered(order: WorkOrder) -> None:
    spec = STATES[order.state]
    if spec.category is not Category.DONE:
        raise NotDelivered(number=order.number, state=spec.label)


def _planned(order: WorkOrder) -> None:
    _delivered(order)
    if order.survey != Survey.PLANNED:
        why = N_("it was delivered before customers were asked")
        if order.survey is not None:
            why = SURVEYS[Survey(order.survey)].label
        raise NotAsked(number=order.number, why=why)


def _fact(name: str, before: WorkOrder, after: WorkOrder, **more: Any) -> Fact:
    body, words = changes(before, after)
    note = more.pop("note", "")
    told = {key: value for key, value in more.items() if value is not None}
    words |= {"note": note} if note else {}
    return Fact(name=name, body=told | body, words=words or None)
