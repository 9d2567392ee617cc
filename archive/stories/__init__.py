"""Stories: which articles print the same text, who printed first, and what follows on the same event.

A story is a text with its confirmed reprints. What may be a reprint, and other texts on the same event,
are links between articles of different stories: shown, counted, and left to people to merge.
"""

from archive.stories.assign import Assignment, Resemblance, assign, awaiting_story, mark_for_story
from archive.stories.decide import StoryError, keep_apart, merge, split
from archive.stories.differences import Differences, differences
from archive.stories.lock import Stored, StoryLock, prune_signatures, story_lock
from archive.stories.printed import printed_at
from archive.stories.reading import Telling, current_story, related_stories, suggestions, tellings

__all__ = [
    "Assignment",
    "Differences",
    "Resemblance",
    "Stored",
    "StoryError",
    "StoryLock",
    "Telling",
    "assign",
    "awaiting_story",
    "current_story",
    "differences",
    "keep_apart",
    "mark_for_story",
    "merge",
    "printed_at",
    "prune_signatures",
    "related_stories",
    "split",
    "story_lock",
    "suggestions",
    "tellings",
]
