"""Who should go, the cheapest first: everybody in every place, each of them reckoned anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.domain.recommend_judge import Day, Judged, Told, days, load, walked

if TYPE_CHECKING:
    from store.domain.dispatch.crew import Prices, Stop, Wanted, Worker


def may(worker: Worker, wanted: Wanted) -> bool:
    """Whether no rule keeps him from it whatever he has to do."""
    locked_out = wanted.locked_to and worker.id not in wanted.locked_to
    if locked_out or any(thing not in worker.carries for thing in wanted.needs):
        return False
    if worker.off or wanted.customer in worker.refused_by or not worker.spans:
        return False
    if wanted.skill is not None and worker.skills.get(wanted.skill, 0) < wanted.level:
        return False
    if wanted.paper and wanted.paper not in worker.papers:
        return False
    if not worker.regions or wanted.region is None:
        return True
    return wanted.region in worker.regions


Ranked = list[tuple[float, int, Judged]]


def recommended(
    workers: list[Worker], wanted: Wanted, prices: Prices, told: Told | None = None
) -> tuple[int, Ranked]:
    """How many may go, and the first five as it comes when they are sent, cheapest first."""
    known = {worker.id: worker for worker in workers}
    everybody = ranked(workers, wanted, prices, told)
    found: Ranked = []
    able = len(everybody)
    for cost, who, best in everybody:
        if len(found) == 5:
            break
        its = _as_sent(known[who], wanted, prices, best, told)
        if its is None:
            able -= 1
        else:
            found.append((cost if its is best else round(its.total, 6), who, its))
    return able, sorted(found, key=lambda one: one[:2])


def _as_sent(
    worker: Worker, wanted: Wanted, prices: Prices, best: Judged, told: Told | None
) -> Judged | None:
    """Whether its turn brings it there, or a start that is set for it; else what its turn does."""
    stop, (place, at) = wanted.stop, best.where
    if best.shifts > 1:
        meant = days(replace(worker, stops=(*worker.stops, stop)), told)
    else:
        meant = days(worker, told)
        meant[place].stops.insert(at, stop)
    start = round(_times(meant)[stop.number][0][0], 9)  # less what adding it up has lost
    for one in (stop, replace(stop, planned=start)):
        then = days(_given(worker, one), told)
        same = [[its.number for its in day.stops] for day in then] == [
            [its.number for its in day.stops] for day in meant
        ]
        if same and not _moved(meant, then):
            return best
    in_turn = _given(worker, stop)
    tried = _then(worker, in_turn, wanted, prices, best.parts[6:], told)
    return tried[0] if tried else None


def _moved(meant: list[Day], then: list[Day]) -> bool:
    """Whether anything begins at another time, be it that longer work has pushed his next shift."""
    was, now = _times(meant), _times(then)
    return any(
        abs(mine[0] - its[0]) >= 1e-6
        for number in was
        for mine, its in zip(was[number], now[number], strict=True)
    )


def _given(worker: Worker, stop: Stop) -> Worker:
    """With one more, the urgent first and then by due, behind what is under way."""

    def turn(one: Stop) -> tuple[bool, float, float, int]:
        return not one.under_way, -one.weight, one.due, one.number

    behind = [place for place, one in enumerate(worker.stops) if turn(one) > turn(stop)]
    at = behind[0] if behind else len(worker.stops)
    return replace(worker, stops=(*worker.stops[:at], stop, *worker.stops[at:]))


def ranked(
    workers: list[Worker], wanted: Wanted, prices: Prices, told: Told | None = None
) -> Ranked:
    """Everybody who may go at the least it costs, cheapest first."""
    loads = [sum(map(load, days(one, told))) for one in workers if _allowed(one, wanted)]
    mean = sum(loads) / len(loads) if loads else 0.0
    found = []
    for worker in workers:
        tried = _tried(worker, wanted, prices, mean, told) if may(worker, wanted) else []
        if tried:
            best = min(tried, key=lambda one: one.total)
            found.append((round(best.total, 6), worker.id, best))
    return sorted(found, key=lambda one: one[:2])


def _allowed(worker: Worker, wanted: Wanted) -> bool:
    paper = worker.papers.get(wanted.paper) if wanted.paper else None
    return may(worker, wanted) and (paper is None or paper > 0)


def _tried(
    worker: Worker, wanted: Wanted, prices: Prices, mean: float, told: Told | None
) -> list[Judged]:
    his, stop = days(worker, told), wanted.stop
    paper = worker.papers.get(wanted.paper) if wanted.paper else None
    his_load = sum(map(load, his))
    lasting = (
        prices.territory
        if worker.home is not None and wanted.region is not None and worker.home != wanted.region
        else 0.0,
        prices.fairness * max(0.0, his_load - mean),
        -prices.usual * (wanted.usual == worker.id),
        -prices.asked_for * (wanted.customer in worker.asked_for_by),
    )
    found = []
    for place, day in enumerate(his):
        before, travel = walked(day, day.stops)
        limit = prices.overload_share * max(0.0, day.ends - day.begins)
        for at in range(len(day.stops) + 1):
            if any(other.under_way for other in day.stops[at:]):
                continue
            stops = [*day.stops[:at], stop, *day.stops[at:]]
            after, longer = walked(day, stops)
            end = after.pop(at)
            if end > day.ends or (paper is not None and end > paper):
                continue
            if any(was <= day.ends < now for was, now in zip(before, after, strict=True)):
                continue
            if any(
                other.locked and other.planned is not None and now > was
                for other, was, now in zip(day.stops, before, after, strict=True)
            ):
                continue
            work = sum(one.takes for one in stops)
            parts = (
                stop.weight * max(0.0, end - stop.due),
                sum(
                    one.weight * (max(0.0, now - one.due) - max(0.0, was - one.due))
                    for one, was, now in zip(day.stops, before, after, strict=True)
                ),
                prices.waiting * stop.weight * (end - stop.takes - stop.ready),
                prices.waiting
                * sum(
                    one.weight * (now - was)
                    for one, was, now in zip(day.stops, before, after, strict=True)
                ),
                longer - travel,
                max(0.0, work + longer - limit) - max(0.0, work - stop.takes + travel - limit),
                *lasting,
            )
            slips = {
                one.number: now - was
                for one, was, now in zip(day.stops, before, after, strict=True)
                if now > was
            }
            found.append(Judged(sum(parts), parts, end, slips, where=(place, at)))
    return found or _in_parts(worker, wanted, prices, lasting, told)


def _in_parts(
    worker: Worker, wanted: Wanted, prices: Prices, lasting: tuple[float, ...], told: Told | None
) -> list[Judged]:
    """What is longer than any of his spans comes after all he has, and goes on in the next."""
    lengths = [ends - begins for begins, ends in worker.spans]
    if not max(lengths) < wanted.stop.takes <= sum(lengths):
        return []
    behind = replace(worker, stops=(*worker.stops, wanted.stop))
    return _then(worker, behind, wanted, prices, lasting, told)


def _then(
    worker: Worker,
    given: Worker,
    wanted: Wanted,
    prices: Prices,
    lasting: tuple[float, ...],
    told: Told | None,
) -> list[Judged]:
    """What comes of it that he has it; nothing where something else gives way."""
    stop, his = wanted.stop, days(worker, told)
    then = days(given, told)
    before, after = _times(his), _times(then)
    own = after.pop(stop.number)
    paper = worker.papers.get(wanted.paper) if wanted.paper else None
    if own[-1][2] or (paper is not None and own[-1][1] > paper):
        return []
    late = late_before = waits = 0.0
    for one in worker.stops:
        was, now = before[one.number][-1], after[one.number][-1]
        later = after[one.number][0][0] > before[one.number][0][0]
        if (now[2] and not was[2]) or (one.locked and one.planned is not None and later):
            return []
        late += one.weight * max(0.0, now[1] - one.due)
        late_before += one.weight * max(0.0, was[1] - one.due)
        waits += one.weight * (now[1] - was[1])
    parts = (
        stop.weight * max(0.0, own[-1][1] - stop.due),
        late - late_before,
        prices.waiting * stop.weight * (own[0][0] - stop.ready),
        prices.waiting * waits,
        sum(walked(day, day.stops)[1] for day in then)
        - sum(walked(day, day.stops)[1] for day in his),
        sum(_above(day, prices) for day in then) - sum(_above(day, prices) for day in his),
        *lasting,
    )
    gaps = {number: after[number][-1][1] - before[number][-1][1] for number in after}
    slips = {number: gap for number, gap in gaps.items() if gap > 0}
    return [Judged(sum(parts), parts, own[-1][1], slips, len(own))]


def _times(some: list[Day]) -> dict[int, list[tuple[float, float, bool]]]:
    """From when to when each order is worked at, span by span, and whether it runs over."""
    found: dict[int, list[tuple[float, float, bool]]] = {}
    for day in some:
        for stop, end in zip(day.stops, walked(day, day.stops)[0], strict=True):
            part = end - stop.takes, end, end > day.ends
            found.setdefault(stop.number, []).append(part)
    return found


def _above(day: Day, prices: Prices) -> float:
    return max(0.0, load(day) - prices.overload_share * max(0.0, day.ends - day.begins))
