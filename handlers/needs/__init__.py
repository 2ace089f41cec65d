"""Needs that people state: taken in the chat, listed and taken back there, met by officers."""
