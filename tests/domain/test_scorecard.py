"""Laws of score cards: shrinking, adjusting, and the rules of honours."""

from __future__ import annotations

from math import inf, isclose

from hypothesis import given
from hypothesis import strategies as st

from store.domain.dispatch.figures import Figures as Settings
from store.domain.honours import (
    SAME,
    Candidate,
    golden,
    rules_of,
    stars,
)
from store.domain.scorecard import (
    BASE,
    BESIDES,
    Case,
    Figure,
    Group,
    Measure,
    figures_of,
    score_of,
    shrunk,
    strength_of,
)

USUAL = rules_of(Settings())
shares = st.floats(0, 1)
sizes = st.integers(1, 500)
strengths = st.one_of(st.floats(0.01, 1e6), st.just(inf))
strata = st.tuples(st.sampled_from(["lift", "pump", ""]), st.integers(1, 4))
cases = st.lists(
    st.builds(
        Case, technician=st.integers(1, 5), stratum=strata, good=st.integers(0, 1), n=st.just(1)
    ),
    max_size=60,
)
graded = st.lists(
    st.builds(
        lambda who, stratum, good: Case(who, stratum, good, 1, good * good),
        *(st.integers(1, 5), strata, shares),
    ),
    max_size=60,
)


@given(shares, sizes, shares, strengths)
def test_what_is_shrunk_lies_between_own_and_group(
    own: float, n: int, mean: float, strength: float
) -> None:
    """However many orders there are, and however alike people are."""
    low, high = sorted((own, mean))
    assert low - 1e-9 <= shrunk(own, n, mean, strength) <= high + 1e-9


@given(shares, sizes, sizes, shares, strengths)
def test_more_orders_are_shrunk_less(
    own: float, n: int, more: int, mean: float, strength: float
) -> None:
    """The distance from one's own share never grows with n."""
    far = abs(shrunk(own, n, mean, strength) - own)
    near = abs(shrunk(own, n + more, mean, strength) - own)
    assert near <= far + 1e-9


@given(cases | graded)
def test_a_person_has_exactly_the_orders_that_count(told: list[Case]) -> None:
    """And whoever has none has no figure; all shares lie between nothing and all."""
    figures = figures_of(told)
    assert (figures.group is None) == (not told)
    assert sum(one.n for one in figures.people.values()) == len(told)
    assert figures.people.keys() == {case.technician for case in told}
    for one in figures.people.values():
        assert one.n > 0
        for share in (one.own, one.expected, one.adjusted, one.fair):
            assert -1e-9 <= share <= 1 + 1e-9


@given(cases | graded)
def test_orders_alike_may_be_counted_together(told: list[Case]) -> None:
    """By the store, before shares are made of them."""
    counts: dict[tuple[int, tuple[str, int]], list[float]] = {}
    for case in told:
        counted = counts.setdefault((case.technician, case.stratum), [0, 0, 0])
        counted[0] += 1
        counted[1] += case.good
        counted[2] += case.good if case.squares is None else case.squares
    few = [
        Case(technician=who, stratum=stratum, n=int(n), good=good, squares=squares)
        for (who, stratum), (n, good, squares) in counts.items()
    ]
    alone, together = figures_of(told), figures_of(few)
    assert alone.people.keys() == together.people.keys()
    for who, one in alone.people.items():
        other = together.people[who]
        assert one.n == other.n
        assert isclose(one.own, other.own)
        assert isclose(one.fair, other.fair, abs_tol=1e-9)


@given(st.lists(st.tuples(strata, st.booleans()), min_size=1, max_size=12), st.integers(2, 4))
def test_who_has_the_mix_of_all_is_not_adjusted(
    mix: list[tuple[tuple[str, int], bool]], people: int
) -> None:
    """Everybody has as many of each kind and priority; only what came of them differs."""
    told = [
        Case(technician=who, stratum=stratum, good=good if who % 2 else not good)
        for who in range(people)
        for place, (stratum, good) in enumerate(mix)
    ]
    for one in figures_of(told).people.values():
        assert isclose(one.adjusted, one.own, abs_tol=1e-9)


def test_hard_work_is_not_held_against_anybody() -> None:
    """Of two who are as good as all on what they do, the one with hard work stands no lower."""
    hard = [Case(technician=1, stratum=("lift", 1), good=n % 2 == 0) for n in range(20)]
    easy = [Case(technician=2, stratum=("lamp", 4), good=True) for n in range(20)]
    people = figures_of(hard + easy).people
    assert (people[1].own, people[2].own) == (0.5, 1.0)
    assert isclose(people[1].adjusted, people[2].adjusted)


def test_two_good_answers_are_no_hundred_percent() -> None:
    """Small numbers are drawn towards the group, large ones hardly."""
    told = [
        Case(technician=who, stratum=("", 1), good=n % 100 < good)
        for who, good, count in ((1, 95, 400), (2, 60, 400), (3, 100, 2))
        for n in range(count)
    ]
    people = figures_of(told).people
    assert people[3].own == 1.0
    assert people[3].fair < people[1].fair
    assert abs(people[1].fair - people[1].own) < 0.01


