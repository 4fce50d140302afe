"""Every intent of an operator: which function carries it out, and which right it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from store.commands.alarms import (
    Acknowledge,
    ShelveAlarm,
    UnshelveAlarm,
    acknowledge,
    shelve_alarm,
    unshelve_alarm,
)
from store.commands.automatic import SENDING, SendAsShown, SendNominee, SetAutomatic, set_automatic
from store.commands.backups import SetBackups, set_backups
from store.commands.begin import StartEmpty, start_empty
from store.commands.contact import (
    ChaseOrder,
    FollowOrder,
    NoteOrder,
    UnfollowOrder,
    UpdateCustomer,
    chase_order,
    follow_order,
    note_order,
    tell_customer,
    unfollow_order,
)
from store.commands.corrective import ACTIONS_DONE, JUDGING
from store.commands.customers import CUSTOMERS, ERASE
from store.commands.daily import AskDaily, ask_daily
from store.commands.drills import RecordDrill, record_drill
from store.commands.exceptions import EXCEPTIONS_DONE, SetExceptionLimit
from store.commands.figures import RECKONING, LoadTravel, SetFigure
from store.commands.follow_ups import FOLLOW_UPS, KeepFollowUp, PromiseFollowUp
from store.commands.handover import (
    HANDOVERS,
    AcceptHandover,
    NoteHandover,
    OfferHandover,
    TickRisks,
    WithdrawHandover,
)
from store.commands.heard import HEARD, OF_ONE, AnswerByCode, RecordCall
from store.commands.kinds import SaveKind, save_kind
from store.commands.locks import LOCKS
from store.commands.mend import MendStore, mend_store
from store.commands.moves import MoveOrder, move_order
from store.commands.operator_codes import CODES, EnterByCode, OfferCode, UseCode
from store.commands.operator_keys import KEYS
from store.commands.operators import OPERATORS, SaveOperator, WelcomeOperator
from store.commands.orders import (
    EditOrder,
    NewOrder,
    SetPriority,
    edit_order,
    new_order,
    set_priority,
)
from store.commands.people import (
    PEOPLE,
    EndAbsence,
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveShift,
    SaveTechnician,
)
from store.commands.places import PLACES, SaveAsset, SaveCustomer, SaveRegion, SaveSite
from store.commands.plans import PLANS, EndPlan, PausePlan, ResumePlan, SavePlan, SkipOccurrence
from store.commands.projects import PROJECTS_DONE
from store.commands.projects_asked import AdvanceProject, PutInProject, SaveDepartments
from store.commands.promises import PROMISES, ExtendCalendar, SaveCalendar, SaveLevel
from store.commands.quality import DECIDING, QUALITY, ImportSheet
from store.commands.radar import RADAR, LookAround
from store.commands.recalls import SeeRecalls, acknowledge_recalls
from store.commands.relations import (
    RELATIONS,
    DeclareIncident,
    LinkOrders,
    PutUnder,
    SplitOrder,
    StandDown,
    TakeOut,
    TellFamily,
    UnlinkOrders,
)
from store.commands.replan import AcceptProposal, accept_proposal
from store.commands.sessions import SESSIONS
from store.commands.sight import handled, permit
from store.commands.sop import SOP, STEPS, ImportProcedure
from store.commands.together import Together, together
from store.commands.trainings import TRAININGS
from store.commands.undo import Undo, undo
from store.commands.views import DropView, SaveView, drop_view, save_view
from store.domain.intents import Command, Done
from store.domain.who import Right

Handler = Callable[[Any, Any], Done]
"""(work, command) to what was done."""

_SINGLE: Mapping[type[Command], Handler] = {
    NewOrder: new_order,
    EditOrder: edit_order,
    SetPriority: set_priority,
    MoveOrder: move_order,
    **SENDING,
    NoteOrder: note_order,
    UpdateCustomer: tell_customer,
    ChaseOrder: chase_order,
    FollowOrder: follow_order,
    UnfollowOrder: unfollow_order,
    AskDaily: ask_daily,
    Acknowledge: acknowledge,
    ShelveAlarm: shelve_alarm,
    UnshelveAlarm: unshelve_alarm,
    **FOLLOW_UPS,
    **HEARD,
    **ACTIONS_DONE,
    **EXCEPTIONS_DONE,
    **QUALITY,
    **RADAR,
    **PROJECTS_DONE,
    **SOP,
    **RELATIONS,
    **LOCKS,
    SeeRecalls: acknowledge_recalls,
    Undo: undo,
    **PEOPLE,
    **PLACES,
    SaveKind: save_kind,
    **CUSTOMERS,
    **ERASE,
    **OPERATORS,
    **KEYS,
    **CODES,
    **PROMISES,
    MendStore: mend_store,
    StartEmpty: start_empty,
    SaveView: save_view,
    DropView: drop_view,
    SetAutomatic: set_automatic,
    **RECKONING,
    RecordDrill: record_drill,
    SetBackups: set_backups,
    **SESSIONS,
    AcceptProposal: accept_proposal,
    **HANDOVERS,
    **PLANS,
    **TRAININGS,
}

_OF_ORDERS: frozenset[type[Command]] = frozenset(
    {
        NewOrder,
        EditOrder,
        SetPriority,
        MoveOrder,
        *SENDING,
        NoteOrder,
        UpdateCustomer,
        ChaseOrder,
        FollowOrder,
        UnfollowOrder,
        AskDaily,
        Acknowledge,
        ShelveAlarm,
        UnshelveAlarm,
        *FOLLOW_UPS,
        *(*OF_ONE, PutInProject),
        SeeRecalls,
        *(*STEPS, *RELATIONS, *LOCKS),
    }
)

OF_ORDERS = _OF_ORDERS | {Together, Undo, AcceptProposal}
"""What is done to orders, and can be taken back."""

CAN_BE_TAKEN_BACK = OF_ORDERS | {*PLANS, SaveView, DropView, SetAutomatic, SetFigure}
CAN_BE_TAKEN_BACK |= {SaveAbsence, EndAbsence, AdvanceProject}
"""What `Undo` takes back: done to orders, bells, plans, views, modes, figures, absences, stages."""

HANDLERS: Mapping[type[Command], Handler] = {
    **_SINGLE,
    Together: together({command: _SINGLE[command] for command in _OF_ORDERS}),
}

_REGISTER = frozenset({SaveRegion, SaveSite, SaveCustomer, SaveAsset, SaveTechnician})
_REGISTER |= {SaveCertificate, SaveShift, SaveAbsence, EndAbsence, StartEmpty}
_REGISTER |= {LookAround, *CUSTOMERS, *TRAININGS, SaveDepartments}
_CONFIGURE = frozenset({SaveKind, SaveCalendar, ExtendCalendar, SaveLevel, MendStore}) | {
    *(SetAutomatic, ImportProcedure, ImportSheet, *RECKONING, *ERASE)
}
_ADMINISTER = frozenset({*OPERATORS, *KEYS, *SESSIONS, OfferCode, SetBackups, SetExceptionLimit})


def _right(command: type[Command]) -> Right:
    if command in {UseCode, EnterByCode, AnswerByCode}:
        return Right.READ  # whoever knows the code may, be it at a door that knows nobody yet
    if command in _ADMINISTER:
        return Right.ADMINISTER
    if command in _CONFIGURE:
        return Right.CONFIGURE
    if command in JUDGING | DECIDING:
        return Right.SUPERVISE
    return Right.REGISTER if command in _REGISTER else Right.DISPATCH


RIGHTS: Mapping[type[Command], Right] = {command: _right(command) for command in HANDLERS}

OF_A_SITE = frozenset({SaveAsset, SaveCertificate, SaveShift, SaveAbsence, EndAbsence, *TRAININGS})
"""What an operator of some sites may keep there; other registers are the whole desk's."""

