"""Until when what somebody has may be done by him: the end of the certificate that it takes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.domain.dispatch.papers import add_paper
from store.domain.finding.grams import folded
from store.persistence.statements import among
from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from store.persistence.reader import Reader

_KINDS, _PAPERS = metadata.tables["work_kind"], metadata.tables["certificate"]
_TAKEN: Final = select(_KINDS.c.code, _KINDS.c.name, _KINDS.c.certificate).order_by(_KINDS.c.id)


def ends_of(
    reader: Reader, kinds: Collection[str], people: list[int], minutes: Callable[[Any], float]
) -> Mapping[tuple[int, str], float]:
    """By technician and kind of work, in minutes from now; what never ends is left out.

    Certificates are read only where a kind among these takes one.
    """
    takes: dict[str, str] = {}
    for code, name, paper in reader.conn.execute(_TAKEN):
        for word in (code, name):
            takes.setdefault(folded(word), folded(paper))
    wanted = {kind: paper for kind in kinds if (paper := takes.get(folded(kind.strip())))}
    if not wanted:
        return {}
    held: defaultdict[int, dict[str, float | None]] = defaultdict(dict)
    his = select(_PAPERS).where(among(_PAPERS.c.technician_id, "people", reader.kind))
    for row in reader.conn.execute(his, {"people": people}):
        ends = None if row.expires_at is None else minutes(row.expires_at)
        add_paper(held[row.technician_id], row.name, ends)
    told = (
        (who, kind, papers.get(wanted[kind])) for who, papers in held.items() for kind in wanted
    )
    return {(who, kind): ends for who, kind, ends in told if ends is not None}
