"""What the kinds of work of imported orders come to: which of them ask for no skill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _, _n
from store.domain.finding.grams import folded
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from console.cli_call import Call
    from store.queries.kinds import KindOfWork
    from store.records import Records

_NAMED = 5
_ALL = 100_000
_LONGEST = 60


def skilless(records: Records, call: Call, kinds: Collection[str]) -> tuple[KindOfWork, ...]:
    """Those of the kinds, as orders have them, that anybody may do who is there."""
    from store.queries.kinds import KindsOfWork

    if not kinds:
        return ()
    wanted = {folded(kind.strip()) for kind in kinds}
    found = records.ask(KindsOfWork(limit=_ALL), who=call.who(records), at=call.at())
    meant = (line for line in found if wanted & {folded(line.code), folded(line.name)})
    return tuple(line for line in meant if not (line.skill or line.certificate))


def known_kinds(records: Records, call: Call) -> tuple[str, ...]:
    """By code and name, the kinds of which the desk has said what they take."""
    from store.queries.kinds import KindsOfWork

    found = records.ask(KindsOfWork(limit=_ALL), who=call.who(records), at=call.at())
    return tuple(word for one in found if one.known for word in (one.code, one.name) if word)


def skilless_said(lines: Collection[KindOfWork], known: Collection[str]) -> Iterator[str]:
    """That they ask for no skill, and which known kind may be meant by one that nobody knows."""
    if not lines:
        return
    from console.grammar.kinds import SLIP
    from console.grammar.names import nearest

    said = _n(
        "{n} kind of work in it asks for no skill: {kinds}. paidan list kinds tells of each.",
        "{n} kinds of work in it ask for no skill: {kinds}. paidan list kinds tells of each.",
        len(lines),
    )
    named = [safe(line.code, limit=_LONGEST) for line in [*lines][:_NAMED]]
    more = ["..."] if len(lines) > _NAMED else []
    yield said.format(n=len(lines), kinds=_(", ").join([*named, *more]))
    for line in lines:
        like = None if line.known else nearest(known, line.code, least=SLIP)
        if like:
            meant = _("kind of work “{kind}” asks for no skill; is “{like}” meant?")
            yield meant.format(kind=safe(line.code, limit=_LONGEST), like=like)
