"""The officers' console: one table of routes, one file a room."""
