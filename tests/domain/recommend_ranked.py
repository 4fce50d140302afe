"""Who should go, the cheapest first: everybody in every place, each of them reckoned anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.domain.recommend_judge import Day, Judged, Told, days, load, walked

if TYPE_CHECKING:
    from store.domain.dispatch.crew import Prices, Wanted, Worker


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


def ranked(
    workers: list[Worker], wanted: Wanted, prices: Prices, told: Told | None = None
) -> list[tuple[float, int, Judged]]:
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
        -prices.usual * (wanted.usual == worker.id)
        - prices.asked_for * (wanted.customer in worker.asked_for_by),
    )
    found = []
    for day in his:
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
                prices.waiting
                * (
                    stop.weight * (end - stop.takes - stop.ready)
                    + sum(
                        one.weight * (now - was)
                        for one, was, now in zip(day.stops, before, after, strict=True)
                    )
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
            found.append(Judged(sum(parts), parts, end, slips))
    return found or _in_parts(worker, wanted, prices, lasting, told)


def _in_parts(
    worker: Worker, wanted: Wanted, prices: Prices, lasting: tuple[float, ...], told: Told | None
) -> list[Judged]:
    """What is longer than any of his spans comes after all he has, and goes on in the next."""
    stop, his = wanted.stop, days(worker, told)
    lengths = [ends - begins for begins, ends in worker.spans]
    if not max(lengths) < stop.takes <= sum(lengths):
        return []
    then = days(replace(worker, stops=(*worker.stops, stop)), told)
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
        prices.waiting * (waits + stop.weight * (own[0][0] - stop.ready)),
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
