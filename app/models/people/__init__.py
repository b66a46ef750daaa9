"""What is stored of people: who they are, what they agreed to, what joins them."""
