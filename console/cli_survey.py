"""`paidan survey`: whom to ask, what he answered, why he was unhappy, and what it comes to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _, done_said

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command

_DAYS = 30
_MONTHS_MOST = 3_660


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "survey",
        help=_("ask customers about delivered work, keep their answers, tell what they come to"),
        description=_(
            "Show which customers are to be asked about delivered work, keep what they answer, and"
            " say why one was unhappy. import reads answers from a CSV or Excel file with the"
            " columns order, csat, nps, words, at; what it has read once it does not read again."
            " code makes a one-time code that the customer answers by."
        ),
        epilog=examples(
            "paidan survey",
            "paidan survey rate 17 --csat 4 --nps 9 --said 'on time'",
            "paidan survey rate 18 --csat 2 --said 'nobody told us'",
            "paidan survey cause 18 schedule --done 'a new slot for today'",
            "paidan survey figures --days 30 --json",
        ),
    )
    deeds = {
        "list": _("whom to ask, the longest due first (the default)"),
        "bad": _("bad answers that are open, the oldest first"),
        "rate": _("NUMBER: what the customer of an order answered"),
        "unwilling": _("NUMBER: he does not want to answer"),
        "unreached": _("NUMBER: he was called, and nobody answered"),
        "cause": _("NUMBER CAUSE: why he was unhappy, with --done"),
        "code": _("NUMBER: make a one-time code that he may answer by"),
        "answer": _("CODE: he answers by his code"),
        "import": _("FILE: answers from a file"),
        "figures": _("CSAT, NPS and response rate of a period"),
    }
    told = "; ".join(f"{name}: {text}" for name, text in deeds.items())
    parser.add_argument(
        "deed", nargs="?", choices=[*deeds], default="list", metavar="DEED", help=told
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("what the deed is about"))
    parser.add_argument("--csat", type=whole, metavar="N", help=_("how content, 1 to 5"))
    parser.add_argument(
        "--nps", type=whole, metavar="N", help=_("whether to recommend us, 0 to 10")
    )
    parser.add_argument("--said", metavar="TEXT", default="", help=_("in the customer's own words"))
    over = _("rate, import: replace the answer that is kept already")
    parser.add_argument("--replace", action="store_true", help=over)
    parser.add_argument("--done", metavar="TEXT", default="", help=_("what was done at once"))
    days = _("figures: of so many days up to now ({n})").format(n=_DAYS)
    parser.add_argument("--days", type=whole, metavar="N", default=_DAYS, help=days)
    parser.add_argument("--site", metavar="CODE", default="", help=_("figures: of one site"))
    technician = _("figures: of one technician's work")
    parser.add_argument("--technician", metavar="CODE", default="", help=technician)
    rejects = _("import: where rejected rows go (beside the file, with .rejects.csv)")
    parser.add_argument("--rejects", type=Path, metavar="PATH", help=rejects)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or keep and say what was kept."""
    if args.deed in _SHOWN:
        _named(args, 0)
        return _SHOWN[args.deed](args, call)
    if args.deed == "import":
        from console.cli_survey_import import run as bring

        return bring(Path(_named(args, 1)[0]), args, call)
    if args.deed == "code":
        return _give_code(args, call)
    return call.do(_MAKES[args.deed](args))


def _give_code(args: argparse.Namespace, call: Call) -> int:
    from store.commands.heard import GiveSurveyCode
    from store.commands.surveys import OF_SURVEYS
    from store.domain.one_time_codes import digest_of, new_code

    number, code = _number(args), new_code()
    command = GiveSurveyCode(number=number, digest=digest_of(code, OF_SURVEYS))
    with call.records() as records:
        done = records.do(command, who=call.who(records), at=call.at())
    if args.json:
        call.json({"number": number, "code": code})
    else:
        call.print(code)
        call.say(done_said(done))
        call.say(_("good once, until the survey of order {number} is over").format(number=number))
    return 0


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from console.render_card import when
    from store.queries.heard import ToAsk

    with call.records() as records:
        found = records.ask(ToAsk(limit=10_000), who=call.who(records), at=call.at())
    if args.json:
        call.json([plain(line) for line in found])
        return 0
    heads = (_("no."), _("by"), _("customer"), _("phone"), _("about"), _("tries"))
    rows = [
        (
            *(str(line.number), when(line.by, None, at=call.at()), line.customer or ""),
            *(line.phone or "", line.title, str(line.tries or "")),
        )
        for line in found
    ]
    return _table(heads, rows, _("nobody is to be asked"), call)


