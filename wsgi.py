"""For production servers: `gunicorn wsgi:app`."""

from lna import create_app

app = create_app()
