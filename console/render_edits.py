"""What an edit told anew of an order's work, from what to what: a trace says it; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.i18n import _
from console.render_told import appointment_said, takes_said
from store.domain.replay import from_epoch_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime, tzinfo

    from store.queries.card import TraceEntry

_AT, _TO, _TAKES, _CREW = "appointment_at", "appointment_to", "takes_s", "crew"
_TOLD: Final = (_AT, _TO, _TAKES, _CREW)
_AT_FIRST: Final[Mapping[str, Any]] = {_AT: None, _TO: None, _TAKES: None, _CREW: 1}


class Edits:
    """By the entries of one order's trace; what stood before the first of them is not known."""

    def __init__(
        self,
        entries: Iterable[TraceEntry],
        zone: tzinfo | None,
        *,
        at: datetime | None,
        there: str = "",
    ) -> None:
        """Times are those of the zone `there`, where the customer's clock hangs.

        They have their whole date where it is not said `at` which instant they are read.
        """
        self._zone, self._at, self._there = zone, at, there
        self._said: dict[int, list[str]] = {}
        known: dict[str, Any] = {}
        for entry in sorted(entries, key=lambda one: one.seq):
            changed = entry.body.get("set")
            if not isinstance(changed, dict):
                continue
            told = {name: changed[name] for name in _TOLD if _is_told(changed.get(name, ""))}
            if "created_at" in changed:
                known = {**_AT_FIRST, **told}
            elif told:
                self._said[entry.seq] = list(self._changes(known, known | told))
                known |= told

    def of(self, entry: TraceEntry) -> list[str]:
        """Each thing with what it was and what it is; nothing where it changed none of them."""
        return self._said.get(entry.seq, [])

    def _changes(self, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
        if any(was.get(name, "") != now.get(name, "") for name in (_AT, _TO)):
            met = self._met(was), self._met(now)
            yield _from_to(_("appointment"), *met, _("at no certain time"))
        if was.get(_TAKES, "") != now.get(_TAKES, ""):
            old, new = (takes_said(one[_TAKES]) if _TAKES in one else None for one in (was, now))
            yield _from_to(_("work takes"), old, new or "", _("the usual time"))
        if was.get(_CREW) != now.get(_CREW):
            before = str(was[_CREW]) if _CREW in was else None
            yield _from_to(_("people"), before, str(now[_CREW]), "")

    def _met(self, told: Mapping[str, Any]) -> str | None:
        if _AT not in told:
            return None
        begins, ends = (_instant(told.get(name)) for name in (_AT, _TO))
        return appointment_said(begins, ends, self._zone, at=self._at, there=self._there)


def _from_to(name: str, old: str | None, new: str | None, none: str) -> str:
    """The change of one thing; `none` says that there is no such thing, None that it is unknown."""
    if old is None:
        return _("{name} {value}").format(name=name, value=new or none)
    said = _("{name} {old} → {new}")
    return said.format(name=name, old=old or none, new=new or none)


def _instant(value: object) -> datetime | None:
    return from_epoch_ms(value) if isinstance(value, int) else None


def _is_told(value: object) -> bool:
    """Whether a journal keeps such a thing so; one of later programs may keep others."""
    return value is None or (isinstance(value, int) and not isinstance(value, bool))
