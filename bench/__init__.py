"""Figures of the product as it stands, taken on the machine that runs them: `make bench`.

`python -m bench --million` makes the messages of a notice for a million people too, which takes some minutes on each
database.
"""
