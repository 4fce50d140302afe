"""Every action of the console once: footer, help, keys, README and refusals are made from it.

`python -m console.actions` writes the table of keys into README.md, between its two markers.
"""

from __future__ import annotations

import sys
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.actions_alarms import ALARM_ACTIONS
from console.actions_automatic import AUTOMATIC_ACTIONS
from console.actions_back import BACK_ACTIONS
from console.actions_baselines import BASELINE_ACTIONS
from console.actions_calls import CALL_ACTIONS
from console.actions_copying import COPY_ACTIONS
from console.actions_corrective import CORRECTIVE_ACTIONS
from console.actions_customers import CUSTOMER_ACTIONS
from console.actions_dashboard import DASHBOARD_ACTIONS
from console.actions_desk import DESK_ACTIONS
from console.actions_exceptions import EXCEPTION_ACTIONS
from console.actions_family import FAMILY_ACTIONS
from console.actions_files import FILE_ACTIONS
from console.actions_finding import FINDING_ACTIONS
from console.actions_handover import HANDOVER_ACTIONS
from console.actions_ideas import IDEA_ACTIONS
from console.actions_inspections import INSPECTION_ACTIONS
from console.actions_intake import INTAKE_ACTIONS
from console.actions_locks import LOCK_ACTIONS
from console.actions_moves import MOVE_ACTIONS
from console.actions_needs import NEED_ACTIONS
from console.actions_operators import OPERATOR_ACTIONS
from console.actions_people import PEOPLE_ACTIONS
from console.actions_plans import PLAN_ACTIONS
from console.actions_projects import PROJECT_ACTIONS
from console.actions_radar import RADAR_ACTIONS
from console.actions_related import RELATED_ACTIONS
from console.actions_screen import SCREEN_ACTIONS
from console.actions_seeing import SEEING_ACTIONS
from console.actions_sessions import SESSION_ACTIONS
from console.actions_settings import SETTING_ACTIONS
from console.actions_sop import SOP_ACTIONS
from console.actions_surveys import SURVEY_ACTIONS
from console.actions_voices import VOICE_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Action

ACTIONS: Final[Mapping[str, Action]] = {
    action.id: action
    for action in (
        *(*MOVE_ACTIONS, *DESK_ACTIONS, *INTAKE_ACTIONS, *FAMILY_ACTIONS, *RELATED_ACTIONS),
        *LOCK_ACTIONS,
        *NEED_ACTIONS,
        *(*ALARM_ACTIONS, *CALL_ACTIONS, *CUSTOMER_ACTIONS),
        *(*BACK_ACTIONS, *HANDOVER_ACTIONS, *SCREEN_ACTIONS, *FINDING_ACTIONS),
        *SEEING_ACTIONS,
        *PLAN_ACTIONS,
        *AUTOMATIC_ACTIONS,
        *(*SETTING_ACTIONS, *OPERATOR_ACTIONS, *SESSION_ACTIONS),
        *COPY_ACTIONS,
        *FILE_ACTIONS,
        *(*SURVEY_ACTIONS, *CORRECTIVE_ACTIONS, *DASHBOARD_ACTIONS, *VOICE_ACTIONS),
        *BASELINE_ACTIONS,
        *(*PEOPLE_ACTIONS, *EXCEPTION_ACTIONS, *IDEA_ACTIONS, *SOP_ACTIONS, *RADAR_ACTIONS),
        *PROJECT_ACTIONS,
        *INSPECTION_ACTIONS,
    )
}
"""Every action by its id, in the order of the help."""

FOOTER: Final = tuple(sorted((a for a in ACTIONS.values() if a.footer), key=lambda a: a.footer))
"""The actions of the footer, the most useful first."""

KEY_SIGNS: Final[Mapping[str, str]] = {
    "semicolon": ";",
    "colon": ":",
    "slash": "/",
    "comma": ",",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "question_mark": "?",
    "plus": "+",
    "dollar_sign": "$",
    "underscore": "_",
    "asterisk": "*",
    "ampersand": "&",
    "tilde": "~",
    "at": "@",
    "percent_sign": "%",
    "exclamation_mark": "!",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "number_sign": "#",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "quotation_mark": '"',
    "apostrophe": "'",
    "backslash": "\\",
    "circumflex_accent": "^",
    "f13": "Shift+F1",
    "f14": "Shift+F2",
    "f15": "Shift+F3",
    "f16": "Shift+F4",
    "f17": "Shift+F5",
    "f18": "Shift+F6",
    "f19": "Shift+F7",
    "f20": "Shift+F8",
    "f21": "Shift+F9",
    "f22": "Shift+F10",
    "f23": "Shift+F11",
    "f24": "Shift+F12",
}
"""How keys with long names are written."""

BEGIN, END = "<!-- keys: begin -->", "<!-- keys: end -->"
README: Final = Path(__file__).parent.parent / "README.md"


def keys_of(action: Action, keymap: Mapping[str, tuple[str, ...]] | None = None) -> tuple[str, ...]:
    """The keys of an action, the operator's own where he chose some; none where he took them."""
    return tuple((keymap or {}).get(action.id, action.keys))


def first_sign(action: Action, keymap: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """How its first key is written; where it has none any more, what is typed instead."""
    keys = keys_of(action, keymap)
    return sign(keys[0]) if keys else f":{action.verbs[0]}"


def sign(key: str) -> str:
    """A key as it is written in footer and help."""
    if key in KEY_SIGNS:
        return KEY_SIGNS[key]
    held, joined, base = key.rpartition("+")
    if joined:
        return f"^{sign(base)}" if held == "ctrl" else f"{held}+{sign(base)}"
    if "_" in key:
        with suppress(KeyError):
            return unicodedata.lookup(key.replace("_", " "))
    return f"F{key[1:]}" if key[0] == "f" and key[1:].isdigit() else key


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
