"""A busy machine must not make a test of random input fail: no limit on the time of one example."""

import hypothesis

hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")
