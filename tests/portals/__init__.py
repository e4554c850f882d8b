"""Replicas of the portals' mechanisms, each with its traps and its truth, served by one real server on loopback.

`python -m tests.portals` serves them all for a look. Structure is that of real systems, markup and text are our own.
"""
