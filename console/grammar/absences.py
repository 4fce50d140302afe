"""Who is away: `absent WHO [until WHEN] [why]`, `请假 王芳 到 18:00 生病`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.actions_kinds import Kind, Question
from console.grammar.alone import first_named
from console.grammar.people import one_of
from console.grammar.refusals import WrongWords
from console.grammar.times import take_time
from console.grammar.tokens import raw_between
from store.domain.words import N_

if TYPE_CHECKING:
    from console.grammar.lookup import Entry, Lookup
    from console.grammar.tokens import Scanned, Token

UNTIL: Final = Question(name="until", label=N_("until when"), kind=Kind.WHEN, optional=True)
REASON: Final = Question(name="reason", label=N_("why"), optional=True)


def take_absence(
    rest: list[Token], scanned: Scanned, lookup: Lookup
) -> tuple[dict[str, Any], dict[str, Entry]]:
    """Who, until when and why; the reason may stand behind a semicolon as well."""
    if not rest:
        what = N_("still to say: {what}").format(what=N_("technician"))
        raise WrongWords(scanned.note_at + 1, what, unfinished=True)
    found = first_named(lookup.register("technician"), rest)
    his, count = found or (one_of("technician", rest[:1], scanned.line, lookup), 1)
    told: dict[str, Any] = {"technician": his.id}
    until, rest = take_time(UNTIL, rest[count:], lookup, leads=True)
    if until is not None:
        told["until"] = until
    alone = len(rest) == 1 and rest[0].quoted
    words = (rest[0].text if alone else raw_between(scanned.line, rest)) if rest else ""
    if reason := "; ".join(filter(None, (words.strip(), scanned.note))):
        told["reason"] = reason
    return told, {"technician": his}
