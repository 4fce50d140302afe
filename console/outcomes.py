"""Outcomes of calls as they are written and read: one key and one word each, in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, in_every_language
from store.domain.calls import ALL_OUTCOMES, OUTCOMES, REVISITED, Outcome, in_a_row, read_outcome
from store.domain.lifecycle import OWN_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.queries.card import FollowUpLine

KEYS: Final[Mapping[str, Outcome]] = {str(n): one for n, one in enumerate(OUTCOMES, 1)}
"""One key an outcome."""

REVISIT_KEYS: Final[Mapping[str, Outcome]] = {str(n): one for n, one in enumerate(REVISITED, 1)}
"""The same of a revisit."""


def outcome_said(text: str) -> str:
    """What a kept follow-up says, in the operator's language."""
    outcome, note = read_outcome(text)
    if outcome is None:
        return note
    label = _(ALL_OUTCOMES[outcome].label)
    return _("{what}: {about}").format(what=label, about=note) if note else label


def reason_said(text: str) -> str:
    """Why an order waits or is over: what was written, and what the desk wrote, translated."""
    return _(text) if text in OWN_REASONS else text


def tries_said(follow_ups: Iterable[FollowUpLine]) -> str:
    """How often nobody answered since somebody did last; empty where the last call was answered."""
    made = [(line.done_at, line.outcome) for line in follow_ups if line.done_at is not None]
    outcomes = [outcome for _done_at, outcome in sorted(made, key=lambda call: call[0])]
    tries = in_a_row(outcomes, Outcome.NO_ANSWER)
    return _("not reached so far, tries: {count}").format(count=tries) if tries else ""


def outcome_words(*, chinese: bool) -> tuple[str, ...]:
    """One word an outcome, as it is typed in one language or the other."""
    if chinese:
        return tuple(_(spec.label) for spec in OUTCOMES.values())
    return tuple(outcome.value.replace("_", "-") for outcome in OUTCOMES)


def outcome_meant(text: str) -> Outcome | None:
    """The outcome that a word names: its code, its name in any language, or its key."""
    wanted = _bare(text)
    if wanted in KEYS:
        return KEYS[wanted]
    for outcome, spec in OUTCOMES.items():
        names = {_bare(said) for said in (outcome.value, *in_every_language(spec.label))}
        if wanted in names:
            return outcome
    return None


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign not in " -_")
