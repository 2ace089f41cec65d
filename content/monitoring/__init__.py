"""Reports on a place and a period in words: the page, the official paper and the sheets say the same."""
