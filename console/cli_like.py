"""What a typed request is likely the same as, as `paidan do` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.i18n import language

if TYPE_CHECKING:
    from datetime import datetime

    from console.actions_kinds import Ask
    from console.grammar.understand import Understood


def liked(
    told: Understood, ask: Ask, *, at: datetime
) -> tuple[tuple[str, ...], dict[str, list[int]]]:
    """A sentence of the likeliest, and for JSON the numbers of all; nothing for other commands."""
    from console.actions import ACTIONS
    from console.grammar.alike import likely_meant, likely_said
    from console.grammar.verbs import word_for

    query = likely_meant(told.parsed)
    if query is None:
        return (), {}
    found: tuple[Any, ...] = ask(query)
    verb = word_for(ACTIONS["chase"], chinese=language() != "en")
    said = tuple(likely_said(one, verb, at=at, zone=None) for one in found[:1])
    return said, {"likely": [one.line.number for one in found]}
