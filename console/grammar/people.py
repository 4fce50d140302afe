"""Reads a technician, a site, a customer or a skill that a line names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.grammar.names import matching, nearest
from console.grammar.refusals import Unclear
from console.grammar.tokens import raw_between
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from console.grammar.lookup import Entry, Lookup
    from console.grammar.tokens import Token

REGISTERS: Final[Mapping[str, str]] = {
    "technician": N_("technician"),
    "site": N_("site"),
    "customer": N_("customer"),
    "skill": N_("skill"),
}
_TOLD: Final = 5


def one_of(what: str, words: Sequence[Token], line: str, lookup: Lookup, *, skip: int = 0) -> Entry:
    """The only entry that some words mean; Unclear with those that come near.

    `skip` characters of the first word are a sign of the language and not of the name.
    """
    text = words[0].text if len(words) == 1 else raw_between(line, words)
    said, column = text[skip:], words[0].start + skip + 1
    entries = lookup.register(what)
    found = matching(entries, said)
    if len(found) == 1:
        return found[0]
    label = REGISTERS[what]
    if found:
        raise several(said, found, column)
    like = nearest([text for entry in entries for text in (entry.code, entry.name)], said)
    if like is None:
        unknown = N_("no {what} called “{name}”").format(what=label, name=said)
    else:
        unknown = N_("no {what} called “{name}”; nearest is “{like}”").format(
            what=label, name=said, like=like
        )
    raise Unclear(column, unknown)


def several(said: str, found: Sequence[Entry], column: int) -> Unclear:
    """Why some words are unclear that fit several entries, which are named."""
    choices = [f"{entry.code} {entry.name}" for entry in found[:_TOLD]]
    choices += ["..."] if len(found) > _TOLD else []
    what = N_("“{name}” fits several: {choices}")
    return Unclear(column, what.format(name=said, choices=_(", ").join(choices)), unfinished=True)
