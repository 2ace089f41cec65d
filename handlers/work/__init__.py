"""Work for somebody: what they look for in five short questions, and what suits them with its reasons."""
