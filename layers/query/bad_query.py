"""What is wrong with a parameter of an address."""


class BadQuery(ValueError):
    """A parameter cannot be used as given; the message names the value and the remedy."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
