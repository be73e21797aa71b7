"""Reads: one function a page or report, which returns frozen values.

Columns are read, not entities; each docstring states the number of SQL queries and a test
holds it. Nothing here writes, renders or asks the clock.
"""
