"""What holds for all tests: no example is given a time, whichever profile of hypothesis is in force."""

from hypothesis import settings

settings.register_profile("untimed", settings(deadline=None))
settings.load_profile("untimed")
