"""What is written at an order never runs where somebody copies the command that is shown of it."""

from __future__ import annotations

import shlex

from console.render_kinds import kind_told
from store.queries.kinds import KindOfWork


def test_a_kind_is_one_word_of_the_command_that_is_shown() -> None:
    """Whatever whoever wrote it down, or its file, has in it."""
    for code in ("lift", "roof work", "$(reboot)", "x'; reboot; '", "`id`", "电梯"):
        line = KindOfWork(
            code=code, name="", known=False, open=1, orders=1, usual_s=None, skill=None, level=1,
            certificate="", procedure=0, steps=0,
        )  # fmt: skip
        told = "".join(text for parts in kind_told(line, 80) for text, _tone in parts)
        command = told[told.index("paidan add kind") : told.index(" says it")]
        assert shlex.split(command)[3] == code
