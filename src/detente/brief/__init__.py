"""The brief: a situation on one page, every line with its sentence."""
