"""The keys of an operator as lines: what is there, what is not told, by which he sits here."""

from __future__ import annotations

from datetime import UTC, datetime

from console.render_operators import key_lines
from store.queries.operator_keys import KeyLine
from tests.console.lines import said

NOW = datetime(2026, 9, 21, tzinfo=UTC)


def key(fingerprint: str, *, revoked_at: datetime | None = None) -> KeyLine:
    return KeyLine(
        fingerprint=fingerprint, kind="ssh-ed25519", body="", comment="laptop", added_at=NOW,
        revoked_at=revoked_at, operator=3, code="ana", name="Ana", role="office",
        everywhere=False, sites=(), retired=False,
    )  # fmt: skip


def test_whoever_came_by_a_key_is_told_which() -> None:
    """Also where a certificate vouched for it, and the desk keeps no key of his."""
    mine = said(*key_lines((key("SHA256:a"), key("SHA256:b")), 80, came_by="SHA256:a"))
    assert mine.splitlines() == [
        " SHA256:b  ssh-ed25519  laptop",
        " SHA256:a  ssh-ed25519  laptop, of this session",
    ]
    assert said(*key_lines((), 80, came_by="SHA256:c")) == " SHA256:c  of this session"


def test_keys_that_are_not_told_are_not_said_to_be_none() -> None:
    """Only administrators of the whole desk hear of the keys of others."""
    assert said(*key_lines((), 80)) == " no public key"
    assert said(*key_lines((), 80, hidden=True)) == " his keys are told to administrators"
    revoked = key("SHA256:a", revoked_at=NOW)
    assert said(*key_lines((revoked,), 80)) == " SHA256:a  ssh-ed25519  revoked"
