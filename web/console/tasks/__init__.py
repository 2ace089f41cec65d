"""What the offices of a place are to do."""
