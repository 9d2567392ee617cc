"""The tables of the pages themselves: saved searches, invitations, the first-run wizard, API tokens."""

from web.models.invitations import Invitation
from web.models.saved import SavedSearch, SearchLook
from web.models.setup import SetupStep
from web.models.tokens import ApiAnswer, ApiMinute, ApiToken

__all__ = ["ApiAnswer", "ApiMinute", "ApiToken", "Invitation", "SavedSearch", "SearchLook", "SetupStep"]
