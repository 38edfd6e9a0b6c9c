"""Kits: campaign kits as folders, with everything a partner needs and the papers that allow it."""
