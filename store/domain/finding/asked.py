"""A query as it is asked at a moment: what only then is seen to end before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.finding.fields import FIELDS, Kind
from store.domain.finding.lexer import Piece, cut
from store.domain.finding.parser import parse
from store.domain.finding.stretches import is_none, stretch
from store.domain.finding.tree import Sign, Times
from store.domain.finding.values import ends_early, read_time_value

if TYPE_CHECKING:
    from store.domain.finding.stretches import Here
    from store.domain.finding.tree import Tree


def parse_asked(text: str, here: Here) -> Tree:
    """The tree of a query; `QueryUnclear` also for a stretch that is none here and now.

    `2026-11-01..today` is one in December and was none in October, so that a query that is kept
    is not refused for it: it finds nothing until then.
    """
    tree = parse(text)
    for token in cut(text):
        if token.piece is not Piece.TEST or FIELDS[token.text].kind is not Kind.TIME:
            continue
        for given in token.values:
            value = read_time_value(given.text)
            ahead = FIELDS[token.text].ahead
            if isinstance(value, Times) and is_none(stretch(Sign.IS, value, here, ahead=ahead)):
                raise ends_early(given)
    return tree
