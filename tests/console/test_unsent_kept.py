"""What was typed into a prompt or the command line outlives the console it was typed in."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from console.unsent import Begun, Unsent
from console.unsent_file import UnsentFile
from tests.console.faulty_desk import console, furnish

if TYPE_CHECKING:
    from pathlib import Path

START_S = 30.0
NOTE = ("note", 12)


def test_texts_go_on_in_the_next_console(tmp_path: Path) -> None:
    """By where they are written; one that is sent or emptied is on no disk any more."""
    file, left = UnsentFile.claim(tmp_path, "someone")
    one = Unsent()
    one.found(file, left)
    one.keep(NOTE, Begun(texts={"text": "钥匙在门卫处"}))
    one.keep_line("note 3 half a")
    assert list(one) == [NOTE, ("command", 0)]
    one.close()
    file, left = UnsentFile.claim(tmp_path, "someone")
    heir = Unsent()
    heir.found(file, left)
    assert list(heir) == []  # nothing of it would be lost
    assert heir.newest(NOTE).texts == {"text": "钥匙在门卫处"}
    assert heir.left_line() == "note 3 half a"
    heir.close_line()
    heir.drop(NOTE, heir.newest(NOTE).id)
    heir.close()
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_a_console_loses_no_word(sqlite_url: str, tmp_path: Path) -> None:
    """The next one says so, and offers it behind the same key on the same order."""
    with closing(furnish(sqlite_url)):
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("Lift stuck", timeout=START_S)
            desk.press(";")
            desk.sees("· note:")
            desk.press("the key is wi")
            desk.until(lambda: "the key is wi" in _kept(tmp_path))  # should it be killed now
            desk.press("\x1b")
            desk.sees("what you wrote is kept")
            desk.press(":")
            desk.sees("? lists what may stand here")
            desk.press("note 2 half a li")
            desk.sees("half a li")
            desk.hang_up()
            desk.exit_code(timeout=START_S)
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("typed here and never sent: Note #1, ", timeout=START_S)
            desk.press(";")
            desk.sees("the key is wi")
            desk.press("\x1b")
            desk.sees("what you wrote is kept")
            desk.press(":")
            desk.sees("note 2 half a li")


def _kept(home: Path) -> str:
    """All that is on disk."""
    return "".join(path.read_text() for path in home.glob("paidan/unsent/*.json"))
