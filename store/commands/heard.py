"""What is heard of customers: calls and surveys; which function does each intent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.calls import RecordCall, record_call
from store.commands.revisits import RecordRevisit, record_revisit
from store.commands.surveys import (
    SURVEY_COMMANDS,
    AnswerByCode,
    FindCause,
    GiveSurveyCode,
    MissCustomer,
    RateOrder,
    RefuseSurvey,
    answer_by_code,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command, Done

OF_ONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    RecordCall: record_call,
    RecordRevisit: record_revisit,
    **SURVEY_COMMANDS,
}
"""What names its order."""
HEARD: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    **OF_ONE,
    AnswerByCode: answer_by_code,
}

__all__ = [
    "HEARD",
    "OF_ONE",
    "AnswerByCode",
    "FindCause",
    "GiveSurveyCode",
    "MissCustomer",
    "RateOrder",
    "RecordCall",
    "RecordRevisit",
    "RefuseSurvey",
]
