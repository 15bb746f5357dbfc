"""Tools for staff: preview, new entries, checks of the content, due dates, schemas, handbook and the command line."""
