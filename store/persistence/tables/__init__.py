"""Every table of the store; importing this fills the metadata."""

from __future__ import annotations

from store.persistence.tables.automatic import AutomaticRow, NomineeRow
from store.persistence.tables.base import Base
from store.persistence.tables.care import ContractRow, CustomerCareRow
from store.persistence.tables.corrective import CorrectiveRow, CorrectiveWhyRow
from store.persistence.tables.dispatch import (
    DispatchFigureRow,
    TechnicianRegionRow,
    TechnicianWishRow,
    TravelLoadRow,
    TravelRowRow,
    WorkKindRow,
)
from store.persistence.tables.exceptions import (
    ExceptionDelegateRow,
    ExceptionLimitRow,
    OrderExceptionRow,
)
from store.persistence.tables.handovers import HandoverItemRow, HandoverNoteRow, HandoverRow
from store.persistence.tables.ideas import FundEntryRow, FundRow, IdeaRow
from store.persistence.tables.inspections import (
    InspectionDrawRow,
    InspectionRow,
    InspectionSheetRow,
)
from store.persistence.tables.kpi import KpiDayRow, KpiOrderRow, KpiSpreadRow
from store.persistence.tables.orders import ClockRow, PauseRow, VisitRow, WorkOrderRow
from store.persistence.tables.packs import BaselinePartRow, BaselineRow, PackRow
from store.persistence.tables.people import (
    AbsenceRow,
    CertificateRow,
    OperatorKeyRow,
    OperatorRow,
    OperatorSiteRow,
    ShiftRow,
    SkillRow,
    TechnicianRow,
    TechnicianSkillRow,
)
from store.persistence.tables.places import (
    AssetRow,
    CallerKeyRow,
    ContactRow,
    CustomerRow,
    CustomerTagRow,
    RegionRow,
    SiteRow,
)
from store.persistence.tables.plans import PlanOccurrenceRow, PlanRow
from store.persistence.tables.presence import PresenceRow
from store.persistence.tables.projects import (
    DepartmentRow,
    HandoffRow,
    ProjectRow,
    ProjectStageRow,
    ProjectStepRow,
)
from store.persistence.tables.promises import (
    CalendarRow,
    CalendarVersionRow,
    HorizonRow,
    ServiceLevelRow,
)
from store.persistence.tables.radar import RecurrenceRow
from store.persistence.tables.revisits import RevisitRow
from store.persistence.tables.search import SearchRow
from store.persistence.tables.sop import OrderStepRow, ProcedureRow
from store.persistence.tables.trail import (
    ImportRow,
    JournalRow,
    ReceiptRow,
    SealRow,
    StoreMetaRow,
)
from store.persistence.tables.training import ReminderRow, TrainingRow
from store.persistence.tables.views import ViewRow
from store.persistence.tables.voices import VoiceRow
from store.persistence.tables.watch import AlarmRow, FollowUpRow, OutboxRow, TimerRow

metadata = Base.metadata

__all__ = [
    "AbsenceRow",
    "AlarmRow",
    "AssetRow",
    "AutomaticRow",
    "Base",
    "BaselinePartRow",
    "BaselineRow",
    "CalendarRow",
    "CalendarVersionRow",
    "CallerKeyRow",
    "CertificateRow",
    "ClockRow",
    "ContactRow",
    "ContractRow",
    "CorrectiveRow",
    "CorrectiveWhyRow",
    "CustomerCareRow",
    "CustomerRow",
    "CustomerTagRow",
    "DepartmentRow",
    "DispatchFigureRow",
    "ExceptionDelegateRow",
    "ExceptionLimitRow",
    "FollowUpRow",
    "FundEntryRow",
    "FundRow",
    "HandoffRow",
    "HandoverItemRow",
    "HandoverNoteRow",
    "HandoverRow",
    "HorizonRow",
    "IdeaRow",
    "ImportRow",
    "InspectionDrawRow",
    "InspectionRow",
    "InspectionSheetRow",
    "JournalRow",
    "KpiDayRow",
    "KpiOrderRow",
    "KpiSpreadRow",
    "NomineeRow",
    "OperatorKeyRow",
    "OperatorRow",
    "OperatorSiteRow",
    "OrderExceptionRow",
    "OrderStepRow",
    "OutboxRow",
    "PackRow",
    "PauseRow",
    "PlanOccurrenceRow",
    "PlanRow",
    "PresenceRow",
    "ProcedureRow",
    "ProjectRow",
    "ProjectStageRow",
    "ProjectStepRow",
    "ReceiptRow",
    "RecurrenceRow",
    "RegionRow",
    "ReminderRow",
    "RevisitRow",
    "SealRow",
    "SearchRow",
    "ServiceLevelRow",
    "ShiftRow",
    "SiteRow",
    "SkillRow",
    "StoreMetaRow",
    "TechnicianRegionRow",
    "TechnicianRow",
    "TechnicianSkillRow",
    "TechnicianWishRow",
    "TimerRow",
    "TrainingRow",
    "TravelLoadRow",
    "TravelRowRow",
    "ViewRow",
    "VisitRow",
    "VoiceRow",
    "WorkKindRow",
    "WorkOrderRow",
    "metadata",
]
