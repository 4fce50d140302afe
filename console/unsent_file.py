"""Keeps on disk what was typed into a question or the command line and not sent."""

from __future__ import annotations

from typing import Any

from console.actions import ACTIONS
from console.kept_file import KeptFile
from console.unsent import Begun, Left


class UnsentFile(KeptFile[Left]):
    """The texts of one console on disk."""

    KEPT = "unsent"

    @staticmethod
    def _told(item: Left) -> dict[str, Any]:
        action, number = item.key
        begun = item.begun
        texts = dict(begun.texts)
        told = {"id": begun.id, "texts": texts, "waits": begun.waits}
        return {"action": action, "number": number, **told}

    @staticmethod
    def _read(told: dict[str, Any]) -> Left:
        """A text as it was kept; raises what a file of somebody else's makes it raise."""
        texts = {str(name): str(text) for name, text in told["texts"].items()}
        begun = Begun(texts=texts, id=str(told["id"]), waits=bool(told["waits"]))
        return Left(key=(ACTIONS[told["action"]].id, int(told["number"])), begun=begun)
