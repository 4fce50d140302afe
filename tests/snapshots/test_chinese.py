"""Every screen in every size looks as it did when somebody looked at it last, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.snapshots.views import EVERY_VIEW, View, looks_as_kept

if TYPE_CHECKING:
    from store.records import Records


@EVERY_VIEW
async def test_a_screen_looks_as_it_did(records: Records, view: View) -> None:
    """After a change that was meant: `make snapshots`, look at them, commit them."""
    await looks_as_kept(records, view, language="zh_CN")
