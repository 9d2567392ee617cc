"""When a case must be where: dated rules, working days, pauses, and the rows that reminders read."""
