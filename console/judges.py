"""Whether the words of an answer can be taken, said when it is given and not after the last one.

Each raises `BadInput` as what makes the command would; that is read where it is first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.actions_kinds import Told


def stage(said: str, _told: Told) -> None:
    """A stage of projects."""
    from console.words_projects import stage_read

    stage_read(said)


def about(said: str, _told: Told) -> None:
    """What a complaint is about."""
    from console.words_voices import about_read

    about_read(said)


def part(said: str, _told: Told) -> None:
    """How much of an exception is used."""
    from console.words_exceptions import part_meant

    part_meant(said)


def amount(said: str, _told: Told) -> None:
    """A whole amount of money."""
    from console.idea_commands import amount_meant

    amount_meant(said)


def week(said: str, _told: Told) -> None:
    """A week, or the last one."""
    from console.inspection_commands import week_read
    from store.domain.inspection_weeks import monday_of

    meant = week_read(said)
    if meant:
        monday_of(meant)


def measure(said: str, _told: Told) -> None:
    """A figure by its name."""
    from store.domain.effects import checked_measure

    checked_measure(said)


def goal(said: str, told: Told) -> None:
    """What the figure said before is to come to."""
    from store.domain.effects import checked_measure, read_goal

    read_goal(said, checked_measure(told["measure"]))


def days(said: str, _told: Told) -> None:
    """How many days."""
    from console.corrective_commands import days_meant

    days_meant(said)


def standard(said: str, _told: Told) -> None:
    """What an action was closed by."""
    from console.corrective_commands import standard_meant
    from store.commands.inputs import one_of
    from store.domain.corrective import Standard
    from store.domain.words import N_

    one_of(standard_meant(said), list(Standard), N_("what was changed"))


def subject(said: str, _told: Told) -> None:
    """In what a training is."""
    from console.training_commands import subject_meant
    from store.commands.inputs import one_of
    from store.domain.trainings import Subject
    from store.domain.words import N_

    one_of(subject_meant(said), tuple(Subject), N_("subject"))


def gives(said: str, _told: Told) -> None:
    """What whoever passes a training has."""
    from console.training_commands import given

    given(said)
