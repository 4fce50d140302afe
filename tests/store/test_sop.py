"""Procedures: given to new orders, kept by running ones, done step by step, gating their moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import EditOrder, MoveOrder, SplitOrder, Together, Undo
from store.commands.sop import DoStep, ImportProcedure, SkipStep, UndoStep
from store.domain.errors import BadInput
from store.domain.lifecycle import Move, State
from store.domain.sop import progress
from store.domain.sop_refusals import (
    OrderGone,
    OutsideRefused,
    OutsideWithout,
    ProcedureKept,
    StepBehind,
    StepDone,
    StepNeedsLeave,
    StepNotDone,
    StepsMissing,
    ValueMissing,
    ValueWrong,
)
from store.domain.undo_refusals import NotTakenBack
from store.domain.who import Role, Scope, Who
from store.persistence.loading import TIMER
from store.queries.alarms import AlarmStrip
from store.queries.sop import ListProcedures, ProcedureText
from tests.store.desk import (
    ANA,
    NINE,
    a_file,
    do,
    minutes,
    move,
    promises_kept,
    rows,
    stored,
    written,
)
from tests.store.sop_files import LIFT, one_step
from tests.store.test_surveys import faults

if TYPE_CHECKING:
    from store.records import Records

DONE_OF_LIFT: tuple[tuple[str, dict[str, Any]], ...] = (
    ("call", {}),
    ("isolate", {}),
    ("brake-gap", {"value": "2.1 mm"}),
    ("photo", {"photo": None}),
    ("sign", {"value": "Zhou"}),
)


def imported(records: Records, source: str = LIFT) -> None:
    do(records, ImportProcedure(source=source))


def led(records: Records, **fields: Any) -> int:
    """An order that was given the procedure of lifts."""
    imported(records)
    return written(records, **{"kind": "lift", **fields})


def step(records: Records, number: int, code: str, **told: Any) -> None:
    at = told.pop("at", minutes(5))
    if "photo" in told:
        told["photo"] = a_file(number, path="/nowhere/drive.jpg", sha256="ab" * 32)
    do(records, DoStep(number=number, step=code, **told), at=at)


def on_site(records: Records, number: int) -> None:
    move(records, number, Move.ASSIGN, technician="T1")
    for place, one in enumerate((Move.ACCEPT, Move.DEPART, Move.ARRIVE)):
        move(records, number, one, at=minutes(10 + place))


def left(records: Records, number: int) -> list[str]:
    return [one.code for one in stored(records, number).steps if not one.over]


def test_a_new_order_has_the_newest_version_and_keeps_it(records: Records) -> None:
    """One made before has none; one that runs keeps its own when a newer one comes."""
    before = written(records, kind="lift")
    first = led(records)
    imported(records, LIFT.replace("version = 1", "version = 2").replace("isolate", "lock-out"))
    second, other = written(records, kind="lift"), written(records, kind="hvac")
    steps = {n: [one.code for one in stored(records, n).steps] for n in (before, first, second)}
    assert steps[before] == [] == [*stored(records, other).steps]
    assert "isolate" in steps[first]
    assert "lock-out" in steps[second]
    told = {(line.version, line.newest): line.running for line in
            records.ask(ListProcedures(), who=ANA, at=NINE)}  # fmt: skip
    assert told == {(2, True): 1, (1, False): 1}
    promises_kept(records, [before, first, second, other])
    assert faults(records) == ()


def test_a_kind_written_otherwise_passes_no_gate_by(records: Records) -> None:
    """As dispatch reads it; nor does it begin a second procedure beside the first."""
    led(records)
    numbers = [written(records, kind=kind) for kind in ("LIFT", "ｌｉｆｔ", " Lift")]
    assert all(len(stored(records, number).steps) == 6 for number in numbers)
    with pytest.raises(ProcedureKept):
        imported(records, LIFT.replace('"lift"', '"Lift"'))
    imported(records, LIFT.replace('"lift"', '"Lift"').replace("version = 1", "version = 2"))
    lines = records.ask(ListProcedures(), who=ANA, at=NINE)
    assert {(one.kind, one.version, one.newest) for one in lines} == {
        ("lift", 1, False), ("Lift", 2, True),
    }  # fmt: skip
    line, _source = records.ask(ProcedureText(kind="lift"), who=ANA, at=NINE)
    assert line.version == 2
    promises_kept(records, numbers)
    assert faults(records) == ()


def test_a_step_gates_its_move_until_it_is_done(records: Records) -> None:
    """Each gate in turn; the refusal names what is missing, and how it is done."""
    number = led(records)
    move(records, number, Move.ASSIGN, technician="T1")
    move(records, number, Move.ACCEPT)
    with pytest.raises(StepsMissing, match=f"on the way.*call.*sop do {number} STEP"):
        move(records, number, Move.DEPART)
    step(records, number, "call")
    move(records, number, Move.DEPART, at=minutes(6))
    move(records, number, Move.ARRIVE, at=minutes(7))
    for insist in (False, True):
        with pytest.raises(StepsMissing, match="isolate, brake-gap;"):
            move(records, number, Move.FINISH, at=minutes(8), insist=insist)
    for code, told in DONE_OF_LIFT[1:3]:
        step(records, number, code, **told)
    move(records, number, Move.FINISH, at=minutes(9))
    with pytest.raises(StepsMissing, match="photo, sign;"):
        move(records, number, Move.CLOSE, at=minutes(9))
    for code, told in DONE_OF_LIFT[3:]:
        step(records, number, code, **told)
    move(records, number, Move.CLOSE, at=minutes(11))
    order = stored(records, number)
    assert (order.state, progress(order.steps)) == (State.CLOSED, (5, 6))
    assert order.steps[4].sha256 == "ab" * 32
    with pytest.raises(OrderGone):
        step(records, number, "oil", value="low")
    promises_kept(records, [number])
    assert faults(records) == ()


def test_skipping_moves_skips_no_gate(records: Records) -> None:
    """Finished by insisting from the start, it still has passed what comes before."""
    imported(records, one_step("assign"))
    number = written(records, kind="lift")
    for one, told in ((Move.ASSIGN, {"technician": "T1"}), (Move.FINISH, {"insist": True})):
        with pytest.raises(StepsMissing):
            move(records, number, one, **told)
    move(records, number, Move.CANCEL, reason="nobody needs it")  # which is no way through work
    assert stored(records, number).state is State.CANCELLED


def test_of_a_set_the_others_go(records: Records) -> None:
    """The refused one is named; as one whole nothing is done."""
    number, other = led(records), written(records)
    moves = tuple(MoveOrder(number=n, move=Move.FINISH, insist=True) for n in (number, other))
    done = do(records, Together(commands=moves, partly=True))
    assert stored(records, other).state is State.DONE
    assert stored(records, number).state is State.NEW
    assert done.numbers == (other,)


def test_readings_are_held_to_their_range(records: Records) -> None:
    """Out of it a reason is wanted, or nothing helps, as the procedure says; a choice is one."""
    number = led(records)
    for wrong in ("", "wide", "nan", "2 m", "9" * 30):
        with pytest.raises(ValueMissing if not wrong else ValueWrong):
            step(records, number, "brake-gap", value=wrong)
    with pytest.raises(OutsideWithout, match=r"3\.5 mm is out of the range 1 – 3 mm"):
        step(records, number, "brake-gap", value="3.5")
    step(records, number, "brake-gap", value="3.5MM", reason="worn, lining ordered")
    kept = stored(records, number).steps[2]
    assert (kept.value, kept.reason) == ("3.5 mm", "worn, lining ordered")
    with pytest.raises(ValueWrong, match="in order, low"):
        step(records, number, "oil", value="full")
    step(records, number, "4", value="LOW")
    assert stored(records, number).steps[3].value == "low"
    with pytest.raises(ValueMissing, match="photo"):
        do(records, DoStep(number=number, step="photo", value="x.jpg"))
    imported(records, LIFT.replace('"reason"', '"refuse"').replace("version = 1", "version = 2"))
    strict = written(records, kind="lift")
    with pytest.raises(OutsideRefused):
        step(records, strict, "brake-gap", value="3.5", reason="worn")


def test_a_step_is_taken_back_while_its_gate_is_ahead(records: Records) -> None:
    """By its own command, or as the last that was done; each is a fact with who and when."""
    number = led(records)
    step(records, number, "call")
    with pytest.raises(StepDone):
        step(records, number, "call")
    do(records, UndoStep(number=number, step="call"), at=minutes(6))
    assert "call" in left(records, number)
    with pytest.raises(StepNotDone):
        do(records, UndoStep(number=number, step="call"))
    done = do(records, DoStep(number=number, step="call"), at=minutes(7))
    do(records, Undo(entry=done.undo), at=minutes(8))
    assert "call" in left(records, number)
    done = do(records, DoStep(number=number, step="call"), at=minutes(9))
    on_site(records, number)
    with pytest.raises(StepBehind):
        do(records, UndoStep(number=number, step="call"), at=minutes(20))
    with pytest.raises(NotTakenBack):
        do(records, Undo(entry=done.undo), at=minutes(20))
    assert stored(records, number).steps[0].done_by == ANA.operator
    assert faults(records) == ()


def test_what_comes_back_is_shown_to_be_good_anew(records: Records) -> None:
    """Steps before the work stay done; taking the return back brings what was shown, too."""
    imported(records, LIFT.replace('gate = "verify"', 'gate = "finish"'))
    number = written(records, kind="lift")
    for code, told in DONE_OF_LIFT[:4]:
        step(records, number, code, **told)
    on_site(records, number)
    move(records, number, Move.FINISH, at=minutes(20))
    back = move(records, number, Move.REOPEN, at=minutes(30), reason="stuck again")
    assert left(records, number) == ["isolate", "brake-gap", "oil", "photo", "sign"]
    do(records, Undo(entry=back.undo), at=minutes(31))
    order = stored(records, number)
    assert (order.state, left(records, number)) == (State.DONE, ["oil", "sign"])
    assert faults(records) == ()


def test_a_skip_needs_right_and_reason(records: Records) -> None:
    """A site office may do steps, and skip none."""
    number = led(records)
    office = Who(operator=4, role=Role.OFFICE, scope=Scope(frozenset({1})))
    with pytest.raises(BadInput):
        do(records, SkipStep(number=number, step="call", reason=" "))
    do(records, SkipStep(number=number, step="call", reason="nobody has a phone"), at=minutes(1))
    skipped = stored(records, number).steps[0]
    assert (skipped.skipped, skipped.reason) == (True, "nobody has a phone")
    on_site(records, number)
    do_as_office(records, office, number)


def do_as_office(records: Records, office: Who, number: int) -> None:
    from store.commands import SaveOperator

    do(records, SaveOperator(code="bo", name="Bo", role="office", sites=("N1",)))
    with pytest.raises(StepNeedsLeave):
        do(records, SkipStep(number=number, step="isolate", reason="x"), who=office)
    do(records, DoStep(number=number, step="isolate"), who=office, at=minutes(30))
    assert stored(records, number).steps[1].done_by == office.operator


def test_a_time_that_passes_rings_once(records: Records) -> None:
    """From the moment that it counts from; it is silent as soon as the step is done."""
    number = led(records)
    step(records, number, "call")
    assert kinds(records, number) == []
    on_site(records, number)
    assert kinds(records, number) == [minutes(42)]
    fire_due(records, at=minutes(42))
    strip = records.ask(AlarmStrip(), who=ANA, at=minutes(43))
    assert "step" in {one.kind for one in strip.alarms}
    step(records, number, "isolate", at=minutes(44))
    strip = records.ask(AlarmStrip(), who=ANA, at=minutes(45))
    assert "step" not in {one.kind for one in strip.alarms}
    promises_kept(records, [number])


def kinds(records: Records, number: int) -> list[Any]:
    found = rows(records, TIMER, number=number, fired_at=None, kind="step")
    return [row["due_at"] for row in found]


def test_another_kind_gives_another_procedure_before_anything_began(records: Records) -> None:
    """Later it keeps its own; a part of an order has that of its kind."""
    number, plain = led(records), written(records)
    do(records, EditOrder(number=plain, fields={"kind": "lift"}))
    assert len(stored(records, plain).steps) == 6
    done = do(records, EditOrder(number=plain, fields={"kind": "hvac"}))
    assert stored(records, plain).steps == ()
    do(records, Undo(entry=done.undo))
    assert len(stored(records, plain).steps) == 6
    step(records, number, "call")
    do(records, EditOrder(number=number, fields={"kind": "hvac"}), at=minutes(6))
    assert len(stored(records, number).steps) == 6
    part = do(records, SplitOrder(number=plain, text="the door of it")).numbers
    assert [len(stored(records, n).steps) for n in part] == [6, 6]
    assert faults(records) == ()
