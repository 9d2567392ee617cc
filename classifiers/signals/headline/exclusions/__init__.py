"""States of a headline that its text excludes, from a list of words (``pairs.txt``)."""
