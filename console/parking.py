"""What becomes of a command while the store is away: it is put by, and sent once it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.carrying import Outcome, carry_out, told
from console.waiting import Waiting, numbers_of
from store.domain.errors import Refusal, StoreBusy, StoreTrouble, StoreUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.errand import Errand
    from console.pile import Pile
    from console.seat import Seat
    from store.domain.intents import Done


def carry_or_park(
    seat: Seat, errand: Errand, key: str, pile: Pile, *, away: StoreTrouble | None
) -> Outcome:
    """Do the command of an errand, or have it wait; blocks, touches no widget, raises nothing.

    Nothing overtakes what waits about the same order. Where the store is known to be `away` it is
    not asked first: the operator need not wait to hear what he sees.
    """
    line = errand.line
    if away is None and (line is None or not pile.concerns((line.number,))):
        outcome = carry_out(seat, errand, key)
        if not isinstance(outcome.result, StoreUnreachable):
            return outcome
        away = outcome.result
    try:
        assert errand.action.make is not None
        command = errand.action.make(line, errand.told, seat.ask)
        parked = Waiting(
            action=errand.action.id,
            texts=_texts(errand),
            command=command,
            at=seat.now(),
            key=key,
        )
        pile.add(parked)
    except Exception as error:  # noqa: BLE001  whatever it is, the operator is told
        return Outcome(result=error)
    return Outcome(result=away or StoreBusy(), parked=parked)


def _texts(errand: Errand) -> dict[str, str]:
    if errand.typed:
        return {"": errand.typed}
    return {name: text for name, text in errand.texts.items() if text.strip()}


def send(pile: Pile, seat: Seat, said: Callable[[Done | None], None]) -> None:
    """Send all that may go, in order, until the store is away again; blocks, raises nothing.

    `said` hears of each that was done, and of None for one that now waits for the operator.
    """
    while (item := pile.next()) is not None:
        try:
            done = seat.do(item.command, key=item.key)
        except StoreTrouble:
            return
        except Exception as error:  # noqa: BLE001  whatever it is, the operator is told
            pile.refused(item, told(error))
            said(None)
        else:
            pile.sent(item, done)
            said(done)


def again(pile: Pile, seat: Seat, item: Waiting) -> None:
    """Have one sent that was held; one that was refused as by somebody who sees the orders now.

    Blocks; raises what the store raises, and the item stays as it is.
    """
    from dataclasses import replace

    from store.queries.board import LineOf

    if not item.why:  # perhaps done already: its key tells
        pile.put(replace(item, held=False))
        return
    versions: dict[int, int] = {}
    for number in numbers_of(item.command):
        try:
            line = seat.ask(LineOf(number=number))
        except StoreTrouble:
            raise
        except Refusal:
            continue
        if line is not None:
            versions[number] = line.version
    pile.put(item.as_seen(versions))
