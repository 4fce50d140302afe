"""What speaks against an operator's own choice of who goes: asked in a worker, said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from console.hanging import HANG
from console.i18n import _, _n, fill
from console.render_care import wishes_said
from console.whens import coming
from store.domain.dispatch.rules import SHORT, SHORT_UNTIL
from store.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from console.actions_kinds import Ask, Told
    from console.looks import Parts
    from console.preview import PreviewRow
    from store.domain.dispatch.rules import Barred, Rule
    from store.queries.heeds import Heeded, Wishes

_HEEDED = "heeded"
"""Under which name what was asked for a whole set stands among the answers."""


def broken(number: int, told: Told, ask: Ask) -> tuple[Rule, ...]:
    """The rules that sending him breaks, as they stand now; none where nobody can tell."""
    heeded = told.get(_HEEDED)
    if heeded is None:
        heeded = _heeded(ask, (number,), told["technician"])
    about = heeded.get(number)
    return tuple(one.rule for rules in about.against.values() for one in rules) if about else ()


def for_all(numbers: tuple[int, ...], told: Told, ask: Ask) -> Told:
    """The answers of a whole set, with what speaks against him at each of its orders."""
    return {**told, _HEEDED: _heeded(ask, numbers, told["technician"])}


def _heeded(ask: Ask, numbers: tuple[int, ...], technician: int | str) -> Mapping[int, Heeded]:
    from store.queries.heeds import Heeds

    try:
        found: Mapping[int, Heeded] = ask(Heeds(numbers=numbers, technician=technician))
    except Refusal:  # what keeps the command from being done is told when it is tried
        return {}
    return found


def marked(rows: Iterable[PreviewRow], warnings: Mapping[int, str]) -> tuple[PreviewRow, ...]:
    """What would change, with what speaks against it; a refusal says enough."""
    return tuple(
        replace(row, warning=warnings.get(row.number, row.warning)) if row.refused is None else row
        for row in rows
    )


def warned(who: str, barred: Sequence[Barred], *, at: datetime, zone: tzinfo | None) -> str:
    """Which rules somebody would break."""
    return _("{name}: {rules}").format(name=who, rules=rules_said(barred, at=at, zone=zone))


def rules_said(barred: Iterable[Barred], *, at: datetime, zone: tzinfo | None) -> str:
    """Rules as sentences whose subject is he."""
    return _("; ").join(fill(one.sentence, _facts(one, at, zone)) for one in barred)


def shortly(barred: Iterable[Barred], *, at: datetime, zone: tzinfo | None) -> str:
    """The same in a word or two each, with until when of who comes later."""
    return _(", ").join(dict.fromkeys(_briefly(one, at, zone) for one in barred))


def _briefly(one: Barred, at: datetime, zone: tzinfo | None) -> str:
    if one.rule in SHORT_UNTIL:
        return fill(SHORT_UNTIL[one.rule], _facts(one, at, zone))
    return _(SHORT[one.rule])


def warning_rows(warnings: Sequence[str], *, promises: bool = False) -> tuple[Parts, ...]:
    """What stands below what a line means: the warning, or how many there are, of `promises`."""
    if not warnings:
        return ()
    said, count = warnings[0], len(warnings)
    if count > 1 and promises:
        said = _n(
            "the promise to resolve {count} order comes before the appointment and stays",
            "the promises to resolve {count} orders come before the appointment and stay",
            count,
        ).format(count=count)
    elif count > 1:
        said = _n(
            "rules speak against it at {count} order",
            "rules speak against it at {count} orders",
            count,
        ).format(count=count)
    return (((" ! ", "soon"), HANG, (said, "soon")),)


def wished_row(wishes: Wishes) -> tuple[Parts, ...]:
    """What the customer wants of whoever comes, before anybody is chosen."""
    said = wishes_said(wishes)
    return (
        (((" ", ""), HANG, (_("the customer wants: "), "muted"), (said, "soon")),) if said else ()
    )


def _facts(one: Barred, at: datetime, zone: tzinfo | None) -> dict[str, object]:
    return {
        name: coming(fact, zone, at=at) if isinstance(fact, datetime) else fact
        for name, fact in one.facts.items()
    }
