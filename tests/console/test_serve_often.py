"""What sessions use again and again lies side by side in the memory that they share."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

from console.serve import often
from tests.console.apps import scattered

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 0.85
"""Of what is named; the rest has another name by now, and costs a page each."""
MADE_UP = "__create_fn__"
"""By whoever makes a class of fields."""


def test_a_function_does_the_same_with_its_code_moved() -> None:
    """With its defaults, what it closes over and what is written within it."""
    before = scattered.answers()
    functions = [one for one in vars(scattered).values() if isinstance(one, FunctionType)]
    functions += [one for one in scattered.CLOSED if isinstance(one, FunctionType)]
    codes = {one.__qualname__: one.__code__ for one in functions}
    names = ("plain", "within.<locals>.<listcomp>", "closes.<locals>.add")
    named = frozenset(f"{scattered.__name__}:{name}" for name in names)
    assert often.together(functions, named) == 5  # and the two around
    moved = {one.__qualname__ for one in functions if one.__code__ is not codes[one.__qualname__]}
    assert moved == {"plain", "within", "closes", "closes.<locals>.add"}
    assert scattered.answers() == before
    first, second = functions[-2:]
    assert first.__code__ is second.__code__


def test_most_of_our_own_that_is_named_is_there() -> None:
    """`python -m tests.bench.often` names it anew."""
    told = [one.partition(":")[::2] for one in often.told(often.FUNCTIONS)]
    ours = [
        (module, name)
        for module, name in told
        if module.startswith(("console.", "store.")) and MADE_UP not in name
    ]
    there = {module: set(_written_in(module)) for module, _name in ours}
    missing = [one for one in ours if one[1] not in there[one[0]]]
    assert len(ours) > 300
    assert len(missing) <= (1 - LEAST) * len(ours), missing
    assert all(word.isidentifier() for word in often.told(often.WORDS))


def _written_in(module: str) -> Iterator[str]:
    """The names of all code of a module."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return
    todo = [compile(Path(spec.origin).read_text("utf-8"), spec.origin, "exec")]
    while todo:
        code = todo.pop()
        yield code.co_qualname
        todo += [one for one in code.co_consts if isinstance(one, CodeType)]
