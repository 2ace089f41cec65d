"""What a place has reached of its plan."""
