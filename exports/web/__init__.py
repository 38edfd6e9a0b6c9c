"""Web: accessible pages that work from any server, or from a file: the frame, the parts, the style, the typefaces."""
