"""What `paidan do` answers: what came of a line, what it would change, what may follow it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len, set_cell_size

from console.cli_guard import DONE, REFUSED
from console.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.grammar.asking import StoreLookup
    from console.grammar.understand import Understood
    from console.preview import PreviewRow
    from store.domain.intents import Done

DRY: Final = {"dry_run": True}
"""What JSON tells of a dry run, whatever else it tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a line."""

    message: str
    ok: bool = True
    orders: tuple[int, ...] = ()
    undo: str | None = None
    """What `undo` takes back; None where nothing can be."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else is told in JSON."""
    lines: tuple[str, ...] = ()
    """What is printed before the message."""
    code: int = DONE

    def plain(self) -> dict[str, Any]:
        """As JSON tells it."""
        told = {"ok": self.ok, "message": self.message, "orders": list(self.orders)}
        return {**told, "undo": self.undo, **self.more}


def besides(done: Done) -> dict[str, Any]:
    """Who was called off, and what another order got, order by order; who could not be told.

    And which major incidents run on though they are finished, with how many are open under each.
    """
    from store.commands.besides import (
        ALTHOUGH,
        BESIDES,
        CALL_FIRST,
        HOURS,
        PASSED,
        RAISED,
        RUNS,
        UNTOLD,
    )

    told: dict[str, Any] = {k: done.facts[k] for k in (UNTOLD, PASSED) if k in done.facts}
    named = {
        RAISED: ("order", "was", "priority"),
        RUNS: ("order", "open"),
        ALTHOUGH: ("order", "rules"),
        CALL_FIRST: ("order", "who"),
        HOURS: ("order", "hours"),
    }
    for kind in BESIDES:
        found = done.facts.get(kind, ())
        keys = named.get(kind, ("order", "technician"))
        if found:
            told[kind] = [dict(zip(keys, one, strict=True)) for one in found]
    return told


def shown(
    told: Understood, rows: tuple[PreviewRow, ...], like: tuple[str, ...], more: Mapping[str, Any]
) -> Result:
    cannot = all if told.parsed.partly else any
    refused = bool(rows) and cannot(row.refused is not None for row in rows)
    return Result(
        ok=not refused,
        code=REFUSED if refused else DONE,
        message=_("; ").join((nothing_done(told), *like)),
        orders=tuple(row.number for row in rows if row.number),
        more={"preview": _plain_rows(rows), **told.plain_warnings, **DRY, **more},
        lines=lines_of(rows),
    )


def met(told: Understood, *, at: datetime) -> tuple[str, ...]:
    """For which day, time and zone an appointment was understood."""
    from console.render_told import appointment_meant
    from console.told_words import window_of

    begins, ends = window_of(told.parsed.told.get("appointment", ""))
    if begins is None:
        return ()
    meant = appointment_meant(begins, ends, None, at=at, there=told.parsed.there)
    return (_("appointment {time}").format(time=meant),)


def nothing_done(told: Understood) -> str:
    return _("{what}: nothing was done, this was a dry run").format(what=told.said)


def none_of(told: Understood, rows: tuple[PreviewRow, ...]) -> Result | None:
    """Where nothing would be done, there is nothing to say yes to."""
    from console.grammar.understand import none_can

    why = none_can(rows)
    if why is None:
        return None
    shown = {"preview": _plain_rows(rows)}
    return Result(ok=False, message=why, orders=told.parsed.orders, more=shown, code=REFUSED)


def not_sure(told: Understood, rows: tuple[PreviewRow, ...]) -> Result:
    what = _("{what}: say --yes to do it").format(what=told.said)
    return Result(
        ok=False,
        message="\n".join([*lines_of(rows), what]),
        orders=tuple(row.number for row in rows if row.number),
        more={"preview": _plain_rows(rows), **told.plain_warnings},
        code=REFUSED,
    )


def only_there(told: Understood) -> Result:
    if told.parsed.orders:
        what = _("{what}: only a console shows that; paidan show {number} prints the order").format(
            what=told.said, number=told.parsed.orders[0]
        )
    else:
        what = _("{what}: only a console can do that").format(what=told.said)
    return Result(ok=False, message=what, code=REFUSED)


def help_for(line: str, lookup: StoreLookup) -> Result:
    """What may follow a line."""
    from console.grammar.offers import offers

    found = offers(line, len(line), lookup, chinese=language() != "en")
    wanted = [_(what) for what in found.wanted]
    wide = max([12, *(cell_len(offer.text) for offer in found.offers)])
    offered = [
        f"  {set_cell_size(offer.text, wide)} {_(offer.label)}".rstrip() for offer in found.offers
    ]
    plain = [{"text": offer.text, "label": _(offer.label)} for offer in found.offers]
    return Result(
        message="",
        more={"wanted": wanted, "offers": plain},
        lines=(*wanted, *offered) or (_("nothing fits"),),
    )


def lines_of(rows: tuple[PreviewRow, ...]) -> tuple[str, ...]:
    return tuple(
        (f"#{row.number} {row.title}  " if row.number else row.title)
        + (f"✗ {row.refused}" if row.refused else _said(row))
        for row in rows
    )


def _said(row: PreviewRow) -> str:
    return _("; ").join(row.changes) + (f"  ! {row.warning}" if row.warning else "")


def _plain_rows(rows: tuple[PreviewRow, ...]) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "title": row.title,
            "changes": list(row.changes),
            "refused": row.refused,
            **({"warning": row.warning} if row.warning else {}),
        }
        for row in rows
    ]
