"""Every screen in every size looks as it did when somebody looked at it last, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.snapshots.looks import KEPT
from tests.snapshots.views import EVERY_VIEW, VIEWS, View, looks_as_kept

if TYPE_CHECKING:
    from store.records import Records


@EVERY_VIEW
async def test_a_screen_looks_as_it_did(records: Records, view: View) -> None:
    """After a change that was meant: `make snapshots`, look at them, commit them."""
    await looks_as_kept(records, view, language="en")


def test_nothing_is_kept_of_what_is_no_screen_any_more() -> None:
    """A view that went takes its pictures along."""
    assert {file.stem for file in KEPT.iterdir()} == {view.name for view in VIEWS}
