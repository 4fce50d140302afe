"""`paidan operator`: who may sit here, by which keys, and how that ends."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from console.roles import PAGE, with_roles
from store.domain.operator_keys import read_key
from store.persistence.journal import JOURNAL
from store.records import open_records
from tests.store.desk import a_key, rows

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = read_key(a_key(1)).fingerprint, read_key(a_key(2)).fingerprint


@pytest.fixture
def db(tmp_path: Path) -> tuple[str, str]:
    """A desk of its own, with Bo."""
    words = ("--db", str(tmp_path / "desk.db"))
    assert main(["add", "operator", "bo", "Bo", *words]) == 0
    return words


def _bo(capsys: pytest.CaptureFixture[str], db: tuple[str, str]) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["operator", "list", "--json", *db]) == 0
    people: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return next(one for one in people if one["code"] == "bo")


def test_a_key_is_given_shown_and_taken(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """By its fingerprint, which is shown whole however narrow the table is."""
    file = tmp_path / "bo.pub"
    file.write_text(f"{a_key(1)} bo@home\n", encoding="utf-8")
    assert main(["operator", "key", "add", "bo", str(file), *db]) == 0
    assert f"key {ONE} now lets bo in" in capsys.readouterr().out
    (key,) = _bo(capsys, db)["keys"]
    assert (key["fingerprint"], key["comment"], key["revoked"]) == (ONE, "bo@home", False)
    assert main(["operator", "list", *db]) == 0
    assert ONE in capsys.readouterr().out
    assert main(["operator", "key", "remove", "bo", ONE, "--json", *db]) == 0
    assert json.loads(capsys.readouterr().out) == {"code": "bo", "fingerprint": ONE}
    assert [one["revoked"] for one in _bo(capsys, db)["keys"]] == [True]
    assert main(["operator", "key", "add", "bo", str(file), *db]) == 1
    assert "was revoked and is not taken again" in capsys.readouterr().err


def test_who_is_revoked_has_no_key_left(
    db: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many he had; they came from elsewhere through a pipe."""
    for number in (1, 2):
        monkeypatch.setattr("sys.stdin", io.StringIO(a_key(number)))
        assert main(["operator", "key", "add", "bo", "-", *db]) == 0
    assert main(["operator", "list", *db]) == 0
    shown = capsys.readouterr().out
    assert ONE in shown
    assert TWO in shown
    assert main(["operator", "revoke", "bo", *db]) == 0
    assert "operator bo is retired; keys revoked: 2" in capsys.readouterr().out
    bo = _bo(capsys, db)
    assert (bo["active"], [key["revoked"] for key in bo["keys"]]) == (False, [True, True])
    assert main(["operator", "list", *db]) == 0
    assert "retired, revoked" in capsys.readouterr().out


