"""The key that OpenSSH's server says it has proved: read from its own file, and from no other."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.serve.proved_key import proved_key
from store.domain.operator_keys import read_key

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = (("ed25519", ()), ("ecdsa", ("-b", "256")), ("rsa", ("-b", "2048")))


def _made(place: Path, kind: str, *more: str) -> Path:
    key = place / kind
    words = ["ssh-keygen", "-q", "-N", "", "-f", str(key), "-t", kind, *more]
    subprocess.run(words, check=True)
    return key


def _proof(place: Path, text: str, mode: int = 0o600) -> str:
    file = place / "proof"
    file.write_text(text)
    file.chmod(mode)
    return proved_key({"SSH_USER_AUTH": str(file)})


@pytest.mark.parametrize(("kind", "more"), _KINDS)
def test_a_key_and_a_certificate_are_told_apart(
    tmp_path: Path, kind: str, more: tuple[str, ...]
) -> None:
    """By what ssh-keygen makes: a certificate is known by its key and its number."""
    key, authority = _made(tmp_path, kind, *more), tmp_path / "authority"
    authority.mkdir()
    signer = _made(authority, "ed25519")
    public = key.with_suffix(".pub").read_text().strip()
    fingerprint = read_key(public).fingerprint
    assert _proof(tmp_path, f"publickey {public.rsplit(' ', 1)[0]}\n") == fingerprint
    words = ["ssh-keygen", "-q", "-s", str(signer), "-I", "ana", "-n", "ana", "-z", "4711"]
    subprocess.run([*words, str(key.with_suffix(".pub"))], check=True)
    certificate = key.with_name(f"{kind}-cert.pub").read_text().strip()
    told = _proof(tmp_path, f"password\npublickey {certificate}\n")
    assert told == f"{fingerprint}+cert:4711"


def test_a_file_that_others_have_a_say_in_tells_nothing(tmp_path: Path) -> None:
    """Nor a link, nor a folder, nor what a process shows of itself, nor none at all."""
    line = f"publickey {_made(tmp_path, 'ed25519').with_suffix('.pub').read_text()}"
    assert _proof(tmp_path, line)
    (tmp_path / "link").symlink_to(tmp_path / "proof")
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in ("link", "pipe", "", "none"):
        assert proved_key({"SSH_USER_AUTH": str(tmp_path / path)}) == ""
    assert proved_key({"SSH_USER_AUTH": "/proc/self/environ"}) == ""
    assert proved_key({}) == ""
    for mode in (0o644, 0o620, 0o606):
        assert _proof(tmp_path, line, mode) == ""


@given(st.text(max_size=200), st.binary(max_size=200))
def test_whatever_stands_there_is_a_key_or_none(text: str, blob: bytes) -> None:
    """No fault, and never half of something."""
    from base64 import b64encode

    from console.serve.proved_key import _fingerprint
    from store.domain.errors import Refusal

    for told in (text, f"ssh-ed25519-cert-v01@openssh.com {b64encode(blob).decode()}"):
        try:
            assert _fingerprint(told).startswith("SHA256:")
        except (ValueError, Refusal):
            continue
