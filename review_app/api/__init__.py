"""REST for other programs: a token says who asks, answers are JSON, refusals problem+json with the desk's sentences."""
