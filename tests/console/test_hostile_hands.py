"""Hostile text in every prompt, its choices, refusals, toasts and other people's names."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from console.actions import ACTIONS, keys_of, sign
from store import clock
from store.commands.alarms import Acknowledge
from store.commands.moves import MoveOrder
from store.commands.people import SaveTechnician
from store.domain.lifecycle import Move
from store.domain.who import Who
from tests.console.harmless import harm
from tests.console.hostile_desk import ANA, TYPED, furnish, hostile, mark, spoil
from tests.console.pty_desk import Desk
from tests.console.test_terminal_gate import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.records import Records

COPIED: Final = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
"""A copy on its way to the clipboard."""
ESCAPE, PASTE, PASTED = "\x1b", "\x1b[200~", "\x1b[201~"

ANSWERED: Final = {
    "assign": "no technician called",
    "update": "customer of order 2 told",
    "promise": "is not a time",
    "shelve": "is not a time",
    "outcome": "✗ outcome",
    "priority": "✗ priority",
    "keep": "follow-up 1 of order 2 done",
    "note": "noted on order 2",
    "exception": "kind of exception",
    "chase": "order 2 was chased: 1",
    "wait": "wake me at",
    "duplicate": "write a number",
    "decline": "order 2 is declined",
    "cancel": "order 2 is cancelled",
    "reopen": "order 2 is reopened",
    "under": "write a number",
    "tell_all": "no order stands under",
    "link": "write a number",
    "unlink": "write a number",
    "split": "split off from order 2",
    "incident": "is no span of time",
    "needs": "✗ tools and parts",
    "takes": "✗ how long the work takes",
    "crew": "✗ how many people it takes",
    "appointment": "is not a time",
    "attach": "what it is",
    "detach": "order 2 has none",
}
"""What comes of hostile words in the first question of each action, one after the other."""
ANSWERED_WHEN_DONE: Final = {
    "rate": "✗ how content",
    "survey_missed": "order 2",
    "cause": "✗ root cause",
}
"""The same of the actions on work that is done."""
_FUNCTION_KEYS: Final = {"F11": "\x1b[23~", "F10": "\x1b[21~", "F12": "\x1b[24~"}

STRANGER: Final = Who(operator=4, via="test")
"""Somebody at another desk, whose name is hostile, too."""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """A desk of raw payloads, with one more technician, who has no job."""
    url = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'desk.db'}"
    with closing(furnish(url, at=clock.now())) as made:
        idle = SaveTechnician(code="Tx", name=hostile("technician", 3))
        made.do(idle, who=ANA, at=clock.now())
        spoil(url)
        yield made


@pytest.fixture(scope="module")
def written(records: Records, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All that the terminal was sent on a walk through every prompt."""
    home = str(tmp_path_factory.mktemp("home"))
    url = str(records.database.url)
    command = [sys.executable, "-m", "console.cli", "console", "--db", url, "--as", "o3"]
    env = {
        "HOME": home,
        "XDG_STATE_HOME": home,
        "XDG_CONFIG_HOME": home,
        "LC_ALL": "C.UTF-8",
        "TMUX": "",
    }
    with Desk(command, size=(120, 40), env=env) as desk:
        desk.sees(mark("title", 0), timeout=30)
        desk.until(lambda: " On" in desk.line(0))
        _toast(desk)
        _lost_race(desk, records)
        _prompts(desk, ANSWERED)
        _copies(desk)
        _find(desk)
        _new_order(desk)
        _done(desk, records)
        _prompts(desk, ANSWERED_WHEN_DONE)
        desk.press("qq")
        assert desk.exit_code() == 0
        return bytes(desk.raw)


def _toast(desk: Desk) -> None:
    desk.sees("A absent     1d00h")
    desk.press("\tG")
    desk.sees("> + availa")
    desk.press("\r")
    desk.sees("has no job now")
    desk.press("\t")


def _lost_race(desk: Desk, records: Records) -> None:
    """Somebody with a hostile name changes the order first, and sees to all alarms."""
    desk.press("jjj")
    desk.until(lambda: any(row.lstrip().startswith(">") and " 4 P4" in row for row in _rows(desk)))
    desk.press("w")
    desk.sees("#4 Wait · why")
    desk.press("no key\r")
    desk.sees("wake me at")
    for command in (MoveOrder(number=4, move=Move.ACCEPT), Acknowledge(numbers=None)):
        records.do(command, who=STRANGER, at=clock.now())
    desk.sees("seen by On")
    desk.press("+2h\r")
    desk.sees("was changed by On")
    desk.press(ESCAPE)
    desk.until(lambda: "Enter yes" not in desk.text())
    desk.press("kk")
    desk.until(lambda: any(row.lstrip().startswith(">") and " 2 P2" in row for row in _rows(desk)))


def _rows(desk: Desk) -> list[str]:
    return [row.partition("│")[2] for row in desk.screen.display]


def _pressed(key: str) -> str:
    """What a terminal sends for a key as it is written: `^e` is one character."""
    if len(key) == 2 and key[0] == "^":
        return chr(ord(key[1]) & 0x1F)
    return _FUNCTION_KEYS.get(key, key)


