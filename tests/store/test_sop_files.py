"""A procedure's file is taken whole or refused with its line and what would be right."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.cli_sop import SAMPLES
from store.commands.sop import ImportProcedure
from store.domain.errors import BadInput
from store.domain.sop import Procedure
from store.domain.sop_file import MOST_STEPS, kept, read_procedure
from store.domain.text import safe
from store.queries.sop import ListProcedures
from tests.store.desk import ANA, NINE, do
from tests.store.sop_files import LIFT, one_step

if TYPE_CHECKING:
    from store.records import Records

PLAIN = one_step()
"""Seven lines: kind, version, none, [[step]], code, title, gate."""

HUGE = "0x" + "f" * 5_000
"""Of more digits than Python writes."""


def with_line(line: str, *, place: int = 7) -> str:
    lines = PLAIN.splitlines()
    return "\n".join([*lines[: place - 1], line, *lines[place:]]) + "\n"


WRONG: tuple[tuple[str, int, str], ...] = (
    (PLAIN + 'within = "1 d"\nworking = true\n', 8, "any number of working hours"),
    (PLAIN + "working = true\n", 8, "within"),
    (PLAIN + 'within = "1 h"\nworking = "yes"\n', 9, "true or false"),
    (with_line('kind = ""', place=1), 1, "kind is missing"),
    (with_line("version = 0", place=2), 2, "version is 0"),
    (with_line('version = "1"', place=2), 2, "one more with each change"),
    (with_line("version = true", place=2), 2, "version is True"),
    (with_line("title = 7", place=6), 6, "a text"),
    (with_line("code = 'brake gap'", place=5), 5, "no spaces"),
    (with_line("code = '7'", place=5), 5, "brake-gap"),
    (with_line("gate = 'leave'"), 7, "one of: assign, accept"),
    (with_line("gate ="), 7, "no TOML"),
    (with_line("gate = 'finish"), 7, "no TOML"),
    (with_line("gait = 'finish'"), 7, "“gait” is not known here"),
    (with_line("stage = 'site work'"), 7, "site-work"),
    (with_line("evidence = 'film'"), 7, "reading, choice"),
    (with_line("mandatory = 'yes'"), 7, "true or false"),
    (with_line("within = '30'"), 7, "30 min"),
    (with_line("within = '0 min'"), 7, "30 min"),
    (with_line("after = 'arrived'"), 7, "within"),
    (with_line("min = 3"), 7, "only with evidence"),
    (with_line("choices = ['a', 'b']"), 7, "only with evidence"),
    (with_line('evidence = "reading"\nmin = 3\nmax = 1'), 8, "at most max"),
    (with_line('evidence = "reading"\nmin = inf'), 8, "a number"),
    (with_line('evidence = "choice"\nchoices = ["one"]'), 8, "two to twelve"),
    (with_line('evidence = "choice"\nchoices = ["one", 2]'), 8, "two to twelve"),
    (with_line('evidence = "choice"'), 4, "two to twelve"),
    (PLAIN + PLAIN[PLAIN.index("[[step]]") :], 9, "a code of its own"),
    (PLAIN.replace("[[step]]", "[step]"), 4, "[[step]]"),
    (PLAIN + "[more]\nx = 1\n", 8, "not known here"),
    (PLAIN[: PLAIN.index("[[step]]")], 1, "at least one"),
    (PLAIN.replace("version = 1", "version = 1\nretired = true"), 3, "none"),
    ("kind = [" + "[" * 5_000, 1, "no TOML|too deep"),
    (with_line(f"version = {HUGE}", place=2), 2, "thousands of digits"),
    (with_line(f"mandatory = [{HUGE}]"), 7, "thousands of digits"),
    (with_line(f'evidence = "reading"\nmin = {HUGE}'), 8, "a number"),
    (with_line('evidence = "reading"\nmax = nan'), 8, "a number"),
    ("", 1, "kind is missing"),
    (PLAIN + "# \x1b]52;c;aGk=\x07\n", 8, "cannot be shown"),
    (PLAIN.replace('title = "x"', 'title = "\\u001b[2J"'), 6, "cannot be shown"),
    (PLAIN.replace('title = "x"', 'title = "a\\u202eb"'), 6, "cannot be shown"),
    (with_line('evidence = "choice"\nchoices = ["a\\u009b", "b"]'), 8, "cannot be shown"),
    (PLAIN + "#" * 70_000, 1, "at most"),
    (PLAIN + "".join(PLAIN[PLAIN.index("[[step]]") :].replace('"x"', f'"x{n}"', 1)
                     for n in range(MOST_STEPS)), 4 + 4 * MOST_STEPS, "at most 60"),
)  # fmt: skip


@pytest.mark.parametrize(("source", "line", "said"), WRONG)
def test_what_is_wrong_is_told_with_its_line(source: str, line: int, said: str) -> None:
    """And what would be right, in one sentence that any screen can show."""
    with pytest.raises(BadInput, match=said.replace("[[", r"\[\[")) as refused:
        read_procedure(source)
    assert str(refused.value).startswith(f"line {line}: "), str(refused.value)
    assert safe(str(refused.value), limit=2_000) == str(refused.value)
    assert refused.value.facts["right"]


@given(st.text(max_size=200), st.integers(0, 300), st.integers(0, 40))
def test_a_file_is_read_or_refused(piece: str, start: int, length: int) -> None:
    """Whatever lies in it; what is refused is a sentence that can be shown, and never a fault."""
    source = LIFT[:start] + piece + LIFT[start + length :]
    try:
        assert isinstance(read_procedure(source), Procedure)
    except BadInput as bad:
        text = str(bad)
        assert safe(text, limit=4_000) == text
        assert text.startswith("line ")


def test_of_a_wrong_file_nothing_is_kept(records: Records) -> None:
    """Not the steps before the wrong one either."""
    with pytest.raises(BadInput):
        do(records, ImportProcedure(source=LIFT + "[[step]]\ncode = 'last'\n"))
    assert records.ask(ListProcedures(), who=ANA, at=NINE) == ()
    assert kept("kind = 3") is None


def test_what_is_shipped_can_be_imported() -> None:
    """In both languages, with the same steps in each."""
    for name in SAMPLES:
        read = [
            read_procedure(files("console.procedures").joinpath(f"{name}{end}.toml").read_text())
            for end in ("", ".zh_CN")
        ]
        assert {one.kind for one in read} == {name}
        shapes = [
            [(s.stage, s.evidence, s.unit.replace("MOhm", "MΩ"), s.low, s.high, s.outside,
              s.gate, s.mandatory, s.since, s.within_s) for s in one.steps]
            for one in read
        ]  # fmt: skip
        assert shapes[0] == shapes[1]
