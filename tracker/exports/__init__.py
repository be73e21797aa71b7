"""The review document in the formats that people take away, one module a format.

An exporter takes a :class:`tracker.domain.document.Document` and gives bytes. It knows no
database, no web page, no clock and no charts: pictures come in as a function.
"""
