"""The house stays small, tells no stories about one machine, and asks one clock."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.house.tree import ROOMS, ROOT, named, sources, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST: Final = 300
SHORTER: Final = {"console/app.py": 150}
"""Every console's god file, held small by a number."""

_OF_ONE_MACHINE: Final = re.compile(
    r"/(?:wor[k]|roo[t]|hom[e]|far[m])/[a-z.]|/tmp/paida[n]/|/opt/pyp[i]|pypi\.or[g]|pythonhoste[d]"
)
_CLOCKS: Final = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
_NAPS: Final = {("time", "sleep")}


def test_no_file_holds_a_second_idea() -> None:
    """Past the budget one looks for the place to cut; a migration is generated, and one step."""
    written = (path for path in sources(*ROOMS, "tests") if "migrations" not in path.parts)
    lengths = {named(path): len(path.read_text().splitlines()) for path in written}
    assert {n: k for n, k in lengths.items() if k > SHORTER.get(n, LONGEST)} == {}


def test_one_module_reads_the_clock() -> None:
    """Otherwise a test of lateness depends on when it runs."""
    rooms = [path for path in sources(*ROOMS) if named(path) != "store/clock.py"]
    assert [call for path in rooms for call in _calls(path, _CLOCKS)] == []


def test_nobody_sleeps() -> None:
    """A sleeper cannot be woken; an event with a timeout can."""
    assert [call for path in sources(*ROOMS, "tests") for call in _calls(path, _NAPS)] == []


def test_no_handler_calls_the_one_above_it() -> None:
    """Textual calls the handlers of all classes of a widget: one that does, too, is done twice."""
    twice = re.compile(r"super\(\)\._?on_(?!event\b)\w+")
    found = [f"{named(path)}: {m[0]}" for path, text in texts() for m in twice.finditer(text)]
    assert found == []


def test_no_file_names_the_machine_it_was_written_on() -> None:
    """A stranger's machine has other paths, and perhaps another package index."""
    found = [
        f"{named(path)}: {m[0]}" for path, text in texts() for m in _OF_ONE_MACHINE.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_introduces_itself(room: str) -> None:
    """In fifty lines or fewer, or it is not read."""
    lines = (ROOT / room / "README.md").read_text(encoding="utf-8").splitlines()
    assert 3 <= len(lines) <= 50


def _calls(path: Path, wanted: set[tuple[str, str]]) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if not any(re.search(rf"\.[\s\\]*{name}\b", text) for _owner, name in wanted):
        return  # it is nowhere asked of anything; to read all files as Python takes long
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value
        name = owner.id if isinstance(owner, ast.Name) else owner
        if (name, node.attr) in wanted:
            yield f"{named(path)}:{node.lineno} {name}.{node.attr}"
