"""Posts of the market: looked at by an officer before anybody else sees them."""
