"""The weekly spokesperson briefing: select, compose, render."""
