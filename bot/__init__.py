"""The composition root: builds everything, owns the process."""
