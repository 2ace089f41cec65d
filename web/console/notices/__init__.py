"""Notices, and the calendar of what goes out."""
