"""A console on a wall: everybody sees the desk, and nobody changes it from there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from console.actions import ACTIONS
from console.actions_kinds import refusal
from console.beginnings import begin_with_nothing, begin_with_sample
from console.render_keys import key_bar
from console.screens.board import BoardScreen
from console.seat import Seat
from console.wall import LookedAt, OnlyLooks
from store.commands.contact import NoteOrder
from store.records import open_records
from tests.budget import tries
from tests.console.faulty_desk import console, furnish
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.store.winding import wind_back

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

pytestmark = pytest.mark.journey
SAID = {"en": "this console only shows the desk", "zh_CN": "此控制台仅供查看"}
LANGUAGES = pytest.mark.parametrize("language", SAID)
LOOKS = frozenset({
    *("customer", "explain", "details", "related",
      "copy", "copy_row", "technicians", "who", "command"),
    *("alarms", "figures", "calls", "handover", "plans", "past", "days", "forecast", "waiting"),
    *("surveys", "correctives", "dashboard", "complaints", "baselines"),
    *("skills", "trainings", "scorecards", "exceptions", "ideas", "checklist", "doubles"),
    *("packs", "projects", "radar", "inspections", "kinds"),
    *("automatic", "replan", "settings", "operators", "sessions"),
    *("next_queue", "previous_queue", "earlier", "later", "filter", "palette", "sort", "refresh"),
    *("mute", "flash", "notify", "language", "theme", "help", "quit"),
})  # fmt: skip
"""Actions that change nothing; whatever is not named here is refused on a wall."""


@LANGUAGES
async def test_no_key_of_a_wall_display_changes_the_desk(records: Records, language: str) -> None:
    """Each one that would is refused with the reason, and dimmed before that.

    The reason is one sentence; that it is Chinese is seen at every fourth key.
    """
    async with at_the_console(records, language=language, only_looks=True) as ana:
        await ana.sees("#1")
        head = records.head()
        assert ACTIONS.keys() >= LOOKS
        writing = [action for action in ACTIONS.values() if action.id not in LOOKS]
        for action in writing[:: 1 if language == "en" else tries(4, 1)]:
            await ana.press("f5")  # what was said before is gone
            await ana.press(action.keys[0])
            await ana.sees(SAID[language])
            board = ana.desk.screen
            assert isinstance(board, BoardScreen), action.id
            assert board.hands.errand is None
            await ana.press("t", "t")
        assert records.head() == head


@LANGUAGES
async def test_nothing_can_be_typed_at_a_wall_display(records: Records, language: str) -> None:
    """The line still opens, for looking: an order, a skill, a past moment."""
    async with at_the_console(records, language=language, only_looks=True) as ana:
        await ana.sees("#1")
        head = records.head()
        await ana.press("colon")
        await ana.types("note 1 ;by a passer-by")
        await ana.sees(SAID[language])
        await ana.press("colon")
        await ana.types("x 1-4")
        await ana.sees(SAID[language])
        await ana.press("colon")
        await ana.types("v 1")
        await ana.press("semicolon")
        await ana.sees(SAID[language])
        assert records.head() == head


@LANGUAGES
async def test_alarms_are_not_silenced_from_a_wall(records: Records, language: str) -> None:
    """Neither on the board nor on the screen of all alarms."""
    async with at_the_console(records, language=language, only_looks=True) as ana:
        await ana.press("A")
        head = records.head()
        await ana.press("a")
        await ana.sees(SAID[language])
        assert records.head() == head


async def test_the_first_line_says_that_one_only_looks(records: Records) -> None:
    """Who walks up to it need not try a key; those that look are not dimmed."""
    async with at_the_console(records, only_looks=True) as ana:
        await ana.sees("view only", "(d)Dispatch")
        board = ana.desk.screen
        assert isinstance(board, BoardScreen)
        situation = board.situation()
        assert refusal(ACTIONS["assign"], situation) == SAID["en"]
        assert refusal(ACTIONS["forecast"], situation) is None
        foot = "".join(text for text, _tone in key_bar(situation, {}, 120))
        assert foot.startswith(" / Filter "), "what looks stands before what writes"
        assert foot.index(" A Alarms") < foot.index("(d)Dispatch")


def test_the_seat_itself_takes_nothing(records: Records) -> None:
    """Whatever a key forgets: commands, trials of commands, the sample and imports end here."""
    wall = LookedAt(records.database)
    seat = Seat(records=wall, who=ANA, name="Ana", now=lambda: MONDAY)
    head = records.head()
    for door in (
        lambda: seat.do(NoteOrder(number=1, text="x"), key=uuid4().hex),
        lambda: seat.rehearse([NoteOrder(number=1, text="x")]),
        lambda: begin_with_sample(seat, lambda _done, _of: None),
    ):
        with pytest.raises(OnlyLooks):
            door()
    begin_with_nothing(seat, lambda _done, _of: None)
    assert records.head() == head


def test_a_wall_display_leaves_no_trace(tmp_path: Path) -> None:
    """Opened by an account that is no operator, seen, and closed: the store is as it was."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    records = furnish(url)
    head = records.head()
    with console(url, tmp_path, "--readonly", operator=None) as desk:
        desk.sees("view only")
        desk.sees("Lift stuck")
        desk.press(";")
        desk.sees(SAID["en"])
        desk.press("q")
        assert desk.exit_code() == 0
    assert records.head() == head
    records.close()


def test_a_wall_display_makes_no_store(tmp_path: Path) -> None:
    """A slip in the address must not hang an empty desk on the wall."""
    with console(f"sqlite:///{tmp_path / 'none.db'}", tmp_path, "--readonly") as desk:
        desk.sees("unreachable")
    assert not (tmp_path / "none.db").exists()


def test_a_wall_display_renews_no_store(tmp_path: Path) -> None:
    """One of an older release is for somebody who writes; the wall says so, and shows it then."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    records = furnish(url)
    with records.database.writing() as conn:
        wind_back(conn, to=7)
    records.close()
    with console(url, tmp_path, "--readonly") as desk:
        desk.sees("older paidan's tables (0007")
        desk.press("q")
    assert list(tmp_path.glob("desk.db.before*")) == []
    open_records(url, feed=False).close()
    with console(url, tmp_path, "--readonly") as desk:
        desk.sees("Lift stuck")
