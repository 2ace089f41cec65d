"""Courses: who is on their lists, who came, how it went; and what people wish to learn."""
