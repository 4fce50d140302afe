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
from store.commands.begin import StartEmpty, start_empty
from store.commands.calls import RecordCall, record_call
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
from store.commands.drills import RecordDrill, record_drill
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
from store.commands.kinds import SaveKind, save_kind
from store.commands.locks import LOCKS
from store.commands.mend import MendStore, mend_store
from store.commands.moves import MoveOrder, move_order
from store.commands.orders import (
    EditOrder,
    NewOrder,
    SetPriority,
    edit_order,
    new_order,
    set_priority,
)
from store.commands.people import (
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveOperator,
    SaveShift,
    SaveTechnician,
    WelcomeOperator,
    move_technician,
    save_absence,
    save_certificate,
    save_operator,
    save_shift,
    save_technician,
    welcome_operator,
)
from store.commands.places import (
    SaveAsset,
    SaveCustomer,
    SaveRegion,
    SaveSite,
    save_asset,
    save_customer,
    save_region,
    save_site,
)
from store.commands.plans import (
    PLANS,
    EndPlan,
    PausePlan,
    ResumePlan,
    SavePlan,
    SkipOccurrence,
)
from store.commands.promises import PROMISES, ExtendCalendar, SaveCalendar, SaveLevel
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
from store.commands.sight import handled
from store.commands.together import Together, together
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
    Acknowledge: acknowledge,
    ShelveAlarm: shelve_alarm,
    UnshelveAlarm: unshelve_alarm,
    **FOLLOW_UPS,
    RecordCall: record_call,
    **RELATIONS,
    **LOCKS,
    SeeRecalls: acknowledge_recalls,
    Undo: undo,
    MoveTechnician: move_technician,
    SaveRegion: save_region,
    SaveSite: save_site,
    SaveCustomer: save_customer,
    SaveAsset: save_asset,
    SaveTechnician: save_technician,
    SaveCertificate: save_certificate,
    SaveKind: save_kind,
    SaveShift: save_shift,
    SaveAbsence: save_absence,
    SaveOperator: save_operator,
    WelcomeOperator: welcome_operator,
    **PROMISES,
    MendStore: mend_store,
    StartEmpty: start_empty,
    SaveView: save_view,
    DropView: drop_view,
    SetAutomatic: set_automatic,
    **RECKONING,
    RecordDrill: record_drill,
    AcceptProposal: accept_proposal,
    **HANDOVERS,
    **PLANS,
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
        Acknowledge,
        ShelveAlarm,
        UnshelveAlarm,
        *FOLLOW_UPS,
        RecordCall,
        SeeRecalls,
        *RELATIONS,
        *LOCKS,
    }
)

OF_ORDERS = _OF_ORDERS | {Together, Undo, AcceptProposal}
"""What is done to orders, and can be taken back."""

CAN_BE_TAKEN_BACK = OF_ORDERS | set(PLANS) | {SaveView, DropView, SetAutomatic, SetFigure}
"""What `Undo` takes back: what is done to orders, and to bells, plans, views, modes, figures."""

HANDLERS: Mapping[type[Command], Handler] = {
    **_SINGLE,
    Together: together({command: _SINGLE[command] for command in _OF_ORDERS}),
}

_CONFIGURE = frozenset(
    {
        SaveRegion,
        SaveSite,
        SaveCustomer,
        SaveAsset,
        SaveTechnician,
        SaveCertificate,
        SaveKind,
        SaveShift,
        SaveAbsence,
        SaveOperator,
        WelcomeOperator,
        SaveCalendar,
        ExtendCalendar,
        SaveLevel,
        SetAutomatic,
        *RECKONING,
        MendStore,
    }
)

RIGHTS: Mapping[type[Command], Right] = {
    command: Right.CONFIGURE if command in _CONFIGURE else Right.DISPATCH for command in HANDLERS
}

OF_A_SITE = frozenset({SaveAsset, SaveCertificate, SaveShift, SaveAbsence})
"""Settings that an operator of some sites may change there; the others are the whole desk's."""

DESK_WIDE = _CONFIGURE - OF_A_SITE

OWES_ORDERS = frozenset(
    {SaveCalendar, ExtendCalendar, SaveLevel, MendStore}
    | {SaveSite, SaveCustomer, SaveAsset, SaveTechnician}
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
]