@given(st.lists(st.tuples(shares, sizes), max_size=8), shares)
def test_the_strength_is_a_positive_number_of_orders(
    told: list[tuple[float, int]], mean: float
) -> None:
    """Infinite where people differ by no more than luck."""
    assert strength_of(told, mean) > 0


def of(
    technician: int, score: float | None, closed: int = 20, answers: int = 5, praised: float = 0.0
) -> Candidate:
    """Somebody with a score."""
    return Candidate(
        technician=technician,
        closed=closed,
        answers=answers,
        score=score,
        fair={**USUAL.gold_least, Measure.PRAISED: praised},
    )


def test_a_tie_is_told_and_small_numbers_win_nothing() -> None:
    """A better score of fewer orders than the rule takes is no star."""
    assert stars([of(1, 0.9), of(2, 0.9 - SAME / 2), of(3, 0.9 - 2 * SAME)], USUAL) == (1, 2)
    assert stars([of(1, 0.8), of(2, 0.99, closed=USUAL.star_orders - 1), of(3, None)], USUAL) == (
        1,
    )
    assert stars([of(1, 0.99, answers=0)], USUAL) == ()


def test_praise_tells_between_those_who_are_alike_and_nobody_else() -> None:
    """It is no part of the score: who is behind stays behind."""
    near = 0.9 - SAME / 2
    assert stars([of(1, 0.9), of(2, near, praised=0.1), of(3, 0.8, praised=0.5)], USUAL) == (2,)
    assert stars([of(1, 0.9, praised=0.1), of(2, near, praised=0.1)], USUAL) == (1, 2)


def test_gold_takes_every_figure() -> None:
    """One that is missing, or just below, is no gold."""
    assert golden(of(1, 0.9, closed=30, answers=10), USUAL)
    assert not golden(of(1, 0.9, closed=29, answers=10), USUAL)
    for measure, least in USUAL.gold_least.items():
        fair = {**USUAL.gold_least, measure: least - 0.001}
        told = Candidate(technician=1, closed=99, answers=99, score=1.0, fair=fair)
        assert not golden(told, USUAL), measure
    for measure, least in USUAL.gold_besides.items():
        for share in (least, least - 0.001):
            fair = {**USUAL.gold_least, measure: share}
            told = Candidate(technician=1, closed=99, answers=99, score=1.0, fair=fair)
            assert golden(told, USUAL) is (share == least), measure


known = st.dictionaries(st.sampled_from(Measure), shares)


def alike(share: float) -> Figure:
    """A figure that nothing moves."""
    return Figure(n=1, own=share, expected=share, adjusted=share, fair=share)


@given(known)
def test_a_score_is_of_three_figures_at_least(told: dict[Measure, float]) -> None:
    """None where too little is known, never the whole; what comes besides makes up for none."""
    figures = {measure: alike(share) for measure, share in told.items()}
    assert (score_of(figures, {}) is None) == (len(told.keys() & set(BASE)) < 3)


@given(known, known)
def test_who_was_not_drawn_stands_as_the_group_does(
    told: dict[Measure, float], means: dict[Measure, float]
) -> None:
    """His score is that of somebody whose fair figure is the group's mean."""
    told |= dict.fromkeys(BASE, 0.9)
    group = {one: Group(n=1, mean=mean, strength=1.0) for one, mean in means.items()}
    figures = {measure: alike(share) for measure, share in told.items()}
    filled = figures | {
        one: alike(means[one]) for one in BESIDES if one in means and one not in told
    }
    score = score_of(figures, group)
    assert score is not None
    assert isclose(score, score_of(filled, {}) or 0.0)
    assert score == score_of(figures | {Measure.PRAISED: alike(1.0)}, group)


def part(who: int, good: float) -> Case:
    """An order that is good in part."""
    return Case(who, ("lift", 1), good, 1, good * good)


def test_sheets_that_agree_prove_more_than_those_that_do_not() -> None:
    """Scores have a spread of their own: ten that say the same are hardly drawn to the group."""
    told = [
        part(who, score + (0.02, -0.02)[n % 2])
        for who, score in ((1, 0.9), (2, 0.7))
        for n in range(10)
    ]
    figures = figures_of(told)
    assert figures.group is not None
    assert figures.group.strength < 1
    assert isclose(figures.people[1].own, 0.9)
    assert figures.people[1].fair > 0.89


def test_one_perfect_sheet_is_no_hundred_percent() -> None:
    """The score of one order is drawn to the group's, which has many."""
    many = [part(who, 0.5 + 0.1 * (n % 5)) for who in (1, 2) for n in range(40)]
    person = figures_of([*many, part(3, 1.0)]).people[3]
    assert (person.n, person.own) == (1, 1.0)
    assert person.fair < 0.75


def test_whoever_did_much_is_told_by_his_own_work() -> None:
    """Also in a month in which the figures of all lie no further apart than by luck."""
    cases = [
        Case(technician=who, stratum=("lift", 1), good=number % every != 0)
        for who, every, count in ((1, 4, 400), (2, 5, 400), (3, 4, 4))
        for number in range(count)
    ]
    people = figures_of(cases).people
    assert abs(people[1].fair - 0.75) < 0.01
    assert abs(people[2].fair - 0.8) < 0.01
    assert people[1].fair < people[3].fair < people[2].fair
