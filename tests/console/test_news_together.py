"""News that wait together are heard together; a full look is never lost to a small one."""

from __future__ import annotations

from itertools import product

import pytest
from textual.app import App

from console.feed import NewsArrived


class Hearing(App[None]):
    """Keeps what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[NewsArrived] = []

    def on_news_arrived(self, message: NewsArrived) -> None:
        """One more."""
        self.heard.append(message)


_KINDS = tuple(product((False, True), repeat=2))


@pytest.mark.parametrize(("first", "second"), tuple(product(_KINDS, repeat=2)))
async def test_nothing_is_lost_where_two_wait(
    first: tuple[bool, bool], second: tuple[bool, bool]
) -> None:
    """Whatever was news of either is news of what is heard, and one's own still comes at once."""
    app = Hearing()
    async with app.run_test() as pilot:
        for number, (reload, own) in enumerate((first, second), 7):
            app.post_message(NewsArrived(number, frozenset({number}), reload=reload, own=own))
        await pilot.pause()
    assert any(one.concerns(7) for one in app.heard)
    assert any(one.concerns(8) for one in app.heard)
    assert any(one.concerns(99) for one in app.heard) == (first[0] or second[0])
    assert any(one.own for one in app.heard) == (first[1] or second[1])
    assert len(app.heard) == 1 or not second[0] or (first[1] and not second[1])
