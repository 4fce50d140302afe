"""Public keys of operators: what ssh-keygen makes is read, all else is refused in a sentence."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.errors import Refusal
from store.domain.operator_keys import (
    KeyKindRefused,
    KeyPrivate,
    KeyRefused,
    KeyTooLong,
    KeyTooShort,
    KeyWithOptions,
    read_key,
)

if TYPE_CHECKING:
    from pathlib import Path


def line(*parts: bytes) -> str:
    """A public-key line of these parts, the first its kind."""
    blob = b"".join(len(part).to_bytes(4) + part for part in parts)
    return f"{parts[0].decode()} {b64encode(blob).decode()}"


def rsa(bits: int, exponent: bytes = b"\x01\x00\x01") -> str:
    """An RSA line with a modulus of so many bits."""
    return line(b"ssh-rsa", exponent, (1 << (bits - 1) | 1).to_bytes(bits // 8 + 1))


ED = line(b"ssh-ed25519", bytes(range(32)))
SK = line(b"sk-ssh-ed25519@openssh.com", bytes(range(32)), b"ssh:")
P256 = line(b"ecdsa-sha2-nistp256", b"nistp256", b"\x04" + bytes(64))


@pytest.mark.parametrize("kind", [("ed25519", "256"), ("ecdsa", "256"), ("rsa", "2048")])
def test_a_key_of_ssh_keygen_has_its_fingerprint(kind: tuple[str, str], tmp_path: Path) -> None:
    """Letter by letter as `ssh-keygen -l` prints it, or nobody could compare them."""
    file, (name, bits) = tmp_path / "key", kind
    made = ["ssh-keygen", "-q", "-t", name, "-b", bits, "-N", "", "-C", "wang at home"]
    subprocess.run([*made, "-f", file], check=True)
    shown = subprocess.run(["ssh-keygen", "-lf", file], check=True, capture_output=True, text=True)
    key = read_key(file.with_suffix(".pub").read_text())
    assert key.fingerprint == shown.stdout.split()[1]
    assert key.comment == "wang at home"
    with pytest.raises(KeyPrivate):
        read_key(file.read_text())


@pytest.mark.parametrize("text", [ED, SK, P256, rsa(2048), rsa(16384)])
def test_a_key_without_a_comment_is_read_and_said_again(text: str) -> None:
    """The line kept is the line given."""
    assert read_key(f" {text}\r\n").line == text


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", KeyRefused),
        ("ssh-ed25519", KeyRefused),
        ("hello desk", KeyRefused),
        (f"{ED}\n{P256}", KeyRefused),
        (f"{ED}{'x' * 9000}", KeyRefused),
        (ED[:-4], KeyRefused),
        (ED.replace("ssh-ed25519", "ssh-rsa"), KeyRefused),
        (f"{ED}=", KeyRefused),
        (rsa(4096)[:-4], KeyRefused),
        (line(b"ssh-eddy519", bytes(32)).replace("eddy519", "ed25519"), KeyRefused),
        (line(b"ssh-ed25519", bytes(31)), KeyRefused),
        (line(b"ssh-ed25519", bytes(32), b""), KeyRefused),
        (line(b"ecdsa-sha2-nistp256", b"nistp384", b"\x04" + bytes(64)), KeyRefused),
        (line(b"ecdsa-sha2-nistp256", b"nistp256", b"\x02" + bytes(64)), KeyRefused),
        (line(b"ssh-dss", bytes(20)), KeyKindRefused),
        (line(b"ecdsa-sha2-nistp521", b"nistp521", bytes(133)), KeyKindRefused),
        (line(b"ssh-ed25519-cert-v01@openssh.com", bytes(32)), KeyKindRefused),
        (f"cert-authority {ED}", KeyWithOptions),
        (f'command="sh -c id",no-pty {ED}', KeyWithOptions),
        (rsa(1024), KeyTooShort),
        (rsa(2047), KeyTooShort),
        (rsa(16392), KeyTooLong),
        (rsa(2048, b"\x01"), KeyRefused),
        (rsa(2048, b"\x04"), KeyRefused),
    ],
)
def test_what_is_no_key_for_the_desk_is_refused(text: str, refusal: type[Refusal]) -> None:
    """Each by its own sentence."""
    with pytest.raises(refusal):
        read_key(text)


def test_one_key_has_one_spelling() -> None:
    """Bits that base64 ignores would let one key be kept twice under two lines."""
    assert P256.endswith("A=")
    loose = P256.removesuffix("A=") + "B="
    with pytest.raises(KeyRefused):
        read_key(loose)


def test_a_comment_draws_nothing_on_the_screen() -> None:
    """It comes from outside, as every text of a file does."""
    assert "\x1b" not in read_key(f"{ED} \x1b[2Jwang").comment


@given(st.text() | st.binary().map(lambda body: f"ssh-rsa {b64encode(body).decode()}"))
def test_garbage_is_refused_and_never_breaks(text: str) -> None:
    """Whatever was given instead of a file."""
    with pytest.raises(Refusal):
        read_key(text)
