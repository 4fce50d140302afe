"""What becomes of a command while the store is away: it is put by, and sent once it is back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from console.carrying import Outcome, carry_out, told
from console.waiting import Waiting, numbers_of
from store.domain.errors import Refusal, StoreBusy, StoreTrouble
from store.domain.intents import Done

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from console.errand import Errand
    from console.pile import Pile
    from console.seat import Seat


def carry_or_park(
    seat: Seat, errand: Errand, key: str, pile: Pile, *, away: StoreTrouble | None
) -> Outcome:
    """Do the command of an errand, or have it wait; blocks, touches no widget, raises nothing.

    Nothing overtakes what waits and may be about the same order. Where the store is known to be
    `away` it is not asked first: the operator need not wait to hear what he sees.
    """
    pile.trying(key)
    try:
        if away is None and not _is_behind(seat, errand, pile):
            outcome = carry_out(seat, errand, key)
            if not (isinstance(outcome.result, StoreTrouble) and outcome.result.may_wait):
                if errand.instead and isinstance(outcome.result, Done):
                    pile.drop_id(errand.instead)
                return outcome
            away = outcome.result
        try:
            parked = to_wait(seat, errand, key)
            pile.add(parked, instead=errand.instead)
        except Exception as error:  # noqa: BLE001  whatever it is, the operator is told
            return Outcome(result=error)
        return Outcome(result=away or StoreBusy(), parked=parked, behind=away is None)
    finally:
        pile.tried(key)


def to_wait(seat: Seat, errand: Errand, key: str) -> Waiting:
    """What waits in place of an errand: its command, else the line that it came from."""
    command = errand.made
    try:
        if command is None:
            assert errand.action.make is not None
            command = errand.action.make(errand.line, errand.told, seat.ask)
    except StoreTrouble as trouble:
        if errand.line_kept is None or not trouble.may_wait:
            raise
    return Waiting(
        action=errand.action.id,
        texts=_texts(errand),
        command=command,
        at=seat.now(),
        key=key,
        line=errand.line_kept if command is None else None,
    )


def keep_meanwhile(seat: Seat, errand: Errand, key: str, pile: Pile) -> None:
    """Put on disk what the store has been asked and does not answer; blocks, raises nothing."""
    if errand.made is not None or errand.line_kept is not None:
        line = errand.line_kept if errand.made is None else None
        pile.meanwhile(
            Waiting(
                action=errand.action.id,
                texts=_texts(errand),
                command=errand.made,
                at=seat.now(),
                key=key,
                line=line,
            )
        )


def _is_behind(seat: Seat, errand: Errand, pile: Pile) -> bool:
    """Whether something waits that is to be done before an errand; its command tells its orders."""
    if not pile.moves:
        return False
    try:
        assert errand.action.make is not None
        errand.made = errand.action.make(errand.line, errand.told, seat.ask)
    except StoreTrouble:
        return True  # who could tell
    except Exception:  # noqa: BLE001  it is told when it is carried out
        return False
    return pile.comes_before(numbers_of(errand.made))


def _texts(errand: Errand) -> dict[str, str]:
    if errand.typed:
        return {"": errand.typed}
    return {name: text for name, text in errand.texts.items() if text.strip()}


def send(
    pile: Pile,
    seat: Seat,
    said: Callable[[Done | None], None],
    *,
    zone: tzinfo | None = None,
) -> None:
    """Send all that may go, in order, until the store is away again; blocks, raises nothing.

    `said` hears of each that was done, and of None for one that now waits for the operator.
    """
    while (item := pile.next()) is not None:
        if item.is_old(at=seat.now()):
            pile.put(replace(item, held=True))
            said(None)
            continue
        try:
            if item.command is None:
                from console.late_reading import read_late

                read = read_late(item, seat, zone)
                pile.put(read)
                if read.held:
                    said(None)
                continue
            done = seat.do(item.command, key=item.key)
        except StoreTrouble as trouble:
            pile.trouble = trouble
            return
        except Exception as error:  # noqa: BLE001  whatever it is, the operator is told
            pile.refused(item, told(error))
            said(None)
        else:
            pile.trouble = None
            pile.sent(item, done)
            said(done)


def again(pile: Pile, seat: Seat, item: Waiting) -> None:
    """Have one sent that was held; one that was refused as by somebody who sees the orders now.

    Blocks; raises what the store raises, and the item stays as it is.
    """
    from store.queries.board import LineOf

    if item.is_old(at=seat.now()):  # its key tells nothing any more, and the operator has been told
        item = replace(item, at=seat.now(), key=uuid4().hex)
    if not item.why:  # perhaps done already: its key tells
        pile.put(replace(item, held=False))
        return
    versions: dict[int, int] = {}
    for number in item.numbers:
        try:
            line = seat.ask(LineOf(number=number))
        except StoreTrouble:
            raise
        except Refusal:
            continue
        if line is not None:
            versions[number] = line.version
    pile.put(item.as_seen(versions))
