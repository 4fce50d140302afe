"""Whose overtime would bring him to an order in time, where all who may go are late."""

from __future__ import annotations

from dataclasses import replace

from store.domain.dispatch.board import Travel
from store.domain.dispatch.overtime import are_late, overtime
from store.domain.dispatch.recommend import Crew
from tests.domain.test_recommend import ORDER, WANG


def test_overtime_is_told_where_everybody_is_late() -> None:
    """Least first; not where somebody is in time, nor for hours, nor into the rest before a day."""
    urgent = replace(ORDER, stop=replace(ORDER.stop, due=100.0))
    tomorrow = (1000.0, 1500.0)
    some = [
        replace(WANG, id=1, spans=((0.0, 40.0), tomorrow)),
        replace(WANG, id=2, spans=((0.0, 50.0), tomorrow)),
        replace(WANG, id=3, spans=((0.0, 50.0), (510.0, 900.0))),
        replace(WANG, id=4, spans=(tomorrow,)),
        replace(WANG, id=5, spans=((0.0, 50.0), (55.0, 90.0), tomorrow)),
    ]
    crew = Crew(some)
    assert are_late(crew.recommend(urgent))
    helps = [(one.worker, one.barred.facts) for one in overtime(crew, urgent, Travel())]
    assert helps == [(2, {"over": 10, "arrive": 0.0}), (1, {"over": 20, "arrive": 0.0})]
    assert not are_late(Crew([*some, replace(WANG, id=6, spans=((0.0, 90.0),))]).recommend(urgent))
    long = replace(urgent, stop=replace(urgent.stop, takes=180.0, due=300.0))
    assert overtime(crew, long, Travel()) == ()


def test_overtime_counts_what_comes_after_the_order() -> None:
    """An urgent one goes first: what he has runs over the end of his shift."""
    urgent = replace(ORDER, stop=replace(ORDER.stop, due=100.0, weight=20.0))
    has = replace(ORDER.stop, number=1, takes=45.0, weight=1.0, due=900.0)
    crew = Crew([replace(WANG, stops=(has,), spans=((0.0, 90.0), (1000.0, 1500.0)))])
    (one,) = overtime(crew, urgent, Travel())
    assert (one.barred.facts["over"], one.barred.facts["arrive"]) in {(15, 0.0), (15, 45.0)}
