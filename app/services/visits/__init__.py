"""Field visits and what falls due of them."""
