"""What customers answer as it is written and read: figures, causes, and how a survey stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import Kind
from console.i18n import _, in_every_language
from console.outcomes import outcome_words
from store.domain.causes import CAUSES, Cause
from store.domain.errors import BadInput
from store.domain.heard_figures import CSAT_LEAST, CSAT_MOST, NPS_LEAST, NPS_MOST
from store.domain.surveys import SURVEYS, Survey
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

CAUSE_KEYS: Final[Mapping[str, Cause]] = {str(n): one for n, one in enumerate(CAUSES, 1)}
"""One key a cause."""
OFFERED: Final = frozenset({Kind.OUTCOME, Kind.CSAT, Kind.NPS, Kind.CAUSE})
"""What the command line offers the words of."""
_NONE: Final = frozenset({"-", "－", "—", "none", "无"})
"""How somebody writes that a figure was not given."""


def survey_said(survey: str | None) -> str:
    """How a survey stands; one of a later program by its code."""
    if survey is None:
        return ""
    known = survey in set(Survey)
    return _(SURVEYS[Survey(survey)].label) if known else survey


def cause_said(cause: str | None) -> str:
    """A root cause in the operator's language; one of a later program by its code."""
    if not cause:
        return ""
    return _(CAUSES[Cause(cause)]) if cause in set(Cause) else cause


def figures_said(csat: int | None, nps: int | None) -> str:
    """Both figures as they are written in one cell."""
    stars = _("{csat} of 5").format(csat=csat) if csat is not None else ""
    tens = _("{nps} of 10").format(nps=nps) if nps is not None else ""
    return _(", ").join(filter(None, (stars, tens)))


def cause_meant(text: str) -> Cause | None:
    """The cause that a word names: its code, its name in any language, or its key."""
    wanted = _bare(text)
    if wanted in CAUSE_KEYS:
        return CAUSE_KEYS[wanted]
    for cause, label in CAUSES.items():
        names = {_bare(said) for said in (cause.value, *in_every_language(label))}
        if wanted in names:
            return cause
    return None


def words_of(kind: Kind, *, chinese: bool) -> tuple[str, ...]:
    """What may be written as the answer of one word, as it is typed in one language."""
    if kind is Kind.CSAT:
        return tuple(map(str, range(CSAT_LEAST, CSAT_MOST + 1)))
    if kind is Kind.NPS:
        return tuple(map(str, range(NPS_LEAST, NPS_MOST + 1)))
    if kind is Kind.CAUSE:
        named = (_(label).replace(" ", "-") for label in CAUSES.values())
        return tuple(named) if chinese else tuple(one.value.replace("_", "-") for one in Cause)
    return outcome_words(chinese=chinese)


def _figure(low: int, high: int, where: str) -> Callable[[str, datetime, tzinfo | None], Any]:
    def read(words: str, _at: datetime, _zone: tzinfo | None) -> Any:
        if words.casefold() in _NONE:
            return ""
        if words.isascii() and words.isdecimal() and low <= int(words[:4]) <= high:
            return int(words)
        raise BadInput(
            where=where,
            wrong=N_("“{text}” is none").format(text=words),
            right=N_("write {low} to {high}, or - for no answer").format(low=low, high=high),
        )

    return read


def _cause(words: str, _at: datetime, _zone: tzinfo | None) -> str:
    return cause_read(words)


def cause_read(text: str) -> str:
    """The code of the root cause that a word means; `BadInput` where it means none."""
    cause = cause_meant(text)
    if cause is None:
        raise BadInput(
            where=N_("root cause"),
            wrong=N_("“{text}” is none").format(text=text[:40]),
            right=N_(
                "write design, material, workmanship, communication, schedule, third-party, use"
                " or unknown"
            ),
        )
    return cause.value


READERS: Final[Mapping[Kind, Callable[[str, datetime, tzinfo | None], Any]]] = {
    Kind.CSAT: _figure(CSAT_LEAST, CSAT_MOST, N_("how content")),
    Kind.NPS: _figure(NPS_LEAST, NPS_MOST, N_("whether to recommend us")),
    Kind.CAUSE: _cause,
}


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign not in " -_")
