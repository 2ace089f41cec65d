"""Zalo's Official Account: what a ward's people follow, behind a webhook and an API that says no with status 200."""
