"""Tables and forms that were filled in elsewhere: text becomes what the form asks for."""
