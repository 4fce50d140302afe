"""Runs every measurement, each in a process of its own, and prints one table."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import Row
from tests.bench.million import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
HEAD = ("measure", "ours", "peer", "ratio", "must reach", "ok")


def main(words: Sequence[str] | None = None) -> int:
    """0 when every budget is kept, 1 when one is not or a measurement failed."""
    names = sorted(
        path.stem for path in HERE.glob("*.py") if "\ndef run(" in path.read_text("utf-8")
    )
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(names)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="smaller stores and fewer rounds")
    parser.add_argument("--rows", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    unknown = set(asked.names) - set(names)
    if unknown:
        parser.error(f"no measurement {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    if asked.rows:
        print(json.dumps([asdict(row) for row in measured(asked.names[0], quick=asked.quick)]))
        return 0
    rows, failed = [], False
    with tempfile.TemporaryDirectory(prefix="paidan-bench-") as folder:
        for name in asked.names or names:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            found = _apart(name, quick=asked.quick, folder=folder)
            failed = failed or found is None
            rows += found or []
    print(table(rows))
    return int(failed or not all(row.reached for row in rows))


def measured(name: str, *, quick: bool) -> list[Row]:
    """The rows of one measurement, taken in this process."""
    run = import_module(f"tests.bench.{name}").run
    rows: list[Row] = run(quick=quick) if "quick" in signature(run).parameters else run()
    return rows


def table(rows: Sequence[Row]) -> str:
    """The rows under one another, numbers to three digits."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _apart(name: str, *, quick: bool, folder: str) -> list[Row] | None:
    """The rows of one measurement from a process of its own; stores in `folder` serve all."""
    command = [sys.executable, "-m", "tests.bench", name, "--rows", *(["--quick"] if quick else [])]
    ran = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, FOLDER: folder},
    )
    if ran.returncode:
        print(f"{name} failed with {ran.returncode}", file=sys.stderr)
        return None
    return [Row(**row) for row in json.loads(ran.stdout.splitlines()[-1])]


def _cells(row: Row) -> tuple[str, ...]:
    budgets = [
        f"≤ {row.most:g} {row.unit}" if row.most is not None else "",
        f"≤ {row.most_ratio:.3g} × peer" if row.most_ratio is not None else "",
    ]
    peer = "" if row.peer is None else f"{row.peer:.3g} {row.unit} ({row.peer_name})"
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    must = " and ".join(filter(None, budgets))
    ok = ("ok" if row.reached else "MISSED") if must else ""
    return (row.measure, f"{row.ours:.3g} {row.unit}", peer, ratio, must, ok)


if __name__ == "__main__":
    sys.exit(main())
