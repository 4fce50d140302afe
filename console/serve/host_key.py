"""The key by which clients know this desk again: made once, and kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import asyncssh

from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from pathlib import Path

NAME = "host_key"


def host_key(place: Path) -> asyncssh.SSHKey:
    """The one in the folder; made where there is none."""
    path = place / NAME
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    made = asyncssh.generate_private_key("ssh-ed25519", comment="paidan")
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(made.export_private_key())
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    (place / f"{NAME}.pub").write_bytes(made.export_public_key())
    return made


def _read(path: Path) -> asyncssh.SSHKey:
    if path.stat().st_mode & 0o077:
        raise BadInput(
            where=str(path),
            wrong=N_("others can read the host key"),
            right=N_("make its mode 600, or a new one if somebody may have it"),
        )
    try:
        return asyncssh.read_private_key(path)
    except (OSError, asyncssh.KeyImportError) as error:
        raise BadInput(
            where=str(path),
            wrong=N_("that is no host key"),
            right=N_("restore it; without it clients are warned of another host"),
        ) from error
