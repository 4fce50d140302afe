"""A parsed line as one would type it: read again, it means the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from console.actions_automatic import FIGURES, MODE_SAID
from console.actions_kinds import Kind, Takes
from console.actions_settings import BACKUP, FIGURE_SAID, USUAL
from console.grammar.absences import REASON, UNTIL
from console.grammar.alone import HIS_OWN
from console.grammar.backup_words import EVERY, KEEP, OFF
from console.grammar.baselines import baseline_words
from console.grammar.checklists import checklist_words
from console.grammar.dashboards import cut_words
from console.grammar.deeds_of import DEED_LINES
from console.grammar.listed import listed_words
from console.grammar.options import NAMED, READ
from console.grammar.posts import post_words
from console.grammar.times import KEYWORDS, may_be_a_time
from console.grammar.tokens import quoted, scan
from console.grammar.verbs import SAID, options_of
from console.plan_fields import KEYS
from console.render_time import here
from console.told_words import window_of
from console.words_exceptions import deviation_typed
from console.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import tzinfo

    from console.actions_kinds import Action, Question
    from console.grammar.lookup import Entry
    from console.grammar.parse import Parsed

_PLAIN_TEXT: Final = re.compile(r"[^\W_][^\";{}“”；。、　\n\t]*")
_PLAIN_NAME: Final = re.compile(r"[^\W\d_][\w-]*")


def printed(parsed: Parsed, *, zone: tzinfo | None) -> str:
    """The line, with the short verb, every order by its number, and names by their codes."""
    action = parsed.action
    words = [action.verbs[0], *_targets(parsed), *_told(parsed, zone)]
    for option in options_of(action):
        words += _option(option, parsed, zone)
    note = _behind(parsed)
    return " ".join(words) + (f" ;{note}" if note else "")


def _option(option: str, parsed: Parsed, zone: tzinfo | None) -> Iterator[str]:
    if option in NAMED and NAMED[option][1] in parsed.named:
        yield from (f"/{option}", _name(parsed.named[NAMED[option][1]]))
    elif option in READ and SAID[option] in parsed.told:
        told = parsed.told[SAID[option]]
        yield from (f"/{option}", _work(READ[option], told, zone_named(parsed.there, zone)))
    elif SAID.get(option) in parsed.told:
        yield from (f"/{option}", quoted(parsed.told[SAID[option]]))
    elif parsed.told.get(option) is True:
        yield f"/{option}"


def _targets(parsed: Parsed) -> Iterator[str]:
    action = parsed.action
    if "entry" in parsed.told:
        yield f"e{parsed.told['entry']}"
    elif "calendar" in parsed.named:
        yield quoted(parsed.named["calendar"].code)
    elif _stands_first(parsed):
        yield from (_name(parsed.named["technician"]), str(parsed.orders[0]))
    elif "technician" in parsed.named and _is_named_alone(action):
        yield _name(parsed.named["technician"])
    elif parsed.orders and action.names is not Takes.SKILL:
        yield ",".join(str(number) for number in parsed.orders)


def _stands_first(parsed: Parsed) -> bool:
    """Whether who takes the step of one order is printed before it."""
    his = parsed.action.id in HIS_OWN and "technician" in parsed.named
    return his and len(parsed.orders) == 1


def _is_named_alone(action: Action) -> bool:
    his = action.id in HIS_OWN and all(q.kind is not Kind.MEMBER for q in action.questions)
    return his or action.names in {Takes.RECALLED, Takes.TECHNICIAN, Takes.ABSENCE}


def _told(parsed: Parsed, zone: tzinfo | None) -> Iterator[str]:
    """What follows the orders."""
    action = parsed.action
    if action.names is Takes.MOMENT:
        yield from (f"at {here(told, zone).isoformat()}" for told in parsed.told.values())
    elif action.names is Takes.ABSENCE:
        for question in (UNTIL, REASON):
            yield from _answer(question, parsed, zone)
    elif action.names in _WORDS:
        yield from _WORDS[action.names](parsed)
    else:
        for question in action.questions:
            before = question.kind is Kind.MEMBER and _stands_first(parsed)
            if not before and question not in _texts(action)[1:]:
                yield from _answer(question, parsed, zone)


def _behind(parsed: Parsed) -> str:
    """What stands behind the semicolon: a note, or the second of two texts."""
    note = parsed.note or parsed.told.get("description", "")
    return str(note or "".join(parsed.told.get(q.name, "") for q in _texts(parsed.action)[1:]))


def _texts(action: Action) -> list[Question]:
    return [question for question in action.questions if question.kind is Kind.TEXT]


def _request(parsed: Parsed) -> Iterator[str]:
    yield quoted(parsed.told["title"])
    if "site" in parsed.named:
        yield "@" + _name(parsed.named["site"])
    if "priority" in parsed.told:
        yield f"!{parsed.told['priority']}"


def _skill(parsed: Parsed) -> Iterator[str]:
    if "skill" not in parsed.named:
        yield f"#{parsed.orders[0]}"
        if "about" in parsed.named:
            yield from ("not", _name(parsed.named["about"]))
        return
    yield _name(parsed.named["skill"])
    if "site" in parsed.named:
        yield from ("near", _name(parsed.named["site"]))
    elif parsed.orders:
        yield from ("near", f"#{parsed.orders[0]}")


def _plan(parsed: Parsed) -> Iterator[str]:
    told = parsed.told
    yield from (str(told[name]) for name in ("deed", "plan", "day") if name in told)
    for field, text in told.get("texts", {}).items():
        yield f"{KEYS[field][0]}:{quoted(text)}"


def _deeds(parsed: Parsed) -> Iterator[str]:
    return DEED_LINES[parsed.action.names].words(parsed.told)


def _cut(parsed: Parsed) -> Iterator[str]:
    return cut_words(parsed.told["cut"]) if "cut" in parsed.told else iter(())


def _listed(parsed: Parsed) -> Iterator[str]:
    return listed_words(parsed.told, parsed.action.names)


def _steps(parsed: Parsed) -> Iterator[str]:
    if parsed.orders:
        return iter((f"#{parsed.orders[0]}",))
    return checklist_words(parsed.told)


def _setting(parsed: Parsed) -> Iterator[str]:
    told = parsed.told
    if told.get("figure") == BACKUP:
        yield from _backups(told)
    elif "figure" in told:
        value = told["value"]
        yield from (FIGURE_SAID[told["figure"]][0], USUAL[0] if value is None else str(value))
    if "mode" in told:
        yield MODE_SAID[told["mode"]][0]
    if "queue" in told:
        yield quoted(told["queue"])
    if "priority" in told:
        yield str(told["priority"])
    for name, words in FIGURES.items():
        if name in told:
            yield from (words[0], str(told[name]))


def _backups(told: Mapping[str, Any]) -> Iterator[str]:
    yield BACKUP
    if "folder" in told:
        yield quoted(told["folder"]) if told["folder"] else OFF[0]
    if "every_min" in told:
        yield from (EVERY[0], str(told["every_min"]))
    if "keep" in told:
        yield from (KEEP[0], *map(str, told["keep"]))


def _post(parsed: Parsed) -> Iterator[str]:
    return post_words(parsed.told, _text)


_WORDS: Mapping[Takes, Callable[[Parsed], Iterator[str]]] = {
    Takes.REQUEST: _request,
    Takes.SKILL: _skill,
    Takes.PLANS: _plan,
    **dict.fromkeys(DEED_LINES, _deeds),
    Takes.CUT: _cut,
    Takes.BASELINE: lambda parsed: baseline_words(parsed.told),
    Takes.TRAINING: _listed,
    Takes.IDEAS: _listed,
    Takes.STEPS: _steps,
    Takes.AUTOMATIC: _setting,
    Takes.SETTING: _setting,
    Takes.POST: _post,
}
"""What takes words of its own behind its verb."""


def _answer(question: Question, parsed: Parsed, zone: tzinfo | None) -> Iterator[str]:
    value = parsed.told.get(question.name, "")
    if value == "":
        return
    if question.kind in {Kind.TECHNICIAN, Kind.MEMBER}:
        yield _name(parsed.named[question.name])
    elif question.kind is Kind.WHEN:
        yield f"at {here(value, zone):%Y-%m-%d %H:%M}"
    elif question.kind is Kind.TEXT:
        yield _text(value)
    elif question.kind is Kind.DEVIATION:
        yield _text(deviation_typed(value, zone))
    elif question.kind in READ.values():
        yield _work(question.kind, value, zone_named(parsed.there, zone))
    else:
        yield str(value)


def _work(kind: Kind, value: Any, zone: tzinfo | None) -> str:
    """How long, how many or for when, as it is read."""
    if kind is Kind.LASTS:
        return f"{value // 60}m"
    if kind is Kind.CREW:
        return str(value)
    ends = (here(one, zone) for one in window_of(value) if one is not None)
    return "-".join(f"{one:%Y-%m-%d %H:%M}" for one in ends)


def _text(text: str) -> str:
    """A text as it is, or in quotes where something in it means more than itself."""
    words = scan(text).words
    plain = _PLAIN_TEXT.fullmatch(text) is not None and not any(
        word.text.startswith("/") or word.text.casefold() in KEYWORDS or may_be_a_time(word)
        for word in words
    )
    return text if plain and text == " ".join(text.split(" ")).strip() else quoted(text)


def _name(entry: Entry) -> str:
    return entry.code if _PLAIN_NAME.fullmatch(entry.code) else quoted(entry.code)
