"""Vacancies and courses of a place: put in by one officer or an employer, verified by another officer."""
