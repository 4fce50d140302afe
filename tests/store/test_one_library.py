"""One SQLite library a process, and nobody opens the store's file beside it.

With two libraries, or after a file handle of ours was closed, SQLite's locks are gone: in the first
try a commit that had been acknowledged vanished.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from store.records import open_records
from tests.house.tree import ROOT, modules

if TYPE_CHECKING:
    from pathlib import Path

_A_DAY = """
import importlib, json, os, sys
url, file, copy, names = sys.argv[1:5]
opened = []
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
        opened.append(os.fsdecode(args[0]))
sys.addaudithook(watch)
from pathlib import Path
from scheduler.service import Service
from store import clock
from store.commands.orders import NewOrder
from store.domain.who import THE_DESK
from store.persistence.backup import backup
from store.queries.board import QueueCounts
from store.queries.doctor import ExamineDesk
from store.records import open_records
for name in json.loads(names):
    importlib.import_module(name)
records = open_records(url)
service = Service(records)
service.start()
at = clock.now()
records.do(NewOrder(title="pump"), who=THE_DESK, at=at)
records.ask(QueueCounts(), who=THE_DESK, at=at)
records.ask(ExamineDesk(), who=THE_DESK, at=at)
backup(records.database, Path(copy))
service.stop()
records.close()
libraries = [name for name in ("_sqlite3", "pysqlite3._sqlite3") if name in sys.modules]
print(json.dumps([libraries, [one for one in opened if one in (file, file + "-wal")]]))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str]]:
    """The libraries that a process has loaded, and what of the store it has opened itself."""
    folder: Path = tmp_path_factory.mktemp("one")
    file = str(folder / "desk.db")
    url = f"sqlite:///{file}"
    open_records(url, feed=False).close()  # a new file is made by a handle, before all others
    names = json.dumps(modules("console", "scheduler", "store"))
    command = [sys.executable, "-c", _A_DAY, url, file, str(folder / "copy"), names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    libraries, opened = json.loads(done.stdout)
    return libraries, opened


def test_a_process_loads_one_sqlite_library(seen: tuple[list[str], list[str]]) -> None:
    """Whatever of ours, or of what we use, is imported."""
    libraries, _ = seen
    assert len(libraries) == 1


def test_nobody_opens_the_stores_file_beside_the_library(
    seen: tuple[list[str], list[str]],
) -> None:
    """Closing such a handle drops the locks of the whole process."""
    _, opened = seen
    assert opened == []
