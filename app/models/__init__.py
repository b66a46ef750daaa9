"""What is stored: one file a concept, described once; no Qt, no sentences but labels."""
