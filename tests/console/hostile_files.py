"""Files from a hostile place: orders, a map for them, and questions about deadlines."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Final

from tests.console.hostile_desk import PAYLOADS

if TYPE_CHECKING:
    from pathlib import Path

TEXTS: Final = tuple(text.replace("\0", "") for text in PAYLOADS)
"""What may stand in a file, a file's name or a command line."""

_MAP: Final = """
name = "hostile"
zone = "UTC"
dates = ["%Y-%m-%dT%H:%M:%SZ"]
[columns]
external_id = "id"
title = "title"
site = "site"
customer = "customer"
technician = "technician"
opened_at = "opened_at"
"""


def write_files(folder: Path, *, rows: int) -> None:
    """`rows.csv`, whose every fifth row has no time, `map.toml` for it, and `asked.json`."""
    (folder / "map.toml").write_text(_MAP)
    asked = [
        {"id": text, "calendar": {"zone": text, "week": {"mon": [[text, text]]}}, "start": text}
        for text in PAYLOADS
    ]
    (folder / "asked.json").write_text(json.dumps(asked))
    file = folder / "rows.csv"
    with file.open("w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
        out = csv.writer(stream)
        head = ("id", "title", "site", "customer", "technician", "opened_at", f"state{TEXTS[0]}")
        out.writerow((*head, TEXTS[5]))
        for n in range(rows):
            text = TEXTS[n % (len(TEXTS) - 1)]
            at = f"then{text}" if n % 5 == 0 else "2026-03-01T08:00:00Z"
            out.writerow((f"H{n}{text}", *(f"{c}{n}{text}" for c in "tsck"), at, text, text))
