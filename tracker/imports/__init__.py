"""Reading files that people bring: bytes in, rows and errors by cell out; no database."""
