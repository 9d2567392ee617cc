"""What can go wrong with a briefing, and who mends it.

BriefingError
├── BadWeek           a week that cannot be read; say it as 2026-W47
├── BriefingRefused   an edit, approval or sending that may not be; the message says why (Vietnamese)
├── BadSource         a sentence without a source, or whose words are not those of its source
└── InputsLost        frozen inputs cannot be read back as they were: the archive was changed by hand
"""

from __future__ import annotations


class BriefingError(Exception):
    """Root of what this room raises."""


class BadWeek(BriefingError, ValueError):
    """The week cannot be read or has not come yet."""


class BriefingRefused(BriefingError):
    """The act was not done; the message says why and what to do (Vietnamese, for the officer)."""


class BadSource(BriefingError):
    """A sentence does not stand on its sources; nothing was kept."""


class InputsLost(BriefingError):
    """What a version was made of is no longer in the archive as it was."""
