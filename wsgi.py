"""The application that a web server serves."""

from tracker import create_app

app = create_app()
