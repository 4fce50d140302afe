"""Steps of an order's procedure done, taken back and skipped; pure."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, NoReturn, Protocol

from store.domain.evolve import evolve
from store.domain.lifecycle import STATES, State
from store.domain.moves_common import Draft
from store.domain.replay import whole_ms
from store.domain.sop import Evidence, Outside, cleared, fresh, is_behind
from store.domain.sop_refusals import (
    NoProcedure,
    OrderGone,
    OutsideRefused,
    OutsideWithout,
    StepBehind,
    StepDone,
    StepNotDone,
    StepUnknown,
    ValueMissing,
    ValueWrong,
)
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.facts import Fact
    from store.domain.order import OrderStep, WorkOrder
    from store.domain.rules import Rules
    from store.domain.sop import Procedure, Step

    Told = tuple[WorkOrder, tuple[Fact, ...]]


class Numbered(Protocol):
    """What a step is of, by its number."""

    @property
    def number(self) -> int: ...


def give(
    order: WorkOrder, id_: int | None, procedure: Procedure | None, *, rules: Rules, at: datetime
) -> Told:
    """The order with the steps of a version of its kind's procedure, or with none any more."""
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set["procedure"] = id_
    draft.steps = [] if procedure is None else list(fresh(procedure))
    return draft.done("sop_given")


def takes_another(order: WorkOrder) -> bool:
    """Whether another kind may still give it another procedure: nothing was begun."""
    begun = any(step.over for step in order.steps)
    return order.state is State.NEW and not order.visits and not begun


def found(order: WorkOrder, code: str) -> int:
    """The place of a step, from 0; `StepUnknown` with those there are, `NoProcedure`."""
    if not order.steps:
        raise NoProcedure(number=order.number)
    wanted = folded(code)
    for place, step in enumerate(order.steps):
        if folded(step.code) == wanted or str(place + 1) == wanted:
            return place
    known = listed(step.code for step in order.steps)
    raise StepUnknown(number=order.number, step=code, known=known)


def mark(
    order: WorkOrder,
    place: int,
    *,
    value: str,
    reason: str = "",
    sha256: str = "",
    rules: Rules,
    at: datetime,
    by: int,
) -> Told:
    """The order with a step done; what shows it was checked before."""
    step = _open(order, place)
    shown = {"value": value, "reason": reason, "sha256": sha256}
    return _over("sop_done", order, place, step, shown, rules=rules, at=at, by=by)


def skip(order: WorkOrder, place: int, *, reason: str, rules: Rules, at: datetime, by: int) -> Told:
    """The order with a step that is not done, for a reason; whoever asks may do that."""
    step = _open(order, place)
    shown = {"reason": reason, "skipped": True}
    return _over("sop_skipped", order, place, step, shown, rules=rules, at=at, by=by)


def take_back(order: WorkOrder, place: int, *, rules: Rules, at: datetime, by: int) -> Told:
    """The order with a step that is not done after all, as long as its gate lies ahead."""
    _at_the_desk(order)
    step = order.steps[place]
    if not step.over:
        raise StepNotDone(number=order.number, step=step.code)
    if is_behind(order, step):
        state = STATES[order.state].label
        raise StepBehind(number=order.number, step=step.code, state=state)
    return _put("sop_undone", order, place, cleared(step), rules=rules, at=at, by=by)


def checked(order: Numbered, step: Step, value: str, reason: str) -> tuple[str, str]:
    """What shows that a step was done, as it is kept, and why where it is out of range.

    Both are safe already. Refused with what would be right.
    """
    facts = {"number": order.number, "step": step.code, "what": wanted(step)}
    if step.evidence is Evidence.DONE:
        return value, reason
    if not value:
        raise ValueMissing(**facts)
    if step.evidence is Evidence.CHOICE:
        chosen = [one for one in step.choices if folded(one) == folded(value)]
        return (chosen or _not_right(facts, value))[0], reason
    if step.evidence is Evidence.READING:
        read = _number(value, step.unit)
        return _in_range(step, _not_right(facts, value) if read is None else read, reason, facts)
    return value, reason


