"""Files of orders: their path, size and hash are kept, and what became of them is told."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from console.attaching import attaching
from console.cli import main
from console.detaching import detaching
from console.path_names import paths_like
from console.render_files import file_lines
from store.commands import Undo
from store.commands.attachments import DetachFile
from store.domain.attachments import FileNow
from store.domain.errors import BadInput, OrderUnknown, Stale
from store.persistence.files_now import READ_AGAIN
from store.persistence.journal import JOURNAL
from store.queries.board import LineOf
from store.queries.card import OrderCard, Trace
from store.queries.files import CountFiles
from tests.store.desk import ANA, AT_SOUTH, a_file, do, minutes, stored, written
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from pathlib import Path

    from store.queries.files import FileLine
    from store.records import Records

ODD: tuple[dict[str, Any], ...] = (
    {"path": "/a\x1b[31m"}, {"path": " "}, {"path": "/" + "x" * 2000},
    {"size": -1}, {"sha256": "A" * 64}, {"modified_at": datetime(9999, 1, 1, tzinfo=UTC)},
)  # fmt: skip
ENDLESS = "/proc/self/status"
"""One of those files that say they are empty and are not; some have no end."""
NAME = "接线 [@click=app.quit]plan.pdf"


def _attached(records: Records, number: int, path: Path, text: str = "") -> Any:
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(1))
    assert line is not None
    return do(records, attaching(line, str(path), text), at=minutes(1))


def _files(records: Records, number: int) -> tuple[FileLine, ...]:
    return records.ask(OrderCard(number=number), who=ANA, at=minutes(2)).files


def test_a_file_is_kept_by_path_size_and_hash(records: Records, tmp_path: Path) -> None:
    """And nothing of what is in it, whatever it is called."""
    number, path = written(records), tmp_path / NAME
    path.write_bytes(b"secret wiring")
    done = _attached(records, number, path, "who wired what")
    (file,) = _files(records, number)
    assert (file.name, file.path, file.size, file.note, file.now) == (
        NAME, str(path), 13, "who wired what", FileNow.SAME,
    )  # fmt: skip
    assert file.sha256 == hashlib.sha256(b"secret wiring").hexdigest()
    entry = records.ask(Trace(number=number), who=ANA, at=minutes(2))[-1]
    assert (entry.fact, entry.file_now, entry.body["size"]) == ("attached", FileNow.SAME, 13)
    with records.database.reading() as conn:
        told = str(conn.execute(select(JOURNAL.c.body, JOURNAL.c.words)).all())
    assert "secret" not in told
    assert stored(records, number).progress_at == minutes(1)
    assert done.undo == entry.seq


def test_what_became_of_it_is_told(records: Records, tmp_path: Path) -> None:
    """By size and time, and only in doubt by what is in it."""
    number, path = written(records), tmp_path / "a.txt"
    path.write_bytes(b"one")
    _attached(records, number, path)

    def now() -> FileNow:
        return _files(records, number)[0].now

    at = path.stat().st_mtime
    os.utime(path, (at + 60, at + 60))
    assert now() is FileNow.SAME
    path.write_bytes(b"two")
    os.utime(path, (at + 90, at + 90))
    assert now() is FileNow.CHANGED
    path.write_bytes(b"longer")
    assert now() is FileNow.CHANGED
    path.unlink()
    assert now() is FileNow.MISSING
    path.mkdir()
    assert now() is FileNow.CHANGED
    sparse = tmp_path / "large"
    with sparse.open("wb") as stream:
        stream.truncate(READ_AGAIN + 1)
    do(records, a_file(number, path=str(sparse), size=READ_AGAIN + 1), at=minutes(3))
    assert _files(records, number)[1].now is FileNow.TOUCHED
    counted = records.ask(CountFiles(), who=ANA, at=minutes(4))
    assert counted == {FileNow.CHANGED: 1, FileNow.TOUCHED: 1}
    if os.path.exists(ENDLESS):
        do(records, a_file(number, path=ENDLESS, size=0), at=minutes(5))
        assert _files(records, number)[2].now is FileNow.UNREADABLE


def test_it_is_taken_back_and_again(records: Records, tmp_path: Path) -> None:
    """One among others, whatever came after it."""
    number = written(records)
    undo = [do(records, a_file(number, path=f"/nowhere/{n}"), at=minutes(n)).undo for n in (1, 2)]
    do(records, Undo(entry=undo[0]), at=minutes(3))
    assert [file.path for file in _files(records, number)] == ["/nowhere/2"]
    again = do(records, Undo(entry=undo[1]), at=minutes(4)).undo
    assert _files(records, number) == ()
    do(records, Undo(entry=again), at=minutes(5))
    assert [(file.path, file.now) for file in _files(records, number)] == [
        ("/nowhere/2", FileNow.MISSING)
    ]
    assert records.ask(CountFiles(), who=AT_SOUTH, at=minutes(6)) == {}
    damaged = JOURNAL.update().where(JOURNAL.c.fact == "undone").values(body={"undoes": [1]})
    with records.database.writing() as conn:
        conn.execute(damaged)
    assert [file.path for file in _files(records, number)] == ["/nowhere/1", "/nowhere/2"]


def test_one_is_taken_off_and_back(records: Records, tmp_path: Path) -> None:
    """The others stay, the journal keeps what was; two take off the same one only once."""
    number, other = written(records), written(records, site="N1")
    for n in (1, 2):
        do(records, a_file(number, path=f"/nowhere/{n}", sha256=str(n) * 64), at=minutes(n))
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(3))
    assert line is not None

    def meant(named: str) -> DetachFile:
        return detaching(line, named, lambda query: records.ask(query, who=ANA, at=minutes(3)))

    for named, wrong in (("", "several may be meant: 1"), ("3", "none called “3”")):
        with pytest.raises(BadInput, match=wrong):
            meant(named)
    assert {meant(named).entry for named in ("1", "/nowhere/1", "1111111")} == {meant("1").entry}
    off = do(records, meant("1"), at=minutes(4))
    assert [file.path for file in _files(records, number)] == ["/nowhere/2"]
    entry = records.ask(Trace(number=number), who=ANA, at=minutes(4))[-1]
    assert (entry.fact, entry.words) == ("detached", {"name": "1"})
    for gone in (replace(meant("2"), entry=off.seq), replace(meant("2"), entry=1)):
        with pytest.raises(BadInput, match="does not have it"):
            do(records, replace(gone, version=None), at=minutes(5))
    with pytest.raises(OrderUnknown):
        do(records, DetachFile(number=other, entry=1), who=AT_SOUTH, at=minutes(5))
    undo(records, entry=off.undo)
    assert [file.path for file in _files(records, number)] == ["/nowhere/1", "/nowhere/2"]


def test_a_file_is_read_once_for_a_set(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty orders of one plan are no reason to read a gigabyte twenty times."""
    numbers, path = [written(records) for _ in range(4)], tmp_path / "plan.pdf"
    path.write_bytes(b"plan")
    opened: list[object] = []

    def counted(name: Any, flags: int, *more: int) -> int:
        opened.append(name)
        return os_open(name, flags, *more)

    os_open = os.open
    monkeypatch.setattr("store.persistence.files_now.os.open", counted)
    for number in numbers:
        _attached(records, number, path)
    monkeypatch.undo()
    assert opened.count(str(path)) == 1
    path.write_bytes(b"another")
    _attached(records, numbers[0], path)
    assert len({file.sha256 for file in _files(records, numbers[0])}) == 2


