"""`paidan do` over sets that nobody named one by one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store.commands import SaveSite
from store.domain.who import Who
from store.records import open_records
from tests.console.conftest import AT
from tests.console.typed import plain

if TYPE_CHECKING:
    from tests.console.typed import Do

pytestmark = pytest.mark.usefixtures("plain_surroundings")
WHO = Who(operator=2, via="test")


def test_of_a_filter_those_that_can_are_done(do: Do) -> None:
    """Nobody named each of them; those that are over are left out, those that refuse are told."""
    plain(do, "ca 1 ;sold")
    told = plain(do, "as (lift #1,5,6) L2")
    assert told["orders"] == [5]
    assert "not for 1: order 6 cannot be assigned" in told["message"]
    assert "1 that is over is left out" in plain(do, "p (lift #1,2) 4", "--dry-run")["message"]
    assert plain(do, "p (lift #1,2 state:all) 4")["orders"] == [2]
    everyone = plain(do, "x (state:live)", code=1)
    assert everyone["message"].startswith("none of the 5 can: order 6 cannot be closed while")
    assert "--yes" not in everyone["message"]


def test_a_name_that_means_several_wants_a_yes(do: Do) -> None:
    """However few orders that are; exactly named it does not."""
    with closing(open_records(do.url, feed=False)) as records:  # type: ignore[attr-defined]
        records.do(SaveSite(code="HR", name="Head Road", zone="UTC"), who=WHO, at=AT)
    told = plain(do, "p (#2 site:head) 4", code=1)
    assert "site:head is any of 2: Head Road, Head office: say --yes" in told["message"]
    assert plain(do, "p (#2 site:head) 4", "--yes")["orders"] == [2]
    assert plain(do, "p (#2 site=HQ) 3")["orders"] == [2]
