"""The tables of the pages themselves: saved searches, invitations, the first-run wizard."""

from web.models.invitations import Invitation
from web.models.saved import SavedSearch, SearchLook
from web.models.setup import SetupStep

__all__ = ["Invitation", "SavedSearch", "SearchLook", "SetupStep"]
