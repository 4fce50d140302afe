"""Importing 100,000 rows, beside a bare `executemany` of the same rows into one table."""

from __future__ import annotations

import csv
import gzip
import io
import tempfile
import zipfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from console.intake.importing import Importing
from console.intake.maps import load
from console.intake.reader import examine
from console.intake.rejects import Rejects
from store import clock
from store.domain.who import THE_DESK
from store.persistence.sqlite import library
from store.records import open_records
from tests.bench.figures import Row, show
from tests.bench.on_time import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_S = 60
"""Seconds that 100,000 rows may take."""
TIMES = 4
"""How often the requests are repeated, under other ids, to make a hundred thousand."""


def run(*, quick: bool = False) -> list[Row]:
    """Both real files; the requests four times over."""
    if not FILE.exists():
        return []
    events = FILE.with_name("incident_event_log.zip")
    with tempfile.TemporaryDirectory() as folder:
        requests = Path(folder) / "requests.csv"
        count = _repeated(requests, 1 if quick else TIMES)
        rows = [_row("requests, one row an order", requests, "boston311", count, Path(folder))]
        if not quick:
            with zipfile.ZipFile(events) as archive:
                lines = sum(1 for _ in archive.open(archive.namelist()[0])) - 1
            rows.append(_row("events of incidents", events, "uci-incidents", lines, Path(folder)))
    return rows


def _row(what: str, file: Path, name: str, count: int, folder: Path) -> Row:
    scale = 100_000 / count
    return Row(
        measure=f"import of 100,000 rows: {what}",
        ours=_imported(file, name, folder) * scale,
        unit="s",
        peer=_bare(file, folder) * scale,
        peer_name="executemany of the rows",
        most=MOST_S,
    )


def _repeated(path: Path, times: int) -> int:
    """The requests several times in one file; how many rows that are."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        for time in range(times):
            writer.writerows([f"{row[0]}-{time}", *row[1:]] for row in rows)
    return times * len(rows)


def _imported(file: Path, name: str, folder: Path) -> float:
    records = open_records(f"sqlite:///{folder / name}.db", feed=False)
    begun = perf_counter()
    table = examine(file)
    rejects = Rejects(folder / "rejects.csv", table.header)
    importing = Importing(records, table, load(name), who=THE_DESK, at=clock.now(), rejects=rejects)
    importing.run()
    spent = perf_counter() - begun
    records.close()
    return spent


def _bare(file: Path, folder: Path) -> float:
    """Reading the same file and writing its cells as they are, a thousand rows a transaction."""
    path = folder / f"{file.stem}-bare.db"
    begun = perf_counter()
    with _opened(file) as stream:
        reader = csv.reader(stream)
        header = next(reader)
        conn = library().connect(str(path))
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute(f"CREATE TABLE cells ({', '.join(f'c{n}' for n in range(len(header)))})")
        marks = ", ".join("?" * len(header))
        for some in _thousands(reader):
            conn.executemany(f"INSERT INTO cells VALUES ({marks})", some)
            conn.commit()
        conn.close()
    return perf_counter() - begun


def _opened(file: Path) -> io.TextIOBase:
    if file.suffix == ".zip":
        archive = zipfile.ZipFile(file)
        return io.TextIOWrapper(archive.open(archive.namelist()[0]), "utf-8", newline="")
    return file.open(encoding="utf-8", newline="")


def _thousands(rows: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    some: list[list[str]] = []
    for row in rows:
        some.append(row)
        if len(some) == 1_000:
            yield some
            some = []
    if some:
        yield some


if __name__ == "__main__":
    raise SystemExit(show(run()))
