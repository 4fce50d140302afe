"""A command line sent along with ssh: the grammar, lists and exports, and nothing else at all."""

from __future__ import annotations

import json
import os
import re
import signal
from typing import TYPE_CHECKING, Final

import pytest

from console.serve.opening import LONGEST_COMMAND
from store.commands.operator_keys import EnrolOperator
from store.commands.orders import NewOrder
from store.commands.places import SaveSite
from store.domain.who import Origin
from store.queries.card import Trace
from tests.console.faulty_desk import furnish
from tests.console.ssh_desk import SshDesk, make_key, ran, served_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


NOT_HERE: Final = "ssh carries out do, list, show, who, kpi, export here"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshDesk]:
    """The small desk with an order at a site, and with its office."""
    place = tmp_path_factory.mktemp("served")
    (place / "known_hosts").touch()  # else whichever client is the first would make it
    with served_in(place) as desk:
        desk.do(SaveSite(code="N1", name="North"))
        desk.do(NewOrder(title='Boiler cold; say "when"', site="N1", priority=2))
        for code, role, sites in (("north", "office", ("N1",)), ("wall", "screen", None)):
            key = make_key(place / code)
            desk.do(EnrolOperator(code=code, name=code, role=role, sites=sites, key=key))
        yield desk


def test_a_typed_command_is_done_as_whose_key_it_was(served: SshDesk) -> None:
    """One line in, a sentence out; the journal says from where and by which key."""
    code, said = served.run("do", "as 2 wang fang")
    assert (code, said.splitlines()[-1].startswith("order 2 is assigned → Wang Fang")) == (0, True)
    entry = served.ask(Trace(number=2))[-1]
    assert (entry.via, entry.by_name) == ("ssh", "Ana")
    assert entry.origin is not None
    assert entry.origin.key == served.fingerprint("ana")
    code, said = served.run("do --json", "note 2 the customer won't wait", key="bo")
    told = json.loads(said[said.index("{") :])
    assert (code, told["ok"], told["orders"]) == (0, True, [2])
    assert "won't wait" in str(served.ask(Trace(number=2))[-1].words)


def test_what_is_refused_says_so_by_its_code(served: SshDesk) -> None:
    """As paidan do does: 1 refused, 2 not understood."""
    for line, code, part in (
        ("do as 99 wang", 1, "99"),
        ("do frobnicate", 2, ""),
        ("show 99", 1, "99"),
        ("list --limit x", 2, "whole number"),
        ("list --db sqlite:////tmp/other.db", 2, "the key says who asks"),
        ("frobnicate", 2, NOT_HERE),
        ("list --as bo", 2, "the key says who asks"),
        ("list 'orders", 2, "a quote is not closed"),
    ):
        got, said = served.run(line)
        assert got == code, said
        assert part in said
    assert served.run("list --help")[0] == 0


def test_lists_and_exports_are_of_the_sites_that_he_sees(served: SshDesk) -> None:
    """A script of a site office reads its own, whatever it asks for."""
    code, said = served.run("list", "--query", "boiler or lift", "--json")
    assert (code, _titles(said)) == (0, ['Boiler cold; say "when"', "Lift stuck"])
    code, said = served.run("list --query boiler or lift --json", key="north")
    assert (code, _titles(said)) == (0, ['Boiler cold; say "when"'])
    code, said = served.run("export orders", key="north")
    rows = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert (code, [row["title"] for row in rows]) == (0, ['Boiler cold; say "when"'])
    assert served.run("show 1", key="north")[0] == 1
    assert served.run("do note 1 x", key="north")[0] == 1
    assert served.run("show 4", key="north")[0] == 0


def _titles(said: str) -> list[str]:
    return [one["title"] for one in json.loads(said[said.index("[") :])]


def test_a_screen_on_the_wall_reads_and_does_nothing(served: SshDesk) -> None:
    """As its role says, in the store."""
    assert served.run("list", key="wall")[0] == 0
    code, said = served.run("do note 1 x", key="wall")
    assert (code, "read-only screen" in said) == (1, True)


def test_with_a_terminal_lines_begin_at_its_edge(served: SshDesk) -> None:
    """What ssh -t has made raw; and without one there is no sign of a terminal."""
    code, said = served.run("list", terminal=True)
    assert code == 0
    assert not re.search("[^\r]\n", said[said.index("no.") :])
    assert "\x1b" not in served.run("list")[1]


