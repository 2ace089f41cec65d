"""What people state that they need."""
