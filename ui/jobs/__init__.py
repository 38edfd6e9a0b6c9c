"""Jobs: what runs in the background, shown at the foot of the rail."""