@pytest.mark.parametrize(
    "line",
    [
        *("id", "sh -c id", "/bin/sh -i", "scp -t /tmp", "sftp", "bash -c 'id; id'", "do"),
        *("list; id", "list $(id)", "list `id`", "list | id", "list && id", "list > /tmp/x"),
        *("do 'x'; id", "do $(id)", "who `id`", "show 1;id", "export orders > {home}/out"),
        *("add operator eve Eve", "import {home}/secret", "backup --to {home}/b", "doctor"),
        *("db move --to sqlite:///{home}/x.db", "restore {home}/secret", "serve", "config"),
        *("operator list", "scheduler", "demo", "console", "attach ana", "plan {home}/secret"),
        *("do attach 1 {home}/secret", "do set backup {home}", "list --columns {home}/secret"),
        "\x1b]0;own\x07\x1b[2J",
        "x" * (LONGEST_COMMAND + 1),
    ],
)
def test_nothing_else_is_carried_out(served: SshDesk, line: str) -> None:
    """No shell, no other program, no file of the server; a sentence, and a code."""
    secret = served.home / "secret"
    secret.write_text("tell nobody")
    before = sorted(served.home.iterdir())
    code, said = served.run(line.format(home=served.home))
    assert code in {1, 2}, said
    for part in ("uid=", "tell nobody", "Traceback", 'File "', "\x1b", "\x07"):
        assert part not in said
    assert sorted(served.home.iterdir()) == before


def test_a_client_that_is_gone_leaves_nothing_behind(served: SshDesk) -> None:
    """Its process ends, and the next one is served."""
    before = served.sessions()
    code, _said = ran(["timeout", "-s", "KILL", "0.3", *served.words("export", terminal=False)])
    assert code in {0, 137, -9}
    served.until(lambda: served.sessions() == before)
    assert served.run("list")[0] == 0


def test_a_line_through_openssh_has_the_same_rights(served: SshDesk) -> None:
    """Carried out by `paidan attach`, or refused in a sentence."""
    code, said = served.attached("do 'note 2 seen' --json")
    assert (code, json.loads(said)["ok"]) == (0, True)
    entry = served.ask(Trace(number=2))[-1]
    assert (entry.via, entry.by_name) == ("ssh", "Bo")
    assert entry.origin == Origin(key=served.fingerprint("bo"), address="192.0.2.7")
    for line, part in (("id", NOT_HERE), ("x" * (LONGEST_COMMAND + 1), "too long")):
        code, said = served.attached(line)
        assert (code, part in said) == (2, True)


def test_a_command_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    """By either way: the store does not answer, the client does not wait for ever."""
    config = tmp_path / "paidan.toml"
    config.write_text("[serve]\ncommand_seconds = 1\n")
    url, control = f"sqlite:///{tmp_path / 'desk.db'}", str(tmp_path / "control")
    furnish(url).close()
    with (
        SshDesk(url, tmp_path, PAIDAN_CONFIG=str(config)) as desk,
        desk.connect(before=("-M", "-S", control)) as ana,
    ):
        ana.sees("Lift stuck")
        (counter,) = desk.pids("console.serve.counter")
        os.kill(counter, signal.SIGSTOP)
        try:
            told = [
                desk.attached("list", PAIDAN_CONFIG=str(config)),
                desk.run_with(["-S", control], "list"),
            ]
        finally:
            os.kill(counter, signal.SIGCONT)
        for code, said in told:
            assert code in {1, 2}
            assert "the command took too long and was ended" in said


def test_a_script_may_go_on_over_one_connection(served: SshDesk) -> None:
    """Four lines at a time, but any number of them one after the other."""
    control = str(served.home / "control")
    with served.connect(before=("-M", "-S", control)) as ana:
        ana.sees("Lift stuck")
        for _line in range(5):
            code, said = served.run_with(["-S", control], "list", "--limit", "1")
            assert code == 0, said
        ana.press("q")
        assert ana.exit_code() == 0


def test_words_like_flags_are_noted_where_quotes_come_along(served: SshDesk) -> None:
    """Behind a line without them they are flags: what was only to be tried is not done."""
    assert served.run("do 'note 2 they said --yes' --json")[0] == 0
    said = str(served.ask(Trace(number=2))[-1].words)
    assert "they said --yes" in said
    assert served.run("do", "note 2 they came", "--dry-run")[0] == 0
    assert str(served.ask(Trace(number=2))[-1].words) == said
