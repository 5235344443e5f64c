"""The return screens: authorise, receive, inspect, dispose, close."""
