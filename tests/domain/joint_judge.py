"""Whether orders that several are sent to keep the rules; shares no code with what sends them."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from tests.domain import replan_judge as judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.present import Joint, Present, Sent

_SAME = 1e-6


def landed(present: Present, sent: Iterable[Sent], moves: Mapping[int, int]) -> Present:
    """The board once a plan is accepted."""
    by_number = {one.number: one for one in sent}
    joint = tuple(
        replace(
            one,
            has=by_number[one.stop.number].have,
            stop=_begun(one, by_number[one.stop.number].start),
        )
        if one.stop.number in by_number
        else one
        for one in present.joint
    )
    workers = [_given(worker, by_number, joint) for worker in present.workers]
    tasks = tuple(judge.moved(present, task, moves) for task in present.tasks)
    return replace(present, workers=tuple(workers), joint=joint, tasks=tasks, sent=())


def _begun(one: Joint, start: float) -> Stop:
    return replace(one.stop, planned=start, ready=start, locked=True)


def _given(worker: Worker, sent: Mapping[int, Sent], joint: Iterable[Joint]) -> Worker:
    stops = [stop for stop in worker.stops if stop.number not in sent]
    stops += [
        replace(one.stop, until=one.able.get(worker.id, inf))
        for one in joint
        if one.stop.number in sent and worker.id in sent[one.stop.number].have
    ]
    return replace(worker, stops=tuple(stops))


def broken(present: Present, sent: Iterable[Sent], moves: Mapping[int, int]) -> list[str]:
    """Every rule that a plan would break."""
    some = tuple(sent)
    after = landed(present, some, moves)
    said = [fault for one in some for fault in _of_one(present, after, one)]
    now, then = judge.holders(present, {}), judge.holders(after, {})
    for worker, changed in zip(present.workers, after.workers, strict=True):
        before, _ = judge.laid(present, worker, now)
        ends, _ = judge.laid(after, changed, then)
        stays = before.keys() & ends.keys() - {one.number for one in some}
        stops = {stop.number: stop for stop in worker.stops}
        stops |= {task.stop.number: task.stop for task in present.tasks}
        said += [f"#{n} falls out of {worker.id}" for n in stays if before[n][1] > ends[n][1]]
        for number in stays:
            stop, was, end = stops[number], before[number][0], ends[number][0]
            fitted = before[number][1]
            mine = number in {one.number for one in worker.stops}
            whole = any(shuts - opens >= stop.takes for opens, shuts in worker.spans)
            if (
                mine
                and whole
                and stop.locked
                and stop.planned is not None
                and fitted
                and end > was + _SAME
            ):
                said.append(f"#{number} is locked to its time")
            if fitted and was <= stop.until < end:
                said.append(f"#{number} is done after the papers of {worker.id}")
            firm = stop.weight >= 20 or stop.appointed is not None
            if firm and fitted and was <= stop.due < end:
                said.append(f"#{number} would be late")
    return said


def _of_one(present: Present, after: Present, one: Sent) -> list[str]:
    joint = next(it for it in present.joint if it.stop.number == one.number)
    said = []
    if len(set(one.have)) != joint.wants or one.had != joint.has:
        said.append(f"#{one.number} does not get {joint.wants}")
    if not joint.able.keys() >= set(one.gaining):
        said.append(f"who may not go to #{one.number} does")
    if joint.stays and (one.losing or one.start != joint.stop.planned):
        said.append(f"#{one.number} is locked")
    workers = {worker.id: worker for worker in after.workers}
    holders = judge.holders(after, {})
    for who in one.have:
        end, fits = judge.laid(after, workers[who], holders)[0][one.number]
        if abs(end - joint.stop.takes - one.start) > _SAME or not fits:
            said.append(f"{who} does not begin #{one.number} with the others")
        if end > joint.able.get(who, inf):
            said.append(f"the papers of {who} end before #{one.number}")
    if one.start < max(0.0, joint.stop.appointed or 0.0):
        said.append(f"#{one.number} is begun before the customer lets them in")
    return said
