"""The handbook for authors: its examples build, and its messages are those of builds."""
