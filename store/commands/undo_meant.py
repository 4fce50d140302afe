"""Which command is to be taken back: the one named, the newest of an order, or the asker's last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.deeds import DeedKind, deeds_of, in_effect
from store.domain.undo_refusals import (
    NoSuchDeed,
    NothingOnOrder,
    NothingToDoAgain,
    NothingToTakeBack,
    OnlyOrders,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.deeds import Deed
    from store.persistence.undoing import Touched
    from store.persistence.work import Work


def meant(work: Work, *, entry: int | None, number: int | None, redo: bool) -> Touched:
    """The command meant, and the orders that it touched."""
    if entry is not None:
        return _touched(work, entry)
    if number is not None:
        return _newest(work, number)
    return _own_redo(work) if redo else _own(work)


def _touched(work: Work, entry: int) -> Touched:
    found = work.touched(entry)
    if found is None or not found.numbers or not work.orders(found.numbers):
        raise NoSuchDeed(entry=entry)
    return found


def _newest(work: Work, number: int) -> Touched:
    work.order(number)
    deeds = deeds_of(work.stories([number])[number])
    active = in_effect(deeds)
    for deed in reversed(deeds):
        if deed.id in active and deed.undoes is None and deed.kind is not DeedKind.FIXED:
            return _touched(work, deed.id)
    raise NothingOnOrder(number=number)


def _own(work: Work) -> Touched:
    """The asker's newest command in effect; what only took back or did again is passed over."""
    for found, held in _own_deeds(work):
        if any(active and deed.undoes is None for deed, active in held):
            return found
    raise NothingToTakeBack


def _own_redo(work: Work) -> Touched:
    """The asker's newest taking back, unless he has done something else since."""
    for found, held in _own_deeds(work):
        if any(deed.undoes is None for deed, _active in held):
            break
        if any(active and not _is_redo(work, found, deed) for deed, active in held):
            return found
    raise NothingToDoAgain


def _is_redo(work: Work, found: Touched, deed: Deed) -> bool:
    for story in work.stories(found.numbers).values():
        target = next((held for held in deeds_of(story) if held.id == deed.undoes), None)
        if target is not None:
            return target.undoes is not None
    return False


def _own_deeds(work: Work) -> Iterator[tuple[Touched, list[tuple[Deed, bool]]]]:
    """The asker's commands, newest first, as each order knows it, and whether it is in effect."""
    for done in work.own_latest():
        found = work.touched(done.undo) if done.undo else None
        if found is None:
            raise OnlyOrders(what=done.sentence.format(**done.facts))
        held: list[tuple[Deed, bool]] = []
        for story in work.stories(found.numbers).values():
            deeds = deeds_of(story)
            active = in_effect(deeds)
            held += [(deed, deed.id in active) for deed in deeds if deed.id == found.id]
        yield found, held
