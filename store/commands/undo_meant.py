"""Which command is to be taken back: the one named, the newest of an order, or the asker's last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from store.domain.deeds import DeedKind, deeds_of, in_effect
from store.domain.desk_deeds import does_again, is_active
from store.domain.undo import original
from store.domain.undo_refusals import (
    NoSuchDeed,
    NothingOnOrder,
    NothingToDoAgain,
    NothingToTakeBack,
    OnlyOrders,
    TooFarBack,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.undoing import Touched
    from store.persistence.work import Work

_FAR: Final = 1_000
"""Commands of the asker behind which nothing is looked for."""


class Meant(NamedTuple):
    """A command, what it touched, and what the asker has done since that nothing takes back."""

    deed: Touched
    passed: tuple[str, ...] = ()


def meant(work: Work, *, entry: int | None, number: int | None, redo: bool) -> Meant:
    """The command meant; what was passed over to come to it is told with it."""
    if entry is not None:
        return Meant(_touched(work, entry))
    if number is not None:
        return Meant(_newest(work, number))
    passed: list[str] = []
    found = (_own_redo if redo else _own)(_own_deeds(work, passed))
    if found is not None:
        return Meant(found, tuple(dict.fromkeys(passed)))
    if passed:
        raise OnlyOrders(what=passed[0])
    raise NothingToDoAgain if redo else NothingToTakeBack


@dataclass(frozen=True, slots=True)
class _Held:
    """A command as an order knows it, or a calendar or a plan."""

    active: bool
    undoes: bool
    redoes: bool
    """Whether it did again what a taking back had taken away."""


def _touched(work: Work, entry: int) -> Touched:
    found = work.touched(entry)
    if found is None or not _sees(work, found):
        raise NoSuchDeed(entry=entry)
    return found


def _sees(work: Work, found: Touched) -> bool:
    """Whether any of it is there to be seen."""
    if found.numbers:
        return bool(work.orders(found.numbers))
    return any(work.sees(thing) for thing in found.things)


def _newest(work: Work, number: int) -> Touched:
    work.order(number)
    deeds = deeds_of(work.stories([number])[number])
    active = in_effect(deeds)
    for deed in reversed(deeds):
        if deed.id in active and deed.undoes is None and deed.kind is not DeedKind.FIXED:
            return _touched(work, deed.id)
    raise NothingOnOrder(number=number)


_OwnDeeds: TypeAlias = "Iterator[tuple[Touched, list[_Held]]]"


def _own(deeds: _OwnDeeds) -> Touched | None:
    """The asker's newest command in effect; what only took back or did again is passed over."""
    active = (found for found, held in deeds if any(one.active and not one.undoes for one in held))
    return next(active, None)


def _own_redo(deeds: _OwnDeeds) -> Touched | None:
    """The asker's newest taking back, unless he has done something else since."""
    for found, held in deeds:
        if any(not one.undoes for one in held):
            break
        if any(one.active and not one.redoes for one in held):
            return found
    return None


def _own_deeds(work: Work, passed: list[str]) -> _OwnDeeds:
    """The asker's commands, newest first, as each order, calendar and plan knows it.

    What none of these knows, nothing takes back: that is told in `passed`.
    """
    for count, done in enumerate(work.own_latest()):
        if count == _FAR:
            raise TooFarBack(count=_FAR)
        found = work.touched(done.undo) if done.undo else None
        if found is None or not (found.numbers or found.things):
            passed.append(done.sentence.format(**done.facts))
        else:
            yield found, [*_by_orders(work, found), *_by_things(work, found)]


def _by_orders(work: Work, found: Touched) -> Iterator[_Held]:
    for story in work.stories(found.numbers).values():
        deeds = deeds_of(story)
        active = in_effect(deeds)
        for deed in deeds:
            if deed.id == found.id:
                undoes = deed.undoes is not None
                yield _Held(deed.id in active, undoes, undoes and not original(deed, deeds)[1])


def _by_things(work: Work, found: Touched) -> Iterator[_Held]:
    for thing in found.things:
        story = work.story_of(thing, found.id)
        for told in story:
            if (told.deed or told.seq) == found.id:
                undoes = "undoes" in told.fact.body
                yield _Held(is_active(told, story), undoes, undoes and not does_again(told, story))
