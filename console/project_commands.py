"""Each step of a project as its command, from what was told; by keys, lines and the shell."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from console.words_projects import stage_read
from store.commands.projects_asked import (
    AcknowledgeHandoff,
    AdvanceProject,
    BounceHandoff,
    DoProjectStep,
    DropProject,
    EditProject,
    HandProject,
    NewProject,
    NewProjectOrder,
    PutInProject,
    PutProjectBack,
    RecallHandoff,
    SaveDepartments,
    SkipProjectStep,
    UndoProjectStep,
)
from store.domain.errors import BadInput
from store.domain.sop import Evidence
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.actions_kinds import Ask, Told
    from store.domain.intents import Command

_MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class _NoOrder:
    """A file is of no order here."""

    number: int = 0
    version: None = None


def project_command(
    deed: str, of: Any, told: Told, ask: Ask | None, seen: int | None = None
) -> Command:
    """The command of a step; `of` is its number, or of what is new whom and where it is for.

    Blocks while a file is read; `ask` is needed for a step alone.
    """
    if deed == "do":
        return _do(of, told, ask, seen)
    return _MAKES[deed](of, told, seen)


def where(text: str) -> dict[str, Any]:
    """What is meant: `C1` a customer, `@N1` a site, `C1@N1` both."""
    customer, at, site = text.strip().partition("@")
    return {
        "customer": customer.strip() or None,
        "site": site.strip() or None if at else None,
    }


def number_read(text: Any) -> int:
    """The number of an order, as it may be written."""
    digits = str(text).strip().removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    raise BadInput(
        where=N_("order"),
        wrong=N_("“{text}” is none").format(text=str(text)[:40]),
        right=N_("write its number"),
    )


def with_digest(said: str) -> dict[str, str]:
    """Evidence as it is kept: a file that is there by its whole path and digest, else as said."""
    from store.domain.errors import Refusal

    text = said.strip()
    if not text or os.sep not in text or not os.path.isfile(os.path.expanduser(text)):
        return {"evidence": text, "sha256": ""}
    try:
        path, digest = _read(text)
    except Refusal:
        return {"evidence": text, "sha256": ""}  # over a line no file here can be meant
    return {"evidence": path, "sha256": digest}


def _read(named: str) -> tuple[str, str]:
    from console.attaching import attaching

    file = attaching(_NoOrder(), named, "")
    return file.path, file.sha256


def _do(of: Any, told: Told, ask: Ask | None, seen: int | None) -> Command:
    from store.queries.projects import ShowProject

    step, value = str(told["step"]).strip(), str(told.get("value") or "")
    reason, sha256 = str(told.get("reason") or ""), ""
    lines = () if ask is None else ask(ShowProject(project=of)).at_hand
    for line in lines:
        named = step.casefold() in {line.step.code.casefold(), str(line.step.place)}
        if named and value and line.says and line.says.evidence is Evidence.PHOTO:
            value, sha256 = _read(value)
    more = {"value": value, "sha256": sha256, "reason": reason}
    return DoProjectStep(project=of, step=step, **more, seen=seen)


def _hand(of: Any, told: Told, seen: int | None) -> Command:
    evidence = with_digest(str(told.get("evidence") or ""))
    to, words = told["department"], told["words"]
    return HandProject(
        project=of,
        department=to,
        words=words,
        **evidence,
        stay=bool(told.get("stay")),
        within_h=told.get("within_h"),
        seen=seen,
    )


def _new(of: Any, told: Told, _seen: int | None) -> Command:
    return NewProject(
        title=told["title"], department=told["department"], **where(str(of or told["of"]))
    )


def _put(of: Any, told: Told, _seen: int | None) -> Command:
    stage = str(told.get("stage") or "")
    read = stage_read(stage) if stage else ""
    return PutInProject(number=number_read(told["number"]), project=of, stage=read)


def _back(of: Any, told: Told, seen: int | None) -> Command:
    stage = stage_read(told["stage"])
    return PutProjectBack(project=of, stage=stage, reason=told["reason"], seen=seen)


_MAKES: Final[Mapping[str, Callable[[Any, Told, int | None], Command]]] = {
    "hand": _hand,
    "acknowledge": lambda of, told, seen: AcknowledgeHandoff(
        project=of, who=told["who"], seen=seen
    ),
    "bounce": lambda of, told, seen: BounceHandoff(project=of, reason=told["reason"], seen=seen),
    "advance": lambda of, _told, seen: AdvanceProject(project=of, seen=seen),
    "new": _new,
    "department": lambda of, told, _seen: SaveDepartments(
        departments=((str(of), told["name"], str(told.get("name_zh") or "")),)
    ),
    "put": _put,
    "take": lambda _of, told, _seen: PutInProject(number=number_read(told["number"]), project=None),
    "back": _back,
    "drop": lambda of, told, seen: DropProject(project=of, reason=told["reason"], seen=seen),
    "recall": lambda of, told, seen: RecallHandoff(
        project=of, reason=told.get("reason") or "", seen=seen
    ),
    "order": lambda of, told, _seen: NewProjectOrder(project=of, title=told["title"]),
    "lead": lambda of, told, seen: EditProject(project=of, lead=told["lead"], seen=seen),
    "undo": lambda of, told, seen: UndoProjectStep(project=of, step=told["step"], seen=seen),
    "skip": lambda of, told, seen: SkipProjectStep(
        project=of, step=told["step"], reason=told["reason"], seen=seen
    ),
}
