"""What builds and checks the project; none of it ships with the program."""
