"""What sessions show is recorded for roles that were named, and they are told so."""

from __future__ import annotations

import json
import resource
import select
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import pyte
from hypothesis import given
from hypothesis import strategies as st

from console.serve import asciicast, wire
from console.serve.kept_tapes import Keeping, Tape, make_room
from console.serve.recorder import Recorder
from store.commands.operators import AppointOperator
from tests.console.pty_desk import _QUERIES, PATIENCE_S
from tests.console.pty_desk import Desk as Terminal
from tests.console.served import environment
from tests.console.ssh_desk import SshDesk, served_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
MONTH: Final = Keeping(days=30, megabytes=100)


def played(file: Path) -> list[tuple[float, str, str]]:
    """The events of a recording, by the letter of asciicast v2; fails for anything else."""
    first, *lines = file.read_bytes().decode("utf-8", "strict").split("\n")
    assert lines.pop() == "", "the last line is whole"
    head: dict[str, Any] = json.loads(first)
    assert head["version"] == 2
    assert all(isinstance(head[name], int) and head[name] > 0 for name in ("width", "height"))
    assert isinstance(head["timestamp"], int)
    events = [json.loads(line) for line in lines]
    before = 0.0
    for event in events:
        at, kind, text = event
        assert isinstance(at, float)
        assert at >= before
        assert kind in {"o", "r"}
        assert isinstance(text, str)
        before = at
    return [tuple(event) for event in events]


class Desk:
    """A recorder with nobody before it."""

    def __init__(self, folder: Path, kept: Keeping = MONTH) -> None:
        self.said: list[str] = []
        self.told: list[bytes] = []
        self.recorder = Recorder(
            folder, ["office"], kept, say=self.said.append, call=lambda do, *words: do(*words)
        )

    @contextmanager
    def tape(self) -> Iterator[Any]:
        """A recording, until it is on the disk."""
        with closing(self.recorder):
            tape = self.recorder.begin("north", "office", (80, 24), self.told.append)
            assert tape is not None
            yield tape
            tape.end()


def _until(seen: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE_S
    while not seen():
        assert monotonic() < end
        select.select([], [], [], 0.01)


@given(st.floats(0, 1e6), st.text(), st.sampled_from("or"))
def test_any_text_is_one_line_of_json(seconds: float, text: str, kind: str) -> None:
    """Also one with the ends of lines of other alphabets in it."""
    line = asciicast.event(seconds, kind, text)
    assert line.isascii()
    assert line.index(b"\n") == len(line) - 1
    assert json.loads(line)[1:] == [kind, text]


def test_a_recording_is_what_was_drawn_and_can_be_played(tmp_path: Path) -> None:
    """Signs cut in two come whole, and whose role was not named is not recorded."""
    desk = Desk(tmp_path / "tapes")
    with desk.tape() as tape:
        assert desk.recorder.begin("bo", "dispatcher", (80, 24), desk.told.append) is None
        for piece in ("派单 ".encode()[:4], "派单 ".encode()[4:], b"\x1b[1mbold\xff"):
            tape.drawn(piece)
        tape.resized(100, 0)
    (file,) = (tmp_path / "tapes").iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    events = played(file)
    assert "".join(text for _at, kind, text in events if kind == "o") == "派单 \x1b[1mbold\ufffd"
    assert events[-1][1:] == ("r", "100x24")
    assert desk.told == [wire.frame(wire.Kind.RECORDED, b"\1")]


def test_what_goes_on_longer_has_several_files_and_the_first_can_go(tmp_path: Path) -> None:
    """Each begins with all that shows; together they take no more room than they may."""
    desk = Desk(tmp_path / "tapes", Keeping(days=30, megabytes=1))
    with desk.tape() as tape:
        for _ in range(300):
            tape.drawn(b"x" * 10_000)
        tape.resized(81, 25)
    files = sorted((tmp_path / "tapes").iterdir())
    assert all(played(file) for file in files[:-1])
    assert sum(file.stat().st_size for file in files) <= 1_300_000
    repaints = desk.told.count(wire.resize(80, 24))
    assert repaints > 20
    assert len(files) < repaints


def test_what_another_process_writes_to_stays(tmp_path: Path) -> None:
    """Each session that OpenSSH has let in has a recorder of its own on the one folder."""
    folder = tmp_path / "tapes"
    with Desk(folder).tape() as tape:
        tape.drawn(b"first")
        _until(lambda: any(file.stat().st_size for file in folder.glob("*")))
        (file,) = folder.iterdir()
        with closing(Desk(folder, Keeping(days=0, megabytes=0)).recorder):
            pass
        assert file.exists()
    with closing(Desk(folder, Keeping(days=0, megabytes=0)).recorder):
        pass
    assert not file.exists()


def test_a_full_disk_ends_the_recording_with_a_whole_line_and_nothing_else(tmp_path: Path) -> None:
    """Its session is told that it is recorded no more, and whoever serves the desk why."""
    desk = Desk(tmp_path / "tapes")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, hard))
    try:
        with desk.tape() as tape:
            for _ in range(50):
                tape.drawn(b"x" * 100)
            _until(lambda: bool(desk.said))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    (file,) = (tmp_path / "tapes").iterdir()
    assert len(played(file)) > 10
    assert desk.told[-1] == wire.frame(wire.Kind.RECORDED, b"\0")
    assert len(desk.said) == 1
    assert "the recording of north has ended" in desk.said[0]


