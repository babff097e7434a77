"""What follows from the records together: indexes, completeness, relations, matrices."""
