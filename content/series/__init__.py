"""Ready-made posts: what they say, when in the year they are due, and what each place adds of its own."""
