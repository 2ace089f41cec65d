"""How people choose what they are told: topics, rhythm and channel, a month without, and the word that stops it all."""
