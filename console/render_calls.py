"""Calls to customers: rows of the list, and the script for the one at hand; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.outcomes import KEYS
from console.render_card import when
from console.render_revisits import QUESTIONS, asked_lines, known_lines, revisit_keys
from console.render_time import span
from console.whens import coming
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.calls import CALL_REASONS, OUTCOMES, CallReason
from store.domain.lifecycle import STATES
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.domain.calls import Outcome
    from store.queries.calls import CallLine
    from store.queries.revisits import RevisitSheet

_SCRIPTS: Final[Mapping[CallReason, tuple[str, str]]] = {
    CallReason.PROMISED: (
        N_("“Good day, this is the service desk. We promised to call you about: {title}.”"),
        N_("Say how it stands. Ask: is it as you need it? When may we call again?"),
    ),
    CallReason.SILENT: (
        N_("“Good day, this is the service desk. We work on: {title}, and owe you word of it.”"),
        N_("Ask the technician first. Say what is done, what comes next, and by when."),
    ),
}


def call_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="number", title=_("no."), width=6, align="right"),
        Column(name="priority", title=_("P"), width=2),
        Column(name="why", title=_("why"), width=12),
        Column(name="since", title=_("due"), width=6, align="right", clock=True),
        Column(name="customer", title=_("customer"), width=14, flexible=True),
        Column(name="phone", title=_("phone"), width=13, since=100),
        Column(name="about", title=_("about"), width=18, flexible=True),
        Column(name="tries", title=_("tries"), width=5, align="right"),
    )


def call_row(call: CallLine, place: int, *, at: datetime) -> Row:
    """One call, at its place in the list."""
    promised = call.why is not CallReason.SILENT and call.due_at <= at
    cells = (
        str(call.number),
        f"P{call.priority}",
        Tinted(_(CALL_REASONS[call.why]), "overdue" if promised else "soon"),
        call.customer or "",
        call.phone or "",
        call.note or call.title,
        str(call.tries) if call.tries else "",
    )
    return Row(
        key=key_of(call), version=hash(cells), mark=(place,), cells=cells, due_at=call.due_at
    )


def key_of(call: CallLine) -> tuple[int, int]:
    """What a call is known by."""
    return call.number, call.place or 0


def how_many(calls: Sequence[CallLine]) -> Part:
    """How many were promised, how many orders are silent, and how many revisits are due."""
    if not calls:
        return _("nobody is to be called now"), "muted"
    promised, silent, revisits = (
        sum(call.why is why for call in calls)
        for why in (CallReason.PROMISED, CallReason.SILENT, CallReason.REVISIT)
    )
    said = _n("{count} promised call", "{count} promised calls", promised).format(count=promised)
    more = _n("{count} order without progress", "{count} orders without progress", silent)
    told = [said, more.format(count=silent)]
    if revisits:
        told = [part for part, count in zip(told, (promised, silent), strict=True) if count]
        told.append(_n("{count} revisit", "{count} revisits", revisits).format(count=revisits))
    return _(", ").join(told), "strong"


def script(
    call: CallLine | None,
    proposed: Mapping[Outcome, datetime | None] | None,
    *,
    at: datetime,
    zone: tzinfo | None,
    width: int,
    sheet: RevisitSheet | None = None,
    questions: Sequence[str] = (),
) -> tuple[Parts, ...]:
    """Whom, why, what to say, and what each key would note, on lines so wide."""
    if call is None:
        return ()
    who = _(", ").join(filter(None, (call.customer, call.phone, call.site)))
    lines: list[Parts] = [
        ((f" #{call.number} ", "strong"), (who or _("no customer is named"), "strong")),
        ((f" {_facts(call, at, zone)}", "muted"),),
    ]
    if call.why is CallReason.REVISIT:
        asked = questions or tuple(map(_, QUESTIONS))
        lines += (*known_lines(sheet, at=at, zone=zone), *asked_lines(call.period, asked))
        return (*lines, *packed(revisit_keys(proposed, at, zone), width))
    opening, ask = _SCRIPTS[call.why]
    lines += [
        ((" ", ""), HANG, (_(opening).format(title=call.title), "")),
        ((" ", ""), HANG, (_(ask), "")),
    ]
    if call.note:
        lines.insert(2, ((_(" it was about: {note}").format(note=call.note), ""),))
    return (*lines, *packed(_keys(proposed, at, zone), width))


def _facts(call: CallLine, at: datetime, zone: tzinfo | None) -> str:
    state = _(STATES[call.state].label) if call.state in STATES else str(call.state)
    said = [state]
    if call.technician:
        said.append(call.technician)
    if call.next_deadline is not None:
        due = when(call.next_deadline, zone, at=at)
        said.append(_("due {when}").format(when=due))
    passed = span(at - call.due_at).strip()
    if call.why is CallReason.REVISIT:
        due = _("revisit missed, due {span} ago").format(span=passed)
        today = _("revisit of today")
        return _(", ").join((due if call.due_at <= at else today, *said[1:2]))
    said.append(
        _("promised by {name}, due {span} ago").format(name=call.made_by or "?", span=passed)
        if call.why is CallReason.PROMISED
        else _("no progress for {span}").format(span=passed)
    )
    return _(", ").join(said)


def _keys(
    proposed: Mapping[Outcome, datetime | None] | None, at: datetime, zone: tzinfo | None
) -> Iterator[Parts]:
    for key, outcome in KEYS.items():
        again = (proposed or {}).get(outcome)
        told = "" if again is None else _(" (again {when})").format(when=coming(again, zone, at=at))
        yield (f" {key} ", "key"), (f"{_(OUTCOMES[outcome].label)}{told} ", "")
