"""All questions that a prompt may put: of the actions, and of the steps of every board."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import console
from console.actions import ACTIONS
from console.actions_customers import merge_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.actions_kinds import Action, Question

_TABLES = ("DEEDS", "_DEEDS")


def every_question() -> Iterator[tuple[Action, Question]]:
    """Each with the action whose name stands before it on its line."""
    for action in ACTIONS.values():
        yield from ((action, question) for question in action.questions)
    for name in sorted(one.name for one in pkgutil.iter_modules(console.__path__)):
        if name.startswith("actions_"):
            module = importlib.import_module(f"console.{name}")
            for table, held in vars(module).items():
                if table.endswith(_TABLES):
                    yield from _of(getattr(held, "steps", held))
    for key in "12":
        merge = merge_step(ACTIONS["doubles"], key, "C1", "C2")
        assert merge is not None
        yield from ((merge, question) for question in merge.questions)


def _of(deeds: Any) -> Iterator[tuple[Action, Question]]:
    for deed in deeds.values():
        action = replace(ACTIONS["projects"], label=deed.label, questions=deed.questions)
        yield from ((action, question) for question in deed.questions)
