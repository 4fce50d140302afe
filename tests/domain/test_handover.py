"""Laws of the difference that a hand-over tells."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from store.domain.facts import FACTS
from store.domain.handover import (
    ENDINGS,
    EXCEPTIONS,
    PROMISES,
    RISKS,
    TOLD,
    WORDS,
    Entry,
    Item,
    Part,
    desk_of,
    happened,
    worst_of,
)
from store.domain.lifecycle import Category
from store.domain.who import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

START = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
NUMBERS = (1, 2, 3)

facts = st.sampled_from(sorted(TOLD | {"assigned", "noted"}))
standing = st.fixed_dictionaries({number: st.sampled_from(Category) for number in NUMBERS})


def _entry(seq: int, number: int, fact: str, undoes: int | None = None) -> Entry:
    at = START + timedelta(seconds=seq)
    return Entry(seq=seq, at=at, number=number, fact=fact, deed=seq, undoes=undoes)


@st.composite
def journals(draw: st.DrawFn, *, undo: bool = True) -> list[Entry]:
    """Entries of three orders; some take an earlier one of the same order back."""
    told: list[Entry] = []
    for seq in range(1, draw(st.integers(0, 25)) + 1):
        number, fact = draw(st.sampled_from(NUMBERS)), draw(facts)
        before = [entry.seq for entry in told if entry.number == number]
        if fact == "undone" and not (undo and before):
            fact = "noted"
        undoes = draw(st.sampled_from(before)) if fact == "undone" else None
        told.append(_entry(seq, number, fact, undoes))
    return told


def _exceptions(items: Sequence[Item]) -> Counter[tuple[int, str]]:
    counts: Counter[tuple[int, str]] = Counter()
    for item in items:
        if item.part is Part.EXCEPTION:
            counts[item.number, item.what] += item.count
    return counts


@given(journals(undo=False), standing, st.integers(0, 25))
def test_two_shifts_tell_what_one_long_shift_would(
    told: list[Entry], now: dict[int, Category], cut: int
) -> None:
    """Nothing falls between two hand-overs, and nothing is told by both."""
    whole = happened(told, now)
    early, late = happened(told[:cut], now), happened(told[cut:], now)
    assert _exceptions(whole) == _exceptions(early) + _exceptions(late)
    ended = {
        frozenset(i.number for i in items if i.part is Part.FINISHED) for items in (whole,)
    }.pop()
    assert ended == {i.number for i in (*early, *late) if i.part is Part.FINISHED}


@given(journals(), standing)
def test_what_is_told_has_happened_and_stands(told: list[Entry], now: dict[int, Category]) -> None:
    """Each order is finished at most once, and only while it is; each reason is told once."""
    items = happened(told, now)
    keys = [(item.part, item.number, item.what) for item in items]
    assert len(keys) == len(set(keys))
    finished = [item.number for item in items if item.part is Part.FINISHED]
    assert len(finished) == len(set(finished))
    assert all(now[number] is Category.DONE for number in finished)
    facts_of = {(entry.number, entry.fact) for entry in told}
    assert {(item.number, item.what) for item in items} <= facts_of
    moments = {entry.at for entry in told}
    assert all(item.at in moments for item in items)


@given(journals(), standing, st.randoms(use_true_random=False))
def test_the_journal_has_the_order_not_whoever_reads_it(
    told: list[Entry], now: dict[int, Category], random: Random
) -> None:
    """Entries may come in any order."""
    mixed = list(told)
    random.shuffle(mixed)
    assert happened(mixed, now) == happened(told, now)


@given(journals(), standing)
def test_orders_do_not_touch_each_other(told: list[Entry], now: dict[int, Category]) -> None:
    """What is told of one order is what would be told were it the only one."""
    whole = happened(told, now)
    for number in NUMBERS:
        alone = happened([entry for entry in told if entry.number == number], now)
        assert alone == tuple(item for item in whole if item.number == number)


def test_what_was_taken_back_is_told_as_that() -> None:
    """And what was taken back again stands as it was."""
    declined, undone = _entry(1, 1, "declined"), _entry(2, 1, "undone", 1)
    now = {1: Category.OPEN}
    assert _exceptions(happened([declined], now)) == {(1, "declined"): 1}
    assert _exceptions(happened([declined, undone], now)) == {(1, "undone"): 1}
    recalled = happened([declined, undone], now, frozenset({1}))
    assert _exceptions(recalled) == {(1, "recalled"): 1}
    again = _entry(3, 1, "undone", 2)
    assert _exceptions(happened([declined, undone, again], now)) == {
        (1, "declined"): 1,
        (1, "undone"): 1,
    }


risk_items = st.builds(
    lambda number, what, after: Item(
        part=Part.RISK, number=number, what=what, at=START + timedelta(minutes=after)
    ),
    st.integers(1, 6),
    st.sampled_from(sorted(RISKS)),
    st.integers(-99, 99),
)


@given(st.lists(risk_items))
def test_each_order_is_one_risk_the_worst_first(found: list[Item]) -> None:
    """A human ticks each: none twice, none left out."""
    worst = worst_of(found)
    assert Counter(item.number for item in worst) == Counter({i.number for i in found})
    ranks = [list(RISKS).index(item.what) for item in worst]
    assert ranks == sorted(ranks)
    for item in worst:
        others = [list(RISKS).index(i.what) for i in found if i.number == item.number]
        assert list(RISKS).index(item.what) == min(others)


def test_every_reason_has_its_words() -> None:
    """And every fact that is told is one."""
    assert FACTS.keys() >= TOLD
    assert {*ENDINGS, *EXCEPTIONS, *RISKS, *PROMISES, "recalled"} == WORDS.keys()


@given(st.frozensets(st.integers(1, 99)), st.frozensets(st.integers(1, 99)))
def test_desks_of_other_sites_are_other_desks(one: frozenset[int], other: frozenset[int]) -> None:
    """The whole desk is none of them, and neither is that of nobody's sites."""
    assert (desk_of(Scope(one)) == desk_of(Scope(other))) is (one == other)
    assert desk_of(Scope()) != desk_of(Scope(one))
