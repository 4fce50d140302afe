"""`paidan doctor`: is what is stored what it should be, and what to do where it is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _, fill

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.attachments import FileNow
    from store.domain.who import Who
    from store.queries.doctor import Finding, Seal
    from store.records import Records

BATCH = 500
"""Orders mended in one transaction."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "doctor",
        help=_("verify the store, and mend what can be mended"),
        description=_(
            "Verify that nothing was changed behind the journal's back (its chains and seals), that"
            " orders, queues, timers, alarms, technicians and calendars are what they follow from,"
            " and that the file itself is sound. Ends with 1 when something is wrong and was not"
            " mended."
        ),
        epilog=examples("paidan doctor", "paidan doctor --mend"),
    )
    parser.add_argument(
        "--mend",
        action="store_true",
        help=_("derive anew what follows from the journal, which itself is never touched"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Look, tell, mend if asked, and look again."""
    from console.render_backups import backup_lines, backups_plain
    from store.queries.backups import Backups
    from store.queries.doctor import NewestSeal
    from store.queries.files import CountFiles

    with call.records() as records:
        who = call.who(records)
        findings, orders, entries = examine(call, records, who)
        mended: list[Finding] = []
        if args.mend and (curable := [f for f in findings if _curable(f)]):
            _mend(call, records, who, curable)
            left, orders, entries = examine(call, records, who)
            mended = [f for f in findings if f not in left]
            findings = left
        seal = records.ask(NewestSeal(), who=who, at=call.at())
        files = records.ask(CountFiles(), who=who, at=call.at())
        backups = records.ask(Backups(), who=who, at=call.at())
    if args.json:
        call.json(
            {
                "orders": orders,
                "entries": entries,
                "findings": [finding_plain(finding) for finding in findings],
                "mended": [finding_plain(finding) for finding in mended],
                "seal": seal_plain(seal),
                "backups": backups_plain(backups),
                "files": {state.value: files[state] for state in sorted(files)},
            }
        )
    else:
        tell_findings(call, findings, orders, entries, mended=mended)
        tell_files(call, files)
        tell_seal(call, seal)
        for line in backup_lines(backups, at=call.at()):
            call.say(line)
    return 1 if findings else 0


def examine(call: Call, records: Records, who: Who) -> tuple[list[Finding], int, int]:
    """Everything that is wrong, and how many orders and journal entries were read."""
    from store.backups import examine as examined

    found = examined(records, at=call.at(), who=who, tell=progress)
    _progress("")
    return found


def progress(orders: int, found: int) -> None:
    """How far the doctor is, where somebody watches."""
    _progress(_("{orders} orders, {found} found").format(orders=orders, found=found))


def _mend(call: Call, records: Records, who: Who, findings: Sequence[Finding]) -> None:
    from store.commands.mend import MendStore
    from store.queries.checks import Check

    numbers = sorted({f.number for f in findings if f.number is not None})
    technicians = tuple(sorted({f.technician for f in findings if f.technician is not None}))
    calendars = tuple(sorted({f.calendar for f in findings if f.calendar is not None}))
    plans = tuple(sorted({f.plan for f in findings if f.plan is not None}))
    search = any(f.check is Check.SEARCH_MANY for f in findings)
    callers = any(f.check is Check.CALLERS for f in findings)
    figures = any(f.check in {Check.FIGURES, Check.FIGURE_SUMS} for f in findings)
    counters = any(f.check is Check.COUNTER for f in findings)
    for start in range(0, max(len(numbers), 1), BATCH):
        batch = tuple(numbers[start : start + BATCH])
        mend = MendStore(
            numbers=batch,
            technicians=technicians,
            calendars=calendars,
            plans=plans,
            search=search,
            callers=callers,
            figures=figures,
            counters=counters,
        )
        records.do(mend, who=who, at=call.at())
        technicians, calendars, plans = (), (), ()
        search = callers = figures = counters = False


def tell_findings(
    call: Call,
    findings: Sequence[Finding],
    orders: int,
    entries: int,
    *,
    mended: Sequence[Finding] = (),
) -> None:
    """What was mended, what is wrong and what to do about it, and how much was looked at."""
    from store.queries.checks import CHECKS

    for finding in mended:
        call.print(_("mended: {what}").format(what=_said(finding)))
    for finding in findings:
        call.print(_said(finding))
        call.print(f"    {_(CHECKS[finding.check].mend)}")
    call.say(
        _("{orders} orders and {entries} journal entries looked at; {found} faults").format(
            orders=orders, entries=entries, found=len(findings)
        )
    )


def tell_files(call: Call, files: Mapping[FileNow, int]) -> None:
    """How the files stand that orders have; nothing where none has any."""
    from store.domain.attachments import FileNow

    if files:
        told = _(
            "attached files, as this machine has them:"
            " {count}, {missing} missing, {changed} changed"
        )
        missing, changed = files.get(FileNow.MISSING, 0), files.get(FileNow.CHANGED, 0)
        call.say(told.format(count=sum(files.values()), missing=missing, changed=changed))


def tell_seal(call: Call, seal: Seal | None) -> None:
    """The newest seal, to be written down where the store's administrators cannot reach it."""
    if seal is not None:
        said = _("newest seal: {number} {hash}; keep it outside the store")
        call.say(said.format(number=seal.number, hash=seal.hash))


def seal_plain(seal: Seal | None) -> dict[str, Any] | None:
    """The newest seal as JSON."""
    return None if seal is None else {"number": seal.number, "hash": seal.hash}


def _said(finding: Finding) -> str:
    from store.queries.checks import CHECKS

    sentence = fill(CHECKS[finding.check].sentence, finding.facts)
    if finding.number is None:
        return sentence
    return _("order {number}: {what}").format(number=finding.number, what=sentence)


def finding_plain(finding: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    from store.queries.checks import CHECKS

    return {
        "check": finding.check.value,
        "number": finding.number,
        "technician": finding.technician,
        "calendar": finding.calendar,
        "plan": finding.plan,
        "facts": dict(finding.facts),
        "what": _said(finding),
        "mend": _(CHECKS[finding.check].mend),
        "mendable": _curable(finding),
    }


def _curable(finding: Finding) -> bool:
    from store.queries.checks import CHECKS

    return CHECKS[finding.check].mendable


def _progress(text: str) -> None:
    """A line that overwrites itself; nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
