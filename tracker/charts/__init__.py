"""Pictures: values of the domain become a Plotly figure, and the same figure an SVG.

A figure is a plain dict that carries all that is drawn, so what the page shows first, what
Explore zooms into and what a document prints cannot differ. Nothing here knows of a
database, a web page or the clock, or works out a status: it draws what it is given.
"""
