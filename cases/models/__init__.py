"""The tables of what people decide."""

from cases.models.cases import Case
from cases.models.deadlines import CaseDeadline
from cases.models.decisions import Decision
from cases.models.documents import CaseDraft, DraftApproval, SentDocument
from cases.models.files import Attachment
from cases.models.history import CaseEvent, CaseEvidence
from cases.models.signals import SignalSetting
from cases.models.watch import CaseWatch

__all__ = [
    "Attachment",
    "Case",
    "CaseDeadline",
    "CaseDraft",
    "CaseEvent",
    "CaseEvidence",
    "CaseWatch",
    "Decision",
    "DraftApproval",
    "SentDocument",
    "SignalSetting",
]
