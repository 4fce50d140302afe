"""Notices of a major fault: which there are, by which way, and a template filled; pure."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE: Final = re.compile(r"\{([a-z]+)\}")
LONGEST: Final = 4_000
"""Characters of a line of a template, and of what is put into it; a whole notice has no more."""


class Phase(StrEnum):
    """Where in a trouble a notice stands."""

    FIRST = "first"
    UPDATE = "update"
    ALL_CLEAR = "all_clear"


PHASES: Final[Mapping[Phase, str]] = {
    Phase.FIRST: N_("first notice"),
    Phase.UPDATE: N_("progress notice"),
    Phase.ALL_CLEAR: N_("all-clear notice"),
}


class Way(StrEnum):
    """How somebody was told."""

    PHONE = "phone"
    TEXT = "text"
    MAIL = "mail"


WAYS: Final[Mapping[Way, str]] = {
    Way.PHONE: N_("by phone"),
    Way.TEXT: N_("by text message"),
    Way.MAIL: N_("by mail"),
}


def filled(template: str, facts: Mapping[str, str]) -> str:
    """A template with its places filled; what is put in is made harmless, and no template itself.

    A place that nobody knows stays as it is written, so that whoever looks at it sees it.
    """

    def put(found: re.Match[str]) -> str:
        value = facts.get(found[1])
        return found[0] if value is None else safe(value, limit=LONGEST)

    return _PLACE.sub(put, template).strip()
