"""Whom to ask, and who was unhappy: rows of the list, and the script for the one at hand; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.render_card import when
from console.render_time import span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.words_heard import CAUSE_KEYS, cause_said, figures_said
from store.domain.causes import Cause
from store.domain.words import N_
from store.queries.heard import AskLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.queries.heard import BadLine

    Line = AskLine | BadLine


def survey_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="number", title=_("no."), width=6, align="right"),
        Column(name="what", title=_("to do"), width=14, flexible=True),
        Column(name="since", title=_("due"), width=6, align="right", clock=True),
        Column(name="customer", title=_("customer"), width=14, flexible=True),
        Column(name="phone", title=_("phone"), width=13, since=90),
        Column(name="about", title=_("about"), width=18, flexible=True),
        Column(name="tries", title=_("tries"), width=5, align="right"),
    )


def survey_row(line: Line, place: int) -> Row:
    """One of them, at its place in the list."""
    asks = isinstance(line, AskLine)
    cells = (
        str(line.number),
        Tinted(_("ask"), "soon") if isinstance(line, AskLine) else Tinted(_owed(line), "overdue"),
        line.customer or "",
        line.phone or "",
        line.title if isinstance(line, AskLine) else _bad(line),
        str(line.tries) if isinstance(line, AskLine) and line.tries else "",
    )
    due = line.by if isinstance(line, AskLine) else line.call_by
    return Row(
        key=key_of(line), version=hash(cells), mark=(not asks, place), cells=cells, due_at=due
    )


def key_of(line: Line) -> tuple[int, int]:
    """What a row is known by: an order may be in both parts."""
    return line.number, isinstance(line, AskLine)


def how_many(asks: Sequence[AskLine], bad: Sequence[BadLine]) -> Part:
    """How many are to be asked, and how many bad answers are open."""
    if not asks and not bad:
        return _("nobody is to be asked, and no bad answer is open"), "muted"
    said = _n("{count} customer to ask", "{count} customers to ask", len(asks))
    more = _n("{count} bad answer open", "{count} bad answers open", len(bad))
    told = said.format(count=len(asks)), more.format(count=len(bad))
    return _(", ").join(told), "strong"


def script(
    line: Line | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """Whom, about what, what to say, and what each key would note, on lines so wide."""
    if line is None:
        return ()
    if isinstance(line, AskLine):
        return (*_to_ask(line, at, zone), *packed(_answer_keys(), width))
    return (*_to_find(line, at, zone), *packed(_cause_keys(), width))


def _to_ask(line: AskLine, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    who = _(", ").join(filter(None, (line.customer, line.contact, line.phone, line.site)))
    yield (f" #{line.number} ", "strong"), (who or _("no customer is named"), "strong")
    said = [_("to be asked by {when}").format(when=when(line.by, zone, at=at))]
    if line.technician:
        said.append(line.technician)
    if line.next_at is not None:
        said.append(_("rings next {when}").format(when=when(line.next_at, zone, at=at)))
    yield ((f" {_(', ').join(said)}", "muted"),)
    opening = _("“Good day, this is the service desk. We were with you for: {title}.”")
    yield (" ", ""), HANG, (opening.format(title=line.title), "")
    ask = _("Ask: how content are you, 1 to 5? Would you recommend us, 0 to 10? Why?")
    yield (" ", ""), HANG, (ask, "")


def _to_find(line: BadLine, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    whom = (line.customer, line.contact, line.phone, line.site, line.technician)
    who = _(", ").join(filter(None, whom))
    yield (f" #{line.number} ", "strong"), (who or _("no customer is named"), "strong")
    age = _("answered {span} ago").format(span=span(at - line.since).strip())
    call = _("nobody is to call back any more")
    if line.call_by is not None:
        call = _("to be called back by {when}, by working hours")
        call = call.format(when=when(line.call_by, zone, at=at))
    late = line.call_by is not None and line.call_by < at
    yield (
        (f" {figures_said(line.csat, line.nps)}  ", "overdue"),
        (call, "overdue" if late else ""),
        (_(", ") + _(", ").join((_owed(line), age)), "muted"),
    )
    if line.said:
        yield (" ", ""), HANG, (_("“{said}”").format(said=line.said), "")
    if line.cause:
        found = _("{what}: {about}").format(what=cause_said(line.cause), about=line.contained)
        yield (" ", ""), HANG, (found, "")


def _owed(line: BadLine) -> str:
    """What is still to be done about a bad answer."""
    if line.cause is None:
        return _("cause missing")
    return _("cause unknown") if line.cause == Cause.UNKNOWN else _("action due")


def _bad(line: BadLine) -> str:
    said = line.said.split("\n", 1)[0]
    return "  ".join(filter(None, (figures_said(line.csat, line.nps), said or line.title)))


def _answer_keys() -> Iterator[Parts]:
    yield (" 1-5 ", "key"), (_("how content") + " ", "")
    yield (" 0 ", "key"), (_("not reached") + " ", "")
    yield (" 9 ", "key"), (_("does not want to answer") + " ", "")


def keys_told() -> Mapping[str, str]:
    """What the digits do, for the help: of who is to be asked, and of a bad answer."""
    return {
        "1-5": N_("how content he is; of a bad answer its root cause, up to 8"),
        "0": N_("not reached; of a bad answer: open an action"),
        "9": N_("does not want to answer"),
    }


def _cause_keys() -> Iterator[Parts]:
    for key, cause in CAUSE_KEYS.items():
        yield (f" {key} ", "key"), (f"{cause_said(cause)} ", "")
    yield (" 0 ", "key"), (_("open an action") + " ", "")
