### Fields of modals in which a person chooses a label.

field-labels = Labels
field-label = Choose a label
field-none = Choose none of them if none is right.
field-instead = Or instead of a label
