"""Every command on a real terminal, given hostile words, files and a hostile store."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from console.cli import COMMANDS
from store import clock
from tests.console.harmless import BAR, harm
from tests.console.hostile_desk import PAYLOADS, furnish, spoil
from tests.console.hostile_files import TEXTS, write_files
from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WITHIN_S = 120.0
ROWS = 3_000
"""So many take long enough to be shown a progress bar."""

TOLD: Final = (
    TEXTS[0] + TEXTS[1] + TEXTS[3],
    TEXTS[4] + TEXTS[5] + TEXTS[6] + TEXTS[8][:40],
    TEXTS[7] + TEXTS[10] + TEXTS[12],
)
"""What a command is told, for a code, a name, a file, an option that there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One command line, and what the terminal was sent meanwhile."""

    words: tuple[str, ...]
    said: bytes
    code: int


def _told(told: str, folder: Path) -> Iterator[list[str]]:
    """Command lines that quote back what they were told."""
    rows, file_map = str(folder / "rows.csv"), str(folder / "map.toml")
    yield from ([told], [f"--x{told}"])
    for word in COMMANDS:
        yield from ([word, f"--x{told}"], [word, told, told, told])
    yield from (["list", option, told] for option in ("--as", "--lang", "--db", "--queue"))
    yield from (["list", "--query", told], ["list", "--limit", told])
    yield from (["list", "--db", f"sqlite:///{folder}/{told}/desk.db"], ["show", told])
    yield from (["export", "--format", told], ["generate", "--orders", told])
    yield from (["generate", "--at", told], ["demo", "--speed", told], ["backup", "--to", told])
    yield from (["backup", "--verify", told], ["restore", told, "--to", "/nowhere/x.db"])
    yield ["restore", "/nowhere/x.zip", "--to", told]
    yield from (["db", told, "--to", told], ["db", "move", "--to", told])
    yield from (["drill", "play", option, told] for option in ("--script", "--minutes", "--out"))
    yield from (["import", told], ["import", rows, "--map", told])
    mapped = ["import", rows, "--map", file_map]
    yield from ([*mapped, "--level", told], [*mapped, "--rejects", f"{folder}/{told}/x"])
    yield from (["import", rows, "--member", told], ["clock", told], ["add", told])
    yield from (["add", kind, told, told] for kind in ("technician", "customer", "operator"))
    technician, customer = ["add", "technician", "T9", told], ["add", "customer", "C9", told]
    yield from ([*technician, "--skill", f"{told}:{told}"], [*technician, "--home", told])
    yield from ([*customer, "--level", told], [*customer, "--phone", told, "--tier", told])
    yield ["add", "site", "S9", told, "--zone", told]
    calendar, level = ["add", "calendar", "C9", told], ["add", "level", "L9", told]
    yield from ([*calendar, "--hours", told], [*calendar, "--hours", f"mon={told}"])
    yield from (
        [*calendar, "--hours", "mon=09:00-17:00", "--zone", told],
        [*calendar, "--file", told],
    )
    yield from (level, [*level, "--calendar", told], [*level, "--file", told])
    yield from (["scheduler", "--notify", f"'{told}"], ["scheduler", "--db", f"{told}.db"])


def _asked(folder: Path) -> Iterator[list[str]]:
    """Command lines that print what hostile people and files have said before."""
    rows = str(folder / "rows.csv")
    for kind in ("orders", "technicians", "sites", "customers", "alarms"):
        yield from (["list", kind], ["list", kind, "--json"])
    yield from (["show", str(number)] for number in range(1, len(PAYLOADS) + 1))
    yield from (["show", "3", "--json"], ["doctor"], ["doctor", "--json"], ["doctor", "--mend"])
    yield from (["export"], ["export", "--format", "csv"], ["clock", str(folder / "asked.json")])
    yield from (["import", rows, "--suggest"], ["import", rows])
    yield from (["import", rows, "--map", str(folder / "map.toml")] for _ in range(2))
    yield ["import", rows, "--map", str(folder / "map.toml"), "--json"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> list[Ran]:
    """All of them, one after the other on one terminal."""
    folder = tmp_path_factory.mktemp("commands")
    url = f"sqlite:///{folder / 'desk.db'}"
    furnish(url, at=clock.now()).close()
    spoil(url)
    write_files(folder, rows=ROWS)
    lines = [words for told in TOLD for words in _told(told, folder)] + list(_asked(folder))
    (folder / "lines.json").write_text(json.dumps(lines))
    places = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    env = {**dict.fromkeys(places, str(folder)), "PAIDAN_DB": url, "LC_ALL": "C.UTF-8"}
    command = [PYTHON, "-m", "tests.console.apps.commands", str(folder / "lines.json")]
    with Desk(command, size=(100, 40), env={**env, "NO_COLOR": "1"}) as desk:
        end = clock.monotonic() + WITHIN_S
        while b"== all" not in desk.raw[-200:] and desk.read(end - clock.monotonic()):
            pass
        written = bytes(desk.raw)
    parts = re.split(rb"== \d+\r\n(.*?)== ended (\d)\r\n", written, flags=re.DOTALL)
    said = zip(parts[1::3], parts[2::3], strict=True)
    return [
        Ran(words=tuple(words), said=text, code=int(code))
        for words, (text, code) in zip(lines, said, strict=True)
    ]


def test_no_command_hands_on_what_commands_a_terminal(ran: list[Ran]) -> None:
    """Neither as data, nor quoted in a refusal, nor in argparse's own words."""
    assert {one.words: bad for one in ran if (bad := harm(one.said, allowed=BAR))} == {}


def test_every_command_answers_in_a_sentence_of_ours(ran: list[Ran]) -> None:
    """No traceback, no fault of ours, and an exit code that means something."""
    faults = (b"Traceback", b"paidan failed")
    assert [one for one in ran if any(fault in one.said for fault in faults)] == []
    assert [one for one in ran if not one.said.strip() or one.code not in {0, 1, 2, 3}] == []
    assert {one.words[0] for one in ran} > set(COMMANDS)


def test_the_import_has_told_of_rows_and_drawn_its_bar(ran: list[Ran]) -> None:
    """What is proved here has happened: rejects with their reasons, and progress."""
    imported = next(one for one in ran if one.words[0] == "import" and b"are new" in one.said)
    assert b"rows were rejected" in imported.said
    assert re.search(rb"\d x .*then", imported.said)
    assert b"\r[#" in imported.said
