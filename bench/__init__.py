"""Figures of the product as it stands, taken on the machine that runs them: `make bench`."""