def _bad(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from console.render_card import when
    from console.words_heard import cause_said, figures_said
    from store.queries.heard import BadAnswers

    with call.records() as records:
        found = records.ask(BadAnswers(limit=10_000), who=call.who(records), at=call.at())
    if args.json:
        call.json([plain(line) for line in found])
        return 0
    said = (_("own words"), _("root cause"))
    heads = (_("no."), _("since"), _("answer"), _("customer"), _("phone"), *said)
    rows = [
        (
            *(str(line.number), when(line.since, None, at=call.at())),
            *(figures_said(line.csat, line.nps), line.customer or "", line.phone or ""),
            *(line.said.replace("\n", " "), cause_said(line.cause)),
        )
        for line in found
    ]
    return _table(heads, rows, _("no bad answer is open"), call)


def _table(heads: tuple[str, ...], rows: list[Any], nothing: str, call: Call) -> int:
    from console.cli_table import screen_width, table

    if not rows:
        call.say(nothing)
        return 0
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    return 0


def _figures(args: argparse.Namespace, call: Call) -> int:
    from datetime import timedelta

    from store.commands.inputs import between
    from store.domain.words import N_
    from store.queries.heard import Heard

    between(args.days, 1, _MONTHS_MOST, N_("days"))
    at = call.at()
    query = Heard(
        from_at=at - timedelta(days=args.days),
        to_at=at + timedelta(milliseconds=1),
        site=args.site,
        technician=args.technician,
    )
    with call.records() as records:
        found = records.ask(query, who=call.who(records), at=at)
    rows: list[dict[str, Any]] = [
        {"name": "csat", "value": found.csat.rate, "n": found.csat.of, "unit": "share"},
        {"name": "nps", "value": found.nps.value, "n": found.nps.of, "unit": "points"},
        {
            "name": "survey_response",
            "value": found.response.rate,
            "n": found.response.of,
            "unit": "share",
        },
        {"name": "surveys_open", "value": found.open, "n": found.open, "unit": "orders"},
        {"name": "bad_answers", "value": found.bad, "n": found.bad, "unit": "orders"},
    ]
    if args.json:
        call.json(rows)
        return 0
    for row in rows:
        call.print(_said(row))
    return 0


def _said(row: Mapping[str, Any]) -> str:
    labels = {
        "csat": _("content (4 or 5 of 5): {value} of {n}"),
        "nps": _("net promoter score: {value} of {n}"),
        "survey_response": _("answered: {value} of {n} surveys that are over"),
        "surveys_open": _("due and still to be asked: {n}"),
        "bad_answers": _("bad answers: {n}"),
    }
    value = row["value"]
    said = _("no rate")
    if value is not None:
        said = f"{value:.1%}" if row["unit"] == "share" else f"{value:.0f}"
    return labels[row["name"]].format(value=said, n=row["n"])


def _rate(args: argparse.Namespace) -> Command:
    from store.commands.heard import RateOrder

    given = {"csat": args.csat, "nps": args.nps, "said": args.said}
    return RateOrder(number=_number(args), **given, first=not args.replace)


def _answer(args: argparse.Namespace) -> Command:
    from store.commands.heard import AnswerByCode

    code = _named(args, 1)[0]
    return AnswerByCode(code=code, csat=args.csat, nps=args.nps, said=args.said)


def _unwilling(args: argparse.Namespace) -> Command:
    from store.commands.heard import RefuseSurvey

    return RefuseSurvey(number=_number(args))


def _unreached(args: argparse.Namespace) -> Command:
    from store.commands.heard import MissCustomer

    return MissCustomer(number=_number(args), note=args.said)


def _cause(args: argparse.Namespace) -> Command:
    from console.words_heard import cause_meant
    from store.commands.heard import FindCause

    number, word = _named(args, 2)
    cause = cause_meant(word)
    return FindCause(
        number=_read(number), cause=word if cause is None else cause.value, contained=args.done
    )


def _number(args: argparse.Namespace) -> int:
    return _read(_named(args, 1)[0])


def _read(text: str) -> int:
    from console.cli_guard import WrongUsage

    digits = text.removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 12:
        return int(digits)
    raise WrongUsage(why=_("“{text}” is no number of an order").format(text=text))


def _named(args: argparse.Namespace, count: int) -> list[str]:
    """So many words behind the deed, and no other number of them."""
    from console.cli_guard import WrongUsage

    if len(args.what) != count:
        why = _("survey {deed} takes so many words behind it: {count}")
        raise WrongUsage(why=why.format(deed=args.deed, count=count))
    return list(args.what)


_SHOWN: Mapping[str, Callable[[argparse.Namespace, Call], int]] = {
    "list": _list,
    "bad": _bad,
    "figures": _figures,
}
_MAKES: Mapping[str, Callable[[argparse.Namespace], Command]] = {
    "rate": _rate,
    "answer": _answer,
    "unwilling": _unwilling,
    "unreached": _unreached,
    "cause": _cause,
}
