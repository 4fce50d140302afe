"""Who comes in over SSH is whom the store knows, and sees what he may for as long as he may."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.commands.operator_codes import OfferCode
from store.commands.operator_keys import AddKey, EnrolOperator, RevokeKey
from store.commands.operators import AppointOperator
from store.commands.orders import NewOrder
from store.commands.places import SaveSite
from store.domain.one_time_codes import digest_of, new_code
from store.queries.backups import Backups
from store.queries.operator_keys import KeysOf
from tests.console.faulty_desk import furnish
from tests.console.ssh_desk import SshDesk, make_key, ran

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.console.pty_desk import Desk

NOT_HERE = "Permission denied (publickey)"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshDesk]:
    """The small desk with two sites, which begins without a key of anybody."""
    place = tmp_path_factory.mktemp("served")
    url = f"sqlite:///{place / 'desk.db'}"
    furnish(url).close()
    with SshDesk(url, place, people=()) as desk:
        for code, title in (("N1", "Boiler cold"), ("S1", "Door jammed")):
            desk.do(SaveSite(code=code, name=f"Site {code}"))
            desk.do(NewOrder(title=title, site=code, priority=2))
        yield desk


def _enrol(served: SshDesk, code: str, role: str, *sites: str) -> None:
    line = make_key(served.home / code)
    post = EnrolOperator(code=code, name=f"Op {code}", role=role, sites=sites or None, key=line)
    served.do(post)


def _offer(served: SshDesk, operator: str) -> str:
    code = new_code()
    until = clock.now() + timedelta(minutes=15)
    served.do(OfferCode(operator=operator, digest=digest_of(code), until=until))
    return code


def test_the_first_operator_comes_in_by_a_one_time_code(served: SshDesk) -> None:
    """Typed at a prompt, mistyped at first; by the key that he came with, and by no other."""
    served.hears(re.compile(rb"nobody has a key yet: paidan operator code .* claim@127.0.0.1"))
    make_key(served.home / "desk")
    assert NOT_HERE in served.run(key="desk")[1]
    code = _offer(served, "desk")
    with served.connect(key="desk", name="claim") as first:
        first.sees("one-time code:")
        first.press("ABCD\r")
        first.sees("this one-time code is none, too old, or used already")
        first.press(f"X\x7f{code.lower()}\r")
        first.sees("from now on: ssh -p ")
        assert first.exit_code() == 0
    with served.connect(key="desk") as first:
        first.sees("Lift stuck")
    (key,) = served.ask(KeysOf(operator="desk"))
    assert key.fingerprint == served.fingerprint("desk")
    served.hears(re.compile(rb"desk has given key SHA256:\S+, from 127\.0\.0\.\d+"))


def test_a_code_is_good_once_and_for_an_unknown_key(served: SshDesk) -> None:
    """As a command, for scripts; three guesses end a connection."""
    for key in ("first", "second"):
        make_key(served.home / key)
    code = _offer(served, "ana")
    served.do(AddKey(operator="bo", line=make_key(served.home / "bo")))
    taken, said = served.run(code, key="bo", name="claim")
    assert (taken, "this key is known already" in said) == (1, True)
    assert served.run(code, key="first", name="claim")[0] == 0
    again, said = served.run(code, key="second", name="claim")
    assert (again, "used already" in said) == (1, True)
    assert NOT_HERE in served.run(key="second")[1]
    end, said = served.run(key="second", name="claim", says="A\nB\nC\nD\n")
    assert (end, said.count("used already")) == (1, 3)


def test_who_comes_to_claim_gets_nothing_else(served: SshDesk) -> None:
    """No console, no forwarding, no second channel; what is typed is a code at most."""
    make_key(served.home / "nosy")
    with served.connect(key="nosy", name="claim") as nosy:
        nosy.press("\x1b[A;id\x07\r")
        nosy.sees("used already")
        nosy.press("\x03")
        assert nosy.exit_code() == 1
        assert "Lift" not in nosy.text()
    words = [word for word in served.words(key="nosy", name="claim") if word != "-tt"]
    words[1:1] = ["-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"]
    end, said = ran(words)
    assert (end, "forwarding failed" in said) == (255, True)


def test_a_site_office_sees_its_own_sites_alone(served: SshDesk) -> None:
    """On the board, by a search and by a number; with other sites it comes in again."""
    _enrol(served, "north", "office", "N1")
    with served.connect(key="north") as north:
        north.sees("Boiler cold")
        north.sees("Op north")
        _sees_nothing_of(north, "Door jammed", "Lift stuck")
        north.press("/jammed\r")
        north.sees("jammed")
        north.settle()
        _sees_nothing_of(north, "Door jammed")
        north.press("\x1b\x1b")
        north.sees("Boiler cold")
        north.press(":urgent 5\r")
        north.sees("5")
        north.settle()
        _sees_nothing_of(north, "Door jammed")
        served.do(AppointOperator(operator="north", sites=("S1",)))
        north.sees("another role or other sites now")
        _sees_nothing_of(north, "Door jammed")
    with served.connect(key="north") as north:
        north.sees("Door jammed")
        _sees_nothing_of(north, "Boiler cold", "Lift stuck")


def _sees_nothing_of(desk: Desk, *titles: str) -> None:
    assert not [title for title in titles if title in desk.text()], desk.text()


def test_a_screen_on_the_wall_sends_no_command(served: SshDesk) -> None:
    """What its role says."""
    _enrol(served, "wall", "screen")
    with served.connect(key="wall") as wall:
        wall.sees("Lift stuck")
        wall.press("n")
        wall.settle()
        assert "New order" not in wall.text()


def test_a_key_taken_back_ends_its_session(served: SshDesk) -> None:
    """Within seconds, and says why; the other goes on."""
    _enrol(served, "eva", "dispatcher")
    _enrol(served, "fay", "dispatcher")
    with served.connect(key="eva") as eva, served.connect(key="fay") as fay:
        eva.sees("Lift stuck")
        fay.sees("Lift stuck")
        served.do(RevokeKey(operator="eva", fingerprint=served.fingerprint("eva")))
        eva.until(lambda: b"no longer known" in eva.raw or b"opens nothing" in eva.raw)
        assert eva.exit_code() != 0 or b"\x1b[?1049l" in eva.raw
        fay.press("n")
        fay.sees("New order")
        served.do(AppointOperator(operator="fay", role="screen"))
        fay.sees("another role or other sites now")
    assert NOT_HERE in served.run(key="eva")[1]


def test_an_administrator_far_away_names_no_folder_of_the_server(served: SshDesk) -> None:
    """Backups are put where somebody on that machine says; he may end them."""
    _enrol(served, "gus", "administrator")
    with served.connect(key="gus") as gus:
        gus.sees("Lift stuck")
        gus.press(":set backup /tmp/x every 2h\r")
        gus.sees("no file of the machine that serves this desk")
    assert served.ask(Backups()).plan.folder == ""
