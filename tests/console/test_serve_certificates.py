"""Certificates of OpenSSH, as ssh-keygen makes them: who signs, for whom, and until when."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from store.commands.operator_keys import AddKey, RevokeKey, RevokeOperator
from store.queries.card import Trace
from tests.console.faulty_desk import furnish
from tests.console.ssh_desk import SshDesk, make_key, ran

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.console.pty_desk import Desk

DENIED = "Permission denied (publickey)"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshDesk]:
    """The small desk, which trusts one authority and knows no key of anybody."""
    place = tmp_path_factory.mktemp("served")
    url = f"sqlite:///{place / 'desk.db'}"
    furnish(url).close()
    for name in ("authority", "other"):
        make_key(place / name)
    with SshDesk(url, place, "--authority", str(place / "authority.pub"), people=()) as desk:
        yield desk


def _certify(served: SshDesk, key: str, *flags: str, by: str = "authority") -> None:
    make_key(served.home / key)
    words = ["ssh-keygen", "-q", "-s", str(served.home / by), "-I", key, *flags]
    subprocess.run([*words, str(served.home / f"{key}.pub")], check=True)


def test_who_is_vouched_for_comes_in_as_whom_he_names(served: SshDesk) -> None:
    """Without a key in the store; the journal keeps the key and the certificate's number."""
    _certify(served, "one", "-n", "ana", "-V", "-1m:+1h", "-z", "7")
    code, said = served.run("do note 1 seen", key="one", name="ana")
    assert code == 0, said
    entry = served.ask(Trace(number=1))[-1]
    assert entry.by_name == "Ana"
    assert entry.origin is not None
    assert entry.origin.key == f"{served.fingerprint('one')}+cert:7"
    with served.connect(key="one", name="ana") as ana:
        ana.sees("Lift stuck")
        ana.sees("Ana")


@pytest.mark.parametrize(
    ("flags", "name", "by"),
    [
        (["-n", "ana"], "bo", "authority"),
        ([], "ana", "authority"),
        (["-n", "ana", "-V", "-2h:-1h"], "ana", "authority"),
        (["-n", "ana", "-V", "+1h:+2h"], "ana", "authority"),
        (["-n", "ana", "-O", "source-address=192.0.2.0/24"], "ana", "authority"),
        (["-n", "ana"], "ana", "other"),
        (["-h", "-n", "ana"], "ana", "authority"),
        (["-n", "claim"], "claim", "other"),
    ],
)
def test_any_other_certificate_lets_nobody_in(
    served: SshDesk, flags: list[str], name: str, by: str, request: pytest.FixtureRequest
) -> None:
    """Of another name, of none, of another time, place, kind or authority."""
    key = f"bad{abs(hash(request.node.name))}"
    _certify(served, key, *flags, by=by)
    code, said = served.run("list", key=key, name=name)
    assert code in {1, 255}, said
    assert "Lift stuck" not in said
    assert DENIED in said or name == "claim"


def test_who_is_no_operator_is_not_let_in_whoever_signs(served: SshDesk) -> None:
    """Nor is the desk itself."""
    for name in ("nobody", "system"):
        _certify(served, name, "-n", name)
        code, said = served.run("list", key=name, name=name)
        assert (code, "Lift stuck" in said) == (255, False)


def test_a_session_ends_with_its_certificate(served: SshDesk) -> None:
    """At its last second."""
    _certify(served, "brief", "-n", "ana", "-V", "-1m:+12s")
    with served.connect(key="brief", name="ana") as ana:
        ana.sees("Lift stuck")
        ana.sees("certificate is no longer good")
        assert b"\x1b[?1049l" in ana.raw


def test_nobody_comes_in_again_over_a_connection_whose_certificate_ran_out(
    served: SshDesk,
) -> None:
    """A client keeps it open for more sessions than the one that ended."""
    _certify(served, "kept", "-n", "ana", "-V", "-1m:+12s")
    shared = ("-S", str(served.home / "kept.sock"))
    stay = ("-o", "ControlMaster=auto", "-o", "ControlPersist=60")
    words = served.words("list", key="kept", terminal=False, name="ana")
    with served.connect(key="kept", name="ana", before=(*shared, *stay)) as ana:
        ana.sees("Lift stuck")
        code, said = ran([words[0], *shared, *words[1:]])
        assert "Lift stuck" in said
        ana.sees("certificate is no longer good")
        code, said = ran([words[0], *shared, *words[1:]])
    assert (code, "Lift stuck" in said) == (255, False), said


def test_a_certificate_that_is_only_shown_makes_nobody_its_owner(served: SshDesk) -> None:
    """Mallory shows ana's, whose key she lacks, and signs with her own."""
    _certify(served, "hers", "-n", "ana")
    served.do(AddKey(operator="bo", line=make_key(served.home / "mallory")))
    (served.home / "hers").unlink()
    shown = ["-i", str(served.home / "hers.pub")]
    shown += ["-o", f"CertificateFile={served.home / 'hers-cert.pub'}"]
    words = served.words("do", "note", "2", "mine", key="mallory", terminal=False, name="ana")
    code, said = ran([words[0], *shown, *words[1:]])
    assert code == 0, said
    assert served.ask(Trace(number=2))[-1].by_name == "Bo"


def test_a_revoked_key_and_a_retired_operator_are_not_vouched_for(served: SshDesk) -> None:
    """Whatever the certificate says: within seconds, in a session too."""
    _certify(served, "two", "-n", "ana")
    _certify(served, "three", "-n", "bo")
    with (
        served.connect(key="two", name="ana") as ana,
        served.connect(key="three", name="bo") as bo,
    ):
        for one in (ana, bo):
            one.sees("Lift stuck")
        served.do(AddKey(operator="bo", line=(served.home / "two.pub").read_text()))
        served.do(RevokeKey(operator="bo", fingerprint=served.fingerprint("two")))
        served.do(RevokeOperator(operator="bo"))
        for one in (ana, bo):
            _gives_back(one)
            one.exit_code()
    assert served.run("list", key="two", name="ana")[0] == 255
    assert served.run("list", key="three", name="bo")[0] == 255


def _gives_back(desk: Desk) -> None:
    desk.until(lambda: b"\x1b[?1049l" in desk.raw)


def test_an_authority_that_is_none_stops_the_start(served: SshDesk) -> None:
    """In a sentence: a file that is not there, or holds something else."""
    for file in ("none.pub", "known_hosts"):
        said = served.starts("--authority", str(served.home / file))
        assert "paidan: " in said
        assert "Traceback" not in said
