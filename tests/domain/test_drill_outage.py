"""What a standstill of the system hid in a played drill, reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from store.domain.alarms import QUIET
from store.domain.drill.marks import scored
from store.domain.drill.outage import HIDDEN, Hidden, hidden
from store.domain.drill.played import Play
from store.domain.replay import epoch_ms
from tests.domain.test_drill_play import ANA, AT, CREW, at, order, seen

if TYPE_CHECKING:
    from store.domain.drill.played import Seen


def told(fact: str, number: int, due: float, *, entered: float = 9, **more: Any) -> Seen:
    """Entered once the system is up again, about a moment before."""
    return seen(entered, number, fact, due_at=epoch_ms(at(due)), **more)


PLAY = Play(
    entries=(
        seen(2, 1, "created"),
        seen(2, 1, "assigned", ANA, state="assigned"),
        told("breached", 1, 6, clock="respond"),
        told("rang", 1, 6, kind="breach", severity=1),  # says it again
        told("rang", 2, 7, kind="follow_up", severity=2),
        told("rang", 3, 7, kind="follow_up", severity=QUIET),
        told("breached", 3, 4, entered=4, clock="arrive"),  # before it
        told("breached", 3, 10, entered=10, clock="resolve"),  # after it
        seen(9, 4, "created"),
        seen(9, 5, "created"),
        seen(11, 1, "noted", ANA, note="called him"),
        seen(12, 4, "assigned", ANA, state="assigned"),
        seen(25, 2, "acknowledged", ANA),
        told("breached", 5, 8, entered=26, clock="respond"),
    ),
    orders={
        1: order(1, 1, opened=2),
        2: order(2, 3),
        3: order(3, 3),
        4: order(4, 2, opened=7.5),
        5: order(5, 4, opened=8.5),
    },
    crew=frozenset({1, CREW}),
    began=AT,
    ended=at(20),
    outages=((at(5), at(9)),),
)


def test_what_was_missed_is_told_with_when_it_was_seen() -> None:
    """What fell due, rang or came in meanwhile, once each; what came before or after is none."""
    assert hidden(PLAY) == (
        Hidden(what="due", number=1, at=at(6), seen_at=at(11), about="respond"),
        Hidden(what="rang", number=2, at=at(7), seen_at=None, about="follow_up"),
        Hidden(what="came", number=4, at=at(7.5), seen_at=at(12)),
        Hidden(what="came", number=5, at=at(8.5), seen_at=None),
    )


def test_the_score_says_how_long_after_that_was() -> None:
    """What was never seen has lasted until the end."""
    uncovered = scored(PLAY).uncovered
    assert list(uncovered) == list(HIDDEN)
    waits = {what: (one.count, one.never, one.worst_s) for what, one in uncovered.items()}
    assert waits == {"due": (1, 0, 300.0), "rang": (0, 1, 780.0), "came": (1, 1, 690.0)}


def test_without_an_outage_nothing_was_missed() -> None:
    """However late everything is seen."""
    score = scored(replace(PLAY, outages=()))
    assert score.hidden == ()
    assert all(one.count + one.never == 0 for one in score.uncovered.values())


@given(st.floats(0, 19), st.floats(0, 19), st.integers(1, 5))
def test_nothing_is_seen_before_the_system_is_up(begins: float, more: float, number: int) -> None:
    """Nor was anything missed that was not meanwhile."""
    over = min(20.0, begins + more)
    play = replace(PLAY, outages=((at(begins), at(over)),))
    for one in hidden(play):
        assert at(begins) < one.at <= at(over)
        assert one.seen_at is None or one.seen_at >= at(over)
    own = seen(over, number, "noted", ANA)
    found = hidden(replace(play, entries=(*play.entries, own)))
    assert all(one.seen_at == at(over) for one in found if one.number == number)
