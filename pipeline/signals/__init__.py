"""Articles beside what they can be checked against: the step that joins signals to archive and stories."""
