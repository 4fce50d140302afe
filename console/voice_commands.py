"""Each step of a complaint as its command, from what was told; by keys, lines and the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.words_heard import cause_read
from console.words_voices import about_read
from store.commands.voices import (
    ActOnComplaint,
    AnswerComplaint,
    CloseComplaint,
    FindComplaintCause,
    KeepComplaint,
    KeepPraise,
    WithdrawVoice,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.actions_kinds import Told
    from store.domain.intents import Command


def voice_command(deed: str, of: Any, told: Told, seen: int | None = None) -> Command:
    """The command of a step; `of` is its number, or of what is new what it is about."""
    return _MAKES[deed](of, told, seen)


def whose(text: str) -> dict[str, Any]:
    """What is meant: `17` and `#17` an order, `@N1` a site, all else a customer."""
    said = text.strip()
    digits = said.removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return {"number": int(digits)}
    if said.startswith("@"):
        return {"site": said[1:].strip()}
    return {"customer": said}


_MOST_DIGITS = 12


def _add(of: Any, told: Told, _seen: int | None) -> Command:
    about = about_read(told["about"])
    return KeepComplaint(**_kept(of, told), about=about)


def _kept(of: Any, told: Told) -> dict[str, Any]:
    said = {"said": told["said"], "speaker": told.get("speaker", "")}
    return whose(str(of or told["of"])) | said


def _answer(of: Any, told: Told, seen: int | None) -> Command:
    whom = told.get("whom", "")
    return AnswerComplaint(complaint=of, told=told["told"], whom=whom, seen=seen)


def _cause(of: Any, told: Told, seen: int | None) -> Command:
    return FindComplaintCause(complaint=of, cause=cause_read(told["cause"]), seen=seen)


_MAKES: Final[Mapping[str, Callable[[Any, Told, int | None], Command]]] = {
    "answer": _answer,
    "cause": _cause,
    "close": lambda of, _told, seen: CloseComplaint(complaint=of, seen=seen),
    "act": lambda of, told, seen: ActOnComplaint(
        complaint=of, owner=told.get("owner") or None, seen=seen
    ),
    "add": _add,
    "praise": lambda of, told, _seen: KeepPraise(**_kept(of, told)),
    "withdraw": lambda of, told, seen: WithdrawVoice(voice=of, reason=told["reason"], seen=seen),
}
