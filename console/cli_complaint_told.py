"""What `paidan complaint` and `paidan praise` print, and which of their words make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_deeds import no_more, number_in
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from console.cli_call import Call
    from store.queries.voices import VoiceLine

_ABOUT = ("order", "site", "customer", "asset", "technician")
TAKES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "complaint": {
        "list": ("order", "customer", "technician", "over"),
        "add": (*_ABOUT, "about", "by", "how", "at"),
        "answer": ("to",),
        "close": ("cause",),
        "action": ("owner", "due"),
    },
    "praise": {
        "list": ("order", "customer", "technician", "over"),
        "add": (*_ABOUT, "by", "how", "at"),
    },
}
"""Which options a deed takes; those that are not here take none. All print JSON."""


def list_them(args: argparse.Namespace, call: Call) -> int:
    """Those that are asked for, as a table or as JSON."""
    from console.cli_plain import voice_plain

    no_more(args, 0)
    found = _found(args, call)
    if args.json:
        call.json([voice_plain(line) for line in found])
    elif not found:
        call.say(_("nothing is listed here"))
    else:
        _table(found, call)
    return 0


def _found(args: argparse.Namespace, call: Call) -> Sequence[VoiceLine]:
    from store.queries.voices import ListVoices, VoicesOf

    praise = args.command == "praise"
    with call.records() as records:
        who = call.who(records)
        if args.order is None and args.customer is None:
            named = args.technician or ""
            asked = ListVoices(praise=praise, over=args.over, technician=named, limit=10_000)
            return records.ask(asked, who=who, at=call.at())
        of = VoicesOf(number=args.order, customer=args.customer or "", limit=10_000)
        found = records.ask(of, who=who, at=call.at())
    gone = args.over
    return [
        line
        for line in found
        if line.voice.praise is praise and (line.voice.over_at is not None) is gone
    ]


def _table(found: Sequence[VoiceLine], call: Call) -> None:
    from console.render_card import when
    from console.words_voices import about_said, stand_said

    heads = (_("no."), _("due"), _("stands"), _("about"), _("customer"), _("own words"))
    rows = [
        [
            str(line.voice.id),
            "" if line.voice.answer_by is None else when(line.voice.answer_by, None, at=call.at()),
            stand_said(line.voice) if not line.voice.praise else line.technician,
            about_said(line.voice),
            line.customer or line.place or line.voice.speaker,
            line.voice.said.replace("\n", " "),
        ]
        for line in found
    ]
    call.table(heads, rows)


def show_one(args: argparse.Namespace, call: Call) -> int:
    """All of it, and its steps."""
    from console.cli_plain import plain, voice_plain
    from console.render_voices import voice_lines
    from store.queries.voices import ShowVoice, VoiceSteps

    voice = number_of(args)
    no_more(args, 1)
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        line, steps = ask(ShowVoice(voice=voice)), ask(VoiceSteps(voice=voice))
    if args.json:
        call.json(voice_plain(line) | {"steps": [plain(one) for one in steps]})
        return 0
    for text in voice_lines(line, at=call.at(), zone=None):
        call.print(text)
    for one in steps:
        call.print(f"  {one.at:%Y-%m-%d %H:%M}Z  {one.by}  {_(one.fact)}")
    return 0


def number_of(args: argparse.Namespace) -> int:
    """Which one is meant."""
    return number_in(args.what, _("name it by its number, as the list has it"))


def wrong(why: str) -> Exception:
    """A line that makes no sense."""
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
