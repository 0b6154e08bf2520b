"""The site that readers see: stored briefs as pages and feeds, served without script and without any other host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.on_demand import on_demand

if TYPE_CHECKING:
    from nutgraf.web.serving import application, serve, serve_in_background
    from nutgraf.web.site import Ways
else:
    __getattr__ = on_demand(
        __name__,
        {
            "serving": "application serve serve_in_background",
            "site": "Ways",
        },
    )

__all__ = ["Ways", "application", "serve", "serve_in_background"]
