"""Orders named by what they have in common: a queue, a saved view, a filter, what is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import Kind
from console.grammar.calendars import calendar_meant
from console.grammar.names import exactly
from console.grammar.refusals import Unclear, WrongWords
from console.grammar.targets import (
    LISTED,
    Targets,
    are_orders,
    bare,
    few,
    queue_named,
    read_targets,
    some,
    view_prefix,
)
from console.grammar.tokens import untargeted
from console.grammar.traits import takes_closed
from console.render_meant import times_meant
from store.domain.finding.parser import parse
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.tree import All, Either, Not, Word
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from console.actions_kinds import Action
    from console.grammar.lookup import Lookup
    from console.grammar.tokens import Token
    from store.queries.views import View

_LONGEST_QUEUE: Final = 3
_LONGEST: Final = 8
"""Words that a view's name may have to be found without quotes."""


def take_targets(
    action: Action, rest: Sequence[Token], lookup: Lookup
) -> tuple[Targets, list[Token]] | None:
    """The orders that the first words name, and the words behind them; None where they name none.

    A name that may as well begin the text of the action is refused, so that no order is written
    about that nobody meant.
    """
    if not rest:
        return None
    queue, count = _queue_meant(rest)
    if queue is not None:
        _not_a_text(action, rest[0], lookup, queue)
        numbers = some(lookup.queue(queue), rest[0])
        return Targets(numbers=numbers, words=count, by_trait=True), list(rest[count:])
    if are_orders(untargeted(rest[0])[0]):
        words = [*untargeted(rest[0]), *rest[1:]]
        explicit = view_prefix(words[0])
        if explicit is not None:
            found = _view_said(explicit, words, lookup, action)
        else:
            _not_a_text(action, words[0], lookup, queue_named(words[0].text))
            found = read_targets(words, lookup, action)
        return found, words[found.words :]
    view, count = view_meant(rest, lookup)
    if view is not None and rest[0].quoted and takes_text(action, lookup):
        return None  # that is how a text is told from a view
    if view is None or calendar_meant(action, rest[0], lookup) is not None:
        return None
    _only_a_view(action, rest[:count], lookup)
    return _orders_of(view, rest[:count], lookup, action), list(rest[count:])


def view_meant(words: Sequence[Token], lookup: Lookup) -> tuple[View | None, int]:
    """The saved view whose name the first words are, and how many; the longest name wins.

    One's own stands before one that all have.
    """
    plain = next((p for p, word in enumerate(words) if word.quoted), len(words))
    known = lookup.views() if words else ()
    if words and words[0].quoted:
        view = _called(known, words[0].text)
        return view, 1 if view is not None else 0
    if known:
        for count in range(min(plain, _LONGEST), 0, -1):
            view = _called(known, " ".join(word.text for word in words[:count]))
            if view is not None:
                return view, count
    return None, 0


def names_a_set(words: Sequence[Token], lookup: Lookup) -> int:
    """How many of the words name orders, for who offers what comes behind; 0 for none."""
    if not words:
        return 0
    first = untargeted(words[0])[0]
    queue, count = _queue_meant(words)
    if queue is not None:
        return count
    if are_orders(first):
        return 2 if view_prefix(first) == "" and len(words) > 1 else 1
    return view_meant(words, lookup)[1]


def _called(views: Iterable[View], name: str) -> View | None:
    return next((view for view in views if bare(view.name) == bare(name)), None)


def _view_said(name: str, words: Sequence[Token], lookup: Lookup, action: Action) -> Targets:
    """The orders of a view after `view:`, where nothing else can be meant."""
    count = 1
    if not name and len(words) > 1 and words[0].end == words[1].start:
        name, count = words[1].text, 2
    elif name:
        for more in range(min(len(words), _LONGEST), 1, -1):
            said = " ".join([name, *(word.text for word in words[1:more])])
            if _called(lookup.views(), said) is not None:
                name, count = said, more
                break
    view = _called(lookup.views(), name)
    if view is None:
        what = N_("no view called “{name}”").format(name=name)
        raise WrongWords(words[0].start + 1, what, unfinished=True)
    return _orders_of(view, words[:count], lookup, action)


def _orders_of(view: View, words: Sequence[Token], lookup: Lookup, action: Action) -> Targets:
    over = takes_closed(action, view.query, at=lookup.at)
    numbers = lookup.in_view(view, over=over)
    column = words[0].start + 1
    if not numbers:
        raise Unclear(column, N_("no order is in the view “{name}” now").format(name=view.name))
    return Targets(
        numbers=tuple(few(list(numbers), column)),
        words=len(words),
        by_trait=True,
        meant=tuple(lookup.meant(view.query)),
        times=times_meant(view.query, at=lookup.at, zone=lookup.zone),
        left=0 if over else lookup.over(view.query),
    )


def _queue_meant(words: Sequence[Token]) -> tuple[str | None, int]:
    """A queue by a name of several words: at risk, waiting expired."""
    for count in range(min(len(words), _LONGEST_QUEUE), 1, -1):
        if not any(word.quoted for word in words[:count]):
            name = queue_named(" ".join(word.text for word in words[:count]))
            if name is not None:
                return name, count
    return None, 0


def _not_a_text(action: Action, word: Token, lookup: Lookup, queue: str | None) -> None:
    """Refuse what may as well begin what is to be written about the selected order."""
    if not takes_text(action, lookup):
        return
    bracketed = word.text.startswith("(") and word.text.endswith(")")
    if bracketed and only_words(word.text[1:-1]):
        what = N_("“{word}” may begin the text: {set} means orders found by it, quotes the text")
        inside = word.raw[1:-1].strip()
        what = what.format(word=word.raw, set=f"{{{inside}}}")
    elif word.text.casefold() in LISTED - {"*"}:
        what = N_("“{word}” means what is listed, too: * means these orders, quotes mean the text")
        what = what.format(word=word.raw)
    elif queue is not None:
        what = N_("“{word}” is a queue, too: ({name}) means its orders, quotes mean the text")
        name = word.raw if queue_named(word.text) == queue else queue
        what = what.format(word=word.raw, name=name)
    else:
        return
    raise WrongWords(word.start + 1, what)


def _only_a_view(action: Action, words: Sequence[Token], lookup: Lookup) -> None:
    said, column = " ".join(word.raw for word in words), words[0].start + 1
    text = " ".join(word.text for word in words)
    people = exactly(lookup.register("technician"), text)
    if people:
        what = N_("“{word}” is a view, view:{word} its orders, and a technician, {code} their own")
        raise WrongWords(column, what.format(word=said, code=people[0].code))
    if takes_text(action, lookup):
        what = N_("“{word}” is a view, too: view:{word} means its orders, quotes mean the text")
        raise WrongWords(column, what.format(word=said))


def only_words(query: str) -> bool:
    """Whether a filter has neither field nor flag nor number, and so may be any text."""
    try:
        asked = [parse(query)]
    except QueryUnclear:
        return False
    while asked:
        tree = asked.pop()
        if isinstance(tree, All | Either):
            asked += tree.parts
        elif isinstance(tree, Not):
            asked.append(tree.part)
        elif not isinstance(tree, Word):
            return False
    return True


def takes_text(action: Action, lookup: Lookup) -> bool:
    """Whether words may be meant for the selected order."""
    kinds = {question.kind for question in action.questions}
    return Kind.TEXT in kinds and lookup.selected is not None
