"""What everybody may read of a locality: its topics, its notices, feeds of them. Nobody is known here."""
