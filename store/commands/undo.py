"""Taking a command back, whole; taking that back does it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.besides import with_passed
from store.commands.families import check_standing
from store.commands.project_orders import stage_of
from store.commands.undo_meant import meant
from store.commands.undo_things import only_things, put_things_back, refusal_of
from store.commands.undo_words import called, name_if_here, none_taken, several
from store.domain.deeds import DeedKind, deeds_of
from store.domain.errors import OrderUnknown, Refusal
from store.domain.families import PUT_BACK, FamilyRefused
from store.domain.intents import Command, Done
from store.domain.lifecycle import STATES
from store.domain.project_refusals import ProjectUnknown
from store.domain.undo import obstacle, original, take_back, worded
from store.domain.undo_refusals import AlreadyTakenBack, NotTakenBack, OthersToo
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from store.domain.deeds import Deed, Told
    from store.domain.undo import TakenBack
    from store.persistence.undoing import Touched
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Command):
    """Take back the asker's last command, or the one meant; of several orders all or none."""

    entry: int | None = None
    """Any journal entry of the command."""
    number: int | None = None
    """The newest command in effect on this order, whoever gave it."""
    redo: bool = False
    """Take back the asker's last taking back instead, so that it is done again."""
    partly: bool = False
    """Whether orders that cannot be put back may stay, and are told."""


def undo(work: Work, command: Undo) -> Done:
    """Every order, calendar and plan of the command as it was before it."""
    deed, passed = meant(work, entry=command.entry, number=command.number, redo=command.redo)
    return with_passed(_undone(work, deed, command), passed)


def _undone(work: Work, deed: Touched, command: Undo) -> Done:
    if not deed.numbers:
        return only_things(work, deed, partly=command.partly)
    work.orders(work.with_parents(deed.numbers))  # locked together, before their journals are read
    taken: dict[int, TakenBack] = {}
    done_at: dict[int, datetime] = {}
    stay: dict[int, Refusal] = {}
    unseen: set[int] = set()
    firsts: dict[int, Deed] = {}
    again, found, whole = False, False, False
    for number, story in work.stories(deed.numbers).items():
        deeds = deeds_of(story)
        mine = next(held for held in deeds if held.id == deed.id)
        (firsts[number], again), found = original(mine, deeds), True
        whole = whole or mine.kind is DeedKind.FAMILY  # parent and child tell the same
        try:
            taken[number] = _without(work, number, story, mine, deeds)
            done_at[number] = mine.main.at
        except OrderUnknown:
            unseen.add(number)
        except NotTakenBack as refusal:
            stay[number] = refusal
    stay = _still(stay, some=bool(taken))
    _check_families(work, taken, stay)
    _check_projects(work, taken, stay)
    others, of = bool(taken) and not whole, len(deed.numbers)
    if not found or ((stay or unseen) and not (command.partly and others)):
        raise none_taken(deed.id, stay, of=of, others=others, unseen=len(unseen))
    for number, back in taken.items():
        work.keep_taken_back(number, back, done_at=done_at[number])
    _put_things_back(work, deed, partly=command.partly)
    numbers = tuple(taken)
    people = {who for back in taken.values() for who in back.recalled}
    what = called(work, firsts.values(), recalled=people)
    if len(deed.numbers) > 1:
        recalled = _names(work, (who for back in taken.values() for who in back.recalled))
        return several(what, numbers, again=again, stay=stay, recalled=recalled)
    return _one(work, what, numbers[0], taken[numbers[0]], again=again)


def _still(stay: dict[int, Refusal], *, some: bool) -> dict[int, Refusal]:
    """Those that stay for a reason: what was taken back in part goes on with the others."""
    others = {n: why for n, why in stay.items() if not isinstance(why, AlreadyTakenBack)}
    return others if some or others else stay


def _put_things_back(work: Work, deed: Touched, *, partly: bool) -> None:
    """The calendars that were acknowledged with the orders ring again, or nothing does."""
    _back, stay = put_things_back(work, deed)
    if stay and not partly:
        raise refusal_of(stay, of=len(deed.numbers) + len(deed.things))


def _without(
    work: Work, number: int, story: Sequence[Told], deed: Deed, deeds: Sequence[Deed]
) -> TakenBack:
    order = work.order(number)
    why = obstacle(deed, deeds)
    if why is not None:
        raise worded(number, why, by=work.name_of(why.later.by) if why.later else "")
    told: dict[str, Any] = {"rules_of": work.rules, "turned_out": work.turned_out}
    return take_back(order, story, deed, **told, at=work.at, by=work.who.operator)


def _check_families(work: Work, taken: dict[int, TakenBack], stay: dict[int, Refusal]) -> None:
    """Let those stay that would contradict a parent or a child; each may hold up another one."""
    while True:
        becoming = {number: back.order for number, back in taken.items()}
        refused: dict[int, Refusal] = {}
        for number, after in becoming.items():
            try:
                check_standing(work, work.order(number), after, PUT_BACK, becoming)
            except FamilyRefused as refusal:
                refused[number] = refusal
        if not refused:
            return
        stay |= refused
        for number in refused:
            del taken[number]


def _check_projects(work: Work, taken: dict[int, TakenBack], stay: dict[int, Refusal]) -> None:
    """Let those stay that would be again a part of a project that takes no work there by now."""
    for number, back in sorted(taken.items()):
        before, after = work.order(number), back.order
        stage = after.project_stage
        if after.project is None or (after.project, stage) == (
            before.project,
            before.project_stage,
        ):
            continue
        try:
            stage_of(work, work.project(after.project), stage)
        except ProjectUnknown:
            stay[number] = OthersToo()
        except Refusal as refusal:
            stay[number] = refusal
        if number in stay:
            del taken[number]


def _one(work: Work, what: str, number: int, taken: TakenBack, *, again: bool) -> Done:
    state: str = STATES[taken.order.state].label
    holder = taken.order.technician and name_if_here(work, taken.order.technician)
    if holder:
        state = N_("{state} → {technician}").format(state=state, technician=holder)
    facts = {"number": number, "what": what, "state": state}
    sentence = (
        N_("order {number}: “{what}” done again, it is {state}")
        if again
        else N_("order {number}: “{what}” taken back, it is {state}")
    )
    if taken.recalled:
        facts["recalled"] = _names(work, taken.recalled)
        sentence = N_("order {number}: “{what}” taken back, it is {state}; recalled: {recalled}")
    return Done(sentence=sentence, facts=facts, numbers=(number,))


def _names(work: Work, technicians: Iterable[int]) -> str:
    """Each once, in the order in which they come."""
    return ", ".join(work.technician(who).name for who in dict.fromkeys(technicians))
