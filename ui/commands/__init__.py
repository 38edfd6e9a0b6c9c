"""The commands of `storybank`, a file for each room of the house; loaded only when asked for."""
