"""The trace of an order as lines of text; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.hanging import HANG
from console.i18n import _
from console.outcomes import outcome_said, reason_said
from console.render_automatic import reasons_said
from console.render_card import heading, when
from console.render_edits import Edits
from console.render_fates import Fates
from console.render_files import trace_said
from console.words_heard import cause_said, figures_said
from store.domain.dispatch.rules import SHORT, Rule
from store.domain.facts import FACTS
from store.domain.follow_ups import USUAL
from store.domain.targets import CLOCK_LABELS, ClockKind
from store.domain.timer_kinds import BREACH_LEVEL, TIMERS, TimerKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.card import TraceEntry
    from store.queries.people import Named

_FACT_TONES: Final[Mapping[str, str]] = {
    "warned": "muted",
    "rang": "muted",
    "acknowledged": "muted",
    "breached": "overdue",
}
"""Facts that are not somebody's deed stand back; a broken promise stands out."""

_RULES: Final = frozenset(rule.value for rule in Rule)
_OUTCOME, _PROMISED = "outcome", "promises."
"""How entries call what came of a promised call, and what they say of one that was taken back."""
_PLAIN: Final[Mapping[str, str]] = {"other": "#", "step": ""}
"""What is told as it lies, and with which sign: another order, a step of the procedure."""
_DOORS: Final[Mapping[str, str]] = {
    "console": N_("console"),
    "cli": N_("command line"),
    "ssh": N_("ssh"),
    "browser": N_("browser"),
    "import": N_("import"),
    "generate": N_("made to measure"),
    "demo": N_("sample"),
    "scheduler": N_("scheduler"),
}


def trace_lines(
    entries: Iterable[TraceEntry],
    people: Mapping[int, Named],
    *,
    at: datetime,
    zone: tzinfo | None,
    there: str = "",
) -> tuple[Parts, ...]:
    """What happened, newest first: when, what, who, and the words given.

    What was agreed with the customer is told by his clock, in the zone `there`.
    """
    newest = tuple(reversed(tuple(entries)))
    wide = max((len(when(entry.at, zone, at=at)) for entry in newest), default=0)
    fates, edits = Fates(newest), Edits(newest, zone, at=at, there=there)
    told = tuple(_entry(entry, people, fates, edits, at, zone, wide) for entry in newest)
    return (heading(_("what happened")), *told) if told else ()


def _entry(
    entry: TraceEntry,
    people: Mapping[int, Named],
    fates: Fates,
    edits: Edits,
    at: datetime,
    zone: tzinfo | None,
    wide: int,
) -> Parts:
    by = entry.by_name or str(entry.by)
    via = (
        ""
        if entry.via in ("console", "scheduler")
        else _(" ({door})").format(door=door_said(entry))
    )
    said = words_said(entry)
    tone = "muted" if fates.is_void(entry) else _FACT_TONES.get(entry.fact, "strong")
    return (
        (f"{when(entry.at, zone, at=at):>{wide}} ", "muted"),
        HANG,
        (fates.label(entry) or _(_label(entry)), tone),
        (_about(entry.body, people, edits.of(entry)), ""),
        (_insisted(entry.body), ""),
        (_although(entry.body), "soon"),
        (fates.said(entry, lambda moment: when(moment, zone, at=at)), "muted"),
        (_by_proposal(entry), ""),
        (f"  {by}{via}", "muted"),
        (f"  {said}" if said else "", ""),
    )


def _insisted(body: Mapping[str, Any]) -> str:
    """That steps were skipped, and where nobody had what was finished."""
    if body.get("nobody"):
        return _(" (insisted: nobody had it)")
    return _(" (insisted)") if body.get("insisted") else ""


def _although(body: Mapping[str, Any]) -> str:
    """The rules of dispatch that were broken knowingly; one of later programs by its code."""
    codes = [str(code) for code in body.get("against") or ()]
    said = _(", ").join(_(SHORT[Rule(code)]) if code in _RULES else code for code in codes)
    return _(" (although: {rules})").format(rules=said) if codes else ""


def told_fact(
    entry: TraceEntry, people: Mapping[int, Named], edits: Edits, fates: Fates | None = None
) -> str:
    """What happened, and to whom, as one text; of what was taken back, what that was."""
    label = fates.label(entry) if fates is not None else None
    said = (label or _(_label(entry))) + _about(entry.body, people, edits.of(entry))
    return said + _although(entry.body) + _by_proposal(entry)


def _by_proposal(entry: TraceEntry) -> str:
    """Whether it came of a proposal for the whole board that was accepted."""
    return _(" (by proposal)") if entry.body.get("proposed") else ""


def _label(entry: TraceEntry) -> str:
    """What happened, by its name; a level past the due time warns of nothing any more."""
    level = entry.body.get("level")
    if entry.fact == "warned" and isinstance(level, int) and level > BREACH_LEVEL:
        return TIMERS[TimerKind.OVERDUE_AGAIN].label
    return FACTS.get(entry.fact, entry.fact)


def given_words(entry: TraceEntry) -> tuple[str, ...]:
    """The free text of an entry, each once: a wait's reason stands in the order and its pause."""
    told = ((name, text) for name, text in entry.words.items() if text)
    said = (in_words(name, text) for name, text in told if not _goes_unsaid(name, text))
    return tuple(dict.fromkeys(said))


def _goes_unsaid(name: str, text: str) -> bool:
    """Whether it is the usual kind of a promise, which nobody wrote: an undo keeps it."""
    return name.startswith(_PROMISED) and name.endswith(".kind") and text == USUAL


def in_words(name: str, text: str) -> str:
    """What was written as it was; what came of a call, and the desk's own reasons, translated."""
    called = name == _OUTCOME or name.startswith(_PROMISED)
    return outcome_said(text) if called else reason_said(text)


def door_said(entry: TraceEntry) -> str:
    """Through which door somebody came, from where and by which key; other doors as they are."""
    door, came = _(_DOORS.get(entry.via, entry.via)), entry.origin
    parts = () if came is None else (came.address, came.key)
    return " ".join(filter(None, (door, *parts)))


def words_said(entry: TraceEntry) -> str:
    """The words of an entry in a line; of a file its name and how it stands now."""
    if entry.file_now is None:
        return " ".join(given_words(entry))
    return trace_said(entry.body, entry.words, entry.file_now)


def _about(body: Mapping[str, Any], people: Mapping[int, Named], edits: Iterable[str]) -> str:
    """To whom, which clock and level, from what to what: what the fact's name alone leaves open."""
    named = people.get(body.get("technician", 0))
    about = [named.name] if named is not None else []
    about += [f"{sign}{body[name]}" for name, sign in _PLAIN.items() if name in body]
    if body.get("kind") in TIMERS:
        about.append(_(TIMERS[TimerKind(body["kind"])].label))
    if body.get("clock") in CLOCK_LABELS:
        about.append(_(CLOCK_LABELS[ClockKind(body["clock"])]))
    level = body.get("level")
    if isinstance(level, int) and 0 < level <= BREACH_LEVEL:
        about.append(f"{level} %")
    about += edits
    if "csat" in body or "nps" in body:
        about.append(figures_said(body.get("csat"), body.get("nps")))
    if "cause" in body:
        about.append(cause_said(str(body["cause"])))
    if "parts" in body:
        about += reasons_said(body, people)
    return _(": {what}").format(what=_(", ").join(about)) if about else ""
