"""Ways in and out: signing in, the first link, one's own account."""
