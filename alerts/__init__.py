"""Rules, grouping, the outbox, and the channels that deliver from it."""
