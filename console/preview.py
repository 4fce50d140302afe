"""What a command would change, order by order: states, people, priorities and clocks; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.i18n import _, fill, tell
from console.render_card import when
from console.render_told import clock_named
from console.whens import coming, filled
from store.domain.lifecycle import LIVE_VISITS, STATES
from store.domain.recalls import is_unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime, tzinfo

    from store.domain.errors import Refusal
    from store.domain.intents import Change, Done, Rehearsed
    from store.domain.order import Clock, WorkOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One order, and what becomes of it."""

    number: int
    """0 for what is about no order: a calendar, a plan."""
    title: str
    changes: tuple[str, ...] = ()
    refused: str | None = None
    """Why nothing does."""
    new: bool = False
    """Whether it came to the list after the operator looked."""
    warning: str = ""
    """What speaks against it; it is done all the same."""
    weighs: bool = False
    """Whether somebody else has the order then, or it is more or less urgent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How people and times are written."""

    people: Mapping[int, str]
    """Technicians by id."""
    at: datetime
    zone: tzinfo | None


def preview(
    rehearsed: Iterable[Rehearsed], titles: Mapping[int, str], names: Names
) -> tuple[PreviewRow, ...]:
    """A row an order; one that several commands touch has a row for all of them."""
    rows: dict[int, PreviewRow] = {}
    for told in rehearsed:
        for row in _rows(told, titles, names):
            before = rows.get(row.number)
            rows[row.number] = row if before is None else _joined(before, row)
    return tuple(rows.values())


def _rows(told: Rehearsed, titles: Mapping[int, str], names: Names) -> Iterator[PreviewRow]:
    """With what is passed over beside the first."""
    from store.commands.besides import PASSED

    passed = told.done.facts.get(PASSED, ()) if told.done is not None else ()
    for row in _of_each(told, titles, names):
        yield replace(row, warning=_passed_said(passed)) if passed else row
        passed = ()


def _passed_said(passed: Iterable[object]) -> str:
    said = [fill("{what}", {"what": one}) for one in passed]
    return _("what nothing takes back stays: {passed}").format(passed=_(", ").join(said))


def _of_each(told: Rehearsed, titles: Mapping[int, str], names: Names) -> Iterator[PreviewRow]:
    number: int = getattr(told.command, "number", None) or 0
    if told.refusal is not None:
        for one, why in _refused(told.refusal, number):
            yield PreviewRow(number=one, title=titles.get(one, ""), refused=tell(why))
        return
    meant = (number,) if number else getattr(told.command, "numbers", None) or ()
    changed = {change.after.number for change in told.changes}
    for one in meant:
        if one not in changed:
            title = titles.get(one, "")
            yield PreviewRow(number=one, title=title, changes=(_("stays as it is"),))
    if not meant and not told.changes and told.done is not None:
        yield PreviewRow(number=0, title=_what_it_does(told.done, names))
    for change in told.changes:
        said = tuple(_changes(change, names))
        if not said and told.done is not None:
            said = (_what_it_does(told.done, names),)
        after = change.after
        weighs = _weighs(change)
        yield PreviewRow(number=after.number, title=after.title, changes=said, weighs=weighs)


def _refused(why: Refusal, number: int) -> Iterator[tuple[int, Refusal]]:
    """Each order that refuses, with its reason; 0 where that is none of an order."""
    from store.domain.undo_refusals import OthersCan

    if isinstance(why, OthersCan):
        yield from why.stay.items()
    else:
        yield number or why.facts.get("number", 0), why


def _what_it_does(done: Done, names: Names) -> str:
    return filled(done.sentence, done.facts, names.zone, at=names.at)


def _joined(one: PreviewRow, other: PreviewRow) -> PreviewRow:
    return PreviewRow(
        number=one.number,
        title=one.title,
        changes=(*one.changes, *other.changes),
        refused=one.refused or other.refused,
        weighs=one.weighs or other.weighs,
    )


def _weighs(change: Change) -> bool:
    before, after = change.before, change.after
    if before is None:
        return False
    return (before.technician, before.priority) != (after.technician, after.priority)


def _changes(change: Change, names: Names) -> Iterator[str]:
    before, after = change.before, change.after
    if before is None:
        yield _("new order, priority {priority}").format(priority=after.priority)
        yield from _clocks((), after.clocks, names)
        return
    if before.state is not after.state:
        yield f"{_(STATES[before.state].label)} → {_(STATES[after.state].label)}"
    if after.wake_at is not None and after.wake_at != before.wake_at:
        yield _("until {when}").format(when=coming(after.wake_at, names.zone, at=names.at))
    yield from _people(before, after, names)
    if _recalled(after) > _recalled(before):
        yield _("recalled until seen")
    if before.priority != after.priority:
        yield f"P{before.priority} → P{after.priority}"
    yield from _clocks(before.clocks, after.clocks, names)


def _recalled(order: WorkOrder) -> int:
    return sum(map(is_unseen, order.visits))


def _people(before: WorkOrder, after: WorkOrder, names: Names) -> Iterator[str]:
    """Who goes and who comes; all of them, where nobody goes or nobody comes in their place."""
    had, have = _holders(before), _holders(after)
    gone = [who for who in had if who not in have]
    come = [who for who in have if who not in had]
    if gone and come:
        had, have = gone, come
    if gone or come:
        yield f"{_called(had, names)} → {_called(have, names)}"


def _holders(order: WorkOrder) -> list[int]:
    live = [visit.technician for visit in order.visits if visit.state in LIVE_VISITS]
    return live or ([] if order.technician is None else [order.technician])


def _called(people: list[int], names: Names) -> str:
    said = (names.people.get(who, str(who)) for who in people)
    return _(", ").join(said) or _("nobody")


def _clocks(before: tuple[Clock, ...], after: tuple[Clock, ...], names: Names) -> Iterator[str]:
    old = {(clock.kind, clock.run): clock for clock in before}
    for clock in after:
        was = old.pop((clock.kind, clock.run), None)
        if clock != was:
            said = _clock(was, clock, names)
            if said:
                yield _("{clock}: {what}").format(clock=clock_named(clock), what=said)
    for clock in old.values():
        yield _("{clock}: {what}").format(clock=clock_named(clock), what=_gone())


def _clock(was: Clock | None, clock: Clock, names: Names) -> str:
    due = when(clock.due_at, names.zone, at=names.at) or _("stands still while it waits")
    if was is None:
        return _("due {when}").format(when=due)
    if was.running and not clock.running:
        return _("met") if clock.met_at is not None else _gone()
    if clock.running and not was.running:
        return _("runs again, due {when}").format(when=due)
    if clock.due_at == was.due_at:
        return ""
    old = when(was.due_at, names.zone, at=names.at) or _("stood still")
    return _("due {old} → {new}").format(old=old, new=due)


def _gone() -> str:
    return _("is no longer promised")
