"""Pairs of customers who may be one, and both sides of the pair at hand; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_customers import MERGES
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.widgets.columns import Column
from console.widgets.window import Row
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from console.looks import Part, Parts
    from store.queries.customer_doubles import DoubleLine, Side

_HANGS: Final = {
    "orders": N_("orders {count}"),
    "people": N_("contacts {count}"),
    "contracts": N_("contracts {count}"),
    "plans": N_("plans {count}"),
    "voices": N_("complaints and praise {count}"),
}


def double_columns() -> tuple[Column, ...]:
    """What is told of a pair."""
    return (
        Column(name="first", title=_("customer"), width=24, flexible=True),
        Column(name="orders", title=_("orders"), width=6, align="right"),
        Column(name="second", title=_("maybe the same"), width=24, flexible=True),
        Column(name="others", title=_("orders"), width=6, align="right"),
        Column(name="why", title=_("alike"), width=14),
    )


def double_row(line: DoubleLine, place: int) -> Row:
    """One pair."""
    cells = (
        f"{line.first.code} {line.first.name}",
        str(line.first.orders),
        f"{line.second.code} {line.second.name}",
        str(line.second.orders),
        alike(line),
    )
    key = line.first.id << 64 | line.second.id
    return Row(key=key, version=hash((line, cells)), mark=(place,), cells=cells)


def alike(line: DoubleLine) -> str:
    """What both have in common."""
    if line.numbers and line.names:
        return _("name, phone")
    return _("phone") if line.numbers else _("name")


def how_many(lines: Sequence[DoubleLine]) -> Part:
    """How many pairs there are."""
    said = _n(
        "{count} pair of customers who may be one",
        "{count} pairs of customers who may be one",
        len(lines),
    )
    return said.format(count=len(lines)), "strong"


def double_told(line: DoubleLine | None, width: int) -> tuple[Parts, ...]:
    """Both sides of the pair at hand, and what each digit would do."""
    told: list[Parts] = []
    if line is not None:
        for side in (line.first, line.second):
            told.append(((f" {side.code} {side.name}", "strong"),))
            told.append(((" ", ""), HANG, (side_said(side), "")))
    return (*told, *packed(_keys(line), width))


def side_said(side: Side) -> str:
    """What he says of himself, and what hangs on him."""
    own = [side.phone, _("tier {tier}").format(tier=side.tier)]
    if side.level:
        own.append(_("service level {code}").format(code=side.level))
    hangs = (
        _(text).format(count=getattr(side, name))
        for name, text in _HANGS.items()
        if getattr(side, name)
    )
    return "  ".join(filter(None, (*own, *hangs)))


def _keys(line: DoubleLine | None) -> Iterator[Parts]:
    for key, label in MERGES.items():
        said = _(label)
        if line is not None:
            kept, gone = (line.first, line.second) if key == "1" else (line.second, line.first)
            said = _("{gone} goes into {kept}").format(gone=gone.code, kept=kept.code)
        yield (f" {key} ", "key"), (f"{said} ", "")


def keys_told() -> Mapping[str, str]:
    """What the digits of the list do, for its help."""
    return dict(MERGES)
