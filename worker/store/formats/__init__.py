"""File formats, one a file. Readers stream: their memory does not grow with the file."""
