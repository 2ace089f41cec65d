"""Training: a seat in a course or a number on its waiting list, and what people wish to learn."""
