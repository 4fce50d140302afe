"""What a pack says, as plain JSON: reckoned as of when it was due, for those who see some sites.

No words of customers are in it: orders and actions are named by their numbers, and called what they
are called by whoever shows it, so that who is erased is erased there, too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import StoreTrouble
from store.domain.kpi.table import KPIS
from store.domain.packs import PackKind
from store.domain.who import THE_DESK
from store.queries.corrective import ListActions
from store.queries.kpi import Figure, FiguresOwed, Kpis
from store.queries.packs import DayWork
from store.queries.period_json import period_plain, within_of, within_plain
from store.reviewing import gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.packs import DuePack
    from store.persistence.packs import OwedPack
    from store.queries.corrective import ActionLine
    from store.queries.packs import PackLine, PromisedThing
    from store.records import Records
    from store.reviewing import Pack

    Ask = Callable[[Any], Any]
    Made = Callable[[Any, DuePack, str], dict[str, Any]]

DAY_FIGURES: Final = (
    *("orders_opened", "orders_closed", "orders_open", "resolve_breaches_open"),
    *("response_median_s", "resolve_wall_median_s", "resolve_deadline_kept", "csat"),
)
"""The figures of a day's summary."""


def content_of(records: Records, owed: OwedPack) -> dict[str, Any]:
    """What it says, all of one state of the store; `FiguresOwed` while figures are being made."""
    who = replace(THE_DESK, scope=owed.scope)
    with records.asking(who=who, at=owed.pack.due_at) as ask:
        return _MADE[owed.pack.kind](ask, owed.pack, owed.zone)


def _daily(ask: Ask, pack: DuePack, zone: str) -> dict[str, Any]:
    days: dict[str, Any] = {"first": pack.first, "last": pack.last, "zone": zone}
    days |= {"since": pack.since, "so_far": True}
    found = ask(Kpis(names=DAY_FIGURES, **days))
    if found.owed:
        raise FiguresOwed
    work = ask(DayWork(ahead=pack.ahead, **days))
    return {
        "figures": _figures({figure.name: figure for figure in found.figures}),
        "opened": list(work.opened),
        "closed": list(work.closed),
        "late": [_promised(one) for one in work.late],
        "ahead": [_promised(one) for one in work.ahead],
        "counts": {"late": work.late_count, "ahead": work.ahead_count},
        "since": pack.since.isoformat(),
        "until": pack.ahead.isoformat(),
    }


def _promised(one: PromisedThing) -> list[Any]:
    return [one.number, one.due_at.astimezone(UTC).isoformat(), one.kind]


def _weekly(ask: Ask, _pack: DuePack, _zone: str) -> dict[str, Any]:
    return {"actions": [_action(line) for line in ask(ListActions())]}


def _action(line: ActionLine) -> dict[str, Any]:
    one = line.action
    return {
        "id": one.id,
        "number": one.number,
        "stage": one.stage.value,
        "cause": one.cause,
        "owner": line.owner,
        "opened": _iso(one.opened_at),
        "due": _iso(one.rings_at),
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def _monthly(ask: Ask, pack: DuePack, zone: str) -> dict[str, Any]:
    found = gathered(ask, pack.first, against=None, zone=zone)
    if found.owed:
        raise FiguresOwed
    return review_plain(found)


def review_plain(pack: Pack) -> dict[str, Any]:
    """A month's review without words of customers."""
    lists, baseline = pack.lists, pack.baseline
    return {
        "against": pack.against.isoformat(),
        "zone": pack.zone,
        "figures": _figures(pack.now),
        "before": _figures(pack.before),
        "kinds": [dict(mix) for mix in pack.kinds],
        "crew": [dict(mix) for mix in pack.crew],
        "year": {month: _figures(told) for month, told in pack.year.items()},
        "worst": [
            [
                *(one.number, _iso(one.opened_at), _iso(one.done_at)),
                *(one.late_s, one.chased, one.reopened),
            ]
            for one in lists.worst
        ],
        "promises": [[one.kind, one.due, one.missed] for one in lists.promises],
        "causes": [[one.cause, one.answers] for one in lists.causes],
        "revisits": [
            getattr(lists.revisits, name) for name in ("planned", "held", "missed", "refused")
        ],
        "about": [[one.about, one.complaints] for one in lists.about or ()],
        "complaints": [
            [
                *(one.id, one.number, one.about, _iso(one.received_at), _iso(one.answered_at)),
                one.late_s,
            ]
            for one in lists.complaints or ()
        ],
        "inspected": [
            [one.id, one.number, one.score, _iso(one.scored_at), one.acted]
            for one in lists.inspected or ()
        ],
        "actions": [_action(line) for line in pack.plan],
        "sure": None if pack.sure is None else period_plain(pack.sure),
        "baseline": None
        if baseline is None or baseline.period is None
        else {
            "id": baseline.id,
            "name": baseline.name,
            "frozen_at": _iso(baseline.frozen_at),
            "frozen_by": baseline.frozen_by,
            **period_plain(baseline.period),
        },
    }


def _figures(told: Mapping[str, Figure]) -> dict[str, list[Any]]:
    return {
        name: [one.value, one.n, one.unit, *within_plain(one.within_s)]
        for name, one in told.items()
    }


def figures_from(told: Mapping[str, Any], of: str = "") -> dict[str, Figure]:
    """Figures as a pack has them, in the order in which they are shown; others are left out."""
    told = {name: told[name] for name in KPIS if name in told}
    return {
        name: Figure(name=name, value=value, n=n, unit=unit, of=of, within_s=within_of(more))
        for name, (value, n, unit, *more) in told.items()
    }


def figures_now(ask: Ask, line: PackLine, told: Mapping[str, Any]) -> dict[str, Figure]:
    """The same figures of the same time as they are reckoned now; none of a week's actions."""
    if line.kind == PackKind.WEEKLY:
        return {}
    days: dict[str, Any] = {"first": line.first, "last": line.last, "zone": line.zone}
    if "since" in told:
        days["since"] = datetime.fromisoformat(told["since"])
    so_far = line.kind == PackKind.DAILY
    found = ask(Kpis(names=tuple(told.get("figures", {})), so_far=so_far, **days))
    return {figure.name: figure for figure in found.figures}


_MADE: Final[Mapping[PackKind, Made]] = {
    PackKind.DAILY: _daily,
    PackKind.WEEKLY: _weekly,
    PackKind.MONTHLY: _monthly,
}


def write_packs(records: Records, *, at: datetime) -> int:
    """Write every pack that is due and nobody has written; how many were written here.

    A process that dies before its transaction ends has written nothing, and whoever looks next
    writes the pack as of when it was due. While figures of some orders are being made none is
    written: the next look finds it.
    """
    written, wrong = 0, list[Exception]()
    for owed in records.packs_due(at=at):
        try:
            content = content_of(records, owed)
            written += records.again(partial(_kept, records, owed, content, at))
        except FiguresOwed:
            break
        except StoreTrouble:
            raise
        except Exception as error:  # noqa: BLE001  one that cannot be made keeps no other back
            wrong.append(error)
    if wrong:
        raise wrong[0]
    return written


def _kept(records: Records, owed: OwedPack, content: dict[str, Any], at: datetime) -> bool:
    with records.work(who=THE_DESK, at=at) as work:
        return work.keep_pack(owed, content)