def test_what_is_no_key_is_refused_with_what_to_give(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A private one is not shown either; what is not there, and what never ends, is no key."""
    private = tmp_path / "id"
    private.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n", encoding="utf-8")
    binary = tmp_path / "binary"
    binary.write_bytes(bytes(range(256)) * 100)
    for path, told in (
        (private, "this is a private key"),
        (binary, "not a public key of OpenSSH"),
        (tmp_path / "absent.pub", "absent.pub"),
        (tmp_path, "give the .pub file of OpenSSH"),
    ):
        assert main(["operator", "key", "add", "bo", str(path), *db]) in {1, 2}
        said = capsys.readouterr().err
        assert told in said
        assert "secret" not in said
    assert _bo(capsys, db)["keys"] == []


def test_who_is_named_is_not_who_asks(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The journal would keep that Bo gave himself a key, and revoked himself."""
    file = tmp_path / "bo.pub"
    file.write_text(a_key(1), encoding="utf-8")
    assert main(["operator", "add", "ana", "Ana", "--role", "administrator", *db]) == 0
    assert main(["operator", "key", "add", "bo", str(file), "--as", "ana", *db]) == 0
    assert main(["operator", "revoke", "bo", "--as", "ana", *db]) == 0
    records = open_records(str(tmp_path / "desk.db"), feed=False)
    told = [row["by"] for row in rows(records, JOURNAL) if row["via"] == "cli"]
    records.close()
    assert told[-3:] == [4, 4, 4], "a key, the operator, and the key again"
    assert main(["operator", "key", "add", "bo", str(file), *db]) == 1
    assert "operator bo does not work here any more; he gets no key" in capsys.readouterr().err


def test_the_page_tells_the_roles_as_they_are() -> None:
    """After a change: python -m console.roles."""
    text = PAGE.read_text(encoding="utf-8")
    assert with_roles(text) == text
    assert "| read-only screen (`screen`) | ✓ |  |" in text


def test_somebody_new_has_role_sites_and_key(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In one go; and what he is told when he asks for more, or somebody asks as who has left."""
    file = tmp_path / "cy.pub"
    file.write_text(a_key(1), encoding="utf-8")
    assert main(["add", "site", "N1", "North", *db]) == 0
    new = ["operator", "add", "cy", "Cy", "--role", "office", "--key", str(file)]
    assert main([*new, "--site", "N9", *db]) == 1
    assert "no site called “N9”" in capsys.readouterr().err
    assert main([*new, "--site", "N1", *db]) == 0
    assert f"key {ONE} now lets cy in" in capsys.readouterr().out
    assert main(["operator", "list", "--json", *db]) == 0
    cy = next(one for one in json.loads(capsys.readouterr().out) if one["code"] == "cy")
    assert (cy["role"], cy["sites"], cy["everywhere"]) == ("office", ["N1"], False)
    assert [key["fingerprint"] for key in cy["keys"]] == [ONE]
    assert main([*new, *db]) == 1
    assert "there is an operator cy already" in capsys.readouterr().err
    assert main(["operator", "role", "cy", "administrator", "--as", "cy", *db]) == 1
    assert "a site office may not administer operators" in capsys.readouterr().err
    assert main(["operator", "role", "cy", "supervisor", "--all-sites", *db]) == 0
    assert "operator cy is supervisor of every site" in capsys.readouterr().out
    assert main(["operator", "role", "cy", "office", *db]) == 0
    assert "he is given no site yet and sees nothing" in capsys.readouterr().out
    assert main(["operator", "revoke", "cy", *db]) == 0
    for words in (["list", "orders"], ["do", "new x"], ["operator", "list"]):
        assert main([*words, "--as", "cy", *db]) == 1
        assert "operator cy does not work here any more" in capsys.readouterr().err
    assert main(["list", "orders", "--as", "system", *db]) == 1
    assert "no operator called “system”" in capsys.readouterr().err


def test_an_account_of_who_has_left_is_not_the_host(
    db: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Retired, he would otherwise be able to do more than before."""
    monkeypatch.setenv("USER", "bo")
    monkeypatch.setenv("LOGNAME", "bo")
    assert main(["operator", "revoke", "bo", "--as", "desk", *db]) == 0
    assert main(["operator", "role", "bo", "administrator", *db]) == 1
    assert "operator bo does not work here any more" in capsys.readouterr().err


def test_a_one_time_code_gives_the_first_operator_his_key(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The code alone is on stdout, so that a script can take it; said again it is none."""
    file = tmp_path / "me.pub"
    file.write_text(a_key(1), encoding="utf-8")
    capsys.readouterr()
    assert main(["operator", "code", *db]) == 0
    told = capsys.readouterr()
    code = told.out.strip()
    assert "one-time code of operator desk, good until" in told.err
    claim = ["operator", "claim", code.lower(), str(file), *db]
    assert main(claim) == 0
    assert f"key {ONE} now lets desk in" in capsys.readouterr().out
    file.write_text(a_key(2), encoding="utf-8")
    assert main(claim) == 1
    assert "this one-time code is none, too old, or used already" in capsys.readouterr().err
    assert main(["operator", "code", "bo", "--minutes", "0", *db]) == 1
    assert "give a minute to a day" in capsys.readouterr().err
    assert main(["operator", "code", "bo", "--json", *db]) == 0
    assert len(json.loads(capsys.readouterr().out)["one_time_code"]) == len(code)
