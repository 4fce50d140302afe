"""What the words of an answer mean, by the kind of its question; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import INSIST, Kind
from console.cadence import parse_every
from console.told_words import parse_appointment, parse_crew, parse_takes
from console.whens import parse_when
from console.words_exceptions import deviation_kept
from console.words_heard import READERS
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from console.actions_kinds import Question

_YES: Final = frozenset({"", "y", "yes", "是", "好"})
_NO: Final = frozenset({"n", "no", "否", "不"})


def read(question: Question, text: str, *, at: datetime, zone: tzinfo | None) -> Any:
    """The answer that a text means; BadInput with what would be right."""
    words = text.strip()
    if question.kind is Kind.CONFIRM:
        return _written_out(words) if question.by_word else _confirmed(words)
    if not words:
        if question.optional:
            return ""
        right = N_("write something, or leave with Esc")
        if question.kind in {Kind.TECHNICIAN, Kind.MEMBER}:
            right = N_("Down chooses one, or write a name")
        where = question.asks or question.label
        raise BadInput(where=where, wrong=N_("nothing was given"), right=right)
    reader = _READERS.get(question.kind)
    return words if reader is None else reader(words, at, zone)


def _confirmed(words: str) -> bool:
    """Whether it is a yes; Enter alone is one, as the question says."""
    said = words.casefold().rstrip(".!。！")
    if said in _YES | _NO:
        return said in _YES
    raise BadInput(
        where=N_("yes or no"),
        wrong=N_("“{text}” is neither").format(text=words),
        right=N_("Enter or y does it, n or Esc does nothing"),
    )


def _written_out(words: str) -> bool:
    """Whether it is insisted on in a word; a no leaves, and what a hurried hand gives is none."""
    said = words.casefold().rstrip(".!。！")
    if said in _NO:
        return False
    slash, option = said[:1], said[1:]
    if slash in {"/", "／"} and option and any(w.startswith(option) for w in INSIST):
        return True
    raise BadInput(
        where=N_("yes or no"),
        wrong=N_("nothing was done"),
        right=N_("/insist does it all the same, Esc does nothing"),
    )


def _priority(words: str, _at: datetime, _zone: tzinfo | None) -> int:
    if words.lstrip("Pp") in {"1", "2", "3", "4"}:
        return int(words.lstrip("Pp"))
    raise BadInput(
        where=N_("priority"),
        wrong=N_("“{text}” is none").format(text=words),
        right=N_("write 1 (most urgent), 2, 3 or 4"),
    )


def _number(words: str, _at: datetime, _zone: tzinfo | None) -> int:
    digits = words.lstrip("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 12:
        return int(digits)
    raise BadInput(where=N_("order"), wrong=words, right=N_("write a number"))


def _outcome(words: str, _at: datetime, _zone: tzinfo | None) -> str:
    from console.outcomes import outcome_meant

    outcome = outcome_meant(words)
    if outcome is None:
        raise BadInput(
            where=N_("outcome"),
            wrong=N_("“{text}” is none").format(text=words),
            right=N_("write reached, no-answer, promised, unhappy or done"),
        )
    return outcome.value


_READERS: Final[Mapping[Kind, Callable[[str, datetime, tzinfo | None], Any]]] = {
    Kind.PRIORITY: _priority,
    Kind.NUMBER: _number,
    Kind.OUTCOME: _outcome,
    **READERS,
    Kind.DEVIATION: deviation_kept,
    Kind.EVERY: lambda words, _at, _zone: parse_every(words),
    Kind.LASTS: lambda words, _at, _zone: parse_takes(words),
    Kind.CREW: lambda words, _at, _zone: parse_crew(words),
    Kind.WINDOW: lambda words, at, zone: parse_appointment(words, at=at, zone=zone),
    Kind.WHEN: lambda words, at, zone: parse_when(words, at=at, zone=zone),
}
