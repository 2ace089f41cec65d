"""Reports of a place and a period."""
