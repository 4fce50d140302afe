"""An order begun in the form outlives the console it was begun in."""

from __future__ import annotations

import os
import signal
import stat
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from console.draft_file import DraftFile, name_of
from console.drafts import Draft, Shelf
from console.pile import WaitingFile
from console.waiting import Waiting
from store import clock
from store.commands.contact import NoteOrder
from store.commands.moves import MoveOrder
from store.domain.errors import OrderUnknown
from store.domain.lifecycle import Move
from store.queries.card import OrderCard
from tests.console.faulty_desk import ANA, console, furnish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store.records import Records
    from tests.console.pty_desk import Desk

START_S = 30.0
NAME = "someone"


def _drafts(home: Path) -> str:
    """All that is kept on disk."""
    return "".join(path.read_text() for path in home.glob("paidan/drafts/*.json"))


def _disk(desk: Desk, home: Path, holds: Callable[[str], bool]) -> None:
    """Wait until the disk is as it shall be; the console need not write to the terminal then."""
    end = monotonic() + START_S
    while not holds(_drafts(home)):
        assert monotonic() < end, _drafts(home)
        desk.read(0.05)


def _begins(desk: Desk, home: Path, text: str) -> None:
    """Open the form and write, until the disk has it."""
    desk.sees("Lift stuck", timeout=START_S)
    desk.press("n")
    desk.sees("what is wrong")
    desk.press(f"\r{text}")
    _disk(desk, home, lambda kept: text in kept)


def _after(desk: Desk, label: str) -> str:
    """What stands behind a label, in its line."""
    return desk.text().partition(label)[2].partition("\n")[0]


def _title(records: Records, number: int) -> str:
    return records.ask(OrderCard(number=number), who=ANA, at=clock.now()).order.title


def test_a_killed_console_loses_no_order(sqlite_url: str, tmp_path: Path) -> None:
    """The next one says that there is something, goes on with it, and keeps nothing once saved."""
    with closing(furnish(sqlite_url)) as records:
        with console(sqlite_url, tmp_path) as desk:
            _begins(desk, tmp_path, "Smoke in cellar")
            desk.process.send_signal(signal.SIGKILL)
            assert desk.exit_code() == -signal.SIGKILL
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("never written down: n goes on with it", timeout=START_S)
            desk.press("n")
            desk.sees("Smoke in cellar")
            desk.press("\x13")
            desk.sees("order 4 written down", timeout=START_S)
            _disk(desk, tmp_path, lambda kept: "Smoke" not in kept)
            desk.press("n")
            desk.sees("what is wrong")
            desk.until(lambda: "Smoke" not in _after(desk, "what is wrong"))
        assert _title(records, 4) == "Smoke in cellar"


def test_a_dropped_line_loses_no_order(sqlite_url: str, tmp_path: Path) -> None:
    """Neither does it lose what nobody waited for: the console writes as it ends."""
    with closing(furnish(sqlite_url)):
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("Lift stuck", timeout=START_S)
            desk.press("n")
            desk.sees("what is wrong")
            desk.press("\rGate jammed")
            desk.sees("Gate jammed")
            desk.hang_up()
            desk.exit_code(timeout=START_S)
        with console(sqlite_url, tmp_path, operator="bo") as desk:
            desk.sees("Lift stuck", timeout=START_S)
            desk.press("n")
            desk.sees("what is wrong")
            desk.settle()
            assert "Gate jammed" not in desk.text()  # it is ana's
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("never written down", timeout=START_S)
            desk.press("n")
            desk.sees("Gate jammed")


def test_another_caller_gets_a_form_of_his_own(sqlite_url: str, tmp_path: Path) -> None:
    """And the first one's words are a key away, also after a crash."""
    with closing(furnish(sqlite_url)):
        with console(sqlite_url, tmp_path) as desk:
            _begins(desk, tmp_path, "First caller")
            desk.press("\x0e")
            desk.sees("1 more kept")
            desk.press("\rSecond caller")
            _disk(desk, tmp_path, lambda kept: "Second caller" in kept)
            desk.process.send_signal(signal.SIGKILL)
            desk.exit_code()
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("never written down", timeout=START_S)
            desk.press("n")
            desk.sees("Second caller")
            desk.press("\x0e")
            desk.sees("First caller")


def test_what_was_sent_before_a_crash_is_written_down_once(sqlite_url: str, tmp_path: Path) -> None:
    """The crash came between the commit and the taking away of the draft."""
    with closing(furnish(sqlite_url)) as records:
        with console(sqlite_url, tmp_path) as desk:
            _begins(desk, tmp_path, "Sent once")
            with records.database.writing():  # nobody else may write as long as this lasts
                desk.press("\x13")
                _disk(desk, tmp_path, lambda kept: '"sent": {' in kept)
                kept = {path: path.read_bytes() for path in tmp_path.glob("paidan/drafts/*.json")}
            desk.sees("order 4 written down", timeout=START_S)
            desk.process.send_signal(signal.SIGKILL)
            desk.exit_code()
        for path, told in kept.items():
            path.write_bytes(told)
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("never written down", timeout=START_S)
            desk.press("n")
            desk.sees("Sent once")
            desk.press("\x13")
            desk.sees("order 4 written down", timeout=START_S)
        assert _title(records, 4) == "Sent once"
        with pytest.raises(OrderUnknown):
            _title(records, 5)


