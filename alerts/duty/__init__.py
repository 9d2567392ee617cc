"""What is due by the clock: digests, escalation, and sources that fell silent."""
