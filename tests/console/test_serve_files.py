"""No word of an operator far away leads to a file of the server, or starts a program there."""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

import pytest

from console.actions import ACTIONS
from console.beginnings import begin_with_file
from console.drill.script_file import script_named
from console.intake import maps, packing
from console.new_file import check_new, write_new
from console.path_names import paths_like
from store import clock, reach
from store.commands.attachments import AttachFile
from store.commands.operators import SaveOperator
from store.domain.attachments import FileNow
from store.domain.errors import OutOfReach
from store.domain.who import THE_DESK
from store.queries.card import OrderCard
from store.records import open_records
from tests.console.faulty_desk import ANA, furnish
from tests.console.pty_desk import PATIENCE_S
from tests.console.served import Forked, Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.seat import Seat
    from store.records import Records

ESCAPE = "\x1b"
SENTENCE = "no file of the machine that serves this desk"
LEAVES = {"quit"}
FILES = {"attach", "detach", "copy", "settings"}
"""Actions whose words may be a path."""


@pytest.fixture
def canary() -> Iterator[Path]:
    """A folder of somebody else's at the server, with a short path; `~` is there, too."""
    folder = Path(tempfile.mkdtemp(prefix="c", dir="/tmp"))
    (folder / "plan.pdf").write_text("secret")
    (folder / "open").mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are out of reach in this process, for this test."""
    event = type(reach._SHUT)()
    event.set()
    monkeypatch.setattr(reach, "_SHUT", event)


def _tree(folder: Path) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        seen = path.lstat()
        found[str(path)] = (seen.st_mode, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    return found


def _attach(url: str, path: Path) -> None:
    with closing(open_records(url)) as records:
        found = path.stat()
        told = AttachFile(
            number=1,
            path=str(path),
            size=found.st_size,
            sha256="0" * 64,
            modified_at=clock.now(),
            text="",
            version=None,
        )
        records.do(told, who=ANA, at=clock.now())


def test_every_verb_with_a_path_touches_nothing(
    sqlite_url: str, tmp_path: Path, canary: Path
) -> None:
    """A walk through all of them; what session and counter touch is told by Python itself."""
    furnish(sqlite_url).close()
    _attach(sqlite_url, canary / "plan.pdf")
    told = tmp_path / "told.jsonl"
    before = _tree(canary)
    with (
        Forked(
            sqlite_url,
            tmp_path,
            str(told),
            module="tests.console.apps.watched_forks",
            counter_module="tests.console.apps.watched_counter",
            HOME=str(canary),
            ESCDELAY="20",
        ) as server,
        Session(server) as ana,
    ):
        ana.sees("Lift stuck")
        for place, action in enumerate(ACTIONS.values()):
            for verb in action.verbs[:1] if action.id not in LEAVES else ():
                forms = (f"{canary}/plan.pdf", "~/plan.pdf", f"../..{canary}/open/n{place}")
                every = action.id in FILES  # of the others, each form is taken in turn
                for named in forms if every else (forms[place % 3],):
                    order = "1 " if action.about_order else ""
                    _types(ana, f"{verb} {order}{named}")
                    ana.press("\r")
                    _comes_back(ana)
        ana.line.shutdown(socket.SHUT_WR)
        ana.until(lambda: ana.gone)
    assert _tree(canary) == before
    events = [json.loads(line) for line in told.read_text().splitlines()]
    assert len(events) > 50
    assert [one for one in events if _leads(one, canary)] == []
    own = (str(tmp_path), os.devnull, *_of_the_store(sqlite_url))
    written = {path for one in events if one["writes"] for path in one["paths"][:1]}
    assert {path for path in written if not path.startswith(own)} == set()


def _types(ana: Session, line: str) -> None:
    """Write a command line; once more where a late answer to the last one took its keys."""
    for _try in range(6):
        ana.press(f":{line}")
        end = monotonic() + 2
        while monotonic() < end:
            if f": {line}" in ana.text():
                return
            ana.read(0.05)
        _comes_back(ana)
    raise AssertionError("nothing can be typed:\n" + ana.text())


def _comes_back(ana: Session) -> None:
    """Leave whatever a line has opened, until the board has the keys again."""
    over = monotonic() + PATIENCE_S  # an Esc waits for what the store has been asked
    while monotonic() < over:
        ana.press(ESCAPE)
        end = monotonic() + 0.3
        while monotonic() < end:
            if _at_the_board(ana):
                return
            ana.read(0.05)
    raise AssertionError("no way back to the board:\n" + ana.text())


def _at_the_board(ana: Session) -> bool:
    return "all open" in ana.text() and "Esc" not in "".join(ana.screen.display[-3:])


def _leads(event: dict[str, Any], folder: Path) -> bool:
    return any(str(folder) in path for path in event["paths"])


def _of_the_store(url: str) -> tuple[str, ...]:
    return (url.removeprefix("sqlite:///"),)


def test_what_asks_for_a_file_says_why_not(sqlite_url: str, tmp_path: Path) -> None:
    """By its key and by its word, in both languages; on the screen of an empty desk at once."""
    with closing(open_records(sqlite_url)) as records:
        records.do(SaveOperator(code="ana", name="Ana"), who=THE_DESK, at=clock.now())
    with Forked(sqlite_url, tmp_path) as server:
        with Session(server) as ana:
            ana.sees("sample")
            ana.press("2\r")
            ana.sees(SENTENCE)
        furnish(sqlite_url).close()
        with Session(server) as ana:
            ana.sees("Lift stuck")
            ana.press("{")
            ana.sees(SENTENCE)
        with Session(server, LC_ALL="zh_CN.UTF-8") as bo:
            bo.sees("Lift stuck")
            bo.press(":attach 1 /etc/hostname\r")
            bo.sees("从这里不能读写")


@pytest.mark.usefixtures("shut")
def test_below_the_screens_the_gate_is_shut_as_well(canary: Path) -> None:
    """Whatever way leads there."""
    plan = canary / "plan.pdf"
    for way in (
        lambda: check_new(canary / "new"),
        lambda: write_new(canary / "new", ["x"]),
        lambda: begin_with_file(cast("Seat", None), str(plan), "", lambda _done, _of: None),
        lambda: maps.load(str(plan)),
        lambda: packing.look(plan),
        lambda: script_named(str(plan)),
    ):
        with pytest.raises(OutOfReach):
            way()
    assert paths_like(f"{canary}/") == ()
    assert not (canary / "new").exists()


def test_how_a_file_stands_is_told_only_where_it_lies(
    sqlite_url: str, canary: Path, request: pytest.FixtureRequest
) -> None:
    """Of one attached earlier a console far away knows what was kept, and no more."""
    with closing(furnish(sqlite_url)) as records:
        _attach(sqlite_url, canary / "plan.pdf")
        assert _stands(records) is FileNow.CHANGED
        request.getfixturevalue("shut")
        assert _stands(records) is FileNow.UNREADABLE


def _stands(records: Records) -> FileNow:
    (file,) = records.ask(OrderCard(number=1), who=ANA, at=clock.now()).files
    return file.now
