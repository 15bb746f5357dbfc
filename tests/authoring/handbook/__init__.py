"""Test that the examples in the handbook for authors build, and that its messages are those of builds."""
