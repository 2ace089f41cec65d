"""Job fairs and exchange sessions, and who comes."""
