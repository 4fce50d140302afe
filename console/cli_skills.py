"""`paidan skills`: technicians by skills and certificates, and what dispatch loses without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.queries.skills import PersonSkills, Skills


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "skills",
        help=_("say who masters and holds what, until when, and what dispatch loses without it"),
        description=_(
            "Technicians who work here with their skills and certificates. Of a certificate that"
            " ends: how many open orders take it, who else could do them then, and (!) which work"
            ' nobody else could. The desk is warned ahead; paidan do "set paper1 90" says when.'
        ),
        epilog=examples("paidan skills", "paidan skills --ending", "paidan skills --json"),
    )
    ending = _("only certificates that have ended or end soon, with what becomes of dispatch")
    parser.add_argument("--ending", action="store_true", help=ending)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Print the matrix, or what ends."""
    from store.queries.skills import SkillsMatrix

    with call.records() as records:
        found = records.ask(SkillsMatrix(), who=call.who(records), at=call.at())
    if args.json:
        call.json(plain_matrix(found, ending=args.ending))
        return 0
    if args.ending:
        for text in _ending(found, call):
            call.print(text)
        return 0
    heads = (_("technician"), "", *(one.code for one in found.skills), *found.papers)
    rows = [_row(person, found, call) for person in found.people]
    call.table(heads, rows)
    return 0


def _row(person: PersonSkills, found: Skills, call: Call) -> list[str]:
    from console.render_skills import paper_cell, paper_of

    papers = (paper_of(person, name) for name in found.papers)
    return [
        *(person.code, person.name),
        *(str(person.skills.get(one.code, "")) for one in found.skills),
        *("" if one is None else paper_cell(one, at=call.at()).text.strip() for one in papers),
    ]


def _ending(found: Skills, call: Call) -> Iterator[str]:
    from console.render_skills import paper_told

    ends = [(one, held) for one in found.people for held in one.papers if held.warned]
    if not ends:
        yield _("no certificate ends soon")
    for person, held in sorted(ends, key=lambda one: str(one[1].expires_at)):
        yield f"{person.code} {person.name}"
        for text, _tone in paper_told(held, held.name, at=call.at(), zone=None):
            yield f"  {text}"


def plain_matrix(found: Skills, *, ending: bool) -> dict[str, Any]:
    """The matrix as plain data."""
    from console.cli_plain import plain

    return {
        "warned_days": list(found.warned_days),
        "skills": [plain(one) for one in found.skills],
        "technicians": [
            {
                "code": person.code,
                "name": person.name,
                "skills": dict(person.skills),
                "certificates": [
                    plain(held) | {"effect": plain(held.effect)}
                    for held in person.papers
                    if held.warned or not ending
                ],
                "trainings_planned": person.trainings,
            }
            for person in found.people
        ],
    }
