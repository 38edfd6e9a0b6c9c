"""Reading what lies about outside, none of it trusted, for our codes and our people's words."""