def _not_right(facts: dict[str, object], value: str) -> NoReturn:
    raise ValueWrong(**facts, value=value)


def _in_range(step: Step, read: float, reason: str, facts: dict[str, object]) -> tuple[str, str]:
    """A reading that is right, or is taken for the reason that the procedure asks for."""
    said = _with_unit(read, step.unit)
    if _within(read, step):
        return said, reason
    told = {**facts, "value": said, "what": range_of(step)}
    if step.outside is Outside.REFUSE:
        raise OutsideRefused(**told)
    if not reason:
        raise OutsideWithout(**told)
    return said, reason


def wanted(step: Step) -> str:
    """What shows that a step was done, in words of ours."""
    if step.evidence is Evidence.CHOICE:
        return N_("one of: {choices}").format(choices=listed(step.choices))
    if step.evidence is Evidence.READING:
        bounds = range_of(step)
        if bounds:
            return N_("a reading, {range}").format(range=bounds)
        return N_("a reading in {unit}").format(unit=step.unit) if step.unit else N_("a reading")
    return _WANTED[step.evidence]


_WANTED = {
    Evidence.DONE: N_("no more than that it is done"),
    Evidence.PHOTO: N_("a photo: the path of its file"),
    Evidence.SIGNATURE: N_("the name of who signs"),
}


def range_of(step: Step) -> str:
    """Which readings are right: `1 – 3 mm`; empty where all are."""
    low, high = (None if end is None else _said(end) for end in (step.low, step.high))
    if low is None and high is None:
        return ""
    unit = f" {step.unit}" if step.unit else ""
    if low is None:
        return f"<= {high}{unit}"
    return f">= {low}{unit}" if high is None else f"{low} – {high}{unit}"


def _open(order: WorkOrder, place: int) -> OrderStep:
    _at_the_desk(order)
    step = order.steps[place]
    if step.over:
        raise StepDone(number=order.number, step=step.code)
    return step


def _at_the_desk(order: WorkOrder) -> None:
    spec = STATES[order.state]
    if spec.final:
        raise OrderGone(number=order.number, state=spec.label)


def _over(
    fact: str,
    order: WorkOrder,
    place: int,
    step: OrderStep,
    shown: Mapping[str, object],
    *,
    rules: Rules,
    at: datetime,
    by: int,
) -> Told:
    done = evolve(step, done_at=whole_ms(at), done_by=by, **shown)
    return _put(fact, order, place, done, rules=rules, at=at, by=by)


def _put(
    fact: str,
    order: WorkOrder,
    place: int,
    step: OrderStep,
    *,
    rules: Rules,
    at: datetime,
    by: int,
) -> Told:
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set["progress_at"] = draft.at
    draft.body |= {"by": by, "step": step.code}
    draft.steps[place] = step
    return draft.done(fact)


def _number(value: str, unit: str) -> float | None:
    """A reading, with its unit behind it or without."""
    text = unicodedata.normalize("NFKC", value).strip()
    bare = unicodedata.normalize("NFKC", unit).strip()
    if bare and text.casefold().endswith(bare.casefold()):
        text = text[: -len(bare)].strip()
    if not text or len(text) > 20 or not set(text) <= set("+-.0123456789"):
        return None
    try:
        read = float(text)
    except ValueError:
        return None
    return read if math.isfinite(read) else None


def _within(read: float, step: Step) -> bool:
    return (step.low is None or read >= step.low) and (step.high is None or read <= step.high)


def _said(number: float) -> str:
    whole = int(number) if number == int(number) else None
    return str(number) if whole is None else str(whole)


def _with_unit(read: float, unit: str) -> str:
    return f"{_said(read)} {unit}" if unit else _said(read)


def folded(text: str) -> str:
    """A code or value without differences of case and width."""
    return unicodedata.normalize("NFKC", text).strip().casefold()
