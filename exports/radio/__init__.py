"""Radio: excerpts for podcasts and radio, with what is said before and after."""
