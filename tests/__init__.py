"""The tests of the Tracker."""
