"""Training: courses, classes, attendance and results."""
