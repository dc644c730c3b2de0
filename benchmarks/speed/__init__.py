"""Speed beside the peers: measured in one run, told as ratios."""
