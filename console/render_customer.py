"""A customer whole, as lines of text: for a screen and for the command line; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from console.render_caller import caller_lines
from console.render_card import heading, when
from console.render_said import said_lines
from console.render_time import here
from store.domain.contracts import OUTCOMES, STANDINGS, Outcome, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.customers import ContractLine, CustomerSheet, ServiceRecord

_WIDE: Final = 10_000
"""Cells; a page scrolls and a pipe has no width."""


def customer_lines(
    sheet: CustomerSheet, *, at: datetime, zone: tzinfo | None, cells: int = _WIDE
) -> tuple[Parts, ...]:
    """What the caller's card says, then a part a list; nothing is said of what there is none of."""
    return (
        *caller_lines(sheet.card, at=at, zone=zone, cells=cells),
        *_people(sheet),
        *_contracts(sheet, at, zone),
        *_technicians(sheet),
        *_promises(sheet, at, zone),
        *_record(sheet.record, sheet.sites, zone),
        *heard_lines(sheet, at=at, zone=zone),
    )


def heard_lines(sheet: CustomerSheet, *, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    """What the customer was heard to say; ratings have their place here, too."""
    if sheet.voices:
        yield ()
        yield from said_lines(sheet.voices, lambda moment: when(moment, zone, at=at), at=at)


def contract_said(line: ContractLine) -> str:
    """How a contract stands, and what became of its renewal."""
    said = [_(STANDINGS[line.standing])]
    if line.outcome != Outcome.OPEN or line.standing is Standing.ENDING:
        said.append(_(OUTCOMES[Outcome(line.outcome)]))
    return _(", ").join(said)


def _people(sheet: CustomerSheet) -> Iterator[Parts]:
    if sheet.people:
        yield ()
        yield heading(_("contacts"))
    for person in sheet.people:
        yield (("  " + "  ".join(text for text in (person.name, person.phone) if text), ""),)


def _contracts(sheet: CustomerSheet, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    if sheet.contracts:
        yield ()
        yield heading(_("contracts"))
    for line in sheet.contracts:
        tone = "soon" if line.standing is Standing.ENDING else ""
        term = _("{first} to {last}").format(first=line.first_day, last=line.last_day)
        told = "  ".join(text for text in (term, _(line.level)) if text)
        yield ((f"  {told}  ", ""), (contract_said(line), tone))
        if line.renew_day != line.last_day:
            yield ((_("    renewal by {day}").format(day=line.renew_day), "muted"),)
        if line.decided_at is not None:
            by = _("    told to {name}, {when}").format(
                name=line.decided_by, when=when(line.decided_at, zone, at=at)
            )
            yield ((by, "muted"),)
        for text in line.words.splitlines():
            yield ((f"    {text}", ""),)


def _technicians(sheet: CustomerSheet) -> Iterator[Parts]:
    if not sheet.asks_for and not sheet.refuses:
        return
    yield ()
    yield heading(_("technicians"))
    for said, names in ((_("asks for"), sheet.asks_for), (_("refuses"), sheet.refuses)):
        if names:
            yield ((f"  {said}  ", "muted"), (_(", ").join(names), ""))


def _promises(sheet: CustomerSheet, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    if sheet.promises:
        yield ()
        yield heading(_("promised to call back"))
    for promise in sheet.promises:
        tone = "overdue" if promise.due_at < at else ""
        due = _("due {when}").format(when=when(promise.due_at, zone, at=at))
        note = f"  {promise.note}" if promise.note else ""
        told = f"  {promise.title}{note}"
        yield ((f"  #{promise.number} ", "strong"), (due, tone), (told, ""))


def _record(record: ServiceRecord, sites: tuple[str, ...], zone: tzinfo | None) -> Iterator[Parts]:
    yield ()
    yield heading(_("service record"))
    if record.first_at is None:
        yield ((_("  no order yet"), "muted"),)
        return
    since = f"{here(record.first_at, zone):%Y-%m-%d}"
    orders = _n("{count} order since {day}", "{count} orders since {day}", record.orders)
    counted = (
        orders.format(count=record.orders, day=since),
        _("open: {count}").format(count=record.open),
        _("done: {count}").format(count=record.done),
        _("reopened: {count}").format(count=record.reopened),
        _("visits: {count}").format(count=record.visits),
    )
    yield (("  " + _(", ").join(counted), ""),)
    if sites:
        yield (("  " + _("sites: {names}").format(names=_(", ").join(sites)), ""),)
