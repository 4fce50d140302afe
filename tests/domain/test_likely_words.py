"""What a caller's words are taken to say, and whether two calls are one fault."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from store.domain.fault_places import elsewhere
from store.domain.fault_words import same, shared, words_of
from store.domain.finding.grams import grams
from store.domain.likely import Fault, why_likely
from tests.domain.likely_pairs import LEARNT, UNSEEN, Near, Pair

if TYPE_CHECKING:
    from collections.abc import Sequence

HOME, OTHER = (1, 2)
KNOWN: dict[Near, tuple[int | None, int | None, bool]] = {
    Near.CALLER: (None, HOME, True),
    Near.THERE: (HOME, HOME, True),
    Near.SITE: (HOME, None, False),
    Near.CUSTOMER: (None, HOME, False),
    Near.NOBODY: (None, None, False),
    Near.STRANGER: (None, OTHER, False),
    Near.ELSEWHERE: (OTHER, OTHER, False),
    Near.MOVED: (OTHER, HOME, True),
}
"""Site and customer of the new call, and whether the person is the same."""


def offered(pair: Pair) -> bool:
    """Whether the order of this pair would be offered to this call."""
    site, customer, called = KNOWN[pair.near]
    why = why_likely(
        Fault(words=words_of(pair.new), site=site, customer=customer),
        Fault(words=words_of(pair.old), site=HOME, customer=HOME),
        age=timedelta(hours=pair.hours),
        called=called,
        spelled=fuzz.token_sort_ratio(*(" ".join(grams(t)) for t in (pair.new, pair.old))),
    )
    return why is not None


def figures(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Precision and recall."""
    hits = [pair.same for pair in pairs if offered(pair)]
    return sum(hits) / len(hits), sum(hits) / sum(pair.same for pair in pairs)


@pytest.mark.parametrize(("pairs", "precise", "found"), [(LEARNT, 0.94, 1.0), (UNSEEN, 0.9, 0.9)])
def test_calls_are_told_apart_as_a_dispatcher_does(
    pairs: Sequence[Pair], precise: float, found: float
) -> None:
    """Of what is offered few are others, and few are missed, in words not learnt from, too."""
    precision, recall = figures(pairs)
    assert precision >= precise
    assert recall >= found


def test_whoever_calls_again_within_a_day_is_known() -> None:
    """However short he is: none of them is missed."""
    again = [p for p in (*LEARNT, *UNSEEN) if p.near in {Near.CALLER, Near.THERE} and p.same]
    assert len(again) > 30
    assert [pair for pair in again if not offered(pair)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3楼漏水", "三层漏水"),
        ("12F没电", "十二楼停电"),
        ("B1漏水", "地下一层漏水"),
        ("负一楼进水", "地下室进水"),
        ("floor 3", "third floor"),
        ("level 21", "21st floor"),
        ("3、4楼停电", "4楼停电"),
        ("2号电梯", "二号梯"),
        ("lift 2", "2号货梯"),
        ("lift no. 2 on floor 3", "lift 2 on floor 9"),
        ("电梯卡在3楼", "电梯卡在3楼和4楼之间"),
        ("lift a bit slow", "lift 3 slow"),
        ("3号楼停电", "3楼停电"),
        ("9点开始漏水", "8点还在漏水"),
    ],
)
def test_places_that_may_be_one(one: str, other: str) -> None:
    """Whatever they are called; and a lift that moved on is the same lift."""
    assert not elsewhere(words_of(one).places, words_of(other).places)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("7楼停电", "17楼停电"),
        ("二十楼停电", "二楼停电"),
        ("B1漏水", "1楼漏水"),
        ("A座停电", "B座停电"),
        ("3栋停电", "13栋停电"),
        ("lift A stuck", "Lift B stuck"),
        ("L3 stuck", "L5 stuck"),
        ("room 204", "room 310"),
        ("601天花板漏水", "901天花板漏水"),
        ("东侧货梯", "西侧货梯"),
        ("east wing", "west wing"),
        ("chiller 1 tripped", "chiller 2 tripped"),
        ("3号门打不开", "5号门打不开"),
    ],
)
def test_places_that_are_two(one: str, other: str) -> None:
    """However alike the rest of the words."""
    assert elsewhere(words_of(one).places, words_of(other).places)


said = st.text(max_size=40) | st.lists(
    st.sampled_from(
        [*"电梯卡在三楼漏水了空调不冷十", "3", "12", "楼", "号", " ", "lift", " floor ", "a", "b1"]
    ),
    max_size=14,
).map("".join)


@given(said, said)
def test_likeness_is_mutual_and_a_text_is_like_itself(one: str, other: str) -> None:
    """Whatever a line holds."""
    left, right = words_of(one), words_of(other)
    for alike in (shared, same):
        assert 0 <= alike(left, right) <= 100.0001
        assert alike(left, right) == alike(right, left)
    assert shared(left, left) in {0.0, 100.0}
    assert elsewhere(left.places, right.places) == elsewhere(right.places, left.places)
    assert not elsewhere(left.places, left.places)
