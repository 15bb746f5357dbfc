"""Fast builds: whatever is edited, killed or damaged, what they end with is what a build from nothing makes."""
