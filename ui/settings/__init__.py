"""The page of settings: language, theme, speech models, library."""
