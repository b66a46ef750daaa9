"""What every page of the window stands in: its jobs, its boxes, its place in front."""
