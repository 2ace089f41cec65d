"""What people say when something is wrong, one file a matter, in the notation of `notation.py`."""
