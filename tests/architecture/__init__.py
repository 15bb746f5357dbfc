"""Architecture rules of the code, each with code that violates it."""
