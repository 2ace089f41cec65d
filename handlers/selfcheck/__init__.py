"""The self-check in a conversation: its questions, its result, what helps, and the request for review."""
