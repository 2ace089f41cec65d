"""Posts that a house keeps for another one which nobody reaches: both sides of the inbox of the province."""
