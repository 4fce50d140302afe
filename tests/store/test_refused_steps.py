"""A digit that would be refused now stands in brackets; every other one may be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import render_corrective, render_projects, render_voices
from store.commands.corrective import AddWhy, FinishAction, StartAction
from store.commands.voices import AnswerComplaint, CloseComplaint, KeepPraise
from store.domain.corrective_steps import ACT_DAYS
from store.queries.corrective import ShowAction
from store.queries.voices import ShowVoice
from tests.store.desk import ANA, BO, do, minutes
from tests.store.project_desk import begun, card, departments, handed, taken
from tests.store.test_corrective import OVER, an_action, planned
from tests.store.test_voices import complained

if TYPE_CHECKING:
    from datetime import datetime

    from console.looks import Parts
    from store.records import Records


def bracketed(lines: tuple[Parts, ...]) -> str:
    """The digits that stand in brackets."""
    said = "".join(text for line in lines for text, _tone in line)
    return "".join(sign for sign in "1234567890" if f"({sign})" in said)


def of_action(records: Records, action: int, at: datetime) -> str:
    """Those of the board of actions."""
    line = records.ask(ShowAction(action=action), who=ANA, at=at)
    return bracketed(render_corrective.action_told(line, at=at, zone=None, width=80))


def test_of_an_action_its_stage_says_which_keys_do_nothing(records: Records) -> None:
    """Nobody begins without a goal, and nobody judges while its effect is observed."""
    bare, action = an_action(records), planned(records)
    assert of_action(records, bare, minutes(35)) == "56789"
    do(records, AddWhy(action=bare, why="x", evidence="y"), at=minutes(36))
    assert of_action(records, action, minutes(35)) == "6789"
    do(records, StartAction(action=action), at=minutes(40))
    assert of_action(records, action, minutes(41)) == "145789"
    do(records, FinishAction(action=action, done="x"), at=minutes(50), who=BO)
    assert of_action(records, action, minutes(51)) == "1356789"
    assert of_action(records, action, minutes(OVER + ACT_DAYS)) == "13569"


def of_voice(records: Records, voice: int) -> str:
    """Those of the list of complaints."""
    line = records.ask(ShowVoice(voice=voice), who=ANA, at=minutes(1))
    return bracketed(render_voices.voice_told(line, at=minutes(1), zone=None, width=80))


def test_a_complaint_is_closed_and_acted_on_once_its_cause_is_known(records: Records) -> None:
    """Of what is over, and of praise, hardly anything is left to do."""
    voice = complained(records)
    assert of_voice(records, voice) == "34"
    do(records, AnswerComplaint(complaint=voice, told="soon", whom="Li"))
    assert of_voice(records, voice) == "34"
    do(records, CloseComplaint(complaint=voice, cause="schedule"))
    assert of_voice(records, voice) == "1230"
    praise = int(do(records, KeepPraise(said="quick", customer="C1")).facts["id"])
    assert of_voice(records, praise) == "1234"


def test_a_project_is_taken_by_whose_turn_it_is(records: Records) -> None:
    """What waits for an answer is not handed on; what does not is not answered."""
    departments(records)
    project = begun(records)

    def told() -> str:
        line = card(records, project).line
        return bracketed(render_projects.project_told(line, at=minutes(9), zone=None, width=80))

    assert told() == "23"
    handed(records, project, "design", 5)
    assert told() == "149"
    taken(records, project, 6)
    assert told() == "23"
