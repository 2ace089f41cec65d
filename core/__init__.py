"""The nouns of Chung Tay and the ports to the outside. Standard library only."""
