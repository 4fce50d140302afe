"""What the words of an answer name in the store, looked up while somebody types; it blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from console.choices import MOST, Choice, one_meant
from console.deed_kinds import STEP
from console.i18n import coded
from console.words_projects import department_said
from store.domain.errors import BadInput, NameAmbiguous, NameUnknown, OrderUnknown, Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Ask
    from store.queries.projects import ProjectStepLine

_SOUGHT: Final = 40
"""Entries among which the one is looked for that is meant; fewer are shown."""
_DIGITS: Final = 12
_CALLED: Final[Mapping[str, str]] = {
    "customer": N_("customer"),
    "site": N_("site"),
    "department": N_("department"),
    "operator": N_("operator"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found for the words of an answer."""

    choices: tuple[Choice, ...] = ()
    meant: Choice | None = None
    """Which of them Enter takes."""
    wrong: Refusal | None = None
    """Why none of them can be taken; None also where nothing is written."""


def look_up(ask: Ask, what: str, text: str) -> Looked:
    """What a text names: an entry of a register, or `place`, `about`, `order`, `step:7`."""
    said = text.strip()
    if what.startswith(STEP):
        return _step(ask, int(what.removeprefix(STEP)), said)
    if what == "order":
        return _order(ask, said)
    if what == "about":
        return _about(ask, said)
    return _place(ask, said) if what == "place" else _entry(ask, what, said)


def _about(ask: Ask, said: str) -> Looked:
    """`17` an order, `@N1` a site, all else a customer."""
    if _number(said) is not None:
        return _order(ask, said)
    if said.startswith("@"):
        return _before("@", _entry(ask, "site", said[1:].strip()))
    return _entry(ask, "customer", said) if said else Looked()


def _place(ask: Ask, said: str) -> Looked:
    """`C1` a customer, `@N1` a site, `C1@N1` both."""
    name, at, site = (part.strip() for part in said.partition("@"))
    if not at:
        return _entry(ask, "customer", said) if said else Looked()
    whose = _entry(ask, "customer", name) if name else Looked()
    if whose.wrong is not None:
        return Looked(wrong=whose.wrong)
    found = _entry(ask, "site", site)
    if not site and name:
        wrong = NameUnknown(what=N_("site"), name=site)
        return _before(f"{name}@", replace(found, wrong=wrong))
    return _before(f"{whose.meant.answer if whose.meant else ''}@", found)


def _before(head: str, found: Looked) -> Looked:
    """The same with something before each of its answers."""

    def behind(choice: Choice) -> Choice:
        return replace(choice, answer=head + choice.answer)

    meant = behind(found.meant) if found.meant is not None else None
    return Looked(choices=tuple(map(behind, found.choices)), meant=meant, wrong=found.wrong)


def _entry(ask: Ask, what: str, said: str) -> Looked:
    from store.queries.people import PeopleNamed

    found = ask(PeopleNamed(what=what, text=said, limit=_SOUGHT))
    entries = tuple(
        Choice(answer=one.code, shown=coded(name, one.code), name=name)
        for one in found
        for name in (department_said((one.name, one.also)),)
    )
    return _among(entries, said, NameUnknown(what=_CALLED[what], name=said))


def _among(fitting: tuple[Choice, ...], said: str, unknown: Refusal) -> Looked:
    """The one of those that fit which is meant; Enter takes none while several are."""
    shown = fitting[:MOST]
    if not said:
        return Looked(choices=shown)
    try:
        meant = one_meant(fitting, said)
    except NameAmbiguous as several:
        return Looked(choices=shown, wrong=several)
    if meant is None:
        return Looked(wrong=unknown)
    return Looked(choices=(meant, *(one for one in shown if one != meant)), meant=meant)


def _number(said: str) -> int | None:
    digits = said.removeprefix("#")
    whole = digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS
    return int(digits) if whole else None


def _order(ask: Ask, said: str) -> Looked:
    from store.queries.named import LinesOf

    number = _number(said)
    if number is None:
        wrong = N_("“{text}” is none").format(text=said[:40])
        bad = BadInput(where=N_("order"), wrong=wrong, right=N_("write its number"))
        return Looked(wrong=bad if said else None)
    line = ask(LinesOf(numbers=(number,), limit=1)).get(number)
    if line is None:
        return Looked(wrong=OrderUnknown(number=number))
    one = Choice(answer=str(number), shown=f"#{number} {line.title}")
    return Looked(choices=(one,), meant=one)


def _step(ask: Ask, project: int, said: str) -> Looked:
    from store.queries.projects import ShowProject

    lines, wanted = ask(ShowProject(project=project)).at_hand, said.casefold()
    steps = [(str(line.step.place), _step_shown(line)) for line in lines]
    for place, choice in steps:
        if wanted == place:
            return Looked(choices=(choice,), meant=choice)
    fitting = tuple(
        one
        for _place, one in steps
        if wanted in one.answer.casefold() or wanted in one.name.casefold()
    )
    return _among(fitting, said, NameUnknown(what=N_("step"), name=said))


def _step_shown(line: ProjectStepLine) -> Choice:
    code, title = line.step.code, line.says.title if line.says else ""
    sign = "✓ " if line.step.over else ""
    return Choice(answer=code, shown=sign + coded(title or code, code), name=title)
