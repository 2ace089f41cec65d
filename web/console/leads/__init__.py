"""Leads: who waits for a word, what became of each, and the share of a plan that is counted from them."""
