"""Tools for staff: preview, new entries, lint, due dates, schemas, handbook and the command line."""
