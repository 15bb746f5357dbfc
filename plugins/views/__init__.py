"""What templates and feeds see of the content, and nothing private: views, and the builder that makes them."""
