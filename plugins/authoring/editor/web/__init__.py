"""Answer the requests of the editor's pages, and refuse those of anybody else."""
