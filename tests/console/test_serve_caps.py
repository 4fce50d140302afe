"""How much a front allows: the arithmetic, and what no path may forget."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from console.serve.caps import Buckets, Limits, Lobby
from console.serve.refused import Refused
from console.serve.shared import Shared
from tests.console.pty_desk import ROOT

ADDRESSES = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.tuples(ADDRESSES, st.floats(0, 5)), max_size=200))
def test_an_address_never_has_more_than_its_burst_and_its_rate(
    comings: list[tuple[str, float]],
) -> None:
    """Over any stretch of time."""
    limits = Limits(burst=5, a_second=1.0)
    buckets, now = Buckets(limits), 0.0
    taken: dict[str, int] = {}
    for address, pause in comings:
        now += pause
        taken[address] = taken.get(address, 0) + buckets.take(address, now)
    assert all(count <= 5 + now + 1e-6 for count in taken.values())


@given(st.lists(st.tuples(ADDRESSES, st.booleans()), max_size=100))
def test_the_lobby_is_never_over_its_caps_and_lets_the_newest_in(
    comings: list[tuple[str, bool]],
) -> None:
    """The oldest goes: strangers who only wait lock nobody out."""
    limits = Limits(strangers=6, of_one_address=3)
    lobby: Lobby[int] = Lobby(limits)
    waiting: dict[int, str] = {}
    for number, (address, leaves) in enumerate(comings):
        out = lobby.enter(number, address)
        waiting[number] = address
        assert out != number
        if out is not None:
            del waiting[out]
        if leaves:
            lobby.leave(number)
            del waiting[number]
        assert len(lobby) == len(waiting) <= 6
        assert all(list(waiting.values()).count(one) <= 3 for one in waiting.values())


def test_all_sessions_may_come_back_at_once() -> None:
    """As they do after a restart: nobody is hung up on before he could show his key."""
    limits = Limits()
    lobby: Lobby[int] = Lobby(limits)
    assert [lobby.enter(one, f"address {one}") for one in range(limits.sessions)] == (
        [None] * limits.sessions
    )


def test_every_path_of_begin_auth_asks_for_a_key() -> None:
    """What it returns that is not True would let a client in without one."""
    told = [node for node in ast.walk(_begin_auth()) if isinstance(node, ast.Return)]
    assert told
    assert all(isinstance(one.value, ast.Constant) and one.value.value is True for one in told)
    assert isinstance(_begin_auth().body[-1], ast.Return)


def _begin_auth() -> ast.AsyncFunctionDef:
    source = (ROOT / "console" / "serve" / "door.py").read_text(encoding="utf-8")
    nodes = ast.walk(ast.parse(source))
    (found,) = (
        one for one in nodes if isinstance(one, ast.AsyncFunctionDef) and one.name == "begin_auth"
    )
    return found


def test_sessions_of_all_ways_in_count_together() -> None:
    """Whoever is one too many is counted as refused, by whatever way he came."""
    refused: list[Refused] = []
    shared = Shared(say=print, limits=Limits(sessions=2), refused=refused.append)
    assert [shared.enter() for _ in range(3)] == [True, True, False]
    assert refused == [Refused.FULL]
    shared.leave()
    assert shared.enter()