def test_only_its_owner_can_read_a_draft(tmp_path: Path) -> None:
    """A caller's words are nobody else's business, whatever the umask."""
    before = os.umask(0)
    try:
        file, left = DraftFile.claim(tmp_path / "drafts", NAME)
        assert file is not None
        file.write([Draft(texts={"title": "室内漏水 \x1b]52;c;aGk=\x07"})])
    finally:
        os.umask(before)
    assert left == ()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert [held.texts["title"] for held in file.read()] == ["室内漏水 \x1b]52;c;aGk=\x07"]
    file.close()


def test_two_consoles_of_one_operator_keep_apart(tmp_path: Path) -> None:
    """While both live; what they leave goes to the next one, all of it and once."""
    (one, _), (two, _) = (DraftFile.claim(tmp_path, NAME) for _ in range(2))
    assert one is not None
    assert two is not None
    one.write([Draft(texts={"title": "one"})])
    two.write([Draft(texts={"title": "two"})])
    assert DraftFile.claim(tmp_path, NAME)[1] == ()
    one.close()
    two.close()
    heir, left = DraftFile.claim(tmp_path, NAME)
    assert heir is not None
    assert [draft.texts["title"] for draft in left] == ["one", "two"]
    assert heir.read() == left
    heir.close()
    assert DraftFile.claim(tmp_path, NAME)[1] == left


def test_nothing_stays_where_nothing_is_kept(tmp_path: Path) -> None:
    """A desk that was only looked at leaves no file."""
    file, _ = DraftFile.claim(tmp_path, NAME)
    assert file is not None
    file.write([Draft(texts={"title": "one"})])
    file.write([])
    file.close()
    assert list(tmp_path.iterdir()) == []


def test_a_spoilt_file_is_put_aside(tmp_path: Path) -> None:
    """Whatever stands in it; the console opens all the same."""
    spoilt = (b"\xff\xfe", b"{", b"[]", b'{"drafts": [1]}', b'{"drafts": 1}', b"[" * 100_000)
    for told in (*spoilt, b" " * (9 << 20)):
        path = tmp_path / f"{NAME}.1.json"
        path.write_bytes(told)
        file, left = DraftFile.claim(tmp_path, NAME)
        assert (file is not None, left) == (True, ())
        assert file is not None
        assert file.aside is not None
        assert file.aside.read_bytes() == told
        file.close()
    assert len(list(tmp_path.glob("*.unreadable*"))) == len(spoilt) + 1


def test_one_that_cannot_be_read_takes_no_other_with_it(tmp_path: Path) -> None:
    """It is of a later release, or spoilt; the words of the others are offered as ever."""
    told = '{"drafts": [1, {"id": "a", "key": "b", "sent": null, "texts": {"title": "words"}}]}'
    (tmp_path / f"{NAME}.1.json").write_text(told)
    file, left = DraftFile.claim(tmp_path, NAME)
    assert file is not None
    assert [draft.texts["title"] for draft in left] == ["words"]
    assert file.aside is not None
    assert file.aside.read_text() == told
    file.close()
    again, left = DraftFile.claim(tmp_path, NAME)
    assert again is not None
    assert (len(left), again.aside) == (1, None)
    again.close()


def test_the_password_is_not_part_of_the_name() -> None:
    """Nor is anything of the address to be read in it."""
    one = name_of(2, "postgresql://desk:secret@db.example/paidan")
    assert one == name_of(2, "postgresql://desk:changed@db.example/paidan")
    assert one != name_of(3, "postgresql://desk:secret@db.example/paidan")
    assert one != name_of(2, "postgresql://desk:secret@db.example/other")
    assert "db" not in name_of(2, "sqlite:///db").strip("0123456789abcdef")


def test_a_disk_that_does_not_take_it_is_told(tmp_path: Path) -> None:
    """The words stay in the console, which says so and asks before it leaves."""
    file, _ = DraftFile.claim(tmp_path / "drafts", NAME)
    assert file is not None
    (tmp_path / "drafts" / f"{NAME}.1.new").mkdir()
    shelf = Shelf()
    shelf.found(file, ())
    draft = Draft(texts={"title": "words"})
    shelf.keep(draft)
    shelf.write()
    assert shelf.why is not None
    assert shelf.at_risk
    (tmp_path / "drafts" / f"{NAME}.1.new").rmdir()
    shelf.write()
    assert [shelf.why, shelf.at_risk] == [None, False]
    assert file.read() == (draft,)
    shelf.close()


def test_turning_through_drafts_comes_round() -> None:
    """From the newest to the oldest, to an empty form, and to the newest again."""
    shelf = Shelf()
    one, two = (Draft(texts={"title": title}) for title in ("one", "two"))
    shelf.keep(one)
    shelf.keep(two)
    assert shelf.after(two) == one
    blank = shelf.after(one)
    assert blank.empty
    assert shelf.after(blank) == two


def test_what_another_release_has_kept_keeps_nobody_out(tmp_path: Path) -> None:
    """A command that waits names what is not here; the others wait as ever."""
    file, _ = WaitingFile.claim(tmp_path, NAME)
    assert file is not None
    moved = MoveOrder(number=1, move=Move.ACCEPT)
    told = [
        Waiting(action="x", texts={}, command=command, at=clock.now())
        for command in (moved, NoteOrder(number=2, text="words"))
    ]
    file.write(told)
    file.close()
    file.path.write_text(file.path.read_text().replace("store.domain.lifecycle", "store.domain.no"))
    again, left = WaitingFile.claim(tmp_path, NAME)
    assert again is not None
    assert left == (told[1],)
    assert again.aside is not None
    assert "store.domain.no" in again.aside.read_text()
    again.close()
