"""Exceptions as they are typed and told: kinds, amounts, how one stands, limits."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from console.deed_kinds import ALL
from console.i18n import _, in_every_language
from console.render import CLOCK_SIGNS
from console.render_time import here
from console.whens import parse_when
from store.domain.errors import BadInput
from store.domain.exceptions import DEVIATIONS, GRANTS, Deviation, Grant
from store.domain.exceptions_said import amount, what_said
from store.domain.targets import CLOCK_LABELS
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from store.domain.exceptions import OrderException

_WORDS: Final[Mapping[str, Deviation]] = {
    "price": Deviation.PRICE, "价格": Deviation.PRICE, "费用": Deviation.PRICE,
    "overtime": Deviation.OVERTIME, "加班": Deviation.OVERTIME,
    "scope": Deviation.SCOPE, "范围": Deviation.SCOPE,
    "waiver": Deviation.WAIVER, "豁免": Deviation.WAIVER, "豁免时限": Deviation.WAIVER,
    "step": Deviation.STEP, "跳步": Deviation.STEP,
}  # fmt: skip
"""How kinds are typed."""
_UNTIL: Final = re.compile(r"^(?:until\s|till\s|到|至)\s*", re.IGNORECASE)
_UNITS: Final = ("hours", "hour", "h", "小时", "元")


def kind_meant(word: str) -> Deviation:
    """The kind that a word names."""
    meant = _WORDS.get(word.strip().casefold())
    if meant is None:
        raise BadInput(
            where=N_("kind of exception"),
            wrong=word[:40],
            right=listed(kind.value for kind in Deviation),
        )
    return meant


def exception_meant(said: str) -> dict[str, Any]:
    """`price 500`, `scope two more rooms`: the kind, and how much or what."""
    head, rest = _parted(said)
    kind = kind_meant(head)
    if DEVIATIONS[kind].size:
        return {"kind": kind.value, "size": size_meant(rest)}
    if kind is not Deviation.WAIVER:
        return {"kind": kind.value, "about": rest.strip()}
    clock, time = _clock_and_time(rest)
    until = {"until": datetime.fromisoformat(time)} if time else {}
    return {"kind": kind.value, "about": clock, **until}


def deviation_kept(said: str, at: datetime, zone: tzinfo | None) -> str:
    """What was typed, checked, as `exception_meant` reads it: until when is an instant there."""
    head, rest = _parted(said)
    clock, time = _clock_and_time(rest) if kind_meant(head) is Deviation.WAIVER else ("", "")
    kept = f"{head} {clock} {parse_when(time, at=at, zone=zone).isoformat()}" if time else said
    exception_meant(kept)
    return kept


def deviation_typed(kept: str, zone: tzinfo | None) -> str:
    """What was kept, as it is typed."""
    until = exception_meant(kept).get("until")
    if until is None:
        return kept
    head, _space, _time = kept.rpartition(" ")
    return f"{head} {here(until, zone):%Y-%m-%d %H:%M}"


def _parted(said: str) -> tuple[str, str]:
    """The first word, and what stands behind the blank after it, of whatever width."""
    head, *rest = said.split(None, 1) or ("",)
    return head, "".join(rest)


def _clock_and_time(said: str) -> tuple[str, str]:
    """The SLA clock of some words in any language, and what is said behind it of a time.

    The words themselves where they name no clock.
    """
    words = said.strip()
    for name, clock in _clock_names():
        if words[: len(name)].casefold() == name:
            behind = words[len(name) :]
            if not behind or behind[0].isspace() or not name.isascii():
                return clock, _UNTIL.sub("", behind.strip())
    return words.casefold(), ""


def _clock_names() -> list[tuple[str, str]]:
    """How clocks are called, the longest name first."""
    named = {
        name.casefold(): clock.value
        for clock, label in CLOCK_LABELS.items()
        for said in (label, CLOCK_SIGNS[clock])  # the board's word for it, too
        for name in (clock.value, *in_every_language(said))
    }
    return sorted(named.items(), key=lambda one: -len(one[0]))


def size_meant(word: str) -> float:
    """A number of hours or an amount of money."""
    said = unicodedata.normalize("NFKC", word).strip().casefold()
    for unit in _UNITS:
        said = said.removesuffix(unit).strip()
    try:
        if "_" in said or not said:
            raise ValueError
        return float(said)
    except ValueError:
        raise BadInput(
            where=N_("how much"), wrong=word.strip()[:40] or N_("nothing was given"),
            right=N_("a number"),
        ) from None  # fmt: skip


def part_meant(word: str) -> float | None:
    """How much of it is used; None for all that is left."""
    return None if word.strip().casefold() in {"", *ALL} else size_meant(word)


def what_told(one: OrderException) -> str:
    """What an exception is about, in the operator's language."""
    said = _(what_said(one))
    if one.left is not None and one.used and one.state is Grant.GRANTED:
        return _("{what}, {left} left").format(what=said, left=amount(one.left))
    return said


def grant_said(grant: Grant) -> str:
    """How one stands."""
    return _(GRANTS[grant])
