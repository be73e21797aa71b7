"""What the partnership's plan means: words, rules and sums, in pure Python.

Standard library only. Nothing here knows of a database, a web page or the clock:
facts and dates come in as arguments, and verdicts with their reasons come out.
"""
