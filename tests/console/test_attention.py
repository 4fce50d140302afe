"""What a console tells of the order before it: late enough, seldom enough, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st

from console.attention import IDLE, MOST, RENEW_EVERY, WITHIN, Attention
from console.render_presence import claimed, said_of
from store.domain.presence import LEASE
from store.queries.presence import Attendance

if TYPE_CHECKING:
    from console.attention import Meant

AT = datetime(2026, 9, 21, 6, 2, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """So many seconds later."""
    return AT + timedelta(seconds=seconds)


def told(
    attention: Attention, meant: Meant | None, *, to: int, since: int = 0
) -> list[tuple[int, object]]:
    """What is written in a tick a second: the second, and the order and form or None."""
    found: list[tuple[int, object]] = []
    for second in range(since, to):
        step = attention.step(meant, at=after(second))
        if step is not None:
            what = None if step.told is None else (step.told.number, step.told.doing)
            found.append((second, what))
    return found


def test_an_order_passed_over_is_not_told() -> None:
    """Only one that stays chosen for three seconds; what is left is taken back as late."""
    attention = Attention()
    assert told(attention, (7, ""), to=3) == []
    assert told(attention, (8, ""), since=3, to=8) == [(6, (8, ""))]
    assert told(attention, None, since=8, to=14) == [(11, None)]
    assert not attention.tells


def test_a_form_is_told_sooner_and_one_order_at_a_time() -> None:
    """The claim is wanted while it can still warn somebody."""
    attention = Attention()
    assert told(attention, (7, ""), to=5) == [(3, (7, ""))]
    assert told(attention, (7, "note"), since=5, to=9) == [(6, (7, "note"))]


def test_it_is_renewed_well_within_its_lease() -> None:
    """One lost renewal makes nobody vanish."""
    renewed = told(Attention(), (7, "note"), to=62)
    assert [second for second, _what in renewed] == [1, 21, 41, 61]
    assert 2 * RENEW_EVERY < LEASE


def test_a_console_that_nobody_sits_at_looks_at_nothing() -> None:
    """What the screen still shows in the night is read by nobody, and nothing is written."""
    attention = Attention()
    attention.key_at = AT
    assert attention.step((7, ""), at=AT) is None
    assert attention.step((7, ""), at=after(3)) is not None
    late = AT + IDLE + timedelta(seconds=1)
    assert attention.step((7, ""), at=late) is None
    gone = attention.step((7, ""), at=late + timedelta(seconds=3))
    assert gone is not None
    assert gone.told is None
    assert attention.step((7, ""), at=late + timedelta(seconds=60)) is None


def test_what_could_not_be_written_is_tried_again() -> None:
    """At the next tick, not at the next renewal."""
    attention = Attention()
    assert told(attention, (7, "note"), to=2) == [(1, (7, "note"))]
    attention.lost()
    assert told(attention, (7, "note"), since=2, to=9) == [(2, (7, "note"))]


MEANT = st.none() | st.tuples(st.integers(1, 3), st.sampled_from(["", "note", "wait"]))


@given(st.lists(st.tuples(st.sampled_from([1, 2, 5, 20]), MEANT), max_size=60))
@example([(2, (place % 3 + 1, "note")) for place in range(30)])
def test_however_fast_hands_are_little_is_written(turns: list[tuple[int, Meant | None]]) -> None:
    """Never more than so many in so long, and a lease outlives the longest wait."""
    attention, second = Attention(), 0
    written: list[datetime] = []
    for seconds, meant in turns:
        steps = told(attention, meant, since=second, to=second + seconds)
        written += [after(moment) for moment, _what in steps]
        second += seconds
    for first, last in zip(written, written[MOST:], strict=False):
        assert last - first >= WITHIN
    assert LEASE > WITHIN


def attendance(**more: Any) -> Attendance:
    """Wang writes a note on order 7 since 14:02 in Shanghai."""
    facts: dict[str, Any] = {"number": 7, "name": "Wang", "mine": False, "doing": "note"}
    return Attendance(**{"since": AT, "until": after(45), **facts, **more})


def test_who_is_there_is_said_in_words() -> None:
    """Who looks, who writes with which form, and that it is oneself; a name is made safe."""

    def said(**more: object) -> str:
        return said_of(attendance(**more), at=AT, zone=UTC)

    assert said(doing="") == "Wang looks at it"
    assert said() == "Wang is writing on it since 06:02 (Note)"
    assert said(doing="what a newer program has") == "Wang is writing on it since 06:02 (a form)"
    assert said(mine=True, doing="") == "you have it open at another console"
    assert said(mine=True).startswith("you are writing on it at another console since 06:02")
    assert "\x1b" not in said(name="\x1b[31mWang" + "x" * 500)
    assert len(said(name="x" * 500)) < 100
    assert claimed([attendance()], at=AT, zone=UTC).endswith("; you may go on")


def test_a_lease_that_is_over_is_shown_nowhere_and_asked_about_once() -> None:
    """The sign, the line and the claim go together."""
    attention = Attention()
    attention.seen = (attendance(), attendance(number=8, doing=""))
    assert attention.signs(at=AT) == {7: "*", 8: "@"}
    assert [one.number for one in attention.claims(7, at=AT)] == [7]
    assert attention.claims(8, at=AT) == ()
    assert not attention.lapse(at=after(44))
    assert attention.signs(at=after(45)) == {}
    assert attention.at_order(7, at=after(45)) == ()
    assert attention.lapse(at=after(45))
    assert not attention.lapse(at=after(46))
