"""The self-check: questions a person can answer, how answers are read, and what they come to. Pure, no I/O."""