def _done(desk: Desk, records: Records) -> None:
    """Somebody else does the work of the order under the cursor."""
    steps = (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH)
    for step in steps:
        who = 1 if step is Move.ASSIGN else None
        records.do(MoveOrder(number=2, move=step, technician=who), who=STRANGER, at=clock.now())
    desk.press("-")
    desk.until(lambda: any(row.lstrip().startswith(">") and " 2 P" in row for row in _rows(desk)))


def _prompts(desk: Desk, answered: Mapping[str, str]) -> None:
    for name, said in answered.items():
        action = ACTIONS[name]
        desk.press(_pressed(sign(keys_of(action)[0])))
        desk.sees(f"#2 {action.label} ·")
        desk.press(f"{PASTE}nobody {TYPED}{PASTED}\r")  # begins like no technician's name
        desk.sees(said)
        if f"#2 {action.label} ·" in desk.text():
            desk.press(ESCAPE)
            desk.sees("left; what you wrote is kept")


def _copies(desk: Desk) -> None:
    """The order under the cursor, then its row, to a terminal that nobody knows."""
    desk.press('"')
    desk.sees("✓ #2, due (resolve) ")
    desk.press("'")
    desk.until(lambda: "✓ " in desk.text() and "✓ #2, due " not in desk.text())


def _find(desk: Desk) -> None:
    """A filter, a view of that name, and the palette."""
    desk.press(f"/{PASTE}{TYPED}{PASTED}")
    desk.sees("all open /")
    desk.press(ESCAPE)
    desk.until(lambda: "all open /" not in desk.text())
    desk.press("V")
    desk.sees("Save view ·")
    desk.press(f"{PASTE}{TYPED}{PASTED}\r")
    desk.sees("characters; give up to 60")
    desk.press(f"\x15{PASTE}{TYPED[:60]}{PASTED}\r")
    desk.sees("saved")
    desk.press("\x10")
    desk.sees("> view")
    desk.press(f"{PASTE}{TYPED}{PASTED}")
    desk.sees("> order", timeout=30)  # the one that somebody has told of in these very words
    desk.press(ESCAPE)
    desk.sees("A assigned")


def _new_order(desk: Desk) -> None:
    """Every field of the form, what it offers, and its refusals."""
    desk.press("n")
    desk.sees("New order")
    _fill_in(desk, "who calls", TYPED)
    _fill_in(desk, "what is wrong", TYPED)
    for label, begun, offered in (
        ("site", "Si", "Sc00"),
        ("asset", "", "New order"),
        ("customer", "Cu", "Cu00"),
        ("kind of work", "", "New order"),
    ):
        _in_line(desk, label)
        desk.press(begun)
        desk.sees(offered)  # a code or name that stands nowhere else on this screen
        _fill_in(desk, label, TYPED)
    _fill_in(desk, "priority", TYPED)
    for label in ("appointment", "work takes", "people", "tools, parts"):
        _fill_in(desk, label, TYPED)
    for refused, instead in (
        ("✗ priority", "2"),
        ("✗ time", ""),
        ("✗ how long the work takes", ""),
        ("✗ how many people it takes", ""),
    ):
        desk.sees(refused)
        desk.press("\x15")
        desk.until(lambda: "{0.__class__}" not in desk.line(desk.screen.cursor.y))
        desk.press(f"{instead}\x13")
    desk.sees("✗ perhaps known already")  # what was split off is called so
    desk.press("\x13")
    desk.sees("✗ no asset called")
    assert "new site" in desk.text()
    desk.press(ESCAPE)
    desk.until(lambda: "New order" not in desk.text())


def _fill_in(desk: Desk, label: str, text: str) -> None:
    _in_line(desk, label)
    desk.press(f"{PASTE}{text}{PASTED}\r")


def _in_line(desk: Desk, label: str) -> None:
    """Wait until the caret stands in the line of that label."""
    desk.until(lambda: f" {label} " in desk.line(desk.screen.cursor.y))


def test_every_action_that_asks_for_words_is_asked_here() -> None:
    """A new prompt is walked through, too."""
    asked = {*ANSWERED, *ANSWERED_WHEN_DONE}
    assert asked == {name for name, action in ACTIONS.items() if action.questions}


def test_nothing_typed_or_named_commands_the_terminal(written: bytes) -> None:
    """Neither what was pasted, nor how somebody is called, nor a refusal that quotes it."""
    ours = re.compile(OURS.pattern + b"|" + COPIED.pattern)
    assert harm(written, allowed=ours) == set()
    copies = [b64decode(sent) for sent in COPIED.findall(written)]
    assert len(copies) == 2
    assert all(harm(sent) == set() for sent in copies)


def test_what_was_typed_is_shown_as_text(written: bytes) -> None:
    """A tag in a pasted text is neither obeyed nor a fault."""
    assert b"[@click=app.quit]q[/][/bad]" in written
    assert b"met a fault" not in written