def test_where_there_is_no_folder_nothing_is_recorded_and_nothing_fails(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "tapes").write_text("")
    desk = Desk(tmp_path / "tapes")
    with desk.tape():
        _until(lambda: bool(desk.said))
    assert "the recording of north has ended" in desk.said[0]


_tapes = st.lists(
    st.builds(
        Tape,
        name=st.integers(0, 10**6).map(str),
        written_at=st.integers(0, 60).map(lambda days: NOON - timedelta(days=days)),
        size=st.integers(0, 60_000_000),
    ),
    unique_by=lambda tape: tape.name,
    max_size=12,
)


@given(_tapes, st.integers(0, 3))
def test_the_old_and_what_there_is_no_room_for_goes_the_oldest_first(
    tapes: list[Tape], busy: int
) -> None:
    """None that is written to, none too many, none newer than one that stays."""
    open_ = {tape.name for tape in tapes[:busy]}
    gone: set[str] = set()

    def remove(name: str) -> bool:
        if name not in open_:
            gone.add(name)
        return name in gone

    make_room(tapes, MONTH, at=NOON, remove=remove)
    free = sorted(
        (tape for tape in tapes if tape.name not in open_),
        key=lambda tape: (tape.written_at, tape.name),
    )
    assert gone == {tape.name for tape in free[: len(gone)]}
    left = free[len(gone) :]
    room = MONTH.room - sum(tape.size for tape in tapes[:busy])
    assert not left or sum(tape.size for tape in left) <= room
    assert all(NOON - tape.written_at <= timedelta(days=30) for tape in left)
    if gone and NOON - free[len(gone) - 1].written_at <= timedelta(days=30):
        assert sum(tape.size for tape in free[len(gone) - 1 :]) > room


def test_who_is_recorded_is_told_so_and_sees_it(tmp_path: Path) -> None:
    """The file replays what he saw; bo, who is not, is told nothing."""
    with served_in(tmp_path, "--record", "supervisor") as served:
        served.do(AppointOperator(operator="ana", role="supervisor"))
        with served.connect(key="bo") as bo, served.connect() as ana:
            ana.sees("this session is recorded: the desk keeps what it shows, not what is typed")
            ana.sees("timers ok  recorded")
            ana.press("\x1b")
            ana.until(lambda: "the desk keeps" not in ana.text())
            ana.resize(90, 25)
            ana.press("/lamp\r")
            ana.sees("1 found")
            bo.sees("Lift stuck")
            assert "recorded" not in bo.text()
            served.until(lambda: _recorded(served) == {"ana": True, "bo": False})
            seen = ana.text()
        folder = tmp_path / "serve" / "recordings"
        (file,) = folder.iterdir()
        served.until(lambda: _replays(file, lambda text: "1 found" in text))
        assert _replays(file, lambda text: text.split("\n")[2:] == seen.split("\n")[2:])
        assert "Lamp out" in seen
        words = ["attach", "ana", "--folder", str(folder.parent)]
        env = {**environment(tmp_path), "LC_ALL": "C.UTF-8"}
        with Terminal([sys.executable, "-m", "console.cli", *words], env=env) as attached:
            attached.sees("this session is recorded")
            attached.press("/lamp\r")
            attached.sees("1 found")
            attached.press("q")
            attached.exit_code()
        (other,) = {*folder.iterdir()} - {file}
        assert _replays(other, lambda text: "1 found" in text)
        assert served.stop() == 0


def _recorded(served: SshDesk) -> dict[str, bool]:
    return {one.operator: one.recorded for one in served.who_is_in()}


def _replays(file: Path, seen: Callable[[str], bool]) -> bool:
    """Play it; whether a screen was as sought at any moment."""
    head = json.loads(file.read_text().split("\n")[0])
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.ByteStream(screen)
    found = False
    for _at, kind, text in played(file):
        if kind == "r":
            columns, rows = map(int, text.split("x"))
            screen.resize(rows, columns)
        else:
            stream.feed(_QUERIES.sub(b"", text.encode()))
        found = seen("\n".join(screen.display)) or found
    return found
