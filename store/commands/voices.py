"""Complaints and praise: kept, answered, understood, closed; and what a complaint leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.corrective import begin_action
from store.commands.inputs import LONG, NAME, REASON, line, needed, one_of, paragraph, past
from store.commands.orders import NewOrder, new_order
from store.commands.voices_asked import (
    ActOnComplaint,
    AnswerComplaint,
    CloseComplaint,
    FindComplaintCause,
    KeepComplaint,
    KeepPraise,
    WithdrawVoice,
)
from store.domain.causes import CAUSES, Cause
from store.domain.corrective import Finding
from store.domain.errors import BadInput
from store.domain.evolve import evolve
from store.domain.intents import Done
from store.domain.lifecycle import VisitState
from store.domain.replay import whole_ms
from store.domain.voice_refusals import (
    CauseLacking,
    ComplaintHasAction,
    ComplaintOver,
    NobodySaidIt,
    NotOfThatOrder,
    PraiseHasNoAnswer,
)
from store.domain.voice_steps import answer, close, found, lacks_cause, with_clock, withdraw
from store.domain.voices import ABOUT, STANDS, About, Channel, Stand, Voice
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command
    from store.domain.order import WorkOrder
    from store.persistence.work import Work


def keep_complaint(work: Work, command: KeepComplaint) -> Done:
    """With the deadline that its customer's service level gives it."""
    about = one_of(command.about, list(About), N_("what it is about"))
    voice = _voice(work, command, praise=False, about=about)
    kept = work.add_voice("complaint_kept", with_clock(voice, work.rules_of(_level(work, voice))))
    sentence = N_("complaint {id} kept ({about}): to be answered by {due_at}")
    told = {"about": ABOUT[About(kept.about)], "due_at": kept.answer_by}
    return _done(kept, sentence, **told)


def keep_praise(work: Work, command: KeepPraise) -> Done:
    """For the technician, where it is known who did it."""
    kept = work.add_voice("praise_kept", _voice(work, command, praise=True, about=""))
    if kept.technician is None:
        return _done(kept, N_("praise {id} kept"))
    name = work.entry_values("technician", kept.technician)["name"]
    return _done(kept, N_("praise {id} kept: it counts for {name}"), name=name)


def _voice(work: Work, command: KeepComplaint | KeepPraise, *, praise: bool, about: str) -> Voice:
    said = needed_words(command.said)
    order = None if command.number is None else work.order(command.number)
    work.hold_desk()  # after the order, as whoever acknowledges all alarms does
    site, customer, asset = _whose(work, command, order)
    if site is None and customer is None and order is None:
        raise NobodySaidIt
    if not work.who.scope.covers(site):
        raise BadInput(
            where=N_("site"),
            wrong=N_("none is named"),
            right=N_("name one of your sites, or an order there"),
        )
    at = work.at if command.received_at is None else command.received_at
    return Voice(
        id=0,
        praise=praise,
        about=about,
        channel=one_of(command.channel, list(Channel), N_("how it came")),
        said=said,
        speaker=line(command.speaker, N_("who said it"), limit=NAME),
        customer=customer,
        site=site,
        asset=asset,
        technician=_technician(work, command, order, praise=praise),
        number=command.number,
        received_at=past(at, N_("said at"), now=work.at),
        kept_at=whole_ms(work.at),
        kept_by=work.who.operator,
    )


def needed_words(said: str) -> str:
    """His words, safe to show; refused where there are none."""
    words = paragraph(said, N_("own words"), limit=LONG)
    return words or needed(words, N_("own words"))


def _whose(
    work: Work, command: KeepComplaint | KeepPraise, order: WorkOrder | None
) -> tuple[int | None, int | None, int | None]:
    """Site, customer and asset: those of the order, which nothing else may gainsay."""
    site = None if command.site is None else work.site(command.site).id
    customer = None if command.customer is None else work.customer(command.customer).id
    stands = site if order is None or order.site is None else order.site
    asset = None if command.asset is None else work.asset(command.asset, site=stands).id
    if order is None:
        if site is None and asset is not None:
            site = work.entry_values("asset", asset)["site_id"]
        return site, customer, asset
    for what, given, its in (
        (N_("site"), site, order.site),
        (N_("customer"), customer, order.customer),
        (N_("asset"), asset, order.asset),
    ):
        if given is not None and its is not None and given != its:
            raise NotOfThatOrder(number=order.number, what=what)
    return (
        site if order.site is None else order.site,
        customer if order.customer is None else order.customer,
        asset if order.asset is None else order.asset,
    )


def _technician(
    work: Work, command: KeepComplaint | KeepPraise, order: WorkOrder | None, *, praise: bool
) -> int | None:
    if command.technician is not None:
        return work.technician(command.technician).id
    if not praise or order is None:
        return None  # a complaint about an order is not one about whoever did it
    did = [one.technician for one in order.visits if one.state is VisitState.DONE]
    return did[-1] if did else order.technician


def _level(work: Work, voice: Voice) -> int | None:
    """The service level that says by when: the order's, the customer's, the desk's."""
    if voice.number is not None:
        return work.order(voice.number).level
    own = None
    if voice.customer is not None:
        own = work.entry_values("customer", voice.customer)["level_id"]
    return own or work.default_level()


