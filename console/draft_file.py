"""Keeps drafts on disk: a file for an operator at a store, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from console.drafts import Draft
from console.kept_file import KeptFile

if TYPE_CHECKING:
    from pathlib import Path

_SQLITE: Final = "sqlite:///"


def drafts_folder() -> Path:
    """Where drafts are kept; makes nothing."""
    from platformdirs import user_state_path

    return user_state_path("paidan", appauthor=False) / "drafts"


def name_of(operator: int, address: str) -> str:
    """What the files of an operator at a store are called; tells nothing of either."""
    if address.startswith(_SQLITE):
        store = os.path.realpath(address.removeprefix(_SQLITE))
    else:
        parts = urlsplit(address)  # whoever changes the password finds his drafts all the same
        store = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return hashlib.sha256(f"{operator}\n{store}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


class DraftFile(KeptFile[Draft]):
    """The drafts of one console on disk."""

    KEPT = "drafts"

    @staticmethod
    def _told(item: Draft) -> dict[str, Any]:
        return {"id": item.id, "key": item.key, "sent": item.sent, "texts": item.texts}

    @staticmethod
    def _read(told: dict[str, Any]) -> Draft:
        """A draft as it was kept; raises what a file of somebody else's makes it raise."""
        texts = {str(name): str(text) for name, text in told["texts"].items()}
        sent = None if told["sent"] is None else dict(told["sent"])
        return Draft(texts=texts, id=str(told["id"]), key=str(told["key"]), sent=sent)
