"""Sites: the Voices microsite, a folder that any web host or none can serve."""
