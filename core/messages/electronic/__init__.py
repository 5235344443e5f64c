"""Pure: facts -> the bytes of an electronic answer, one writer a format."""
