"""Lists of vacancies and courses as offices pass them around: each row read, or told with how to mend it."""
