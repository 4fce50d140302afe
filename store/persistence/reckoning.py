"""Orders on the hours of today: one that they cannot be told of keeps no other from them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from store.domain.advance import reclock
from store.domain.reckon import is_outdated
from store.domain.words import N_
from store.persistence.saving import foresee
from store.persistence.trouble import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.persistence.order_work import OrderWork

log = logging.getLogger("paidan.reckoning")


def reckoned(
    work: OrderWork, numbers: Iterable[int], *, if_outdated: bool = False
) -> tuple[list[tuple[WorkOrder, WorkOrder, tuple[Fact, ...]]], int]:
    """Each of these orders before and after, with what to journal; and how many there is no after.

    Those keep their times and are logged: a doctor shows them until their calendar is mended.
    `if_outdated`, one whose clocks are on the hours of today stays as it is.
    """
    found, failed = [], dict[int, Exception]()
    for number, order in work.orders(numbers).items():
        try:
            rules = work.rules_to_reckon(order)
            stays = if_outdated and not is_outdated(order, rules)
            after, facts = (order, ()) if stays else reclock(order, rules=rules, at=work.at)
            foresee(work.known(number), after, rules)
        except Exception as error:
            if told(error) is not None:
                raise
            failed[number] = error
        else:
            found.append((order, after, facts))
    if failed:
        first = min(failed)
        said = N_("%d orders cannot be reckoned and keep their times, the first is %d: %s")
        log.warning(said, len(failed), first, failed[first])
    return found, len(failed)
