"""Whether a served desk does what it is for; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

SILENT_S: Final = 8.0
"""Four beats: who has told nothing for so long hangs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is known of it at one moment."""

    listens: bool
    """Whether somebody can come."""
    forks: bool
    """Whether a session can begin."""
    silence: float
    """Seconds since the process that has the store open told something."""
    facts: Mapping[str, float]
    """What it told."""


def wrong(signs: Signs) -> str | None:
    """What does not answer, in one sentence that names nobody; None where all does."""
    if not signs.listens:
        return _("nobody can log in: the front does not listen")
    if signs.silence > SILENT_S:
        return _("the process that has the store open does not answer")
    if not signs.facts.get("store"):
        return _("the store does not answer")
    if not signs.facts.get("timers"):
        return _("due timers are not fired")
    if not signs.forks:
        return _("no session can begin: the fork server is being started again")
    return None
