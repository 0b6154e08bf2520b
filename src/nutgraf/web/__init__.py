"""The site that readers see: stored briefs as pages and feeds, served without script and without any other host."""

from nutgraf.web.serving import application, serve, serve_in_background

__all__ = ["application", "serve", "serve_in_background"]
