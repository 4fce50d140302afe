"""Who dispatches: operators, the role of each and the sites that he sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from store.commands.inputs import CODE, line, needed, one_of
from store.commands.places import saved, told
from store.domain.appointing import NOWHERE, Post, check_post
from store.domain.errors import BadInput, OperatorUnknown
from store.domain.intents import Command, Done
from store.domain.key_refusals import DeskTakesNone
from store.domain.operator_refusals import LastAdministrator
from store.domain.who import GIVEN, RIGHTS, ROLE_WORDS, Right, Role
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.statements import Values
    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveOperator(Command):
    """An operator by code, made or changed, with the sites he sees; what is None stays.

    A new one is a dispatcher of the whole desk, unless told otherwise; a site office sees the
    sites that it is given.
    """

    code: str
    name: str
    role: str | None = None
    language: str | None = None
    sites: tuple[Ref, ...] | None = None
    """These and no others, be it none; None leaves them as they are."""
    everywhere: bool | None = None
    """True for every site, those to come too."""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointOperator(Command):
    """An operator gets another role, or other sites; what is None stays."""

    operator: str
    role: str | None = None
    sites: tuple[Ref, ...] | None = None
    everywhere: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeOperator(Command):
    """Somebody sits down for the first time; an operator already there stays as he is.

    The first one who does at a new desk is its administrator.
    """

    code: str
    name: str


def save_operator(work: Work, command: SaveOperator) -> Done:
    """The operator as given, within what the asker may give."""
    key = {"code": needed(command.code, N_("code"), limit=CODE)}
    language = command.language
    values = told(
        name=needed(command.name, N_("name")),
        language=None if language is None else line(language, N_("language"), limit=20),
    )
    before = held_operator(work, key["code"])
    after = _post(work, before, command, active=command.active)
    made = work.settle("operator", key, {**values, **_columns(after)}, {"language": ""})
    work.answer_for(made[0], after.sites)
    return saved(made, N_("operator {code} saved"), N_("operator {code} changed"), **key)


def appoint_operator(work: Work, command: AppointOperator) -> Done:
    """The role and the sites as given; a retired one stays retired."""
    code = needed(command.operator, N_("code"), limit=CODE)
    before = held_operator(work, code)
    if before is None:
        raise OperatorUnknown(name=code)
    after = _post(work, before, command, active=before["active"])
    work.put("operator", {"code": code}, _columns(after))
    work.answer_for(before["id"], after.sites)
    facts: dict[str, Any] = {"code": code, "role": ROLE_WORDS[after.role]}
    facts |= {"role_code": after.role.value, "sites": len(after.sites)}
    if after.everywhere:
        return Done(sentence=N_("operator {code} is {role} of every site"), facts=facts)
    if not after.sites:
        sentence = N_("operator {code} is {role}; he is given no site yet and sees nothing")
        return Done(sentence=sentence, facts=facts)
    return Done(sentence=N_("operator {code} is {role}; sites that he sees: {sites}"), facts=facts)


def welcome_operator(work: Work, command: WelcomeOperator) -> Done:
    """An operator of the whole desk with this code; one who has retired stays retired."""
    code = needed(command.code, N_("code"), limit=CODE)
    name = needed(command.name, N_("name"))
    if held_operator(work, code) is None:
        role = Role.DISPATCHER if work.has_people() else Role.ADMINISTRATOR
        work.put("operator", {"code": code}, {"name": name, "role": role, "everywhere": True})
    return Done(sentence=N_("operator {code} saved"), facts={"code": code})


def held_operator(work: Work, code: str) -> Values | None:
    """An operator by code, nobody else's until the end; never the desk itself.

    Whoever changes who may do what waits for those who do it now, so that one administrator
    stays, and a key has one owner. The row is held before the desk.
    """
    found = work.entry_by("operator", {"code": code})
    work.hold_desk()
    if found is not None and found["role"] == Role.SYSTEM:
        raise DeskTakesNone(code=code)
    return found


def stood(work: Work, operator: Values | None) -> Post:
    """What an operator may do now; one who is not there, nothing."""
    if operator is None:
        return NOWHERE
    return Post(
        role=Role(operator["role"]),
        everywhere=operator["everywhere"],
        sites=work.sites_of(operator["id"]),
        active=operator["active"],
    )


def take_post(work: Work, operator: Values | None, after: Post) -> None:
    """Refuse what the asker may not do, or what leaves the desk without an administrator."""
    before = stood(work, operator)
    number = 0 if operator is None else operator["id"]
    check_post(work.who, before, after, himself=number == work.who.operator)
    if operator is None or after.rules or not before.rules:
        return
    if not work.others_rule(number, _RULING):
        raise LastAdministrator(code=operator["code"])


_RULING = sorted(role.value for role in GIVEN if Right.ADMINISTER in RIGHTS[role])


def _post(
    work: Work,
    operator: Values | None,
    command: SaveOperator | AppointOperator,
    *,
    active: bool,
) -> Post:
    before = stood(work, operator)
    asked = command.role
    role = before.role if asked is None else Role(one_of(asked, [*GIVEN], N_("role")))
    office = role is Role.OFFICE
    sites = command.sites
    everywhere = command.everywhere
    if everywhere and (sites or office):
        raise BadInput(
            where=N_("sites"),
            wrong=N_("a site office does not see every site")
            if office
            else N_("some sites and every site do not go together"),
            right=N_("name the sites that he sees"),
        )
    if everywhere is None:
        new = operator is None and not office
        everywhere = sites is None and (new or (before.everywhere and not office))
    if everywhere:
        his: frozenset[int] = frozenset()
    else:
        his = before.sites if sites is None else frozenset(work.site(site).id for site in sites)
    after = replace(before, role=role, everywhere=everywhere, sites=his, active=active)
    take_post(work, operator, after)
    return after


def _columns(post: Post) -> Values:
    return {"role": post.role.value, "everywhere": post.everywhere, "active": post.active}


OPERATORS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SaveOperator: save_operator,
    AppointOperator: appoint_operator,
    WelcomeOperator: welcome_operator,
}
