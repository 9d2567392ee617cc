"""A made-up province with a made-up press on loopback, so that a first run works on any machine, offline.

``articles/`` holds what its newspapers write, ``writing`` reads it, ``timetable`` says when each article
appears, changes and goes, ``pages`` and ``feeds`` draw it, ``server`` and ``world`` serve it.
Run it alone with ``python -m demo``.
"""
