"""The list of exceptions: a row each, and the one at hand whole; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_exceptions import BY_KEY, DEEDS
from console.deed_kinds import step_keys
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.render_granted import state_said
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.words_exceptions import grant_said, what_told
from store.domain.exceptions import Deviation, Grant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from console.looks import Part, Parts
    from console.render_granted import When
    from store.queries.exceptions import ExceptionLine


def exception_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="id", title=_("exception no."), width=13, align="right"),
        Column(name="stands", title=_("state"), width=9),
        Column(name="left", title=_("left"), width=8, align="right", clock=True),
        Column(name="what", title=_("what"), width=18, flexible=True),
        Column(name="waits", title=_("waits for"), width=12, flexible=True),
        Column(name="asked", title=_("asked by"), width=10, since=100),
        Column(name="order", title=_("order"), width=7, align="right"),
    )


def exception_row(line: ExceptionLine, place: int, *, at: datetime) -> Row:
    """One of them, at its place in the list."""
    one = line.exception
    tone = "strong" if line.mine else ""
    late = line.stands is Grant.ASKED and at >= one.decide_by
    cells = (
        str(one.id),
        Tinted(grant_said(line.stands), "overdue" if late else tone),
        what_told(one),
        Tinted(_("you"), "strong") if line.mine else _(", ").join(line.waits_for),
        line.asked_by,
        f"#{one.number}",
    )
    told = tuple(str(cell) for cell in cells)
    return Row(key=one.id, version=hash(told), mark=(place,), cells=cells, due_at=line.next_at)


def how_many(lines: Sequence[ExceptionLine], *, at: datetime) -> Part:
    """How many wait for you, for others, and may be used; and how many are late."""
    if not lines:
        return _("no exception waits, and none may be used"), "muted"
    asked = [line for line in lines if line.stands is Grant.ASKED]
    mine = sum(line.mine for line in asked)
    told = [
        _("wait for you: {count}").format(count=mine),
        _("for others: {count}").format(count=len(asked) - mine),
        _("may be used: {count}").format(count=len(lines) - len(asked)),
    ]
    late = sum(1 for line in asked if at >= line.exception.decide_by)
    if late:
        told.append(_n("{count} overdue", "{count} overdue", late).format(count=late))
    return "  ".join(told), "overdue" if late else "strong"


def exception_told(line: ExceptionLine | None, when: When, *, width: int) -> tuple[Parts, ...]:
    """All of the exception at hand, and what each key does to it, on lines so wide."""
    if line is None:
        return ()
    refused = {"use"} if line.moves else set[str]()
    return (*_told(line, when), *packed(step_keys(DEEDS, BY_KEY, refused), width))


def exception_lines(line: ExceptionLine, when: When) -> Iterator[str]:
    """The same as plain lines, however long."""
    for parts in _told(line, when):
        yield "".join(text for text, _tone in parts).rstrip()


def _told(line: ExceptionLine, when: When) -> Iterator[Parts]:
    one = line.exception
    who = _(", ").join(filter(None, (line.customer, line.place, line.title)))
    named = _("exception {number}").format(number=one.id)
    yield (f" {named} ", "strong"), (who, "strong")
    for text in told_lines(line, when):
        yield (" ", ""), HANG, (text, "")


def told_lines(line: ExceptionLine, when: When) -> Iterator[str]:
    """What was asked, how it stands, by which limit, and what was used of it."""
    one = line.exception
    asked = when(one.asked_at)
    yield _("{what}, asked {when} by {who}: {reason}").format(
        what=what_told(one), when=asked, who=line.asked_by, reason=one.reason
    )
    yield state_said(line, when)
    if one.uses:
        used = _n("used {count} time, last for: {what}", "used {count} times, last for: {what}",
                  one.uses)  # fmt: skip
        yield used.format(count=one.uses, what=one.used_for)
    if one.kind == Deviation.WAIVER and line.moves:
        yield _("While it stands its clock is due no earlier; figures tell it as missed.")
    elif one.kind == Deviation.WAIVER:
        yield _("It is only a note: its clock goes on, as with every waiver when it was granted.")


def keys_told() -> Mapping[str, str]:
    """What the digits of the list do, for its help."""
    return {key: DEEDS[name].label for key, name in BY_KEY.items()}
