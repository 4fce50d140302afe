"""What is kept of a line that nobody can read now: numbers in place of what was selected; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions import ACTIONS
from console.actions_kinds import Kind, Takes
from console.typed_line import MOST_NAMED, TypedLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Action
    from console.grammar.tokens import Token

_MORE: Final = frozenset(
    {Takes.PLANS, Takes.ACTIONS, Takes.EXCEPTIONS, Takes.COMPLAINTS, Takes.PROJECTS, Takes.RADAR}
    | {Takes.INSPECTIONS}
    | {Takes.AUTOMATIC, Takes.SETTING, Takes.POST}
    | {Takes.TRAINING, Takes.IDEAS, Takes.STEPS}
    | {Takes.BASELINE}
)
"""What only shows something where nothing stands behind its verb."""
_DOTS: Final = frozenset({".", ".."})


def typed_line(
    line: str,
    *,
    selected: int | None,
    before: int | None,
    seen: Mapping[int, int],
    seen_at: datetime,
) -> TypedLine:
    """What is to be kept of a line; pure, and asks nobody."""
    from console.grammar.verbs import ABOUT_ORDERS

    action = action_meant(line)
    if action is None or action.names not in ABOUT_ORDERS:
        return TypedLine(text=line, seen_at=seen_at)
    text, named = _numbered(line, selected, before)
    known = named or (() if selected is None else (selected,))
    return TypedLine(
        text=text,
        selected=selected,
        named=known,
        seen={number: version for number, version in seen.items() if number in known},
        seen_at=seen_at,
    )


def action_meant(line: str) -> Action | None:
    """What a line does to the desk; None where it does nothing to it, or begins with no verb."""
    from console.grammar.refusals import WrongWords
    from console.grammar.tokens import scan, unglued
    from console.grammar.verbs import action_of

    scanned = scan(line)
    if not scanned.words:
        return ACTIONS["note"] if scanned.note else None
    try:
        action = action_of(unglued(scanned.words[0])[0])
    except WrongWords:
        return None
    more = action.names in _MORE and len(scanned.words) > 1
    return action if action.make is not None or more else None


def with_number(typed: TypedLine) -> str:
    """The text to be edited: with its order's number, since the cursor may stand elsewhere now."""
    from console.grammar.tokens import scan, unglued

    words = scan(typed.text).words
    action = action_meant(typed.text)
    if action is None or not words or typed.selected is None or not action.about_order:
        return typed.text
    verb, *glued = unglued(words[0])
    rest = [*glued, *words[1:]]
    if rest and (_targets(rest) or not action.questions):
        return typed.text
    return f"{typed.text[: verb.end]} {typed.selected}{typed.text[verb.end :]}"


def _numbered(line: str, selected: int | None, before: int | None) -> tuple[str, tuple[int, ...]]:
    from console.grammar.tokens import scan, unglued

    scanned = scan(line)
    if not scanned.words:
        if scanned.note and selected is not None:
            return f"note {selected} {line.strip()}", (selected,)
        return line, ()
    verb, *glued = unglued(scanned.words[0])
    rest = [*glued, *scanned.words[1:]]
    named: list[int] = []
    text, end = "", 0
    for word in _targets(rest):
        parts = [_part(part, selected, before) for part in word.text.split(",")]
        said = ",".join(part for part, _numbers in parts)
        named += (number for _said, numbers in parts for number in numbers)
        if not _DOTS.isdisjoint(word.text.split(",")):
            apart = " " if word.start == verb.end else ""
            text, end = text + line[end : word.start] + apart + said, word.end
    text += line[end:]
    if not named and selected is not None and _is_about_the_selected(line, rest):
        return f"{text[: verb.end]} {selected}{text[verb.end :]}", (selected,)
    return text, tuple(dict.fromkeys(named))[:MOST_NAMED]


def _is_about_the_selected(line: str, rest: list[Token]) -> bool:
    """Whether certainly no other order can be meant by words that name none."""
    action = action_meant(line)
    if action is None or not action.about_order or _targets(rest):
        return False
    kinds = {question.kind for question in action.questions}
    return not rest or (Kind.TECHNICIAN in kinds and not _is_set(rest[0]))


def _targets(rest: list[Token]) -> list[Token]:
    """The words that list orders by number."""
    from console.grammar.targets import listed
    from console.grammar.tokens import untargeted

    if not rest or not listed(untargeted(rest[0])[0]):
        return []
    words = [*untargeted(rest[0]), *rest[1:]]
    taken = [words[0]]
    for word in words[1:]:
        if not taken[-1].text.endswith(",") or not listed(word):
            break
        taken.append(word)
    return taken


def _is_set(word: Token) -> bool:
    from console.grammar.targets import are_orders

    return are_orders(word) or word.text.startswith("/")


def _part(part: str, selected: int | None, before: int | None) -> tuple[str, tuple[int, ...]]:
    if part in _DOTS:
        number = selected if part == "." else before
        return (part, ()) if number is None else (str(number), (number,))
    low, _dash, high = (end.lstrip("#") for end in part.partition("-"))
    if not low.isdecimal():
        return part, ()
    first, last = int(low), int(high) if high.isdecimal() else int(low)
    return part, tuple(range(first, min(last, first + MOST_NAMED) + 1))
