"""What templates and feeds see of the content, and nothing private."""
