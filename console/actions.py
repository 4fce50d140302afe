"""Every action of the console once: footer, help, keys, README and refusals are made from it.

`python -m console.actions` writes the table of keys into README.md, between its two markers.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.actions_alarms import ALARM_ACTIONS
from console.actions_back import BACK_ACTIONS
from console.actions_calls import CALL_ACTIONS
from console.actions_copying import COPY_ACTIONS
from console.actions_desk import DESK_ACTIONS
from console.actions_family import FAMILY_ACTIONS
from console.actions_finding import FINDING_ACTIONS
from console.actions_handover import HANDOVER_ACTIONS
from console.actions_intake import INTAKE_ACTIONS
from console.actions_moves import MOVE_ACTIONS
from console.actions_plans import PLAN_ACTIONS
from console.actions_related import RELATED_ACTIONS
from console.actions_screen import SCREEN_ACTIONS
from console.actions_seeing import SEEING_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Action

ACTIONS: Final[Mapping[str, Action]] = {
    action.id: action
    for action in (
        *(*MOVE_ACTIONS, *DESK_ACTIONS, *INTAKE_ACTIONS, *FAMILY_ACTIONS, *RELATED_ACTIONS),
        *(*ALARM_ACTIONS, *CALL_ACTIONS),
        *(*BACK_ACTIONS, *HANDOVER_ACTIONS, *SCREEN_ACTIONS, *FINDING_ACTIONS),
        *SEEING_ACTIONS,
        *PLAN_ACTIONS,
        *COPY_ACTIONS,
    )
}
"""Every action by its id, in the order of the help."""

FOOTER: Final = tuple(sorted((a for a in ACTIONS.values() if a.footer), key=lambda a: a.footer))
"""The actions of the footer, the most useful first."""

KEY_SIGNS: Final[Mapping[str, str]] = {
    "semicolon": ";",
    "colon": ":",
    "slash": "/",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "ctrl+p": "^p",
    "equals_sign": "=",
    "question_mark": "?",
    "plus": "+",
    "underscore": "_",
    "asterisk": "*",
    "ampersand": "&",
    "tilde": "~",
    "at": "@",
    "percent_sign": "%",
    "exclamation_mark": "!",
    "right_parenthesis": ")",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "number_sign": "#",
    "quotation_mark": '"',
    "apostrophe": "'",
    "ctrl+r": "^r",
    "ctrl+q": "^q",
    "f1": "F1",
    "f5": "F5",
}
"""How keys with long names are written."""

BEGIN, END = "<!-- keys: begin -->", "<!-- keys: end -->"
README: Final = Path(__file__).parent.parent / "README.md"


def keys_of(action: Action, keymap: Mapping[str, tuple[str, ...]] | None = None) -> tuple[str, ...]:
    """The keys of an action, the operator's own where he chose some."""
    return tuple((keymap or {}).get(action.id) or action.keys)


def sign(key: str) -> str:
    """A key as it is written in footer and help."""
    return KEY_SIGNS.get(key, key)


def key_table() -> str:
    """The table of keys for README.md."""
    rows = ["| key | action | | typed |", "|---|---|---|---|"]
    for action in ACTIONS.values():
        keys = " ".join(f"`{sign(key)}`" for key in action.keys if sign(key).isascii())
        verbs = " ".join(f"`{verb}`" for verb in action.verbs)
        rows.append(f"| {keys} | {action.label} | {action.help} | {verbs} |")
    return "\n".join(rows)


def with_keys(readme: str) -> str:
    """The README with the table as it is now; unchanged where it has no markers."""
    if BEGIN not in readme or END not in readme:
        return readme
    before, rest = readme.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{key_table()}\n{END}{rest.split(END, 1)[1]}"


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{len(ACTIONS)} actions\n")