def answer_complaint(work: Work, command: AnswerComplaint) -> Done:
    """In time, or late, which is kept as well."""
    told = needed_words(command.told)
    whom = needed(command.whom, N_("who was told"), limit=NAME)
    voice = work.voice(command.complaint, command.seen)
    after = answer(voice, told, whom, at=work.at, by=work.who.operator)
    became = work.put_voice("complaint_answered", voice, after)
    sentence = N_("complaint {id} answered; it can be closed once its root cause is known")
    if not lacks_cause(became):
        sentence = N_("complaint {id} answered; it can be closed")
    return _done(became, sentence)


def find_cause_of(work: Work, command: FindComplaintCause) -> Done:
    """Those found before stay in the journal."""
    cause = _cause(command.cause)
    voice = work.voice(command.complaint, command.seen)
    became = found(voice, cause.value)
    if became != voice:
        became = work.put_voice("complaint_cause", voice, became)
    sentence = N_("complaint {id}: its root cause is {cause}")
    if cause is Cause.UNKNOWN:
        sentence = N_("complaint {id}: the cause is still to be found, before it can be closed")
    return _done(became, sentence, cause=CAUSES[cause])


def close_complaint(work: Work, command: CloseComplaint) -> Done:
    """What was found only now is kept with it."""
    cause = _cause(command.cause).value if command.cause else None
    voice = work.voice(command.complaint, command.seen)
    known = voice if cause is None else found(voice, cause)
    became = close(known, at=work.at, by=work.who.operator, gone=_is_gone(work, voice))
    return _done(work.put_voice("complaint_closed", voice, became), N_("complaint {id} closed"))


def withdraw_voice(work: Work, command: WithdrawVoice) -> Done:
    """With its reason, and for good: it is written down anew where that was a slip."""
    why = needed(command.reason, N_("reason"), limit=REASON)
    voice = work.voice(command.voice, command.seen)
    fact = "praise_withdrawn" if voice.praise else "complaint_withdrawn"
    after = withdraw(voice, why, at=work.at, by=work.who.operator)
    became = work.put_voice(fact, voice, after)
    praised = N_("praise {id} withdrawn: it counts nowhere")
    return _done(became, praised if voice.praise else N_("complaint {id} withdrawn"))


def act_on_complaint(work: Work, command: ActOnComplaint) -> Done:
    """One action for one complaint, as for a bad answer."""
    work.hold_order_of(command.complaint)
    voice = work.voice(command.complaint, command.seen)
    if voice.praise:
        raise PraiseHasNoAnswer(id=voice.id)
    if voice.stand is Stand.WITHDRAWN:
        raise ComplaintOver(id=voice.id, stand=STANDS[voice.stand])
    if lacks_cause(voice):
        raise CauseLacking(id=voice.id)
    known = work.action_of_voice(voice)
    if known is not None:
        raise ComplaintHasAction(id=voice.id, action=known)
    if voice.number is None:
        voice = _with_order(work, voice)
    order = work.order(voice.number or 0)
    return begin_action(
        work,
        (Finding.COMPLAINT, voice.id, voice.received_at),
        order,
        problem=voice.said or order.title,  # words that were erased are no problem to read
        cause=voice.cause,
        contained=voice.answer,
        owner=command.owner,
        due_at=command.due_at,
    )


def _with_order(work: Work, voice: Voice) -> Voice:
    """An order to see to it: what is to be done is followed somewhere; for nobody erased."""
    title = voice.said.split("\n", 1)[0][:TITLE_MOST] or UNSAID.format(id=voice.id)
    whose = None if _is_gone(work, voice) else voice.customer
    made = new_order(
        work, NewOrder(title=title, site=voice.site, customer=whose, asset=voice.asset)
    )
    work.flush()
    return work.put_voice("complaint_tied", voice, evolve(voice, number=made.numbers[0]))


def _is_gone(work: Work, voice: Voice) -> bool:
    """Whether its customer was erased: nobody is to call him any more."""
    if voice.customer is None:
        return False
    return work.entry_values("customer", voice.customer)["erased_at"] is not None


UNSAID = "complaint 投诉 {id}"
"""The title of an order for a complaint whose words were erased, in both languages at once."""
TITLE_MOST = 120
"""So many characters of his words are the title of an order that is made for them."""


def _cause(word: str) -> Cause:
    return Cause(one_of(word, list(Cause), N_("root cause")))


def _done(voice: Voice, sentence: str, **facts: Any) -> Done:
    numbers = () if voice.number is None else (voice.number,)
    told = {"id": voice.id, "stand": STANDS[voice.stand], **facts}
    return Done(sentence=sentence, facts=told, numbers=numbers)


VOICES_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    KeepComplaint: keep_complaint,
    KeepPraise: keep_praise,
    AnswerComplaint: answer_complaint,
    FindComplaintCause: find_cause_of,
    CloseComplaint: close_complaint,
    WithdrawVoice: withdraw_voice,
    ActOnComplaint: act_on_complaint,
}
"""What is done about them; nothing of it is taken back, they are withdrawn instead."""

__all__ = [
    "VOICES_DONE",
    "ActOnComplaint",
    "AnswerComplaint",
    "CloseComplaint",
    "FindComplaintCause",
    "KeepComplaint",
    "KeepPraise",
    "WithdrawVoice",
]