DESK_WIDE = (_REGISTER - OF_A_SITE) | _CONFIGURE | _ADMINISTER | DECIDING

OWES_ORDERS = frozenset(
    {SaveCalendar, ExtendCalendar, SaveLevel, MendStore}
    | {SaveSite, SaveCustomer, SaveAsset, SaveTechnician, *CUSTOMERS, *ERASE}
)
"""What may owe more orders than one transaction should hold their due times, or their words."""

__all__ = [
    "CAN_BE_TAKEN_BACK",
    "DESK_WIDE",
    "HANDLERS",
    "OF_A_SITE",
    "OF_ORDERS",
    "OWES_ORDERS",
    "RIGHTS",
    "AcceptHandover",
    "AcceptProposal",
    "Acknowledge",
    "ChaseOrder",
    "DeclareIncident",
    "DropView",
    "EditOrder",
    "EndAbsence",
    "EndPlan",
    "ExtendCalendar",
    "FollowOrder",
    "Handler",
    "KeepFollowUp",
    "LinkOrders",
    "LoadTravel",
    "MendStore",
    "MoveOrder",
    "MoveTechnician",
    "NewOrder",
    "NoteHandover",
    "NoteOrder",
    "OfferHandover",
    "PausePlan",
    "PromiseFollowUp",
    "PutUnder",
    "RecordCall",
    "RecordDrill",
    "ResumePlan",
    "SaveAbsence",
    "SaveAsset",
    "SaveCalendar",
    "SaveCertificate",
    "SaveCustomer",
    "SaveKind",
    "SaveLevel",
    "SaveOperator",
    "SavePlan",
    "SaveRegion",
    "SaveShift",
    "SaveSite",
    "SaveTechnician",
    "SaveView",
    "SeeRecalls",
    "SendAsShown",
    "SendNominee",
    "SetAutomatic",
    "SetBackups",
    "SetFigure",
    "SetPriority",
    "ShelveAlarm",
    "SkipOccurrence",
    "SplitOrder",
    "StandDown",
    "TakeOut",
    "TellFamily",
    "TickRisks",
    "Together",
    "Undo",
    "UnfollowOrder",
    "UnlinkOrders",
    "UnshelveAlarm",
    "UpdateCustomer",
    "WelcomeOperator",
    "WithdrawHandover",
    "handled",
    "permit",
]
