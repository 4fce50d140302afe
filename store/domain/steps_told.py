"""What stands beside an order as its journal tells of it: what each step changed, and it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.replay import epoch_ms, from_epoch_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How the fields of one kind of thing are told."""

    fields: tuple[str, ...]
    """Those that are told each by itself."""
    words: Collection[str]
    """Of them free text, which lies apart and goes where somebody is erased."""
    instants: Collection[str]
    reads: Mapping[str, Callable[[Any], Any]]
    """How those are read that JSON has no kind for."""

    def changes(self, before: Any | None, after: Any) -> tuple[dict[str, Any], dict[str, str]]:
        """What became of each field that changed, and the words apart."""
        became: dict[str, Any] = {}
        words: dict[str, str] = {}
        for field in self.fields:
            value = getattr(after, field)
            if before is not None and value == getattr(before, field):
                continue
            if field in self.words:
                words[field] = value
                became[field] = None
            elif field != "id":
                told = field in self.instants and value is not None
                became[field] = epoch_ms(value) if told else value
        return became, words

    def read(self, name: str, value: Any, word: str) -> Any:
        """A field's value again; erased words come back empty."""
        if name in self.words:
            return word
        if name in self.reads:
            return self.reads[name](value)
        return from_epoch_ms(value) if name in self.instants and value is not None else value
