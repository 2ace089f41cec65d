"""Delivery: what waits in the outbox leaves from here, once, in order, and nothing is lost on the way."""
