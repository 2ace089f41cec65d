"""What citizens are told, and what was not understood."""
