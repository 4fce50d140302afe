"""What customers say of delivered work: asked, answered, and why somebody was unhappy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import REASON, line, needed, one_of, paragraph, past, whole
from store.domain.answers_told import (
    AnsweredAlready,
    AnsweredLater,
    AnsweredTooSoon,
    answers_told,
    delivered_first,
    figures_of,
)
from store.domain.causes import CAUSES, Cause
from store.domain.errors import BadInput
from store.domain.evolve import evolve
from store.domain.heard_figures import CSAT_LEAST, CSAT_MOST, NPS_LEAST, NPS_MOST
from store.domain.intents import Command, Done
from store.domain.one_time_codes import CodeRefused, digest_of
from store.domain.survey_steps import find_cause, give_code, not_reached, rate, refuse
from store.domain.surveys import UNHAPPY, call_back_by
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

OF_SURVEYS: Final = "survey "
"""Before the code of a survey, which opens nothing else."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateOrder(Command):
    """What the customer of a delivered order answered; one of both figures at the least."""

    number: int
    csat: int | None = None
    """1 to 5."""
    nps: int | None = None
    """0 to 10."""
    said: str = ""
    """In his own words."""
    at: datetime | None = None
    """When he answered; None for now. An answer that is known already is kept once."""
    version: int | None = None
    first: bool = False
    """Only where no other answer is kept of which the asker knows nothing: `AnsweredAlready`.

    A later one, by its `at`, takes the place of an earlier one all the same, unless that was a bad
    one whose cause is not found yet.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseSurvey(Command):
    """The customer does not want to answer."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissCustomer(Command):
    """The customer was called for the survey, and nobody answered."""

    number: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSurveyCode(Command):
    """Whoever says a code may answer for the customer, once, until the survey is over.

    The store is never told the code, only its digest. A newer one takes the place of an older.
    """

    number: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerByCode(Command):
    """The customer answers by the code of his order; `CodeRefused` for any other code."""

    code: str
    csat: int | None = None
    nps: int | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindCause(Command):
    """Why a customer was unhappy, and what was done about it at once."""

    number: int
    cause: str
    """One of `Cause`; that it is not known is no last word."""
    contained: str
    version: int | None = None


def rate_order(work: Work, command: RateOrder) -> Done:
    """The answer kept; who is unhappy is promised a call the same day, once."""
    order = work.order(command.number, command.version)
    at = None if command.at is None else past(command.at, N_("answered at"), now=work.at)
    words = _checked(command.csat, command.nps, command.said)
    return _known(work, order, command, words, at) or _rated(
        work, order, command.csat, command.nps, words, at
    )


def _known(
    work: Work, order: WorkOrder, command: RateOrder, words: str, at: datetime | None
) -> Done | None:
    """What is said where the answer, or a newer one, is kept already; None where it is news."""
    story = work.stories((order.number,))[order.number]
    answers, told = answers_told(story), dict[str, Any](number=order.number)
    same = [one for one in answers if one.says(command.csat, command.nps, words)]
    if at is not None:
        same = [one for one in same if one.rated_at == at]
    elif not command.first:
        same = [one for one in same if one is answers[-1] and _is_of_now(order)]
    if same and order.rated_at is not None:
        told |= {"answer": figures_of(order.csat, order.nps)}
        if same[-1] is answers[-1]:
            return Done(sentence=N_("answer to order {number} is known already"), facts=told)
        newer = N_("answer to order {number} is known already; a newer one stands: {answer}")
        return Done(sentence=newer, facts=told)
    if at is not None and order.rated_at is not None and at <= order.rated_at:
        raise AnsweredLater(number=order.number, rated_at=order.rated_at, at=at)
    done_at = delivered_first(story) or order.done_at
    if at is not None and done_at is not None and at < done_at:
        raise AnsweredTooSoon(number=order.number, done_at=done_at, at=at)
    unseen = at is None or _waits_for_a_cause(order)
    if command.first and unseen and order.rated_at is not None and answers:
        last = answers[-1]
        raise AnsweredAlready(
            number=order.number,
            by=work.name_of(last.by),
            changed_at=last.told_at,
            answer=figures_of(last.csat, last.nps),
        )
    return None


def _waits_for_a_cause(order: WorkOrder) -> bool:
    """Whether a bad answer would go from sight before anybody knows what it was about."""
    return order.bad_at is not None and order.cause in {None, Cause.UNKNOWN}


def _is_of_now(order: WorkOrder) -> bool:
    """Whether the answer that stands is about the work as it was delivered last."""
    return order.rated_at is not None and (order.done_at is None or order.rated_at >= order.done_at)


def answer_by_code(work: Work, command: AnswerByCode) -> Done:
    """The same, and the code is used up."""
    number = work.order_of_code(digest_of(command.code, OF_SURVEYS))
    order = None if number is None else work.orders((number,)).get(number)
    if order is None or order.survey_code != digest_of(command.code, OF_SURVEYS):
        raise CodeRefused
    words = _checked(command.csat, command.nps, command.said)
    return _rated(work, order, command.csat, command.nps, words)


