"""Properties have no deadline: a busy machine makes no reader wrong; that readers are fast has tests of its own."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
