"""The next draft is fetched before it is asked for, by browsers that take such rules."""

from __future__ import annotations

import json

from flask import Response, make_response

# The page that comes is made fresh by its first look, so a few minutes of age do no harm.
RULES = {"prefetch": [{"where": {"selector_matches": "a[data-ahead]"}, "eagerness": "immediate"}]}


def rules() -> Response:
    """Speculation rules (WICG): the link to the next draft."""
    response = make_response(json.dumps(RULES))
    response.headers["Content-Type"] = "application/speculationrules+json"
    return response
