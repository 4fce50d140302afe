"""A second opinion on what score cards tell besides: plain Python over the rows of a store."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, text

from store.commands.inspections import ScoreInspection
from store.commands.voices import KeepPraise, WithdrawVoice
from store.domain.who import THE_DESK
from store.persistence.mapping import STEP
from store.queries.inspections import ListInspections
from tests.store.desk import ANA, NINE, do
from tests.store.inspected import put_draw
from tests.store.kpi_judge import Judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from store.records import Records


def look_at(records: Records) -> None:
    """Draw some orders, some of them twice, and score most; give some steps and some praise."""
    with records.database.reading() as conn:
        did = {order["number"]: order["who"] for order in Judge(conn, NINE).orders}
    some = [number for number in sorted(did) if did[number] is not None]
    for at, numbers in (
        (NINE - timedelta(days=25), some[:12]),
        (NINE - timedelta(days=3), some[6:30]),
        (NINE, some[10:20]),
    ):
        before = {line.inspection.id for line in records.ask(ListInspections(), who=ANA, at=at)}
        put_draw(records, tuple(numbers), site=1, at=at, did=did)
        for line in records.ask(ListInspections(), who=ANA, at=at):
            here = line.inspection
            if here.id not in before and here.number % 5:
                scores = f"4 {here.number % 4} - {here.id % 5} {here.number % 3}"
                do(records, ScoreInspection(inspection=here.id, scores=scores), at=at)
    shown = {"gate": "finish", "since": "opened", "value": "", "reason": "", "sha256": ""}
    steps = [
        {
            **shown,
            "number": number,
            "place": place,
            "code": f"s{place}",
            "mandatory": place > 1,
            "done_at": NINE if (number + place) % 4 else None,
            "skipped": (number * place) % 5 == 1 and bool((number + place) % 4),
        }
        for number in some
        if number % 3
        for place in range(1, 5)
    ]
    with records.work(who=THE_DESK, at=NINE) as work:
        work.conn.execute(insert(STEP), steps)
    for number in some[::4]:
        whose = "T1" if number % 3 == 0 else None
        done = do(records, KeepPraise(said="kind", number=number, technician=whose))
        if number % 7 == 0:
            do(records, WithdrawVoice(voice=done.facts["id"], reason="of another"))
    do(records, KeepPraise(said="kind", technician="T1", site="N1"))


class Besides:
    """Sheets, steps and praise of a store."""

    def __init__(self, conn: Connection, judge: Judge) -> None:
        rows = text("SELECT * FROM inspection WHERE total IS NOT NULL ORDER BY scored_at, id")
        self._sheets = [row._asdict() for row in conn.execute(rows)]
        self._orders = {order["number"]: order for order in judge.orders}
        self._praised = {
            (voice["number"], voice["technician_id"])
            for voice in judge.rows["voice"]
            if voice["praise"] and not voice["withdrawn"]
        }
        self._steps: defaultdict[int, list[bool]] = defaultdict(list)
        for step in conn.execute(text("SELECT * FROM order_step WHERE mandatory = 1")):
            proper = step.done_at is not None and not step.skipped
            self._steps[step.number].append(proper)

    def sheets(self, since: int, until: int) -> Iterator[tuple[int, tuple[int, Any, Fraction]]]:
        """By technician order, stratum and score; the later one of an order."""
        last = {one["number"]: one for one in self._sheets if since <= one["scored_at"] < until}
        for number, sheet in last.items():
            order = self._orders[number]
            stratum = (order["kind"].strip().casefold(), order["priority"])
            yield sheet["technician_id"], (number, stratum, Fraction(sheet["total"], 1000))

    def told(self, order: dict[str, Any]) -> dict[str, bool | Fraction | None]:
        """Of an order that was closed in the month."""
        steps = self._steps[order["number"]]
        return {
            "praised": (order["number"], order["who"]) in self._praised,
            "procedure_kept": Fraction(sum(steps), len(steps)) if steps else None,
        }
