"""The tables of briefings: weeks, what each was made of, its versions, and who approved and sent it."""

from briefings.models.briefings import Approval, Briefing, BriefingInputs, BriefingVersion, Sending
from briefings.models.building import Build
from briefings.models.settings import BriefingSetting

__all__ = [
    "Approval",
    "Briefing",
    "BriefingInputs",
    "BriefingSetting",
    "BriefingVersion",
    "Build",
    "Sending",
]
