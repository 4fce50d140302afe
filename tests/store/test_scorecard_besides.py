"""Score cards: inspections, steps of procedures and praise, as they come about at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.commands import SaveCustomer
from store.commands.inspections import DropInspection, ReopenInspection, ScoreInspection
from store.commands.sop import ImportProcedure, SkipStep
from store.commands.voices import KeepPraise, WithdrawVoice
from store.domain.lifecycle import Move
from store.domain.scorecard import Measure
from store.queries.scorecard import ScoreCards, ScoreOrders
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, minutes, move, written
from tests.store.erasing_desk import erase
from tests.store.inspected import closed, put_draw
from tests.store.sop_files import LIFT
from tests.store.test_sop import DONE_OF_LIFT, step

if TYPE_CHECKING:
    from store.domain.scorecard import Figure
    from store.domain.who import Who
    from store.queries.scorecard import Card
    from store.records import Records

AT = NINE + timedelta(days=8)
PERIOD: dict[str, Any] = {"month": "2026-09", "zone": "Asia/Shanghai"}


def card(records: Records, code: str = "T1", who: Who = ANA) -> Card:
    """Somebody's."""
    cards = records.ask(ScoreCards(**PERIOD), who=who, at=AT).cards
    return next(one for one in cards if one.code == code)


def own(records: Records, measure: Measure, who: Who = ANA) -> tuple[float, int] | None:
    """His share as it is, and of how many orders; those are what the figure opens."""
    figure: Figure | None = card(records, who=who).figures.get(measure)
    asked = ScoreOrders(**PERIOD, technician="T1", measure=measure.value)
    rows = records.ask(asked, who=who, at=AT)
    assert len(rows) == (0 if figure is None else figure.n)
    return None if figure is None else (round(figure.own, 4), figure.n)


def test_a_sheet_counts_for_who_did_the_work_in_the_month_of_its_score(records: Records) -> None:
    """The later one of an order, at its own site; one that is opened again counts nowhere."""
    number, other = closed(records), closed(records, at=10, site="S1")
    did = {number: 1, other: 1}
    assert own(records, Measure.INSPECTED) is None
    put_draw(records, (number, other), site=1, at=NINE, did=did)
    put_draw(records, (number,), site=1, at=NINE, did=did)
    for inspection, scores in ((1, "44444"), (3, "2----"), (2, "00000")):
        do(records, ScoreInspection(inspection=inspection, scores=scores), at=minutes(inspection))
    assert own(records, Measure.INSPECTED) == (0.25, 2)
    assert own(records, Measure.INSPECTED, AT_NORTH) == (0.5, 1)
    assert own(records, Measure.INSPECTED, AT_SOUTH) is None, "drawn where he does not see it"
    do(records, ReopenInspection(inspection=2), at=minutes(20))
    do(records, DropInspection(inspection=2, reason="gone"), at=minutes(21))
    assert own(records, Measure.INSPECTED) == (0.5, 1)
    group = records.ask(ScoreCards(**PERIOD), who=ANA, at=AT).group[Measure.INSPECTED]
    assert (group.n, group.mean) == (1, 0.5)


def test_a_skipped_step_is_not_kept_and_one_out_of_its_range_with_a_reason_is(
    records: Records,
) -> None:
    """Each order alike; what need not be done does not count, nor an order without steps."""
    closed(records)
    assert own(records, Measure.PROCEDURE) is None
    do(records, ImportProcedure(source=LIFT))
    for place in range(2):
        number = written(records, kind="lift")
        for code, told in DONE_OF_LIFT:
            if place and code == "isolate":
                do(records, SkipStep(number=number, step=code, reason="no key"), at=minutes(5))
                continue
            worn = {"value": "3.5", "reason": "worn"} if code == "brake-gap" else told
            step(records, number, code, **worn)
        move(records, number, Move.ASSIGN, at=minutes(6), technician="T1")
        move(records, number, Move.FINISH, at=minutes(7), insist=True)
        move(records, number, Move.CLOSE, at=minutes(8), insist=True)
        assert own(records, Measure.PROCEDURE) == ((1.0, 1), (0.9, 2))[place]


def test_praise_is_of_orders_and_what_names_none_is_told_beside(records: Records) -> None:
    """Two words for one order are one order; of somebody else, or withdrawn, they are none."""
    first, second = closed(records), closed(records, at=10)
    assert own(records, Measure.PRAISED) == (0.0, 2), "nobody was praised: no share of nothing"
    do(records, KeepPraise(said="x", number=first), at=minutes(30))
    do(records, KeepPraise(said="x", number=first), at=minutes(31))
    do(records, KeepPraise(said="x", number=second, technician="T2"), at=minutes(32))
    do(records, KeepPraise(said="x", site="S1", technician="T1"), at=minutes(33))
    assert (own(records, Measure.PRAISED), card(records).praises) == ((0.5, 2), 3)
    assert card(records, who=AT_NORTH).praises == 2
    assert card(records, "T2").praises == 1
    for voice in (1, 2):
        do(records, WithdrawVoice(voice=voice, reason="x"), at=minutes(34))
    assert (own(records, Measure.PRAISED), card(records).praises) == ((0.0, 2), 1)


def test_who_is_erased_takes_his_words_and_leaves_the_figures(records: Records) -> None:
    """Of the inspection, of the steps and of the praise."""
    do(records, SaveCustomer(code="P7", name="周小燕"))
    do(records, ImportProcedure(source=LIFT))
    number = written(records, customer="P7", kind="lift")
    for code, told in DONE_OF_LIFT:
        step(records, number, code, **told)
    for one, told in ((Move.ASSIGN, {"technician": "T1"}), (Move.FINISH, {}), (Move.CLOSE, {})):
        insist = {} if one is Move.ASSIGN else {"insist": True}
        move(records, number, one, at=minutes(6), **told, **insist)
    do(records, KeepPraise(said="周小燕 was glad", number=number), at=minutes(7))
    put_draw(records, (number,), site=1, at=minutes(8), did={number: 1})
    score = ScoreInspection(inspection=1, scores="3 3 3 3 3", remark="周小燕 showed it")
    do(records, score, at=minutes(9))
    before = card(records)
    assert {Measure.INSPECTED, Measure.PROCEDURE, Measure.PRAISED} <= before.figures.keys()
    erase(records)
    assert card(records) == before
