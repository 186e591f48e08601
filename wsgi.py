"""For production servers: `gunicorn wsgi:app`."""

from lna import create_app
from lna.core import log

log.configure()
app = create_app()
