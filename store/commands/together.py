"""Several commands about orders given as one: all of them, or none, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from store.commands.besides import UNTOLD, gathered, with_besides, with_untold
from store.commands.concerned import family_of
from store.commands.families import TellFamily
from store.commands.sight import as_seen
from store.commands.undo_words import reasons
from store.domain.errors import BadInput, Refusal
from store.domain.intents import Command, Done
from store.domain.reach import MOST_TOGETHER
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.persistence.work import Work

_SENTENCES: Mapping[tuple[bool, bool], str] = {
    (False, False): N_("done for {count}: {numbers}"),
    (False, True): N_("done for {count} until {until}: {numbers}"),
    (True, False): N_("done for {count}: {numbers}; not for {left}: {why}"),
    (True, True): N_("done for {count} until {until}: {numbers}; not for {left}: {why}"),
}
"""By whether some refused, and whether all last until the same time."""

Handler = Callable[[Any, Any], Done]

_APART = 2
"""So many that follow one another are named one by one."""

_LISTED = 12
"""More than these are counted, not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together(Command):
    """One deed over many orders; it is taken back as one, too."""

    commands: tuple[Command, ...]
    partly: bool = False
    """Whether those that are refused may be left out, and are told."""


class SomeCannot(Refusal):
    """Of several orders some refuse; so nothing was done to any."""

    sentence = N_("{count} of {all} cannot, so nothing was done: {why}")


def together(handlers: Mapping[type[Command], Handler]) -> Handler:
    """How to carry out several of the commands that these handlers can."""

    def do_together(work: Work, command: Together) -> Done:
        commands = _checked(command, handlers)
        touched = {number for one in commands for number in _touched(one)}
        told = tuple(one.number for one in commands if isinstance(one, TellFamily))
        work.orders(work.with_parents(touched | family_of(work, told)))  # lowest first
        done: list[Done] = []
        stay: dict[int, Refusal] = {}
        abouts = [_about(one, place) for place, one in enumerate(commands)]
        for about, one in zip(abouts, commands, strict=True):
            if about in stay:
                continue  # no note of a step that was not taken
            try:
                done.append(handlers[type(one)](work, one))
            except Refusal as refusal:  # a handler refuses before it has changed anything
                stay[about] = as_seen(work, refusal, command)
        if stay and not (command.partly and done):
            raise _refused(stay, of=len(set(abouts)))
        named = [about for about in dict.fromkeys(abouts) if about not in stay]
        return told_as_one(done, stay, named)

    return do_together


def _checked(command: Together, handlers: Mapping[type[Command], Handler]) -> tuple[Command, ...]:
    strange = [type(one).__name__ for one in command.commands if type(one) not in handlers]
    if strange or not 1 <= len(command.commands) <= MOST_TOGETHER:
        raise BadInput(
            where=N_("set"),
            wrong=", ".join(strange) or str(len(command.commands)),
            right=N_("one to {most} commands about orders").format(most=MOST_TOGETHER),
        )
    return command.commands


def _about(command: Command, place: int) -> int:
    """The order that a command is about; else something of its own."""
    number: int | None = getattr(command, "number", None)
    return -1 - place if number is None else number


def _touched(command: Command) -> Iterator[int]:
    for name in ("number", "duplicate_of", "parent", "other"):
        number = getattr(command, name, None)
        if number is not None:
            yield number


def _refused(stay: Mapping[int, Refusal], *, of: int) -> Refusal:
    if of == 1:
        return next(iter(stay.values()))
    return SomeCannot(count=len(stay), all=of, why=reasons(stay))


def told_as_one(done: list[Done], stay: Mapping[int, Refusal], named: Sequence[int]) -> Done:
    """What several commands did, as one.

    The orders that were named are counted; others that changed with them are only passed on.
    """
    numbers = tuple(dict.fromkeys(number for one in done for number in one.numbers))
    counted = numbers if min(named, default=-1) < 0 else named
    if len(counted) <= 1 and not stay:
        return replace(done[0], numbers=numbers)
    facts: dict[str, Any] = {"count": len(counted), "numbers": _listed(counted)}
    untils = {one.facts.get("until") for one in done} - {None}
    if len(untils) == 1:
        facts["until"] = untils.pop()
    if stay:
        facts |= {"left": len(stay), "why": reasons(stay)}
    sentence = _SENTENCES[bool(stay), "until" in facts]
    told = Done(sentence=sentence, facts=facts, numbers=numbers)
    untold = dict.fromkeys(number for one in done for number in one.facts.get(UNTOLD, ()))
    return with_untold(with_besides(told, gathered(done), alone=False), [*untold])


def _listed(numbers: Sequence[int]) -> str:
    """Numbers as a person would say them: those in a row by their first and last."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [part for run in runs for part in _run(run)]
    return ", ".join(told[:_LISTED]) + (", ..." if len(told) > _LISTED else "")


def _run(run: Sequence[int]) -> list[str]:
    return [f"#{run[0]}-{run[-1]}"] if len(run) > _APART else [f"#{number}" for number in run]
