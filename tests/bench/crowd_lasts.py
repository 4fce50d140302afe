"""What a crowd at its clients leaves behind: who ended, what was lost, how much is held."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

from store import clock
from store.commands.operator_keys import AddKey
from store.commands.operators import SaveOperator
from store.domain.who import THE_DESK
from store.queries.card import Trace
from store.records import open_records
from tests.bench.crowd_hands import DOES, ORDERS, WALKED_S, Crowd
from tests.bench.figures import Row, quantile
from tests.bench.sessions import counting_desk, tree_mib
from tests.console.ssh_desk import SshDesk, make_key

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE, QUICK_PEOPLE = 100, 10
LASTS_S, QUICK_LASTS_S = 600.0, 30.0
FIRST_LOOK, LOOKS = 2, 10
"""After which minute memory is measured first, and after which again."""
LEAK: Final = 1.05


def hammered(place: Path, *, quick: bool) -> list[Row]:
    """What a crowd leaves behind."""
    count, lasts = (QUICK_PEOPLE, QUICK_LASTS_S) if quick else (PEOPLE, LASTS_S)
    url = counting_desk(place / "crowd.db", urgent=True)
    (home := place / "crowd").mkdir()
    people = _hire(url, home, count)
    with SshDesk(url, home, people=()) as served, ExitStack() as stack:
        crowd = Crowd(served, people, stack)
        crowd.live(WALKED_S)
        looks = []
        for part in range(1, LOOKS + 1):
            crowd.live(lasts / LOOKS)
            if part in (FIRST_LOOK, LOOKS):
                looks.append(crowd.memory())
            held = tree_mib(served.process.pid)
            print(f"{part}: {held:.0f} MiB, {dict(crowd.did)}", file=sys.stderr)
        (early, first), (late, last) = looks
    print(f"crowd: {dict(crowd.did)}, {first} and {last} sessions", file=sys.stderr)
    return _rows(crowd, _times_noted(url), count, (early, late))


def _rows(crowd: Crowd, noted: Counter[str], count: int, memory: tuple[float, float]) -> list[Row]:
    sure = [note for note in crowd.notes if not note.broken]
    lost = [note.mark for note in sure if not noted[note.mark]]
    twice = sum(noted[note.mark] > 1 for note in crowd.notes)
    if lost:
        print("lost:", *lost, file=sys.stderr)
    deeds = ", ".join(f"{crowd.did[deed]} {deed}s" for deed in DOES if deed != "keys")
    what = f"a crowd of {count}"
    return [
        Row(
            measure=f"{what}: sessions that ended and were not dropped ({deeds})",
            ours=crowd.ended,
            unit="",
            most=0,
        ),
        Row(measure=f"{what}: log-ins that were refused", ours=crowd.refused, unit="", most=0),
        Row(measure=f"{what}: notes lost, of {len(sure)}", ours=len(lost), unit="", most=0),
        Row(measure=f"{what}: notes twice, of {len(crowd.notes)}", ours=twice, unit="", most=0),
        Row(
            measure=f"{what}: memory of the whole server (PSS) at the end",
            ours=memory[1],
            unit="MiB",
            peer=memory[0],
            peer_name="after a fifth of the time",
            most_ratio=LEAK,
        ),
    ] + [
        Row(
            measure=f"{what}: cursor key → painted over SSH, {name}, of {len(crowd.times)}",
            ours=quantile(crowd.times, part),
            unit="ms",
        )
        for name, part in (("p50", 0.5), ("p95", 0.95))
    ]


def _hire(url: str, home: Path, count: int) -> list[str]:
    """So many operators; the key of each lies in `home`."""
    people = [f"op{place}" for place in range(count)]
    with closing(open_records(url, feed=False)) as records:
        for code in people:
            records.do(SaveOperator(code=code, name=code), who=THE_DESK, at=clock.now())
            added = AddKey(operator=code, line=make_key(home / code))
            records.do(added, who=THE_DESK, at=clock.now())
    return people


def _times_noted(url: str) -> Counter[str]:
    """How often each mark is in the journal as a note."""
    noted: Counter[str] = Counter()
    with closing(open_records(url, feed=False)) as records:
        for number in range(1, ORDERS + 1):
            trace = Trace(number=number, limit=100_000)
            for entry in records.ask(trace, who=THE_DESK, at=clock.now()):
                if entry.fact == "noted":
                    noted[entry.words["note"]] += 1
    return noted
