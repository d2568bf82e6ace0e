"""Vocational training: learners, classes with attendance, support by days present, career advice of pupils."""
