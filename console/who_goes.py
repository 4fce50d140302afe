"""Who goes, as the prompt of a dispatch reads it and says it before Enter; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.grammar.spoken import SENTENCES
from console.grammar.verbs import OPTIONS
from console.i18n import _, coded, fill, tell
from store.domain.errors import BadInput
from store.domain.lifecycle import State
from store.domain.moves_refusals import SomebodyOnSite
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from console.actions_kinds import Action
    from console.errand import Errand
    from console.looks import Parts
    from store.domain.errors import Refusal
    from store.queries.board import BoardLine
    from store.queries.people import TechnicianLine

_SLASHES: Final = ("/", "／")
_ALONE: Final = frozenset({"insist", "also"})
"""Options behind which no name stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in the prompt: a name, and what was said behind it with a slash."""

    name: str
    options: tuple[str, ...] = ()
    wrong: str = ""
    """A word with a slash that is no option."""


def written(text: str, action: Action) -> Written:
    """The name that a text begins with, and the options at its end, by their beginnings."""
    name, options, wrong = text.strip(), [], ""
    while name:
        before, last = ["", *name.rsplit(maxsplit=1)][-2:]
        if not last.startswith(_SLASHES):
            break
        fitting = [one for one in action.options if one in _ALONE and _fits(last[1:], one)]
        if len(fitting) == 1:
            options.append(fitting[0])
        else:
            wrong = last
        name = before.rstrip()
    return Written(name=name, options=tuple(dict.fromkeys(options)), wrong=wrong)


def _fits(said: str, option: str) -> bool:
    return bool(said) and any(word.startswith(said.casefold()) for word in OPTIONS[option])


def check(said: Written) -> None:
    """BadInput where something with a slash is no option."""
    if said.wrong:
        raise BadInput(
            where=N_("who goes"),
            wrong=N_("“{text}” is no option").format(text=said.wrong),
            right=N_("/also sends a second one, /insist calls off who is on site"),
        )


def why_again(errand: Errand, refused: Refusal, *, at: datetime) -> str:
    """Why the last question is asked again, and which keys do it all the same."""
    line = errand.line
    if isinstance(refused, SomebodyOnSite) and line is not None and line.technician_name:
        errand.warn(at)
        said = _("{technician} is on site: Enter again calls them off; /also sends a second one")
        return said.format(technician=line.technician_name)
    errand.step_back(refused.facts.get("where"))
    return tell(refused)


def echo(errand: Errand, said: Written, meant: TechnicianLine | None, *, some: bool) -> Parts:
    """What Enter would do; how to choose where it would do nothing and there are `some`."""
    if meant is None:
        if not some:
            return ()
        return ((_(" Down chooses; or write a code, a name or its pinyin"), "muted"),)
    line = errand.line
    facts = {
        "orders": f"#{line.number}" if line is not None else "",
        "technician": coded(meant.name, meant.code),
    }
    sends = fill(SENTENCES["assign"], facts)
    if "also" in said.options:
        return ((f" → {sends}", "strong"), (_(", beside those who go already"), "soon"))
    had = line.technician_name if line is not None else None
    if line is None or had is None or line.technician_code == meant.code:
        return ((f" → {sends}", "strong"),)
    keeps = _keeps(errand, line, said)
    if keeps:
        return ((keeps.format(technician=had), "soon"),)
    calls_off = N_("; calls off {technician} and all others")
    if line.missing:
        calls_off = N_("; calls off {technician} and all others; /also sends one more")
    off = _(calls_off).format(technician=had)
    return ((f" → {sends}", "strong"), (off, "soon"))


def _keeps(errand: Errand, line: BoardLine, said: Written) -> str:
    """Why whoever has it is not called back by this; empty where that is done."""
    if line.locked:
        return _(" ! it is locked to {technician}: unlock it first; /also sends a second one")
    if _asks_first(errand, line, said):
        return _(" ! {technician} is on site; /also sends a second one, /insist calls them off")
    return ""


def _asks_first(errand: Errand, line: BoardLine, said: Written) -> bool:
    sure = "insist" in said.options or errand.warned_at is not None
    return line.state is State.ON_SITE and not sure