def test_paths_are_offered_as_they_lie_there(tmp_path: Path) -> None:
    """Folders go on; what hides, and what no screen can show, is not offered."""
    for name in ("plan.pdf", "Plan B.pdf", ".hidden", "bad\x1b.pdf"):
        (tmp_path / name).touch()
    (tmp_path / "plans").mkdir()
    assert paths_like(f"{tmp_path}/pl") == tuple(
        f"{tmp_path}/{name}" for name in ("Plan B.pdf", "plan.pdf", "plans/")
    )
    assert paths_like(f"{tmp_path}/.h") == (f"{tmp_path}/.hidden",)
    assert paths_like(f"{tmp_path}/none/") == paths_like("a\x00/") == ()


def test_who_does_not_see_the_order_attaches_nothing(records: Records) -> None:
    """Nor does who saw another version of it, or whose file cannot be."""
    number = written(records, site="N1")
    head = records.head()
    with pytest.raises(OrderUnknown):
        do(records, a_file(number), who=AT_SOUTH)
    with pytest.raises(Stale):
        do(records, a_file(number, version=9))
    for odd in ODD:
        with pytest.raises(BadInput):
            do(records, a_file(number, **odd))
    assert records.head() == head
    do(records, a_file(number))
    erased = JOURNAL.update().where(JOURNAL.c.fact == "attached").values(words=None)
    with records.database.writing() as conn:
        conn.execute(erased)
    (file,) = _files(records, number)
    assert (file.path, file.now) == ("", FileNow.UNREADABLE)


