"""What a command would change, order by order: states, people, priorities and clocks; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.i18n import _, tell
from console.render_card import when
from console.whens import coming, filled
from store.domain.lifecycle import STATES
from store.domain.recalls import is_unseen
from store.domain.targets import CLOCK_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime, tzinfo

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
    number: int = getattr(told.command, "number", None) or 0
    if told.refusal is not None:
        number = number or told.refusal.facts.get("number", 0)
        title = titles.get(number, "")
        yield PreviewRow(number=number, title=title, refused=tell(told.refusal))
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
    if before.technician != after.technician:
        yield f"{_person(before, names)} → {_person(after, names)}"
    if _recalled(after) > _recalled(before):
        yield _("recalled until seen")
    if before.priority != after.priority:
        yield f"P{before.priority} → P{after.priority}"
    yield from _clocks(before.clocks, after.clocks, names)


def _recalled(order: WorkOrder) -> int:
    return sum(map(is_unseen, order.visits))


def _person(order: WorkOrder, names: Names) -> str:
    if order.technician is None:
        return _("nobody")
    return names.people.get(order.technician, str(order.technician))


def _clocks(before: tuple[Clock, ...], after: tuple[Clock, ...], names: Names) -> Iterator[str]:
    old = {(clock.kind, clock.run): clock for clock in before}
    for clock in after:
        was = old.pop((clock.kind, clock.run), None)
        if clock != was:
            said = _clock(was, clock, names)
            if said:
                yield _("{clock}: {what}").format(clock=_(CLOCK_LABELS[clock.kind]), what=said)
    for clock in old.values():
        yield _("{clock}: {what}").format(clock=_(CLOCK_LABELS[clock.kind]), what=_gone())


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
