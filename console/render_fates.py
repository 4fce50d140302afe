"""What became of what was done to an order: taken back when, and done again when; pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from console.i18n import _
from store.domain.deeds import KINDS, UNDOING, Deed, DeedKind, Told
from store.domain.facts import FACTS, Fact
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from store.queries.card import TraceEntry

AGAIN: Final = N_("done again")
_UNDONE: Final = "undone"
_TOLD: Final = 2
"""Of many times to and fro the last tell how it stands."""


class Fates:
    """By the entries of one order's trace; what was done before them is not known."""

    def __init__(self, entries: Iterable[TraceEntry]) -> None:
        told: dict[int, list[Told]] = defaultdict(list)
        undoes: dict[int, int] = {}
        for entry in entries:
            deed = _deed_of(entry)
            fact = Fact(name=entry.fact, body=entry.body)
            told[deed].append(Told(seq=entry.seq, at=entry.at, by=entry.by, fact=fact))
            back = entry.body.get("undoes")
            if entry.fact in UNDOING and isinstance(back, int) and back < deed:
                undoes[deed] = back
        self._names = {deed: _name(deed, lines) for deed, lines in told.items()}
        self._undoes = undoes
        self._fates: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
        for deed in sorted(undoes):
            first, again = self._meant(deed)
            self._fates[first].append((told[deed][-1].at, again))

    def label(self, entry: TraceEntry) -> str | None:
        """What an entry took back or did again, by its name; None where its own says it."""
        first, again = self._meant(_deed_of(entry))
        name = self._names.get(first)
        if entry.fact not in UNDOING or name is None or name in UNDOING:
            return None
        if entry.fact != _UNDONE and not again:
            return None
        what = AGAIN if again else FACTS[_UNDONE]
        return _("{what}: {about}").format(what=_(what), about=_(FACTS.get(name, name)))

    def is_void(self, entry: TraceEntry) -> bool:
        """Whether it was taken back, and not done again since."""
        fates = self._of(entry)
        return bool(fates) and not fates[-1][1]

    def said(self, entry: TraceEntry, when: Callable[[datetime], str]) -> str:
        """When it was taken back and done again; empty where nobody did."""
        told = [
            (_("done again {when}") if again else _("taken back {when}")).format(when=when(moment))
            for moment, again in self._of(entry)[-_TOLD:]
        ]
        return _(" ({what})").format(what=_(", ").join(told)) if told else ""

    def _of(self, entry: TraceEntry) -> list[tuple[datetime, bool]]:
        """Of what somebody did: what time brought about beside it stays."""
        return self._fates.get(_deed_of(entry), []) if entry.fact in KINDS else []

    def _meant(self, deed: int) -> tuple[int, bool]:
        """What was taken back in the end, and whether that is done again by it."""
        back = False
        while deed in self._undoes:
            deed, back = self._undoes[deed], not back
        return deed, not back


def _deed_of(entry: TraceEntry) -> int:
    return entry.seq if entry.deed is None else entry.deed


def _name(deed: int, told: Iterable[Told]) -> str:
    return Deed(id=deed, told=tuple(told), kind=DeedKind.FIXED).main.fact.name