def _rated(
    work: Work,
    order: WorkOrder,
    csat: int | None,
    nps: int | None,
    words: str,
    at: datetime | None = None,
) -> Done:
    rules, told = work.rules(order), {"number": order.number}
    after, facts = rate(order, rules, csat=csat, nps=nps, said=words, at=at or work.at)
    sentence = N_("answer to order {number} kept")
    if after.bad_at is not None:
        sentence = N_("answer to order {number} kept; it is a bad one: its cause is to be found")
    if after.bad_at not in {None, order.bad_at}:
        due_at = call_back_by(rules, at=work.at)
        sentence = N_("answer to order {number} kept; it is a bad one: call back by {again}")
        if work.follow_up_of(order.number, due_at=due_at, kind=UNHAPPY) is None:
            made = work.promise_follow_up(order.number, due_at=due_at, kind=UNHAPPY)
            order = work.order(order.number)
            after, facts = rate(order, rules, csat=csat, nps=nps, said=words, at=at or work.at)
            facts = tuple(_with(fact, place=made.place) for fact in facts)
        work.save(order, after, *facts)
        return Done(sentence=sentence, facts={**told, "again": due_at}, numbers=(order.number,))
    work.save(order, after, *facts)
    return Done(sentence=sentence, facts=told, numbers=(order.number,))


def _checked(csat: int | None, nps: int | None, said: str) -> str:
    """His words, safe to show; BadInput where neither figure is given, or one is out of bounds."""
    if csat is None and nps is None:
        raise BadInput(
            where=N_("answer"),
            wrong=N_("neither figure is given"),
            right=N_("give 1 to 5 for how content, 0 to 10 for whether to recommend us"),
        )
    if csat is not None:
        whole(csat, CSAT_LEAST, CSAT_MOST, N_("how content"))
    if nps is not None:
        whole(nps, NPS_LEAST, NPS_MOST, N_("whether to recommend us"))
    return paragraph(said, N_("what was said"))


def refuse_survey(work: Work, command: RefuseSurvey) -> Done:
    """He is not asked again."""
    return _step(
        work,
        command.number,
        lambda order: refuse(order, at=work.at),
        N_("the customer of order {number} does not want to answer"),
    )


def miss_customer(work: Work, command: MissCustomer) -> Done:
    """One more try; he stays to be asked."""
    note = line(command.note, N_("note"), limit=REASON)
    return _step(
        work,
        command.number,
        lambda order: not_reached(order, note),
        N_("the customer of order {number} was not reached; tries so far: {tries}"),
    )


def give_survey_code(work: Work, command: GiveSurveyCode) -> Done:
    """The digest kept until it is used, or the survey is over."""
    if _DIGEST.fullmatch(command.digest) is None:
        raise BadInput(where=N_("SHA-256"), wrong=command.digest[:40], right=N_("64 digits 0-9a-f"))
    said = N_("the customer of order {number} may answer by a code")
    if work.order(command.number).survey_code is not None:
        said = N_("the customer of order {number} may answer by this code; the one before is void")
    return _step(work, command.number, lambda order: give_code(order, command.digest), said)


def find_the_cause(work: Work, command: FindCause) -> Done:
    """Cause and containment kept; those before stay in the journal."""
    cause = Cause(one_of(command.cause, list(Cause), N_("root cause")))
    contained = needed(command.contained, N_("what was done at once"), limit=REASON)
    order = work.order(command.number, command.version)
    after, facts = find_cause(order, cause.value, contained)
    work.save(order, after, *facts)
    sentence = N_("cause of the bad answer to order {number}: {cause}")
    if cause is Cause.UNKNOWN:
        sentence = N_("order {number}: the cause is still to be found, before all else can follow")
    return Done(
        sentence=sentence,
        facts={"number": order.number, "cause": CAUSES[cause]},
        numbers=(order.number,),
    )


def _step(
    work: Work,
    number: int,
    step: Callable[[WorkOrder], tuple[WorkOrder, tuple[Fact, ...]]],
    sentence: str,
) -> Done:
    order = work.order(number)
    after, facts = step(order)
    work.save(order, after, *facts)
    return Done(
        sentence=sentence,
        facts={"number": number, "tries": after.survey_tries},
        numbers=(number,),
    )


def _with(fact: Fact, **more: Any) -> Fact:
    return evolve(fact, body={**fact.body, **more})


SURVEY_COMMANDS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    RateOrder: rate_order,
    RefuseSurvey: refuse_survey,
    MissCustomer: miss_customer,
    GiveSurveyCode: give_survey_code,
    FindCause: find_the_cause,
}
"""What is done to the survey of one order."""
