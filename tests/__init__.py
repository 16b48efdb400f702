"""The tests of the project, from the smallest function to whole builds."""
