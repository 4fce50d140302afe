"""What stands above the command line: what it means, what is wrong, what may follow; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.heeding import warning_rows
from console.i18n import _
from console.looks import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from console.grammar.offered import Offer, Offers
    from console.grammar.understand import Understood
    from console.looks import Part, Parts

_HELP_ROWS: Final = 10
_WORD: Final = 14


def meaning(told: Understood | str, *, unfinished: bool) -> tuple[Parts, ...]:
    """What Enter would do and what speaks against that, or why it would do nothing."""
    if isinstance(told, str):
        return (((f" … {told}", "muted") if unfinished else (f" ✗ {told}", "overdue"),),)
    if told.why_not is not None:
        return (((f" ✗ {told.said}", "faint"), (f"  {_(told.why_not)}", "overdue")),)
    promises = told.parsed.action.id == "appointment"
    warned = warning_rows(tuple(told.warnings.values()), promises=promises)
    if told.may_be_a_set and told.parsed.orders:
        more = _("  Enter shows them first")
        return (((f" → {told.said}", "strong"), (more, "muted")), *warned)
    return (((f" → {told.said}", "strong"),), *warned)


def full_said(most: int) -> str:
    """Why a line that something had no room in is not done."""
    said = _("longer than a line of {most} characters: nothing of it was taken; change the line")
    return said.format(most=most)


def following(found: Offers, marked: int | None, cells: int) -> Parts:
    """In one line: what is wanted here, and what could stand here."""
    parts: list[Part] = [(" ", "")]
    for place, offer in enumerate(found.offers):
        name = f" {offer.text} {_(offer.label)}" if marked is None and offer.sure else offer.text
        parts += [(f" {name.strip()} ", "held" if place == marked else "key"), (" ", "")]
        if sum(cell_len(text) for text, _tone in parts) > cells:
            break
    if not found.offers:
        parts.append((_(", ").join(_(what) for what in found.wanted[:2]), "muted"))
    return cut(parts, cells)


def help_rows(found: Offers, cells: int) -> tuple[Parts, ...]:
    """Everything that may stand here, one below the other."""
    wanted = tuple(((f" {_(what)}", "heading"),) for what in found.wanted)
    rows = tuple(cut(row, cells) for row in _explained(found.offers))
    room = max(1, _HELP_ROWS - len(wanted))
    if len(rows) > room:
        more = _(" … and {count} more; type the beginning").format(count=len(rows) - room + 1)
        rows = (*rows[: room - 1], ((more, "muted"),))
    if not wanted and not rows:
        return (((_(" nothing more; Enter does it"), "muted"),),)
    return (*wanted, *rows)


def _explained(offers: Iterable[Offer]) -> Iterator[Parts]:
    for offer in offers:
        room = " " * max(1, _WORD - cell_len(offer.text))
        yield ((f"  {offer.text}{room}", "key"), (_(offer.label), ""))
