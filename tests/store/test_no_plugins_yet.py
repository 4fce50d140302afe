"""The register of what is installed is not read for a store, and is there for who wants it."""

from __future__ import annotations

import subprocess
import sys

from store.records import open_records
from tests.console.pty_desk import ROOT

_SCRIPT = """
import sys
from store.records import open_records
records = open_records(sys.argv[1], feed=False)
print([name for name in ("email", "zipfile") if name in sys.modules])
import sqlalchemy
from sqlalchemy.util import compat
print(len(compat.importlib_metadata_get("console_scripts")) > 0)
import importlib.metadata
from importlib.metadata import version
print(version("sqlalchemy") == sqlalchemy.__version__, importlib.metadata.version is version)
print("email" in sys.modules)
"""


def test_it_is_read_when_somebody_asks(sqlite_url: str) -> None:
    """SQLAlchemy finds what it would have found, and so does whoever imports it afterwards."""
    open_records(sqlite_url, feed=False).close()  # an upgrade reads it
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, sqlite_url],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["[]", "True", "True True", "True"], done.stderr
