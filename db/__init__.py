"""Storage behind one URL: SQLite on a ward's PC, PostgreSQL where many workers share it."""
