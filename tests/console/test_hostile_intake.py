"""What a caller says, and what another one said, is text and nothing else."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from store import clock
from store.commands.contact import ChaseOrder
from store.commands.orders import NewOrder
from store.commands.places import SaveSite
from tests.console.faulty_desk import ANA, FAULT, console, furnish
from tests.console.harmless import harm

if TYPE_CHECKING:
    from pathlib import Path

WILD = "gate \x1b]52;c;aGk=\x07[@click=app.quit]x[/bad] \u202eetag \x9b2J"


def test_the_form_shows_wild_words_as_what_they_are(sqlite_url: str, tmp_path: Path) -> None:
    """Of the order that is likely meant, of its site, and pasted into a line."""
    with closing(furnish(sqlite_url)) as records:
        for command in (
            SaveSite(code="W1", name=f"Mill {WILD}", zone="UTC"),
            NewOrder(title=WILD, site="W1"),
            ChaseOrder(number=4, text=WILD),
        ):
            records.do(command, who=ANA, at=clock.now())
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("Lift stuck", timeout=30)
            desk.take()
            desk.press("n")
            desk.sees("what is wrong")
            desk.press(f"\r\x1b[200~{WILD}\x1b[201~\r")
            desk.press("W1")
            desk.sees("> #4", timeout=30)
            desk.press("\x14")
            desk.sees("order 4 was chased: 2", timeout=30)
            assert harm(desk.take()) == set()
            assert FAULT not in desk.text()
