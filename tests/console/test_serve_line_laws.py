"""Whatever line comes along with ssh is read to its end and breaks nothing."""

from __future__ import annotations

import re
import shlex
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console import cli_guard
from console.actions import ACTIONS
from console.cli_guard import WrongUsage
from console.serve import words
from console.serve.opening import Opening
from store import reach
from store.records import open_records
from tests.budget import tries
from tests.console.faulty_desk import furnish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

WORDS: Final = st.sampled_from(
    [
        *words.CARRIED, *(verb for action in ACTIONS.values() for verb in action.verbs),
        *("--json", "--query", "--limit", "--at", "--db", "--as", "--lang", "--help", "--yes"),
        *("--dry-run", "--view", "--queue", "--columns", "--format", "csv", "--sort", "--not"),
        *("1", "2", "#1", "1-3", "9" * 30, "-1", "0", "L1", "wang", "@N1", "p:1", "until", "15:00"),
        *("/etc/passwd", "~/x", "../..", "$(id)", "`id`", ";", "|", "&&", "'", '"', "\\"),
        *("\x1b]0;x\x07", "\u202e", "\x85", "{}", "%s", "派", "now", "*", "all", "；", "?", "？"),
    ]
)  # fmt: skip
LINES: Final = st.one_of(
    st.text(max_size=60),
    st.lists(WORDS | st.text(max_size=5), max_size=7).map(" ".join),
    st.tuples(
        st.sampled_from([*words.CARRIED]), st.lists(WORDS | st.text(max_size=5), max_size=7)
    ).map(lambda told: " ".join((told[0], *told[1]))),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Records]]:
    """The small desk, open."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'desk.db'}"
    with closing(furnish(url)) as records:
        yield url, records


@settings(
    max_examples=tries(50, 240),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(line=LINES)
def test_no_line_breaks_it(
    store: tuple[str, Records], line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A code of four, words for people, no fault, and no sign that moves a terminal."""
    faults: list[str] = []
    monkeypatch.setattr(cli_guard, "write_log", faults.append)
    monkeypatch.setattr(reach, "is_shut", lambda: True)
    url, _records = store
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        told = Opening(operator="ana", address="192.0.2.1", command=line)
        code = words.carried(told, url, lambda: open_records(url, feed=False))
    said = out.getvalue() + err.getvalue()
    assert faults == []
    assert code in {0, 1, 2}, said
    assert code == 0 or said, "a refusal without a word"
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", said), said
    assert "Traceback" not in said


@given(st.text(max_size=40))
def test_what_follows_do_is_the_line_as_it_stands(text: str) -> None:
    """Flags stand around it; in quotes of its own it may end as they do."""
    for flags in ([], ["--json"], ["--yes", "--json"]):
        line = f"note 1 x{text}x"
        for around in ((*flags, line), (line, *reversed(flags))):
            assert words.words_of(" ".join(("do", *around))) == ["do", *flags, "--", line]
        quoted = shlex.quote(f"{line} --yes --json")
        told = ["do", *flags, "--", f"{line} --yes --json"]
        for around in ((*flags, quoted), (quoted, *flags)):
            assert words.words_of(" ".join(("do", *around))) == told


def test_quotes_that_came_along_go_where_they_are_around_all_of_it() -> None:
    """As a shell takes them; else they belong to what is said."""
    for line, told in (
        ("do 'as 7 wang'", ["--", "as 7 wang"]),
        ('do "note 7 it\'s --yes" --json', ["--json", "--", "note 7 it's --yes"]),
        ("do 'note 7 it'\\''s'", ["--", "note 7 it's"]),
        ("do '7 wang", ["--", "'7 wang"]),
        ("do 'a' 'b'", ["--", "'a' 'b'"]),
        ("do '' --json", ["--json"]),
        ("do --dry-run as 7 wang --json", ["--dry-run", "--json", "--", "as 7 wang"]),
    ):
        assert words.words_of(line) == ["do", *told]


@pytest.mark.parametrize("flag", ["--dry", "--dryrun", "--dry-run=1", "--jsno"])
def test_a_mistyped_flag_is_no_text(flag: str) -> None:
    """Else `--dry` behind a line would do what was only to be tried."""
    for line in (f"do cancel 3 not wanted {flag}", f"do {flag} cancel 3 not wanted"):
        with pytest.raises(WrongUsage):
            words.words_of(line)
    assert words.words_of(f"do 'note 3 said {flag}'") == ["do", "--", f"note 3 said {flag}"]


def test_a_question_needs_no_quotes() -> None:
    """ssh loses those that were typed."""
    told = words.words_of("list --query p:1 not waiting --json")
    assert told == ["list", "--query", "p:1 not waiting", "--json"]
