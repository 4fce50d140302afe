"""Revisits: what to ask, what is known of whoever is called, and how each stands; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.hanging import HANG
from console.i18n import _
from console.outcomes import REVISIT_KEYS, outcome_said
from console.render_card import when
from console.render_places import tier_said
from console.whens import coming
from console.words_heard import figures_said
from store.domain.calls import ALL_OUTCOMES, Outcome
from store.domain.revisits import STANDINGS
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.calls import Proposals
    from store.queries.revisits import RevisitLine, RevisitSheet

QUESTIONS: Final = (
    N_("Is everything as you need it? What should we do better?"),
    N_("Has anything come back that was repaired? Does anybody wait for us?"),
    N_("What do you plan in the next months that we should know of?"),
)
"""What is asked, unless the desk has questions of its own."""
OPENING: Final = N_("“Good day, this is the service desk: our call of {month} to you.”")
HEADS: Final = (
    *(N_("no."), N_("day"), N_("customer"), N_("phone"), N_("standing"), N_("tries")),
    N_("what came of it"),
)


def asked_lines(period: str, questions: Sequence[str]) -> Iterator[Parts]:
    """What to say, and what to ask."""
    yield (" ", ""), HANG, (_(OPENING).format(month=period), "")
    for number, question in enumerate(questions, 1):
        yield (f" {number} ", "muted"), HANG, (question, "")


def known_lines(
    sheet: RevisitSheet | None, *, at: datetime, zone: tzinfo | None
) -> Iterator[Parts]:
    """What was done for him, what he was promised, and what the last revisit came to."""
    if sheet is None:
        return
    said = [tier_said(sheet.line.tier)]
    if sheet.last is not None:
        said.append(_("last revisit: {what}").format(what=revisit_said(sheet.last)))
    yield ((f" {_(', ').join(filter(None, said))}", "muted"),)
    for order in sheet.orders:
        heard = figures_said(order.csat, order.nps)
        told = (f"#{order.number}", order.title, when(order.opened_at, zone, at=at), heard)
        yield ((f" {'  '.join(filter(None, told))}", "muted"),)
    for promise in sheet.promises[:1]:
        due = when(promise.due_at, zone, at=at)
        text = _("promised by {when}: #{number} {what}")
        what = promise.note or promise.title
        yield ((f" {text.format(when=due, number=promise.number, what=what)}", "soon"),)


def revisit_keys(proposed: Proposals | None, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    """What each key would note."""
    for key, outcome in REVISIT_KEYS.items():
        again = (proposed or {}).get(outcome) if outcome is Outcome.NO_ANSWER else None
        told = "" if again is None else _(" (again {when})").format(when=coming(again, zone, at=at))
        if outcome is Outcome.TO_DO:
            told = _(" (opens an order, or a call)")
        yield (f" {key} ", "key"), (f"{_(ALL_OUTCOMES[outcome].label)}{told} ", "")


def revisit_said(line: RevisitLine) -> str:
    """What a revisit came to, or how it stands."""
    if line.done_at is not None and line.outcome:
        return outcome_said(line.outcome)
    return _(STANDINGS[line.standing])


def revisit_cells(line: RevisitLine) -> tuple[str, ...]:
    """One revisit as a row of a table."""
    return (
        *(f"#{line.number}", line.day, f"{line.customer} {line.name}", line.phone),
        *(_(STANDINGS[line.standing]), str(line.tries) if line.tries else ""),
        outcome_said(line.outcome) if line.outcome else "",
    )


def revisit_plain(line: RevisitLine) -> dict[str, Any]:
    """The same for a script."""
    from console.cli_plain import plain

    return plain(line) | {"standing": line.standing.value}
