"""What was done to an order, a command a line: whom it is about, and where it led; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from console.i18n import _, _n
from console.render_fates import AGAIN
from console.render_trace import in_words
from store.domain.facts import FACTS
from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from store.queries.deeds import DeedLine, DeedTechnician

_DOTS = "..."
_WORDS = 60
"""Characters of what was written that stand in a line."""


def deed_said(deed: DeedLine) -> str:
    """What it was, who is meant and how busy he is, the state it led to; whether it holds."""
    said = fact = _(AGAIN if deed.again else FACTS.get(deed.fact, deed.fact))
    about = _about(deed)
    if about:
        said = _("{what}: {about}").format(what=said, about=about)
    state = next((spec.label for s, spec in STATES.items() if s == _state(deed)), "")
    if state and _(state) != fact:
        said = f"{said} → {_(state)}"
    return said if deed.in_effect else said + _(" (taken back)")


def words_of(deed: DeedLine) -> str:
    """What was written with it, as much as a line has room for."""
    told = deed.words.items()
    said = dict.fromkeys(in_words(name, text) for name, text in told if name != "path")
    text = " ".join(" ".join(said).split())
    shown = text if len(text) <= _WORDS else text[: _WORDS - len(_DOTS)] + _DOTS
    return f"  {shown}" if shown else ""


def _about(deed: DeedLine) -> str:
    if deed.undoes_fact is not None:
        return _(FACTS.get(deed.undoes_fact, deed.undoes_fact))
    if deed.technician is not None:
        return _technician(deed.technician)
    if "other" in deed.body:
        return f"#{deed.body['other']}"
    if deed.fact == "prioritised" and "priority" in _set(deed):
        return f"P{deed.body.get('from', '?')} > P{_set(deed)['priority']}"
    return ""


def _technician(who: DeedTechnician) -> str:
    known = [who.code] if who.name != who.code else []
    if who.jobs is not None:
        busy = _n("{count} job now", "{count} jobs now", who.jobs)
        known.append(busy.format(count=who.jobs))
    if not known:
        return who.name
    return _("{name} ({what})").format(name=who.name, what=_(", ").join(known))


def _state(deed: DeedLine) -> str | None:
    state = _set(deed).get("state")
    return state if isinstance(state, str) else None


def _set(deed: DeedLine) -> Mapping[str, Any]:
    """What the order was set to; nothing where others wrote the journal."""
    told = deed.body.get("set")
    return told if isinstance(told, Mapping) else {}
