"""What dispatch reckons with: its figures, and the desk's own table of travel times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from store.commands.baselines import BASELINES
from store.commands.inputs import one_of, whole
from store.domain.dispatch.figures import FIGURES, UNIT_WORDS, Figure
from store.domain.dispatch.travel_table import MOST_MINUTES, MOST_PAIRS
from store.domain.errors import BadInput, Refusal
from store.domain.intents import Command, Done
from store.domain.words import N_, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from store.domain.dispatch.travel_table import Minutes
    from store.persistence.work import Work

_FIRST: Final = 3
"""Sites that are not known, told by name at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFigure(Command):
    """Set one figure that dispatch reckons with."""

    figure: str
    """One of `Figure`."""
    value: int | None
    """In the figure's unit; None for the usual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTravel(Command):
    """Put a table of travel times in the place of the one that counts."""

    pairs: tuple[tuple[str, str, int], ...]
    """Codes of the sites from where and to where, and minutes. None at all takes the table away."""


class TravelLost(Refusal):
    """A table that says far less than the one it would replace."""

    sentence = N_(
        "of its pairs {pairs} are of sites that are known here, and the table that counts has"
        " {before}: if it is to go, drop it first (set table usual)"
    )


class TravelUnknown(Refusal):
    """Nothing in a table of travel times is about this desk."""

    sentence = N_(
        "no pair of sites in it is known here; the first is from “{one}” to “{other}”: give the"
        " codes of sites just as `paidan list sites` shows them, not their names"
    )


def set_figure(work: Work, command: SetFigure) -> Done:
    """From now on it counts wherever dispatch reckons."""
    figure = Figure(one_of(command.figure, tuple(Figure), N_("figure")))
    spec = FIGURES[figure]
    value = command.value
    if value is not None:
        value = whole(value, spec.least, spec.most, spec.label, UNIT_WORDS[spec.unit])
    _check_ages(work, figure, spec.usual if value is None else value)
    work.put_figure(figure, None if value == spec.usual else value)
    facts: dict[str, Any] = {
        "figure": spec.label,
        "value": spec.usual if value is None else value,
        "unit": UNIT_WORDS[spec.unit],
    }
    return Done(sentence=N_("{figure}: {value} {unit}"), facts=facts)


def _check_ages(work: Work, figure: Figure, value: int) -> None:
    """A position is marked old before it is forgotten."""
    then = replace(work.figures(), **{figure.value: value})
    if figure in {Figure.STALE, Figure.FORGOTTEN} and not then.in_order:
        wrong = N_("a position would be forgotten before it is old")
        raise BadInput(
            where=FIGURES[figure].label,
            wrong=wrong,
            right=N_("at most {most} min").format(most=then.forgotten)
            if figure is Figure.STALE
            else N_("at least {least} min").format(least=then.stale),
        )


def load_travel(work: Work, command: LoadTravel) -> Done:
    """The table whole, in place of any before; pairs with a site that is not here are left out."""
    if not command.pairs:
        work.put_travel({})
        sentence = N_("travel times dropped: ways are reckoned from positions again")
        return Done(sentence=sentence, facts={})
    if len(command.pairs) > MOST_PAIRS:
        raise BadInput(
            where=N_("travel times"),
            wrong=N_("{count} pairs of sites").format(count=len(command.pairs)),
            right=N_("at most {most}").format(most=MOST_PAIRS),
        )
    minutes, strange = _known(work, command.pairs)
    pairs = sum(map(len, minutes.values()))
    if not pairs:
        one, other, _ = command.pairs[0]
        raise TravelUnknown(one=one, other=other)
    before = work.travel_pairs()
    if 2 * pairs < before:  # mostly the wrong file, or codes of another desk
        raise TravelLost(pairs=pairs, before=before)
    work.put_travel(minutes)
    sites = {*minutes, *(site for row in minutes.values() for site in row)}
    missing = len(sites) * (len(sites) - 1) - pairs
    facts: dict[str, Any] = {"pairs": pairs, "sites": len(sites), "missing": missing}
    sentence = counted(
        N_("travel times of {pairs} pair between {sites} sites; missing: {missing}"),
        N_("travel times of {pairs} pairs between {sites} sites; missing: {missing}"),
        pairs,
    )
    if not strange:
        return Done(sentence=sentence, facts=facts)
    named = list(strange)[:_FIRST]
    more = counted(
        N_(
            "travel times of {pairs} pair between {sites} sites; missing: {missing};"
            " sites that are not known here ({strange}): {named}"
        ),
        N_(
            "travel times of {pairs} pairs between {sites} sites; missing: {missing};"
            " sites that are not known here ({strange}): {named}"
        ),
        pairs,
    )
    return Done(sentence=more, facts={**facts, "strange": len(strange), "named": named})


def _known(work: Work, pairs: Iterable[tuple[str, str, int]]) -> tuple[Minutes, dict[str, None]]:
    """Minutes by the ids of sites, and the codes that no site has, in their order."""
    codes = work.site_codes()
    minutes: Minutes = {}
    strange: dict[str, None] = {}
    for one, other, took in pairs:
        whole(took, 0, MOST_MINUTES, N_("minutes"))
        here, there = codes.get(one), codes.get(other)
        for code, site in ((one, here), (other, there)):
            if site is None:
                strange[code] = None
        if here is not None and there is not None and here != there:
            minutes.setdefault(here, {})[there] = took
    return minutes, strange


RECKONING: Final[Mapping[type[Command], Callable[[Any, Any], Done]]] = {
    SetFigure: set_figure,
    LoadTravel: load_travel,
    **BASELINES,
}
