"""Questions of citizens, what came meanwhile, their months, and slips of answers."""