def test_a_file_is_read_again_that_only_looks_the_same(records: Records, tmp_path: Path) -> None:
    """Written in place, its old time set again; attached twice, the newer is taken off first."""
    number, path = written(records), tmp_path / "plan.pdf"
    for told in (b"one", b"two", b"two"):
        before = path.stat().st_ctime_ns if path.exists() else 0
        while not path.exists() or path.stat().st_ctime_ns == before:  # the disk's clock is coarse
            path.write_bytes(told)
            os.utime(path, ns=(10**18, 10**18))
        _attached(records, number, path)
    files = _files(records, number)
    assert [file.sha256 for file in files] == [
        hashlib.sha256(told).hexdigest() for told in (b"one", b"two", b"two")
    ]
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(1))
    assert line is not None
    with pytest.raises(BadInput, match="several may be meant"):
        detaching(line, "plan.pdf", partial(records.ask, who=ANA, at=minutes(2)))
    taken = detaching(line, files[2].sha256, partial(records.ask, who=ANA, at=minutes(2)))
    assert taken.entry == files[2].seq


def test_what_is_no_file_of_the_operators_is_refused(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder, a pipe that would hang, nothing, and the store itself, whose locks would drop."""
    number = written(records)
    os.mkfifo(tmp_path / "pipe")
    shut = {str(tmp_path), str(tmp_path / "pipe"), str(tmp_path / "none"), "a\x00b", ""}
    if os.path.exists(ENDLESS):
        shut.add(ENDLESS)
    if records.database.kind == "sqlite":
        shut.add(str(records.database.url.database))
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(1))
    assert line is not None
    for odd in shut:
        with pytest.raises(BadInput, match="file"):
            attaching(line, odd, "")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(BadInput, match=r"plan\.pdf: no such file or folder"):
        attaching(line, "plan.pdf", "")
    monkeypatch.chdir(tmp_path)


def test_a_file_is_told_taken_off_and_counted_by_typed_commands(
    records: Records, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its hash whole, for whoever compares it with what a customer sent."""
    number = written(records)
    url = records.database.url.render_as_string(hide_password=False)
    path = tmp_path / "a b.txt"
    path.write_text("x", "utf-8")
    assert main(["--db", url, "do", f"attach {number} {path} ;what it is"]) == 0
    assert f"a b.txt attached to order {number}" in capsys.readouterr().out
    path.unlink()
    assert main(["--db", url, "show", str(number)]) == 0
    shown = capsys.readouterr().out
    assert "a b.txt, 1 B, ! not there, what it is" in shown
    assert main(["--db", url, "show", str(number), "--json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["sha256"] == hashlib.sha256(b"x").hexdigest()
    assert file["sha256"] in shown
    (card,) = _files(records, number)
    assert any(file["sha256"] in text for parts in file_lines([card]) for text, _ in parts)
    assert main(["--db", url, "do", f"移除附件{number} a b"]) == 0
    assert main(["--db", url, "do", f"detach {number}"]) == 1
    assert main(["--db", url, "do", "undo"]) == 0
    capsys.readouterr()
    assert main(["--db", url, "do", f"attach {number} {path}"]) == 1
    assert "a b.txt" in capsys.readouterr().err
    main(["--db", url, "doctor"])
    assert "attached files, as this machine has them: 1, 1 missing, 0 changed" in "".join(
        capsys.readouterr()
    )
