"""A page, or one block of it when htmx asked."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, render_template, url_for

from review_app.here import is_fragment


def page(template: str, *, block: str = "", also: str = "", **context: Any) -> Response:
    """Renders the template; with `block` and an htmx request only that block of it, and behind it the block `also`."""
    if not block or not is_fragment():
        return make_response(render_template(template, **context))
    current_app.update_template_context(context)
    found = current_app.jinja_env.get_or_select_template(template)
    names = (block, also) if also else (block,)
    rendered = ("".join(found.blocks[name](found.new_context(context))) for name in names)
    return make_response("".join(rendered))


def go(endpoint: str, **values: Any) -> Response:
    """On to another page: a redirect for a form, HX-Redirect for htmx."""
    target = url_for(endpoint, **values)
    if is_fragment():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = target
        return response
    response = make_response("", 303)
    response.headers["Location"] = target
    return response
