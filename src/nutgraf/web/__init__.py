"""The site that readers see: stored briefs as pages and feeds, served without script and without any other host."""

from nutgraf.web.serving import application, serve, serve_in_background
from nutgraf.web.site import Ways

__all__ = ["Ways", "application", "serve", "serve_in_background"]
