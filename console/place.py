"""Where an operator was when a session of his ended: what was listed, and the chosen order.

The desk keeps it for his next session of the same kind, in a file of its own account. What stands
in the file is looked at as anything from outside: what cannot be a place is none.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from console.found import Listing
from console.put_whole import put_whole
from store.domain.finding.sorts import SORTS
from store.domain.text import safe
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from pathlib import Path

_LOG = logging.getLogger("paidan.console")
LONGEST: Final = 2_000
"""Signs of a filter; nobody types a longer one."""
_LONGEST_FILE: Final = 65_536
_HIGHEST: Final = 1 << 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What was listed, and the order under the cursor."""

    listing: Listing
    number: int | None = None

    def told(self) -> dict[str, Any]:
        """In plain values."""
        return {**asdict(self.listing), "number": self.number}


def place_in(told: Any) -> Place | None:
    """The place that plain values tell; None where they tell none."""
    if not isinstance(told, dict) or (queue := _text(told.get("queue"))) not in QUEUES:
        return None
    sort, view = _text(told.get("sort")), _number(told.get("view"))
    sorts = sort in SORTS
    listing = Listing(
        queue=queue,
        view=view,
        query=_text(told.get("query")) if view is not None else "",
        typed=_text(told.get("typed")),
        sort=sort if sorts else "",
        descending=sorts and told.get("descending") is True,
    )
    return Place(listing=listing, number=_number(told.get("number")))


def _number(told: object) -> int | None:
    if isinstance(told, int) and not isinstance(told, bool) and 0 < told < _HIGHEST:
        return told
    return None


def _text(told: object) -> str:
    """As it was typed, or nothing: of half a filter nobody knows what it finds."""
    if isinstance(told, str) and len(told) <= LONGEST and safe(told, limit=LONGEST) == told:
        return told
    return ""


class PlaceFile:
    """The place of one operator in one kind of session: the session that ends last has its say."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Place | None:
        """Where he was; None where nobody knows."""
        try:
            number = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
            with open(number, encoding="utf-8") as file:
                return place_in(json.loads(file.read(_LONGEST_FILE)))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            _LOG.warning("a kept place cannot be read", exc_info=error)
            return None

    def write(self, place: Place | None) -> None:
        """Keep it, or none; blocks, raises nothing: no end of a session waits for it."""
        try:
            if place is None:
                self._path.unlink(missing_ok=True)
                return
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = self._path.with_suffix(f".{os.getpid()}.new")
            put_whole(json.dumps(place.told()), self._path, beside=beside)
        except OSError as error:
            _LOG.warning("a place cannot be kept", exc_info=error)
