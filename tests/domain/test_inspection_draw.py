"""Laws of the draw of inspections, and its published rule told again without a line of ours."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.errors import BadInput
from store.domain.inspection_draw import Candidate, Reason, digest, draw, read, written
from store.domain.inspection_sheet import (
    USUAL,
    read_sheet,
    scores_read,
    scores_written,
    total_of,
    usual_sheet,
)
from store.domain.inspection_weeks import monday_of, week_of

if TYPE_CHECKING:
    from datetime import date
    from random import Random

seeds = st.text("0123456789abcdef", min_size=1, max_size=32)
shares = st.integers(0, 100)
reasons = st.lists(st.sampled_from(["first", "bad", "asset", "back"]), max_size=2, unique=True)
people = st.one_of(st.none(), st.integers(1, 5))
populations = st.dictionaries(st.integers(1, 10**6), st.tuples(people, reasons), max_size=40).map(
    lambda held: [
        Candidate(number=number, technician=who, reasons=tuple(why))
        for number, (who, why) in held.items()
    ]
)


@given(seeds, shares, populations, st.randoms(use_true_random=False))
def test_a_seed_draws_the_same_in_whatever_order(
    seed: str, share: int, population: list[Candidate], random: Random
) -> None:
    """Once more, and from a population that is shuffled, written and read again."""
    drawn = draw(seed, share, population)
    random.shuffle(population)
    assert draw(seed, share, population) == drawn
    assert draw(seed, share, read(written(population))) == drawn
    assert digest(written(population)) == digest(written(list(reversed(population))))


@given(seeds, shares, populations)
def test_each_has_his_share_and_what_is_certain_is_drawn_besides(
    seed: str, share: int, population: list[Candidate]
) -> None:
    """Rounded up, so that nobody who did anything is left out as long as there is a share."""
    drawn = draw(seed, share, population)
    certain = {one.number: one for one in population if one.reasons}
    assert certain.items() <= {one.number: one for one in drawn}.items()
    lot = Counter(one.technician for one in drawn if one.number not in certain)
    rest = Counter(one.technician for one in population if not one.reasons)
    for who, count in rest.items():
        assert lot[who] == math.ceil(share * count / 100)
    assert all(one.reasons == (Reason.LOT.value,) for one in drawn if one.number not in certain)
    if share:
        assert {one.technician for one in drawn} == {one.technician for one in population}


@given(seeds, shares, populations, st.lists(st.integers(2 * 10**6, 3 * 10**6), unique=True))
def test_one_more_technician_changes_nobody_elses_lot(
    seed: str, share: int, population: list[Candidate], more: list[int]
) -> None:
    """Each is drawn among his own."""
    others = [Candidate(number=number, technician=99) for number in more]
    after = draw(seed, share, population + others)
    assert tuple(one for one in after if one.technician != 99) == draw(seed, share, population)


@given(seeds, st.integers(1, 100), populations)
def test_the_published_rule_gives_the_same(
    seed: str, share: int, population: list[Candidate]
) -> None:
    """As anybody would write it down who reads what the command prints."""
    wanted = {one.number for one in population if one.reasons}
    for who in {one.technician for one in population}:
        mine = [one.number for one in population if one.technician == who and not one.reasons]
        mine.sort(key=lambda n: hashlib.sha256(f"{seed}:{n}".encode()).hexdigest())
        wanted |= set(mine[: math.ceil(len(mine) * share / 100)])
    assert [one.number for one in draw(seed, share, population)] == sorted(wanted)


@given(st.dates())
def test_a_week_is_known_by_any_of_its_days(day: date) -> None:
    """Also about the turn of a year."""
    if not 1901 <= day.year < 2899:
        return
    monday = monday_of(week_of(day))
    assert (monday.weekday(), 0 <= (day - monday).days < 7) == (0, True)


@pytest.mark.parametrize("week", ["2026", "2026-W54", "2026-W00", "2027-W53", "W47", "2026-47"])
def test_what_is_no_week_is_refused(week: str) -> None:
    with pytest.raises(BadInput):
        monday_of(week)


@given(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=5, max_size=5))
def test_a_total_is_of_what_applies(scores: list[int | None]) -> None:
    """The best is all, the worst nothing; what does not apply neither helps nor harms."""
    sheet = usual_sheet()
    if not any(one is not None for one in scores):
        with pytest.raises(BadInput):
            scores_read(sheet, "- - - - -")
        return
    assert scores_read(sheet, scores_written(scores)) == tuple(scores)
    whole = sum(c.weight for c, s in zip(sheet.criteria, scores, strict=True) if s is not None)
    got = sum(c.weight * (s or 0) for c, s in zip(sheet.criteria, scores, strict=True))
    assert abs(total_of(sheet, scores) - 250 * got / whole) <= 0.5
    worst = [None if one is None else 0 for one in scores]
    best = [None if one is None else 4 for one in scores]
    assert (total_of(sheet, worst), total_of(sheet, best)) == (0, 1000)


@pytest.mark.parametrize("said", ["4 3 - 4", "4 3 - 4 5", "44444 4", "", "x", "4 3 2 1 ½"])
def test_scores_that_are_none_are_refused(said: str) -> None:
    with pytest.raises(BadInput):
        scores_read(usual_sheet(), said)


def test_scores_may_stand_close_together() -> None:
    """With a sign or a comma, as they are typed."""
    assert scores_read(usual_sheet(), "43-n2") == (4, 3, None, None, 2)
    assert scores_read(usual_sheet(), "4,3，- 不适用 2") == (4, 3, None, None, 2)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "*"', 'kind = ""'), ("version = 1", "version = 0"), ("weight = 2", "weight = 0"),
        ("weight = 2", "weight = true"), ("weight = 2", "weigh = 2"), ('"work"', '"arrival"'),
        ('"work"', '"Work it"'), ("[[criterion]]", "[[step]]"), ("title", "# title"),
        ("Came", "\u202eCame"), ("Came", "\x1b[31mCame"), ('kind = "*"', "kind = ["),
        ("version = 1", "version = " + "9" * 5000),
    ],
)  # fmt: skip
def test_a_sheet_with_a_fault_is_refused_with_what_is_right(old: str, new: str) -> None:
    """Nothing of it is taken."""
    assert old in USUAL
    with pytest.raises(BadInput):
        read_sheet(USUAL.replace(old, new, 1))
