"""What a write transaction may ask: the figures that everybody asks for, of the whole desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.effects import Effect, Taken
    from store.persistence.database import Kind
    from store.persistence.work import Work


def measuring(work: Work) -> Callable[[Effect], Taken]:
    """The question for a figure, as of the transaction's moment and with what it has done.

    Whoever asks, it is the same: sites that he does not see count, too.
    """

    def measure(effect: Effect) -> Taken:
        from store.persistence.reader import Reader
        from store.queries.answers.effects import measured

        work.flush()
        kind: Kind = "postgresql" if work.kind == "postgresql" else "sqlite"
        return measured(Reader(conn=work.conn, who=THE_DESK, at=work.at, kind=kind), effect)

    return measure
