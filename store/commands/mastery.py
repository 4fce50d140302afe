"""What a technician has: skills, regions, things; told whole, or what he gets and what goes."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, Protocol

from store.commands.inputs import CODE, instant, needed, things, whole
from store.domain.dispatch.things import parted
from store.domain.errors import BadInput, Refusal
from store.domain.intents import Done
from store.domain.words import N_, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from store.persistence.work import Work

    Ref = int | str


class Mastery(Protocol):
    """What is told of a technician: whole, or what he gets and what goes, by name of the field."""

    @property
    def skills(self) -> Mapping[str, int] | None:
        """Those and no others."""

    @property
    def regions(self) -> tuple[Ref, ...] | None:
        """Those and no others."""

    @property
    def carries(self) -> tuple[str, ...] | None:
        """Those and no others."""

    @property
    def more(self) -> Mapping[str, Any]:
        """Beside what he has."""

    @property
    def fewer(self) -> Mapping[str, tuple[Ref, ...]]:
        """What goes."""

    @property
    def makes(self) -> tuple[str, ...] | None:
        """Skills that may be made; None for any."""


MOST_PAPERS: Final = 50
"""Certificates of one technician."""
_SHOWN: Final = 12
"""Orders that are named at most."""


class SkillUnknown(Refusal):
    """A skill that nobody has heard of is mostly one that was mistyped."""

    sentence = N_("there is no skill {skill}; known are: {known}; --new-skill makes one")


class SkillUnlike(Refusal):
    """The same, where one is like it."""

    sentence = N_("there is no skill {skill}; nearest is {like}; --new-skill makes one")


def read_skills(work: Work, command: Mastery) -> dict[str, int]:
    """The skills that are told, each with its level; those that may not be made are known."""
    given = {**(command.skills or {}), **command.more.get("skills", {})}
    skills = {needed(code, N_("skill"), limit=CODE): skill_level(lv) for code, lv in given.items()}
    if command.makes is None:
        return skills
    known = work.skill_codes()
    for code in skills.keys() - {*known, *command.makes} if known else ():
        like = get_close_matches(code.casefold(), [one.casefold() for one in known], n=1)
        if like:
            nearest = next(one for one in known if one.casefold() == like[0])
            raise SkillUnlike(skill=code, like=nearest)
        raise SkillUnknown(skill=code, known=", ".join(sorted(known)[:_SHOWN]))
    return skills


def keep_skills(work: Work, technician: int, command: Mastery, skills: Mapping[str, int]) -> None:
    """Those and no others, or beside what he has and without what is taken from him."""
    fewer = command.fewer.get("skills", ())
    if command.skills is None and not command.more.get("skills") and not fewer:
        return
    kept = {} if command.skills is not None else work.mastered(technician)
    for code in fewer:
        kept.pop(_his(work, code, kept), None)
    work.master(technician, kept | {made_skill(work, code): lv for code, lv in skills.items()})


def _his(work: Work, code: Any, kept: Mapping[int, int]) -> int:
    """A skill that he has."""
    found = work.known_skill(str(code))
    if found is None or found not in kept:
        _refuse_missing(N_("skill"), str(code))
    assert found is not None
    return found


def keep_regions(work: Work, technician: int, command: Mastery) -> None:
    """The regions that he goes to, the same."""
    more, fewer = command.more.get("regions", ()), command.fewer.get("regions", ())
    if command.regions is None and not more and not fewer:
        return
    whole = command.regions is not None
    kept = set[int]() if whole else work.goes_to(technician)
    for region in fewer:
        entry = work.region(region).id
        if entry not in kept:
            _refuse_missing(N_("region"), str(region))
        kept.discard(entry)
    work.go_to(
        technician,
        sorted(kept | {work.region(one).id for one in (*more, *(command.regions or ()))}),
    )


def carried(work: Work, key: Mapping[str, Any], command: Mastery) -> str | None:
    """Tools and parts, as they are kept; None where nothing is said of them."""
    more, fewer = command.more.get("carries", ()), command.fewer.get("carries", ())
    if command.carries is not None:
        return things(",".join(command.carries), N_("tools and parts"))
    if not more and not fewer:
        return None
    row = work.entry_by("technician", dict(key))
    has = parted(str(row["carries"])) if row else frozenset()
    gone = parted(",".join(map(str, fewer)))
    if missing := gone - has:
        _refuse_missing(N_("tools and parts"), ", ".join(sorted(missing)))
    return things(",".join([*sorted(has - gone), *map(str, more)]), N_("tools and parts"))


def read_papers(given: tuple[tuple[str, datetime | None], ...]) -> dict[str, datetime | None]:
    """Certificates by name; one name has one end."""
    if len(given) > MOST_PAPERS:
        wrong, right = str(len(given)), N_("at most {most}").format(most=MOST_PAPERS)
        raise BadInput(where=N_("certificates"), wrong=wrong, right=right)
    papers: dict[str, datetime | None] = {}
    for name, ends in given:
        called = needed(name, N_("certificate"))
        if called in papers:
            raise BadInput(
                where=N_("certificates"),
                wrong=N_("{name} is there twice").format(name=called),
                right=N_("leave one of them out"),
            )
        papers[called] = None if ends is None else instant(ends, N_("end of the certificate"))
    return papers


def _refuse_missing(what: str, named: str) -> None:
    raise BadInput(
        where=what,
        wrong=N_("{thing} is not among what he has").format(thing=named),
        right=N_("`paidan list technicians --json` tells what he has"),
    )


def with_left(work: Work, done: Done, technician: int) -> Done:
    """That somebody has left, with the orders that are still his, and what becomes of them."""
    numbers = work.held_by(technician)
    if not numbers:
        return done
    said = N_(
        "{what}; still has {orders}: nobody comes to them until somebody else is sent"
        " (`paidan replan` proposes whom)"
    )
    shown: Iterable[str] = (f"#{number}" for number in numbers[:_SHOWN])
    orders = ", ".join([*shown, *(["..."] if len(numbers) > _SHOWN else [])])
    what = N_(done.sentence).format(**done.facts)
    facts = {**done.facts, "what": what, "orders": orders, "left": list(numbers)}
    return Done(sentence=said, facts=facts)


def with_open(work: Work, done: Done, technician: int) -> Done:
    """That somebody is away, with the orders of his that the asker sees."""
    held = work.held_in_sight(technician)
    if not held:
        return done
    shown: Iterable[str] = (f"#{number}" for number in held[:_SHOWN])
    orders = ", ".join([*shown, *(["..."] if len(held) > _SHOWN else [])])
    said = counted(
        N_("{what}; {count} order is with this technician: {orders}; R finds who takes it"),
        N_("{what}; {count} orders are with this technician: {orders}; R finds who takes them"),
        len(held),
    )
    what = N_(done.sentence).format(**done.facts)
    facts = {**done.facts, "what": what, "count": len(held), "orders": orders, "left": held}
    return Done(sentence=said, facts=facts)


def made_skill(work: Work, code: str) -> int:
    """A skill by its code; made where it is not known yet."""
    cleaned = needed(code, N_("skill"), limit=CODE)
    return work.made("skill", {"code": cleaned}, {"name": cleaned})


def skill_level(level: int) -> int:
    """How well a trade is mastered, 1 to 5."""
    return whole(level, 1, 5, N_("skill"))
