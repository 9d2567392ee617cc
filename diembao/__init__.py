"""The front door: settings, URLs, the ``diembao`` command, the schedule and the start-up wiring."""

__version__ = "0.1.0"
