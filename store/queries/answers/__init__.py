"""Each question's type to the function that answers it, imported when it is asked first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from store.domain.intents import Query

Question = type[Query[Any]]
Answer = Callable[..., Any]

ANSWERED_IN: Mapping[str, Mapping[str, str]] = {
    "alarm_figures": {"AlarmRules": "alarm_figures"},
    "alarms": {"AlarmStrip": "alarms"},
    "arrange": {"Arrange": "arrange", "Swap": "arrange_swap"},
    "automatic": {
        "ListAutomatic": "automatic",
        "ModeFor": "automatic",
        "ToDispatch": "to_dispatch",
    },
    "backups": {"Backups": "backups"},
    "board": {
        "LineOf": "board",
        "QueueCounts": "counts",
        "QueuePage": "board",
        "QueuePosition": "board",
    },
    "caller_card": {"CardOfCaller": "caller_card"},
    "callers": {"CallersLike": "callers"},
    "calls": {"Calls": "calls", "NextCalls": "calls"},
    "calendars": {"CalendarNamed": "calendars", "ListCalendars": "calendars"},
    "card": {"OrderCard": "card", "Trace": "card"},
    "crews": {"ShortCrews": "crews"},
    "customer_doubles": {
        "CustomerDoubles": "customer_doubles",
        "WouldMerge": "customer_merging",
    },
    "customers": {
        "ListContracts": "customers",
        "ShowContact": "customer_entries",
        "ShowCustomer": "customers",
        "StreamCustomers": "customer_entries",
    },
    "corrective": {
        "ActionSteps": "corrective",
        "ListActions": "corrective",
        "ShowAction": "corrective",
    },
    "daily": {"ListDaily": "daily"},
    "days": {"TechnicianDays": "days"},
    "exceptions": {
        "ExceptionSteps": "exceptions",
        "ListExceptions": "exceptions",
        "ListLimits": "exception_limits",
        "LiveGrants": "exceptions",
        "ShowException": "exceptions",
    },
    "deeds": {"Deeds": "deeds"},
    "doctor": {
        "ExamineDesk": "doctor_desk",
        "ExamineOrders": "doctor_orders",
        "NewestSeal": "doctor_desk",
    },
    "drill": {
        "DrillRecords": "drill_records",
        "UsualCalls": "drill",
        "WhereAllAre": "drill",
        "WrittenSince": "drill",
    },
    "explain": {"Explain": "explain"},
    "figures": {"DispatchFigures": "figures"},
    "files": {"CountFiles": "files"},
    "finding": {
        "CountOrders": "finding",
        "FindOrders": "finding",
        "NamesMeant": "finding_meant",
    },
    "forecast": {"Forecast": "forecast"},
    "handover": {
        "ListHandovers": "handover",
        "ShowHandover": "handover",
    },
    "health": {"Health": "health"},
    "heard": {
        "BadAnswers": "heard",
        "Heard": "heard",
        "HeardOf": "heard",
        "ToAsk": "heard",
    },
    "heeds": {"Heeds": "heeds"},
    "holder": {"DeskHolder": "holder"},
    "ideas": {"ListIdeas": "ideas"},
    "incidents": {"ListIncidents": "incidents", "NoticesGiven": "incidents"},
    "kpi": {"KpiCalled": "kpi_called", "KpiRows": "kpi", "Kpis": "kpi"},
    "levels": {"ListLevels": "levels"},
    "likely": {"LikelyOrders": "likely"},
    "lists": {
        "ListAlarms": "lists",
        "ListCustomers": "lists",
        "ListOrders": "orders",
        "ListSites": "lists",
        "ListTechnicians": "technicians",
        "OrdersNumbered": "orders",
        "StreamOrders": "orders",
    },
    "inspections": {
        "InspectionSteps": "inspections",
        "InspectionsOf": "inspections",
        "ListDraws": "inspections",
        "ListInspections": "inspections",
        "ListSheets": "inspections",
        "RerunDraw": "inspections",
        "ShowInspection": "inspections",
    },
    "named": {"JobsOf": "named", "LinesOf": "named", "WhoCan": "named"},
    "notices": {"Notices": "notices"},
    "operator_keys": {"KeysOf": "operator_keys"},
    "past": {"DeskThen": "past"},
    "packs": {
        "ComingPacks": "packs",
        "DayWork": "packs",
        "ListBaselines": "packs",
        "ListPacks": "packs",
        "ShowBaseline": "packs",
        "ShowPack": "packs",
        "SureFigures": "kpi_sure",
    },
    "people": {
        "DeskEmpty": "people",
        "DeskUntouched": "people",
        "ListOperators": "operators",
        "OperatorNamed": "operators",
        "Operators": "operators",
        "PeopleNamed": "people",
        "TechnicianBoard": "people",
    },
    "plans": {"ForetellPlan": "plans", "ListPlans": "plans", "ShowPlan": "plans"},
    "presence": {"WhoIsThere": "presence"},
    "promised": {"ArriveBy": "promised", "PromisedNow": "promised", "ResolveBy": "promised"},
    "radar": {"ListRadar": "radar"},
    "recommend": {"WhoGoes": "recommend"},
    "scorecard": {"ScoreCards": "scorecard", "ScoreOrders": "scorecard"},
    "skills": {"ListTrainings": "skills", "SkillsMatrix": "skills"},
    "registers": {
        "ListRegions": "registers",
        "ListWishes": "registers",
        "StreamTechnicians": "technician_entries",
    },
    "revisits": {"ListRevisits": "revisits", "ShowRevisit": "revisits"},
    "review": {"Review": "review"},
    "replan": {"BoardToPlan": "replan"},
    "sop": {"ListProcedures": "sop", "OrderSteps": "sop", "ProcedureText": "sop"},
    "strangers": {"Strangers": "strangers"},
    "kinds": {"KindsOfWork": "kinds", "OrdersOfKind": "kinds"},
    "usual": {"AssetsLike": "usual_words", "KindsLike": "usual_words", "UsualFor": "usual"},
    "views": {"CountViews": "views", "ListViews": "views"},
    "projects": {
        "ListDepartments": "projects",
        "ListProjects": "projects",
        "ProjectSteps": "projects",
        "ShowProject": "projects",
    },
    "voices": {
        "ListVoices": "voices",
        "ShowVoice": "voices",
        "VoiceSteps": "voices",
        "VoicesOf": "voices",
    },
}
"""By the module and name of a question: the module whose function of that name answers it."""


class _Answers(Mapping[Question, Answer]):
    """The first rows of a console need few of the answers; it does not wait for the others."""

    def __init__(self) -> None:
        self._known: dict[Question, Answer] = {}

    def __getitem__(self, question: Question) -> Answer:
        known = self._known.get(question)
        if known is None:
            known = self._known[question] = _answer(question)
        return known

    def __iter__(self) -> Iterator[Question]:
        for module, questions in ANSWERED_IN.items():
            asked = import_module(f"store.queries.{module}")
            yield from (getattr(asked, name) for name in questions)

    def __len__(self) -> int:
        return sum(map(len, ANSWERED_IN.values()))


def _answer(question: Question) -> Answer:
    name, asked_in = question.__name__, question.__module__.rpartition(".")[2]
    module = import_module(f"store.queries.answers.{ANSWERED_IN[asked_in][name]}")
    answer: Answer = getattr(module, re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower())
    return answer


ANSWERS: Mapping[Question, Answer] = _Answers()
