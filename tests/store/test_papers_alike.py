"""Two certificates of one technician whose names differ in capitals: the one that holds counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import SaveCertificate, SaveKind
from store.domain.who import Who
from store.queries.heeds import Heeds
from tests.store.desk import ANA, do, minutes
from tests.store.recommend_desk import asked, desk, offered, order
from tests.store.test_replan import board

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

__all__ = ["desk"]

ENDED, HOLDS = minutes(-60), minutes(6000)


@pytest.mark.parametrize("ends", [(ENDED, HOLDS), (HOLDS, ENDED), (ENDED, None), (None, ENDED)])
def test_the_one_that_holds_longest_counts(
    desk: Records, ends: tuple[datetime | None, datetime | None]
) -> None:
    """Whichever was entered last; for who should go, a plan, a look at the rules, and a sending."""
    admin = Who(operator=2)
    do(desk, SaveKind(code="boiler", name="Boiler", certificate="GAS"), who=admin)
    for name, until in zip(("Gas", "gas"), ends, strict=True):
        do(desk, SaveCertificate(technician="AN", name=name, expires_at=until), who=admin)
    number = order(desk, site="A", kind="boiler")
    assert offered(asked(desk, number)) == ["AN"]
    task = next(iter(board(desk).present.tasks))
    assert set(task.able) == {4}
    heeded = desk.ask(Heeds(numbers=(number,)), who=ANA, at=minutes(1))[number]
    assert 4 not in heeded.against
    with desk.work(who=ANA, at=minutes(1)) as work:
        assert work.bars_of(work.order(number), 4) == ()
